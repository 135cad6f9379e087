import { useEffect, useState, type ReactNode } from 'react'

type Said = { text: string; urgent: boolean; number: number }

let listener: ((said: Said) => void) | undefined
let number = 0

/** Says something to screen readers that the eye sees anyway: a list renewed, a time taken. `urgent` interrupts. */
export function announce(text: string, options: { urgent?: boolean } = {}): void {
  listener?.({ text, urgent: options.urgent ?? false, number: ++number })
}

/** The place readers listen to; once in a page, `Shell` has it. */
export function LiveRegion(): ReactNode {
  const [said, setSaid] = useState<Said>({ text: '', urgent: false, number: 0 })
  useEffect(() => {
    listener = setSaid
    return () => void (listener = undefined)
  }, [])
  // The same words twice are read twice only if the text differs: a trailing no-break space is silent.
  const text = said.text + (said.number % 2 === 0 ? '' : '\u00a0')
  return (
    <div className="visually-hidden">
      <div aria-live="polite" aria-atomic="true">
        {said.urgent ? '' : text}
      </div>
      <div aria-live="assertive" aria-atomic="true">
        {said.urgent ? text : ''}
      </div>
    </div>
  )
}

import { useEffect, useRef } from 'react'

/** A key or a chord in words a person reads: 'Ctrl+Enter', 'Alt+1', 'Ctrl+K', 'Alt+↓'. */
export type Keys = string
export type Shortcut = { keys: Keys; about: string }
type Registered = Shortcut & { run: () => void; inDialog: boolean }

const registered: Registered[] = []

const codes: Record<string, string[]> = {
  Enter: ['Enter', 'NumpadEnter'],
  '/': ['Slash', 'NumpadDivide'],
  '↑': ['ArrowUp'],
  '↓': ['ArrowDown'],
  PageUp: ['PageUp'],
  PageDown: ['PageDown'],
}

type Pressed = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/**
 * Whether the keys pressed are these. Keys are known by their place and not by their letter: in the Russian layout
 * «K» gives «л», and the shortcut must work all the same. On a Mac the Command key does for Ctrl.
 */
export function areKeys(keys: Keys, event: Pressed): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1)!
  const known = codes[key] ?? [/^\d$/.test(key) ? `Digit${key}` : `Key${key}`]
  return (
    known.includes(event.code) &&
    (event.ctrlKey || event.metaKey) === parts.includes('Ctrl') &&
    event.altKey === parts.includes('Alt') &&
    event.shiftKey === parts.includes('Shift')
  )
}

/** While a dialog is open the page under it is not there, for shortcuts too. */
const isDialogOpen = () => document.querySelector('dialog[open]') !== null

function hear(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const dialog = isDialogOpen()
  // The one that came last is the one nearest to what a person is doing.
  const found = registered.findLast((s) => s.inDialog === dialog && areKeys(s.keys, event))
  if (!found) return
  event.preventDefault()
  found.run()
}

/** What can be done by keys on the page as it is now. */
export const shortcutsNow = (): readonly Shortcut[] => {
  const dialog = isDialogOpen()
  return registered.filter((s) => s.inDialog === dialog)
}

type Options = { enabled?: boolean; inDialog?: boolean }

/** A key that does something while the component is there. `about` is what the list of keys (Ctrl + /) says. */
export function useShortcut(keys: Keys, about: string, run: () => void, options: Options = {}): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  const { enabled = true, inDialog = false } = options
  useEffect(() => {
    if (!enabled) return
    const own: Registered = { keys, about, inDialog, run: () => latest.current() }
    if (registered.push(own) === 1) document.addEventListener('keydown', hear)
    return () => {
      registered.splice(registered.indexOf(own), 1)
      if (registered.length === 0) document.removeEventListener('keydown', hear)
    }
  }, [keys, about, enabled, inDialog])
}

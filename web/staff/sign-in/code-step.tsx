import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { giveSecondFactor, type Me } from '../../../contracts/access.ts'
import { useAction, useSecondsLeft } from '../../api/index.ts'
import { Button, TextInput } from '../../ui/index.ts'
import { DemoCode } from './demo-code.tsx'
import { Refused } from './refused.tsx'
import { codeDigits, lockedUntil } from './words.ts'

type Props = {
  onDone: (me: Me) => void
  /** What the button does, in a word. */
  action: string
  demo: boolean
  /** Another way: back to the password, or away from signing. */
  other?: ReactNode
}

/** The second factor: six digits, sent by themselves once they are there. Also proves presence before signing. */
export function CodeStep({ onDone, action, demo, other }: Props): ReactNode {
  const [code, setCode] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const attempt = useAction(giveSecondFactor, { onDone })
  const closed = useSecondsLeft(lockedUntil(attempt.refusal)) > 0
  const { busy, refusal, runAsync } = attempt
  const again = () => {
    // A code works once: whatever the refusal was, the next one is typed anew.
    setCode('')
    input.current?.focus()
  }
  const send = (digits: string) => {
    if (!busy && !closed && digits.length === 6) void runAsync({ body: { code: digits } }).catch(again)
  }
  const change = (text: string) => {
    const digits = codeDigits(text)
    setCode(digits)
    if (digits !== code) send(digits)
  }
  useEffect(() => input.current?.focus(), [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code.length < 6) input.current?.focus()
    send(code)
  }
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <div className="code-field">
        <TextInput
          label="Код из приложения"
          hint="6 цифр, каждые 30 секунд новые"
          inputMode="numeric"
          autoComplete="one-time-code"
          width="short"
          inputRef={input}
          value={code}
          onChange={change}
        />
        {demo && <DemoCode onChoose={change} renew={refusal} />}
      </div>
      {!busy && <Refused refusal={refusal} />}
      <div className="cluster">
        <Button type="submit" kind="primary" busy={busy} busyText="Проверяем…" disabled={closed}>
          {action}
        </Button>
        {other}
      </div>
    </form>
  )
}

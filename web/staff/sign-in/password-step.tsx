import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { signIn, type Me } from '../../../contracts/access.ts'
import { useAction, useSecondsLeft } from '../../api/index.ts'
import { Button, Checkbox, TextInput } from '../../ui/index.ts'
import { Refused } from './refused.tsx'
import { lockedUntil } from './words.ts'

export type Credentials = { login: string; password: string }

type Props = {
  value: Credentials
  onChange: (value: Credentials) => void
  onDone: (me: Me) => void
  submitRef: RefObject<HTMLButtonElement | null>
}

/** The first factor. */
export function PasswordStep({ value, onChange, onDone, submitRef }: Props): ReactNode {
  const { login, password } = value
  const [shown, setShown] = useState(false)
  const [capsLock, setCapsLock] = useState(false)
  const [tried, setTried] = useState(false)
  const attempt = useAction(signIn, { onDone })
  const [asked, setAsked] = useState('')
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  // A refusal is about one login; another one has not been tried yet.
  const refusal = attempt.busy || asked !== login.trim() ? undefined : attempt.refusal
  const closed = useSecondsLeft(lockedUntil(refusal)) > 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    setAsked(login.trim())
    if (!attempt.busy && !closed && login.trim() && password) attempt.run({ body: { login: login.trim(), password } })
  }
  const look = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <TextInput
        label="Логин"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        inputRef={first}
        value={login}
        onChange={(next) => onChange({ login: next, password })}
        error={tried && !login.trim() ? 'Введите логин' : undefined}
      />
      <TextInput
        label="Пароль"
        type={shown ? 'text' : 'password'}
        autoComplete="current-password"
        value={password}
        onChange={(next) => onChange({ login, password: next })}
        onKeyUp={look}
        hint={capsLock ? 'Включён Caps Lock' : undefined}
        error={tried && !password ? 'Введите пароль' : undefined}
      />
      <Checkbox label="Показать пароль" checked={shown} onChange={setShown} />
      <Refused refusal={refusal} />
      <Button
        ref={submitRef}
        type="submit"
        kind="primary"
        wide
        busy={attempt.busy}
        busyText="Входим…"
        disabled={closed}
      >
        Дальше
      </Button>
    </form>
  )
}

import { useRef, useState, type ReactNode } from 'react'
import type { Me } from '../../../contracts/access.ts'
import { Button } from '../../ui/index.ts'
import { CodeStep } from './code-step.tsx'
import { DemoLogins } from './demo-logins.tsx'
import { PasswordStep, type Credentials } from './password-step.tsx'
import { PlaceStep } from './place-step.tsx'

type Step = { at: 'password' } | { at: 'code' } | { at: 'place'; me: Me }

type Props = {
  demo: boolean
  onDone: (me: Me) => void
  /** Lays out the form and, in the demo, the list of people to try beside it. */
  children: (parts: { form: ReactNode; logins: ReactNode; title: string }) => ReactNode
}

/** Who signed in here last: whoever is asked again need not type it. In memory only. */
let lastLogin = ''

/** Password, code, and, for those who have several capacities, which one. */
export function SignInSteps({ demo, onDone, children }: Props): ReactNode {
  const [step, setStep] = useState<Step>({ at: 'password' })
  const [credentials, setCredentials] = useState<Credentials>({ login: lastLogin, password: '' })
  const submit = useRef<HTMLButtonElement>(null)
  const signedIn = (me: Me) => (me.assignments.length > 1 ? setStep({ at: 'place', me }) : onDone(me))
  if (step.at === 'place')
    return children({
      title: 'Выберите рабочее место',
      form: <PlaceStep me={step.me} action="Начать работу" onDone={onDone} />,
      logins: null,
    })
  if (step.at === 'code')
    return children({
      title: 'Подтвердите вход',
      form: (
        <CodeStep
          demo={demo}
          action="Войти"
          onDone={signedIn}
          other={
            <Button kind="plain" onClick={() => setStep({ at: 'password' })}>
              Другой сотрудник
            </Button>
          }
        />
      ),
      logins: null,
    })
  return children({
    title: 'Вход для сотрудников',
    form: (
      <PasswordStep
        value={credentials}
        onChange={setCredentials}
        submitRef={submit}
        onDone={(me) => {
          lastLogin = credentials.login
          setCredentials({ login: credentials.login, password: '' })
          if (me.needsSecondFactor) setStep({ at: 'code' })
          else signedIn(me)
        }}
      />
    ),
    logins: demo && (
      <DemoLogins
        onChoose={(chosen) => {
          setCredentials(chosen)
          // After the form is shown anew: the button may have been closed by guesses at another login.
          requestAnimationFrame(() => submit.current?.focus())
        }}
      />
    ),
  })
}

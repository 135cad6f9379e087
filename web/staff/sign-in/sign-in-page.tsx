import type { ReactNode } from 'react'
import type { Me } from '../../../contracts/access.ts'
import { Card, Page } from '../../ui/index.ts'
import { SignInSteps } from './sign-in-steps.tsx'

/** The way in. It comes up at whatever address was asked for, so that after signing in one is where one wanted to be. */
export default function SignInPage({ demo, onDone }: { demo: boolean; onDone: (me: Me) => void }): ReactNode {
  return (
    <SignInSteps demo={demo} onDone={onDone}>
      {({ form, logins, title }) => (
        <Page title={title}>
          <div className="sign-in">
            <Card>
              {form}
              <p className="soft small">
                Вы пациент? <a href="/">Кабинет пациента</a> — вход через Госуслуги.
              </p>
            </Card>
            {logins}
          </div>
        </Page>
      )}
    </SignInSteps>
  )
}

import type { ReactNode } from 'react'
import { Button, Dialog, Notice } from '../../ui/index.ts'
import { queryClient, sessionEnd, useSessionState } from '../query-client.ts'
import { enter } from '../session.tsx'
import { SignInSteps } from './sign-in-steps.tsx'

/**
 * The session has ended under an open page: asks to sign in over it. The page and everything typed stay as they were,
 * and once one is in again everything is read anew.
 */
export function SessionOver({ demo }: { demo: boolean }): ReactNode {
  const state = useSessionState()
  if (state === 'on') return null
  if (state === 'over, put aside')
    return (
      <Notice
        kind="warning"
        title="Вы вышли из системы"
        actions={
          <Button kind="primary" size="small" onClick={sessionEnd.ask}>
            Войти снова
          </Button>
        }
      >
        <p>Введённое осталось на странице, но на сервере не сохраняется.</p>
      </Notice>
    )
  return (
    <SignInSteps
      demo={demo}
      onDone={(me) => {
        enter(me)
        void queryClient.invalidateQueries()
      }}
    >
      {({ form }) => (
        <Dialog open title="Время входа истекло" onClose={sessionEnd.putAside}>
          <p>Войдите снова: всё, что вы ввели, осталось на месте.</p>
          {form}
        </Dialog>
      )}
    </SignInSteps>
  )
}

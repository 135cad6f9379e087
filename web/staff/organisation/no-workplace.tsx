import type { ReactNode } from 'react'
import { ButtonLink, EmptyState, Page } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { useSession } from '../session.tsx'

/** For those who work for the whole region: a schedule is always some organisation's. */
export function NoWorkplace({ title }: { title: string }): ReactNode {
  const { me } = useSession()
  const hasOther = me.assignments.some((a) => a.organizationId !== null)
  return (
    <Page title={title}>
      <EmptyState
        icon="place"
        title="Вы работаете на уровне региона"
        actions={
          hasOther ? (
            <ButtonLink kind="primary" href={at.profile()}>
              Выбрать рабочее место
            </ButtonLink>
          ) : (
            <ButtonLink kind="primary" href={at.patients()}>
              К пациентам
            </ButtonLink>
          )
        }
      >
        <p>
          Расписание ведёт каждая организация сама.{' '}
          {hasOther
            ? 'Переключитесь на рабочее место в нужной организации.'
            : 'Чтобы вести его здесь, вам нужно рабочее место в организации: его назначает ответственный за доступ.'}
        </p>
      </EmptyState>
    </Page>
  )
}

import type { ReactNode } from 'react'
import type { Endpoint } from '../../../contracts/endpoint.ts'
import { showPatient, type Patient } from '../../../contracts/patients.ts'
import { useLive, useRead } from '../../api/index.ts'
import { ButtonLink, ErrorState, Page, Skeleton } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { books } from '../role-words.ts'
import { useSession, useToday } from '../session.tsx'
import { PatientTabs } from './patient-tabs.tsx'
import { bornWords, fullName } from './person-words.ts'

type Props = {
  patientId: string
  current: 'card' | 'documents' | 'data'
  /** What else of this patient the page shows, to be read anew when something happens to them. */
  live?: readonly Endpoint[]
  children: (patient: Patient) => ReactNode
}

/** Around every page of one patient: who it is, what can be begun, and the other pages. */
export function PatientFrame({ patientId, current, live = [], children }: Props): ReactNode {
  const { me } = useSession()
  const today = useToday()
  const read = useRead(showPatient, { params: { patientId } })
  useLive([`patient/${patientId}`], [showPatient, ...live])
  const back =
    me.role === 'guardianship-officer'
      ? { href: at.wards(), label: 'К подопечным' }
      : { href: at.patients(), label: 'К поиску' }
  if (!read.data)
    return (
      <Page title="Пациент" back={back}>
        {read.error ? (
          <ErrorState
            problem={read.error.problem}
            onRetry={() => void read.refetch()}
            retrying={read.isFetching}
            actions={<ButtonLink href={back.href}>{back.label}</ButtonLink>}
          />
        ) : (
          <Skeleton shape="card" label="Открываем карту" />
        )}
      </Page>
    )
  const patient = read.data
  return (
    <Page
      title={fullName(patient)}
      back={back}
      lead={bornWords(patient.birthDate, today)}
      actions={
        books(me.role) && (
          <ButtonLink kind="primary" icon="calendar-plus" href={at.book(patientId)}>
            Записать на приём
          </ButtonLink>
        )
      }
    >
      <PatientTabs patientId={patientId} current={current} />
      {children(patient)}
    </Page>
  )
}

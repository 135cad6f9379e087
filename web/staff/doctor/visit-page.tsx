import type { ReactNode } from 'react'
import { showVisit, type Visit } from '../../../contracts/chart.ts'
import { showPatient } from '../../../contracts/patients.ts'
import { useRead } from '../../api/index.ts'
import { ageWords, ButtonLink, capital, EmptyState, ErrorState, momentWords, Page, Skeleton } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { bornWords, fullName } from '../people/person-words.ts'
import { useSession, useToday } from '../session.tsx'
import { PatientPanel } from './patient-panel.tsx'
import { RecordEditor } from './record-editor.tsx'

type Props = { patientId: string; visitId: string }

/** A visit while it is conducted: the record being written, and the patient's card beside it. */
export default function VisitPage({ patientId, visitId }: Props): ReactNode {
  const today = useToday()
  const visit = useRead(showVisit, { params: { patientId, visitId } })
  const patient = useRead(showPatient, { params: { patientId } })
  const back = { href: at.day(), label: 'К списку приёма' }
  // What is written over must be what the server has now; only without a connection the last known does.
  const ready = visit.data && (visit.isFetchedAfterMount || visit.error)
  const failed = visit.error && !visit.data ? visit : patient.error && !patient.data ? patient : undefined
  if (!ready || !visit.data || !patient.data)
    return (
      <Page title="Приём" back={back}>
        {failed?.error ? (
          <ErrorState
            problem={failed.error.problem}
            onRetry={() => void failed.refetch()}
            retrying={failed.isFetching}
            actions={<ButtonLink href={at.day()}>К списку приёма</ButtonLink>}
          />
        ) : (
          <Skeleton shape="card" label="Открываем запись" />
        )}
      </Page>
    )
  const { startedAt, timeZone, kind, episodeNumber } = visit.data
  return (
    <Page
      title={fullName(patient.data)}
      tabTitle={`Приём: ${fullName(patient.data)}`}
      back={back}
      lead={
        <>
          {bornWords(patient.data.birthDate, today)}.{' '}
          <span className="soft">
            {kind === 'primary' ? 'Первичный' : 'Повторный'} приём, {momentWords(startedAt, timeZone)}, случай{' '}
            {episodeNumber}
          </span>
        </>
      }
    >
      <div className="visit">
        <Record visit={visit.data} who={`${fullName(patient.data)}, ${ageWords(patient.data.birthDate, today)}`} />
        <PatientPanel patientId={patientId} name={capital(fullName(patient.data))} />
      </div>
    </Page>
  )
}

function Record({ visit, who }: { visit: Visit; who: string }): ReactNode {
  const { me } = useSession()
  if (visit.state === 'signed')
    return (
      <EmptyState
        icon="seal"
        title="Запись этого приёма подписана"
        actions={
          visit.documentId && (
            <ButtonLink kind="primary" href={at.document(visit.patientId, visit.documentId)}>
              Открыть документ
            </ButtonLink>
          )
        }
      >
        <p>Подписанная запись не меняется.</p>
      </EmptyState>
    )
  if (visit.staffId !== me.staffId)
    return (
      <EmptyState icon="person" title={`Приём ведёт ${visit.doctorName}`}>
        <p>Пока запись не подписана, её видит только тот, кто её пишет.</p>
      </EmptyState>
    )
  return <RecordEditor visit={visit} who={who} />
}

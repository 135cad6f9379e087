import type { ReactNode } from 'react'
import { listPatientAppointments } from '../../../contracts/booking.ts'
import { useLive, useRead } from '../../api/index.ts'
import { ButtonLink, Card, EmptyState, ErrorState, Page, Rows, Skeleton } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { WaitingLink } from '../blocks/offers-first.tsx'
import { VisitRow } from '../blocks/visit-row.tsx'
import { WhoseCard } from '../blocks/whose-card.tsx'
import { WithCard } from '../blocks/with-card.tsx'
import { useWho } from '../session.tsx'

/** All visits: coming first, then past. */
export default function VisitsPage(): ReactNode {
  return (
    <WithCard title="Записи к врачу">
      <Visits />
    </WithCard>
  )
}

function Visits(): ReactNode {
  const patient = useWho()
  const read = useRead(listPatientAppointments, { params: { patientId: patient.id } })
  useLive([`patient/${patient.id}`], [listPatientAppointments])
  const book = (
    <ButtonLink kind="primary" icon="calendar-plus" href={at.book({ for: patient.id })}>
      Записаться
    </ButtonLink>
  )
  return (
    <Page title="Записи к врачу" actions={read.data && read.data.coming.length > 0 && book}>
      <WhoseCard address={at.visits} />
      {read.error && !read.data ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !read.data ? (
        <Skeleton shape="rows" count={4} label="Загружаем записи" />
      ) : (
        <>
          <Card title="Предстоящие">
            {read.data.coming.length === 0 ? (
              <EmptyState icon="calendar" title="Предстоящих записей нет" actions={book} />
            ) : (
              <Rows>
                {read.data.coming.map((visit) => (
                  <VisitRow key={visit.id} visit={visit} />
                ))}
              </Rows>
            )}
          </Card>
          <WaitingLink patient={patient} />
          <p>
            <a href={at.calendar()}>Добавить в календарь телефона</a>
          </p>
          {read.data.past.length > 0 && (
            <Card title="Прошедшие и отменённые">
              <Rows>
                {read.data.past.map((visit) => (
                  <VisitRow key={visit.id} visit={visit} />
                ))}
              </Rows>
            </Card>
          )}
        </>
      )}
    </Page>
  )
}

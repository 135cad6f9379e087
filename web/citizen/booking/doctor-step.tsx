import type { ReactNode } from 'react'
import { listDoctors, type DoctorOffer } from '../../../contracts/schedules.ts'
import { useRead } from '../../api/index.ts'
import { ButtonLink, capital, Card, EmptyState, ErrorState, momentWords, Row, Rows, Skeleton } from '../../ui/index.ts'
import type { StepProps } from './step-props.ts'
import { bookingAddress } from './booking-state.ts'
import { Step, useChosenNames } from './step.tsx'

/** A doctor, or any: the soonest place of all stands first. */
export function DoctorStep({ state, patient, go }: StepProps): ReactNode {
  const { zone, waits } = useChosenNames(state)
  const read = useRead(listDoctors, {
    params: { organizationId: state.org!, code: state.specialty! },
    query: { patientId: patient.id },
  })
  const doctors = read.data?.doctors ?? []
  return (
    <Step state={state} patient={patient} title="Выберите врача">
      {read.error && !read.data ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !read.data || waits ? (
        <Skeleton shape="rows" count={4} label="Загружаем врачей" />
      ) : doctors.length === 0 ? (
        <EmptyState
          icon="person"
          title="Врачей этой специальности сейчас нет"
          actions={
            <ButtonLink kind="primary" href={bookingAddress({ for: state.for, org: state.org })}>
              Выбрать другую специальность
            </ButtonLink>
          }
        />
      ) : (
        <Card>
          <Rows label="Врачи">
            {doctors.length > 1 && (
              <Row
                icon="clock"
                title="Любой врач"
                about={nearestWords(soonest(doctors), zone)}
                onPress={() => go({ ...state, doctor: 'any' })}
              />
            )}
            {doctors.map((doctor) => (
              <Row
                key={doctor.staffId}
                icon="person"
                title={doctor.name}
                about={
                  <>
                    {capital(doctor.position)}
                    {doctor.room && `, кабинет ${doctor.room}`}
                    <br />
                    {nearestWords(doctor.nearest, zone)}
                  </>
                }
                onPress={() => go({ ...state, doctor: doctor.staffId })}
              />
            ))}
          </Rows>
        </Card>
      )}
    </Step>
  )
}

const soonest = (doctors: readonly DoctorOffer[]): string | null =>
  doctors.flatMap((d) => d.nearest ?? []).sort()[0] ?? null

const nearestWords = (nearest: string | null, zone: string): string =>
  nearest ? `Ближайшее: ${momentWords(nearest, zone)}` : 'Свободного времени нет'

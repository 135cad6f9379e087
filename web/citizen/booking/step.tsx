import type { ReactNode } from 'react'
import { listPatientAppointments } from '../../../contracts/booking.ts'
import type { Charge } from '../../../contracts/patients.ts'
import { listBookableOrganizations, listDoctors, listSpecialties } from '../../../contracts/schedules.ts'
import { useRead } from '../../api/index.ts'
import { momentWords, Notice, Page, shortName, uncapital } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { bookingAddress, stepBack, stepNumber, type BookingState } from './booking-state.ts'

type Props = {
  state: BookingState
  patient: Charge
  title: string
  /** What is chosen so far, above the question; the confirmation shows it itself. */
  summary?: boolean
  children: ReactNode
}

/** One step: where one is, what is chosen already (each choice can be changed), and the question. */
export function Step({ state, patient, title, summary = true, children }: Props): ReactNode {
  const number = stepNumber(state)
  const before = stepBack(state)
  const back = before
    ? { href: bookingAddress(before), label: 'Назад' }
    : state.moving
      ? { href: at.ticket(patient.id, state.moving), label: 'К талону' }
      : { href: at.home(patient), label: 'На главную' }
  return (
    <Page
      title={title}
      tabTitle={`${title} — запись к врачу`}
      back={back}
      lead={
        number && (
          <p className="steps soft">
            Шаг {number.number} из {number.of}
          </p>
        )
      }
    >
      {state.moving && <Moving patientId={patient.id} appointmentId={state.moving} />}
      {summary && <Chosen state={state} patient={patient} />}
      {children}
    </Page>
  )
}

/** The visit that will be moved, so that nobody thinks they book a second one. */
function Moving({ patientId, appointmentId }: { patientId: string; appointmentId: string }): ReactNode {
  const list = useRead(listPatientAppointments, { params: { patientId } })
  const visit = list.data?.coming.find((a) => a.id === appointmentId)
  if (!visit) return null
  return (
    <Notice title="Вы переносите запись">
      <p>
        Сейчас: {momentWords(visit.startsAt, visit.timeZone)}, {uncapital(visit.specialtyTitle)}, {visit.doctorName}.
        Прежнее время останется вашим, пока вы не подтвердите новое.
      </p>
    </Notice>
  )
}

type Choice = { name: string; value: string | undefined; change: BookingState | false }

/** What is chosen already; each choice leads back to its step. */
function Chosen({ state, patient }: { state: BookingState; patient: Charge }): ReactNode {
  const { doctorName, organization, specialty } = useChosenNames(state)
  const { for: whom, org, moving } = state
  const choices: Choice[] = [
    {
      name: 'Пациент',
      value: patient.relation !== 'self' && org ? shortName(patient.name) : undefined,
      change: !moving && { for: whom },
    },
    { name: 'Где', value: moving ? undefined : organization?.shortName, change: { for: whom } },
    { name: 'Специальность', value: moving ? undefined : specialty, change: { for: whom, org } },
    {
      name: 'Врач',
      value: state.doctor === 'any' ? 'Любой врач' : doctorName && shortName(doctorName),
      change: { for: whom, org, specialty: state.specialty, moving },
    },
  ]
  const shown = choices.filter((choice) => choice.value)
  if (shown.length === 0) return null
  return (
    <dl className="chosen">
      {shown.map(({ name, value, change }) => (
        <div key={name} className="chosen__pair">
          <dt>{name}</dt>
          <dd>{value}</dd>
          {change && (
            <dd className="chosen__change">
              <a href={bookingAddress(change)} aria-label={`Изменить: ${name.toLowerCase()}`}>
                Изменить
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

/** The names behind the ids in the address; from the cache when one came through the steps, else read. */
export function useChosenNames(state: BookingState) {
  const query = { patientId: state.for ?? '' }
  const params = { organizationId: state.org ?? '' }
  const code = state.specialty ?? ''
  const organizations = useRead(listBookableOrganizations, { query }, { enabled: Boolean(state.for) })
  const specialties = useRead(listSpecialties, { params, query }, { enabled: Boolean(state.org && state.for) })
  const doctors = useRead(
    listDoctors,
    { params: { ...params, code }, query },
    { enabled: Boolean(state.org && state.for && state.specialty) },
  )
  const organization = organizations.data?.organizations.find((o) => o.id === state.org)
  const doctor = doctors.data?.doctors.find((d) => d.staffId === state.doctor)
  const waits = [organizations, specialties, doctors].some((read) => read.isLoading)
  return {
    /** Still being read: names and the zone of times are not known yet. */
    waits,
    organization,
    specialty: specialties.data?.specialties.find((s) => s.code === state.specialty)?.title,
    doctor,
    doctorName: doctor?.name,
    zone: organization?.timeZone ?? 'UTC',
  }
}

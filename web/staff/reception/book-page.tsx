import { useState, type ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import { listPatientAppointments, SlotTaken, type Appointment } from '../../../contracts/booking.ts'
import { downloadTicket } from '../../../contracts/tickets.ts'
import { showPatient } from '../../../contracts/patients.ts'
import { listBookableOrganizations, listDoctors, listSpecialties, type FreeSlot } from '../../../contracts/schedules.ts'
import { pathOf, useLive, useRead } from '../../api/index.ts'
import {
  ButtonLink,
  capital,
  Card,
  Dialog,
  EmptyState,
  ErrorState,
  momentWords,
  Notice,
  Page,
  Select,
  Skeleton,
} from '../../ui/index.ts'
import { at, dayIn } from '../addresses.ts'
import { bornWords, fullName } from '../people/person-words.ts'
import { openingOf } from '../people/patient-tabs.tsx'
import { worksEverywhere } from '../role-words.ts'
import { useSession, useToday } from '../session.tsx'
import { ConfirmBooking } from './confirm-booking.tsx'
import { Refused, type PastRules } from './rule-refusal.tsx'
import { TimesOfDay } from './times-of-day.tsx'
import { doctorOptions, specialtyOptions, type Time } from './times.ts'
import { JoinDialog } from './waiting-dialogs.tsx'
import { offers, useBooking } from './use-booking.ts'

/** Booking of a patient on one page: specialty, doctor or any, day, time; then one confirmation. */
export default function BookPage({ patientId }: { patientId: string }): ReactNode {
  const { me } = useSession()
  const today = useToday()
  const read = useRead(showPatient, { params: { patientId } })
  const moving = new URLSearchParams(useSearch()).get('moving') ?? undefined
  const back = { href: openingOf(me.role)(patientId), label: 'К пациенту' }
  const title = moving ? 'Перенос записи' : 'Запись на приём'
  if (!read.data)
    return (
      <Page title={title} back={back}>
        {read.error ? (
          <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
        ) : (
          <Skeleton shape="card" label="Открываем карту" />
        )}
      </Page>
    )
  const patient = read.data
  const name = fullName(patient)
  return (
    <Page title={title} back={back} lead={`${name}, ${bornWords(patient.birthDate, today)}`}>
      {moving && <Moving patientId={patientId} appointmentId={moving} />}
      <Choice patientId={patientId} patientName={name} moving={moving} />
    </Page>
  )
}

/** The visit that will be moved, so that nobody thinks a second one is being booked. */
function Moving({ patientId, appointmentId }: { patientId: string; appointmentId: string }): ReactNode {
  const list = useRead(listPatientAppointments, { params: { patientId } })
  const visit = list.data?.coming.find((a) => a.id === appointmentId)
  if (!visit) return null
  return (
    <Notice>
      <p>
        Сейчас: {momentWords(visit.startsAt, visit.timeZone)}, {visit.specialtyTitle}, {visit.doctorName}. Эта запись
        останется, пока не выбрано новое время.
      </p>
    </Notice>
  )
}

type ChoiceProps = { patientId: string; patientName: string; moving: string | undefined }

/** What is chosen stands in the address, so that «back» and a reload keep it; the time itself is only held. */
function useChoice(patientId: string, moving: string | undefined) {
  const [, navigate] = useLocation()
  const search = new URLSearchParams(useSearch())
  const org = search.get('org') ?? ''
  const specialty = search.get('specialty') ?? ''
  const doctor = search.get('doctor') ?? 'any'
  const day = dayIn(search)
  const go = (next: { org?: string; specialty?: string; doctor?: string; day?: string }) => {
    const given = { ...(org && { org }), specialty, doctor, ...(day && { day }), ...(moving && { moving }), ...next }
    navigate(at.book(patientId, given), { replace: true })
  }
  return { org, specialty, doctor, day, go }
}

/** Where it is booked: at one's own organisation, or at the one that is chosen by those who book in all of them. */
function Choice(props: ChoiceProps): ReactNode {
  const { me, zone } = useSession()
  const { patientId, moving } = props
  const { org, go } = useChoice(patientId, moving)
  const everywhere = worksEverywhere(me.role)
  const places = useRead(listBookableOrganizations, { query: { patientId } }, { enabled: everywhere })
  if (!everywhere) return <ChoiceAt {...props} organizationId={me.organizationId ?? ''} zone={zone} />
  const { data, error, isFetching, refetch } = places
  if (error && !data) return <ErrorState problem={error.problem} onRetry={() => void refetch()} retrying={isFetching} />
  if (!data) return <Skeleton shape="card" label="Загружаем организации" />
  const place = data.organizations.find((o) => o.id === org)
  return (
    <>
      <Card>
        <Select
          label="Организация"
          placeholder="Выберите"
          value={place?.id ?? ''}
          disabled={moving !== undefined}
          onChange={(id) => go({ org: id, specialty: '', doctor: 'any' })}
          options={data.organizations.map((o) => ({
            value: o.id,
            label: `${o.shortName}${o.attached ? ' — прикреплён' : ''}, ${o.freeSlots === 0 ? 'мест нет' : o.address}`,
          }))}
        />
      </Card>
      {place && <ChoiceAt key={place.id} {...props} organizationId={place.id} zone={place.timeZone} />}
    </>
  )
}

type PlaceProps = ChoiceProps & { organizationId: string; zone: string }

function ChoiceAt({ patientId, patientName, moving, organizationId, zone }: PlaceProps): ReactNode {
  const { me } = useSession()
  const { specialty, doctor, day, go } = useChoice(patientId, moving)
  const specialties = useRead(listSpecialties, { params: { organizationId }, query: { patientId } })
  const [booked, setBooked] = useState<Appointment | undefined>(undefined)
  const [waiting, setWaiting] = useState(false)
  const [chosen, setChosen] = useState<FreeSlot | undefined>(undefined)
  const [wanted, setWanted] = useState<{ time: Time; past: PastRules } | undefined>(undefined)
  const booking = useBooking((appointment) => {
    setChosen(undefined)
    setBooked(appointment)
  })
  useLive([`slots/${organizationId}`], offers)
  const turn = (next: Parameters<typeof go>[0]) => {
    booking.forget()
    setWanted(undefined)
    go(next)
  }
  const choose = async (time: Time, past: PastRules = {}) => {
    setWanted({ time, past })
    // Several doctors may have this time: another one's place is as good while only the first is gone.
    for (const slot of time.slots) {
      const refusal = await booking.take({ patientId, ref: slot.ref, moving, past })
      if (!refusal) return setChosen(slot)
      if (refusal.problem.type !== SlotTaken.type) return
    }
  }
  const drop = () => {
    booking.letGo()
    setChosen(undefined)
  }
  if (booked) return <Booked appointment={booked} moved={moving !== undefined} />
  const { data, error, isFetching, refetch } = specialties
  if (error && !data) return <ErrorState problem={error.problem} onRetry={() => void refetch()} retrying={isFetching} />
  if (!data) return <Skeleton shape="card" label="Загружаем специальности" />
  if (data.specialties.length === 0) return <NobodyForThem />
  return (
    <>
      <Card>
        <div className="form-grid">
          <Select
            label="Специальность"
            placeholder="Выберите"
            value={specialty}
            disabled={moving !== undefined}
            onChange={(code) => turn({ specialty: code, doctor: 'any' })}
            options={specialtyOptions(data.specialties, zone)}
          />
          <DoctorSelect
            {...{ patientId, specialty, organizationId, zone }}
            value={doctor}
            onChange={(staffId) => turn({ doctor: staffId })}
          />
        </div>
      </Card>
      {booking.takeRefusal && !booking.held && (
        <Refused
          refusal={booking.takeRefusal}
          zone={zone}
          busy={booking.taking}
          given={wanted?.past ?? {}}
          onBook={(past) => wanted && void choose(wanted.time, past)}
        />
      )}
      {specialty === '' ? (
        <p className="soft">Выберите специальность, и здесь появится свободное время.</p>
      ) : (
        <TimesOfDay
          {...{ patientId, specialty, doctor, day, organizationId, zone }}
          busy={booking.taking}
          onDay={(next) => turn({ day: next })}
          onChoose={(time) => void choose(time)}
          onAnyDoctor={() => turn({ doctor: 'any' })}
          onWait={me.role === 'registrar' ? () => setWaiting(true) : undefined}
        />
      )}
      <ConfirmDialog {...{ booking, chosen, moving, patientName, zone }} onDrop={drop} />
      {waiting && <JoinDialog {...{ patientId, specialty, doctor, moving }} onClose={() => setWaiting(false)} />}
    </>
  )
}

type ConfirmProps = {
  booking: ReturnType<typeof useBooking>
  chosen: FreeSlot | undefined
  moving: string | undefined
  patientName: string
  zone: string
  onDrop: () => void
}

/** The held time, read back to the patient. */
const ConfirmDialog = ({ booking, chosen, moving, patientName, zone, onDrop }: ConfirmProps) => {
  return (
    <Dialog
      open={chosen !== undefined && booking.held !== undefined}
      title={moving ? 'Подтвердите новое время' : 'Подтвердите запись'}
      onClose={onDrop}
    >
      {chosen && (
        <ConfirmBooking
          booking={booking}
          zone={zone}
          patient={patientName}
          doctor={chosen.doctorName}
          room={chosen.room}
          onBack={onDrop}
        />
      )}
    </Dialog>
  )
}

type DoctorProps = {
  patientId: string
  organizationId: string
  zone: string
  specialty: string
  value: string
  onChange: (doctor: string) => void
}

function DoctorSelect({ patientId, organizationId, zone, specialty, value, onChange }: DoctorProps): ReactNode {
  const params = { organizationId, code: specialty }
  const doctors = useRead(listDoctors, { params, query: { patientId } }, { enabled: specialty !== '' })
  return (
    <Select
      label="Врач"
      value={value}
      disabled={!doctors.data}
      onChange={onChange}
      options={doctorOptions(doctors.data?.doctors ?? [], zone)}
    />
  )
}

const NobodyForThem = () => (
  <EmptyState icon="calendar" title="Здесь нет врачей для этого пациента">
    <p>Врачи этой организации принимают пациентов другого возраста. Запишите в организацию, где принимают таких.</p>
  </EmptyState>
)

type BookedProps = { appointment: Appointment; moved: boolean }

/** Done: what to say to the patient, and the ticket. */
function Booked({ appointment, moved }: BookedProps): ReactNode {
  const { me } = useSession()
  const { patientId, id, startsAt, timeZone, specialtyTitle, doctorName, room, code } = appointment
  const ticket = pathOf(downloadTicket, { params: { patientId, appointmentId: id } })
  return (
    <Card kind="brand">
      <Notice live kind="success" title={moved ? 'Запись перенесена' : 'Пациент записан'}>
        <p>
          {capital(momentWords(startsAt, timeZone))}. {worksEverywhere(me.role) && `${appointment.organizationName}. `}
          {specialtyTitle}, {doctorName}
          {room && `, кабинет ${room}`}.
        </p>
        <p>
          Код талона: <strong className="numbers code">{code}</strong>
        </p>
      </Notice>
      <div className="cluster">
        <ButtonLink kind="primary" icon="document" href={ticket} newTab>
          Печать талона
        </ButtonLink>
        <ButtonLink href={at.patient(patientId)}>К записям пациента</ButtonLink>
        {!worksEverywhere(me.role) && <ButtonLink href={at.schedule()}>К расписанию</ButtonLink>}
      </div>
    </Card>
  )
}

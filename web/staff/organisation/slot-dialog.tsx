import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { type Appointment } from '../../../contracts/booking.ts'
import { type DayVisit } from '../../../contracts/day-visits.ts'
import { downloadTicket } from '../../../contracts/tickets.ts'
import type { PatientRow } from '../../../contracts/patients.ts'
import { closeSlot, openSlot, showDayGrid, type GridColumn } from '../../../contracts/schedules.ts'
import { pathOf, useAction } from '../../api/index.ts'
import {
  Badge,
  Button,
  ButtonLink,
  capital,
  Dialog,
  Facts,
  momentWords,
  Notice,
  showToast,
  TextInput,
} from '../../ui/index.ts'
import { openingOf } from '../people/patient-tabs.tsx'
import { PatientPicker } from '../people/patient-picker.tsx'
import { personWords } from '../people/person-words.ts'
import { VisitActions } from '../people/visit-actions.tsx'
import { answerWords, statusWords } from '../people/visit-words.ts'
import { ConfirmBooking } from '../reception/confirm-booking.tsx'
import { HoldRefusal } from '../reception/hold-refusal.tsx'
import { useBooking } from '../reception/use-booking.ts'
import { useSession, useToday } from '../session.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import type { Slot } from './slot-words.ts'

type Props = {
  slot: Slot | undefined
  column: GridColumn | undefined
  visit: DayVisit | undefined
  zone: string
  onClose: () => void
}

/** One time of the grid: who has it and what can be done with it. */
export function SlotDialog({ slot, column, visit, zone, onClose }: Props): ReactNode {
  const open = slot !== undefined && column !== undefined
  return (
    <Dialog open={open} title={slot ? capital(momentWords(slot.startsAt, zone)) : ''} onClose={onClose}>
      {slot && column && (
        <>
          <p className="soft">
            {column.doctorName}, {column.specialtyTitle.toLowerCase()}
            {column.room && `, кабинет ${column.room}`}
          </p>
          <Content key={slot.ref} slot={slot} column={column} visit={visit} zone={zone} onClose={onClose} />
        </>
      )}
    </Dialog>
  )
}

type ContentProps = { slot: Slot; column: GridColumn; visit: DayVisit | undefined; zone: string; onClose: () => void }

function Content(props: ContentProps): ReactNode {
  const { slot, visit } = props
  const [booked, setBooked] = useState<Appointment | undefined>(undefined)
  const booking = useBooking(setBooked)
  if (booked) return <Booked appointment={booked} onClose={props.onClose} />
  // A time held by oneself is shown as being booked, whatever the grid says of it meanwhile.
  if (booking.held || slot.state === 'free') return <Free {...props} booking={booking} />
  if (slot.state === 'booked') return visit ? <Taken {...props} visit={visit} /> : <p>На это время записан пациент.</p>
  if (slot.state === 'closed') return <Closed {...props} />
  if (slot.state === 'held')
    return <p>Это время сейчас выбирает пациент. Если запись не подтвердят, через пять минут оно освободится само.</p>
  return <p>Это время прошло, и на него никто не был записан.</p>
}

function Free({
  slot,
  column,
  zone,
  onClose,
  booking,
}: ContentProps & { booking: ReturnType<typeof useBooking> }): ReactNode {
  const { me } = useSession()
  const [person, setPerson] = useState<PatientRow | null>(null)
  const books = me.role === 'registrar' || me.role === 'doctor'
  const { held } = booking
  const choose = (next: PatientRow | null) => {
    setPerson(next)
    booking.forget()
    if (next) void booking.take({ patientId: next.id, ref: slot.ref })
  }
  const drop = () => {
    booking.letGo()
    setPerson(null)
  }
  if (held && person)
    return (
      <ConfirmBooking
        booking={booking}
        zone={zone}
        patient={person.name}
        doctor={column.doctorName}
        room={column.room}
        onBack={drop}
      />
    )
  return (
    <>
      {books && (
        <PatientPicker
          label="Записать пациента"
          hint="Имя, дата рождения, СНИЛС или полис"
          value={person}
          onChange={choose}
        />
      )}
      {booking.takeRefusal && <HoldRefusal refusal={booking.takeRefusal} zone={zone} />}
      {me.role !== 'doctor' && <CloseTime slot={slot} onClose={onClose} />}
    </>
  )
}

function Booked({ appointment, onClose }: { appointment: Appointment; onClose: () => void }): ReactNode {
  const { patientId, id, patientName, code } = appointment
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.querySelector('a')?.focus(), [])
  return (
    <div ref={place} className="stack">
      <Notice live kind="success" title={`${patientName} — записан`}>
        <p>
          Код талона: <strong className="numbers code">{code}</strong>
        </p>
      </Notice>
      <div className="cluster">
        <ButtonLink
          kind="primary"
          icon="document"
          href={pathOf(downloadTicket, { params: { patientId, appointmentId: id } })}
          newTab
        >
          Печать талона
        </ButtonLink>
        <Button onClick={onClose}>Готово</Button>
      </div>
    </div>
  )
}

function Taken({ visit, zone, onClose }: ContentProps & { visit: DayVisit }): ReactNode {
  const { me } = useSession()
  const today = useToday()
  const { patient, status, code } = visit
  const state = statusWords(status)
  const answer = answerWords(visit) ?? false
  return (
    <>
      <Facts
        items={[
          [
            'Пациент',
            <a key="value" href={openingOf(me.role)(patient.id)}>
              {patient.name}
            </a>,
          ],
          ['Кто это', personWords(patient, today)],
          [
            'Состояние',
            <Badge key="value" kind={state.kind}>
              {state.text}
            </Badge>,
          ],
          answer && ['На напоминание', answer.text],
          [
            'Код талона',
            <span key="value" className="numbers">
              {code}
            </span>,
          ],
        ]}
      />
      <VisitActions
        visit={{ ...visit, id: visit.appointmentId, patientId: patient.id, patientName: patient.name }}
        zone={zone}
        onDone={onClose}
      />
    </>
  )
}

const usual = ['Врач на больничном', 'Совещание', 'Учёба'] as const

function CloseTime({ slot, onClose }: { slot: Slot; onClose: () => void }): ReactNode {
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const open = useAction(openSlot, { refreshes: [showDayGrid] })
  const close = useAction(closeSlot, {
    refreshes: [showDayGrid],
    onDone: () => {
      onClose()
      showToast({
        text: 'Время закрыто для записи',
        action: { label: 'Открыть снова', run: () => open.run({ params: { ref: slot.ref }, body: {} }) },
      })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (reason.trim()) close.run({ params: { ref: slot.ref }, body: { reason: reason.trim() } })
  }
  return (
    <details className="more">
      <summary>Закрыть это время</summary>
      <form className="stack" onSubmit={submit} noValidate>
        <TextInput
          label="Почему"
          hint="Останется в истории расписания"
          maxLength={200}
          value={reason}
          onChange={setReason}
          error={tried && !reason.trim() ? 'Напишите причину' : undefined}
        />
        <div className="cluster">
          {usual.map((words) => (
            <Button key={words} size="small" onClick={() => setReason(words)}>
              {words}
            </Button>
          ))}
        </div>
        {!close.busy && <ProblemNotice refusal={close.refusal} />}
        <div>
          <Button type="submit" kind="danger" busy={close.busy} busyText="Закрываем…">
            Закрыть время
          </Button>
        </div>
      </form>
    </details>
  )
}

function Closed({ slot, onClose }: ContentProps): ReactNode {
  const { me } = useSession()
  const open = useAction(openSlot, {
    refreshes: [showDayGrid],
    onDone: () => {
      onClose()
      showToast({ text: 'Время снова открыто для записи' })
    },
  })
  return (
    <>
      <p>Время закрыто: записаться на него нельзя.</p>
      {!open.busy && <ProblemNotice refusal={open.refusal} />}
      {me.role !== 'doctor' && (
        <div>
          <Button
            kind="primary"
            type="submit"
            busy={open.busy}
            busyText="Открываем…"
            onClick={() => open.run({ params: { ref: slot.ref }, body: {} })}
          >
            Открыть для записи
          </Button>
        </div>
      )}
    </>
  )
}

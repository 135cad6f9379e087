import { useEffect, useRef, type FormEvent, type ReactNode } from 'react'
import { Button, capital, countdownWords, dayOf, dayWords, Facts, Notice, timeWords } from '../../ui/index.ts'
import { useToday } from '../session.tsx'
import { HoldRefusal } from './hold-refusal.tsx'
import type { useBooking } from './use-booking.ts'

type Props = {
  booking: ReturnType<typeof useBooking>
  zone: string
  patient: string
  doctor: string
  room: string
  onBack: () => void
}

/** A held time once more, to be read back to the patient, and one button; with how long it is still held. */
export function ConfirmBooking({ booking, zone, patient, doctor, room, onBack }: Props): ReactNode {
  const today = useToday()
  const { held, over, left, busy, confirm, taking } = booking
  const submitButton = useRef<HTMLButtonElement>(null)
  // It takes the place of the choice that had the focus.
  useEffect(() => submitButton.current?.focus(), [])
  if (!held) return null
  const { hold, asked } = held
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (over) void booking.take(asked)
    else if (!busy) confirm()
  }
  return (
    <form className="stack" onSubmit={submit}>
      <p className="when">
        <span className="when__day">{capital(dayWords(dayOf(hold.startsAt, zone), today))}</span>
        <span className="when__time numbers">{timeWords(hold.startsAt, zone)}</span>
      </p>
      <Facts
        items={[
          ['Пациент', patient],
          ['Врач', doctor],
          ['Кабинет', room || null],
        ]}
      />
      {booking.refusal && <HoldRefusal refusal={booking.refusal} zone={zone} />}
      {booking.takeRefusal && <HoldRefusal refusal={booking.takeRefusal} zone={zone} />}
      {over && (
        <Notice live kind="warning" title="Время на подтверждение вышло">
          <p>Если это время ещё свободно, его можно взять снова.</p>
        </Notice>
      )}
      <div className="cluster">
        <Button ref={submitButton} type="submit" kind="primary" busy={busy || taking} busyText="Записываем…">
          {over ? 'Взять время снова' : asked.moving ? 'Перенести сюда' : 'Записать'}
        </Button>
        <Button onClick={onBack}>Выбрать другое время</Button>
        {!over && (
          <span className="soft small" role="timer" aria-live="off">
            Время за пациентом ещё <span className="numbers">{countdownWords(left)}</span>
          </span>
        )}
      </div>
    </form>
  )
}

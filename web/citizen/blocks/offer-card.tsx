import { useEffect, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { listPatientAppointments, showAppointment } from '../../../contracts/booking.ts'
import {
  acceptOffer,
  declineOffer,
  listPatientWaiting,
  type WaitingEntry,
  type WaitingOffer,
} from '../../../contracts/waiting.ts'
import { queryKey, useAction, useSecondsLeft } from '../../api/index.ts'
import {
  announce,
  Button,
  capital,
  Card,
  countdownWords,
  dayOf,
  dayWords,
  inOneSentence,
  momentWords,
  Notice,
  showToast,
  timeWords,
  uncapital,
  useNow,
  zoneNote,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { queryClient } from '../query-client.ts'

type Props = { entry: WaitingEntry; offer: WaitingOffer; patientName?: string | undefined }

/** A freed time that waits for this person's answer. */
export function OfferCard({ entry, offer, patientName }: Props): ReactNode {
  const zone = entry.timeZone
  const left = useSecondsLeft(offer.expiresAt)
  const today = dayOf(useNow(), zone)
  const note = zoneNote(zone)
  const answer = useAnswer(entry, offer)
  const when = `${dayWords(dayOf(offer.startsAt, zone), today)}, ${timeWords(offer.startsAt, zone)}`
  useEffect(() => announce(`Освободилось время: ${when}`), [when])
  return (
    <Card kind="brand" title="Освободилось время">
      <p className="when">
        <span className="when__day">{capital(dayWords(dayOf(offer.startsAt, zone), today))}</span>
        <span className="when__time numbers">{timeWords(offer.startsAt, zone)}</span>
      </p>
      {note && <p className="soft small">Это {note}.</p>}
      <div>
        {patientName && <p className="strong">{patientName}</p>}
        <p className="strong">
          {offer.doctorName}, {uncapital(entry.specialtyTitle)}
        </p>
        <p>
          {entry.organizationName}
          {offer.room && `, кабинет ${offer.room}`}
        </p>
        <p className="soft">{offer.address}</p>
      </div>
      {entry.visit && (
        <p>
          Прежняя запись ({momentWords(entry.visit.startsAt, entry.visit.timeZone)}) останется вашей, пока вы не
          возьмёте это время.
        </p>
      )}
      {answer.refusal && (
        <Notice live kind="error">
          {inOneSentence(answer.refusal.problem)}
        </Notice>
      )}
      {left === 0 && !answer.busy ? (
        <Notice live kind="warning" title="Предложение истекло">
          <p>Время предложено следующему. Ваше место в очереди осталось за вами.</p>
        </Notice>
      ) : (
        <div className="stack stack--tight">
          <Button
            kind="primary"
            size="large"
            wide
            busy={answer.accepting}
            busyText="Записываем…"
            disabled={answer.declining}
            onClick={answer.accept}
          >
            Взять время
          </Button>
          <Button
            wide
            busy={answer.declining}
            busyText="Отказываемся…"
            disabled={answer.accepting}
            onClick={answer.decline}
          >
            Отказаться
          </Button>
          <p className="soft small" role="timer" aria-live="off">
            {left < 3600 ? (
              <>
                Время за вами ещё <span className="numbers">{countdownWords(left)}</span>
              </>
            ) : (
              `Время за вами до: ${momentWords(offer.expiresAt, zone)}`
            )}
          </p>
        </div>
      )}
    </Card>
  )
}

function useAnswer(entry: WaitingEntry, offer: WaitingOffer) {
  const [, navigate] = useLocation()
  const { patientId } = entry
  const params = { patientId, offerId: offer.id }
  const accepting = useAction(acceptOffer, {
    refreshes: [listPatientWaiting, listPatientAppointments],
    onDone: (appointment) => {
      const shown = { patientId, appointmentId: appointment.id }
      queryClient.setQueryData(queryKey(showAppointment, { params: shown }), appointment)
      navigate(at.ticket(patientId, appointment.id), { state: { fresh: entry.visit ? 'moved' : 'booked' } })
    },
  })
  const declining = useAction(declineOffer, {
    refreshes: [listPatientWaiting],
    onDone: () => showToast({ text: 'Время предложено следующему. Вы остались в листе ожидания' }),
  })
  return {
    accept: () => accepting.run({ params }),
    decline: () => declining.run({ params }),
    accepting: accepting.busy,
    declining: declining.busy,
    busy: accepting.busy || declining.busy,
    refusal: accepting.refusal ?? declining.refusal,
  }
}

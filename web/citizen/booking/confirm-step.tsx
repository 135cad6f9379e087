import { useEffect, useRef, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import {
  confirmHold,
  HoldExpired,
  HoldNotFound,
  listPatientAppointments,
  moveAppointment,
  showAppointment,
  type Appointment,
  type Hold,
} from '../../../contracts/booking.ts'
import { listChangeOffers } from '../../../contracts/schedule-edits.ts'
import { listBookableOrganizations } from '../../../contracts/schedules.ts'
import { queryKey, useAction, useSecondsLeft, type Refusal } from '../../api/index.ts'
import {
  Button,
  capital,
  Card,
  countdownWords,
  dayOf,
  dayWords,
  Facts,
  inOneSentence,
  Notice,
  Skeleton,
  timeWords,
  uncapital,
  useNow,
  zoneNote,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { queryClient } from '../query-client.ts'
import { useCategories } from './categories.tsx'
import type { StepProps } from './step-props.ts'
import { Step, useChosenNames } from './step.tsx'
import { offers } from './use-hold.ts'

const ASK_AGAIN_MS = 10_000

/** Whether it is unknown what became of the request: nobody answered, or only that the server is not there now. */
const isUnanswered = (refusal: Refusal | undefined): boolean => [0, 503].includes(refusal?.problem.status ?? 200)

/** Everything once more, held meanwhile for this person, and one button. */
export function ConfirmStep(props: StepProps): ReactNode {
  const { state, patient, go, hold } = props
  const slot = state.slot!
  const { waits } = useChosenNames({ ...state, doctor: state.with ?? state.doctor })
  const mine = hold.hold?.ref === slot ? hold.hold : undefined

  // By a link, a reload or «back» one comes here without a hold: it is asked for, and if the time is gone meanwhile, one
  // is at the choice of a time again, told why.
  const asked = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (asked.current === slot) return
    asked.current = slot
    if (mine) return
    void hold
      .take({ patientId: patient.id, ref: slot, moving: state.moving, category: state.category })
      .then((refusal) => {
        if (refusal) go({ ...state, slot: undefined, with: undefined }, { replace: true })
      })
  }, [slot, mine, hold, patient.id, state, go])

  const title = state.moving ? 'Подтвердите новое время' : 'Проверьте и подтвердите'
  return (
    <Step state={state} patient={patient} title={title} summary={false}>
      {mine && !waits ? (
        <Confirmation {...props} hold={hold} held={mine} />
      ) : (
        <Skeleton shape="card" label="Бронируем время" />
      )}
    </Step>
  )
}

function Confirmation({ state, patient, go, hold, held }: StepProps & { held: Hold }): ReactNode {
  const names = useChosenNames({ ...state, doctor: state.with ?? state.doctor })
  const category = useCategories(patient.id).find(({ id }) => id === state.category)
  const left = useSecondsLeft(held.expiresAt)
  const { confirm, busy, refusal } = useConfirmation({
    patientId: patient.id,
    held,
    moving: state.moving,
    keep: hold.keep,
  })
  const unknown = isUnanswered(refusal)
  const { settle } = hold
  useEffect(() => settle(busy), [busy, settle])
  const lost = refusal?.problem.type === HoldExpired.type || refusal?.problem.type === HoldNotFound.type
  const over = lost || (left === 0 && !busy)
  const { zone } = names
  const now = useNow()
  const day = dayOf(held.startsAt, zone)
  const note = zoneNote(zone)
  const again = async () => {
    const gone = await hold.take({
      patientId: patient.id,
      ref: held.ref,
      moving: state.moving,
      category: state.category,
    })
    if (gone) go({ ...state, slot: undefined, with: undefined }, { replace: true })
  }
  return (
    <Card kind="brand">
      <p className="when">
        <span className="when__day">{capital(dayWords(day, dayOf(now, zone)))}</span>
        <span className="when__time numbers">{timeWords(held.startsAt, zone)}</span>
      </p>
      {note && <p className="soft small">Это {note}.</p>}
      <Facts
        items={[
          ['Пациент', patient.name],
          ['Зачем', category?.name ?? null],
          ['Взять с собой', category?.bring ?? null],
          [
            'Врач',
            [names.doctorName, names.specialty && uncapital(names.specialty)].filter(Boolean).join(', ') || null,
          ],
          [
            'Где',
            names.organization && (
              <>
                {names.organization.shortName}
                {names.doctor?.room && `, кабинет ${names.doctor.room}`}
                <br />
                <span className="soft">{names.organization.address}</span>
              </>
            ),
          ],
        ]}
      />
      {refusal && !lost && <Unconfirmed refusal={refusal} onRetry={confirm} busy={busy} />}
      {over ? (
        <Notice
          live
          kind="warning"
          title="Время на подтверждение вышло"
          actions={
            <Button kind="primary" busy={hold.taking} onClick={() => void again()}>
              Забронировать ещё раз
            </Button>
          }
        >
          <p>Если это время ещё свободно, оно снова будет за вами на пять минут.</p>
        </Notice>
      ) : (
        <div className="stack stack--tight">
          {!unknown && (
            <Button kind="primary" size="large" wide busy={busy} busyText="Записываем…" onClick={confirm}>
              {state.moving ? 'Перенести на это время' : 'Записаться'}
            </Button>
          )}
          <p className="soft small" role="timer" aria-live="off">
            Время за вами ещё <span className="numbers">{countdownWords(left)}</span>
          </p>
        </div>
      )}
    </Card>
  )
}

/** A connection lost while confirming leaves it unknown whether the visit is booked: repeating is safe, and we say so. */
function Unconfirmed({ refusal, onRetry, busy }: { refusal: Refusal; onRetry: () => void; busy: boolean }): ReactNode {
  if (!isUnanswered(refusal))
    return (
      <Notice live kind="error" title={refusal.problem.title}>
        <p>{inOneSentence({ ...refusal.problem, title: refusal.problem.detail ?? '' })}</p>
      </Notice>
    )
  return (
    <Notice
      live
      kind="warning"
      title="Связь прервалась, ответа мы не получили"
      actions={
        <Button kind="primary" busy={busy} onClick={onRetry}>
          Повторить
        </Button>
      }
    >
      <p>Запись могла уже состояться. Повторите: второй записи не будет, мы узнаем ту же самую.</p>
      <p>Как только связь появится, мы повторим сами.</p>
    </Notice>
  )
}

type Asked = { patientId: string; held: Hold; moving: string | undefined; keep: () => void }

/** Confirms once: a second press, a repeated attempt or the return of the network carry the same key. */
function useConfirmation({ patientId, held, moving, keep }: Asked) {
  const [, navigate] = useLocation()
  const onDone = (appointment: Appointment) => {
    keep()
    const params = { patientId, appointmentId: appointment.id }
    queryClient.setQueryData(queryKey(showAppointment, { params }), appointment)
    navigate(at.ticket(patientId, appointment.id), { replace: true, state: { fresh: moving ? 'moved' : 'booked' } })
  }
  const refreshes = [listPatientAppointments, listChangeOffers, listBookableOrganizations, ...offers]
  const booking = useAction(confirmHold, { onDone, refreshes })
  const move = useAction(moveAppointment, { onDone, refreshes })
  const action = moving ? move : booking
  const confirm = () =>
    moving
      ? move.run({ params: { patientId, appointmentId: moving }, body: { holdId: held.id } })
      : booking.run({ body: { holdId: held.id, patientId } })

  const repeat = useRef(confirm)
  useEffect(() => {
    repeat.current = confirm
  })
  const unanswered = isUnanswered(action.refusal) && !action.busy
  useEffect(() => {
    if (!unanswered) return
    const again = () => repeat.current()
    // A device that lost its network says when it is back. A server that stopped says nothing: it is asked now and then.
    addEventListener('online', again)
    const timer = setInterval(again, ASK_AGAIN_MS)
    return () => {
      removeEventListener('online', again)
      clearInterval(timer)
    }
  }, [unanswered])
  return { confirm, busy: action.busy, refusal: action.busy ? undefined : action.refusal }
}

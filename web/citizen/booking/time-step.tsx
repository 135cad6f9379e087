import { useEffect, useRef, type ReactNode } from 'react'
import { SlotTaken } from '../../../contracts/booking.ts'
import { showRuleAdvice, type RuleRefusal } from '../../../contracts/booking-rules.ts'
import { listDays, listFreeSlots, type FreeSlot } from '../../../contracts/schedules.ts'
import { useRead } from '../../api/index.ts'
import {
  announce,
  ButtonLink,
  capital,
  Card,
  count,
  dayOf,
  dayWords,
  EmptyState,
  ErrorState,
  Notice,
  Skeleton,
  useNow,
  zoneNote,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import type { StepProps } from './step-props.ts'
import { bookingAddress } from './booking-state.ts'
import { DayPicker } from './day-picker.tsx'
import { dayToShow, partsOfDay, type FreeTime } from './free-times.ts'
import { HoldRefusal } from './hold-refusal.tsx'
import { NextOpening, OpeningQueue } from './opening-queue.tsx'
import { RuleWords } from './rule-words.tsx'
import { Step, useChosenNames } from './step.tsx'

/**
 * Day and time. A press on a time holds it first; only then comes the confirmation. A time that somebody else took
 * meanwhile is said to be taken, here, over the renewed list.
 */
export function TimeStep(props: StepProps): ReactNode {
  const { state, patient, go, hold } = props
  const { zone, waits } = useChosenNames(state)
  const staff = state.doctor === 'any' ? {} : { staffId: state.doctor! }
  const params = { organizationId: state.org!, code: state.specialty! }
  const query = { patientId: patient.id, ...staff }
  const days = useRead(listDays, { params, query })
  const day = days.data && dayToShow(days.data.days, state.day)
  const slots = useRead(listFreeSlots, { params, query: { ...query, ...(day && { day }) } }, { enabled: Boolean(day) })
  const advice = useRead(showRuleAdvice, {
    params: { patientId: patient.id, organizationId: state.org! },
    query: { specialty: state.specialty!, ...(state.moving && { moving: state.moving }) },
  })
  const barred = new Map(advice.data?.times.map((time) => [time.ref, advice.data.refusals[time.refusal]!]))
  const today = dayOf(useNow(), zone)
  const note = zoneNote(zone)
  const refused = hold.refusal && <HoldRefusal key={hold.refusals} refusal={hold.refusal} patientId={patient.id} />
  useChangesAloud(slots.data?.slots, day)

  const choose = async (time: FreeTime) => {
    // Several doctors may have this time: another one's place is as good while only the first is gone.
    for (const { ref, staffId } of time.slots) {
      const refusal = await hold.take({ patientId: patient.id, ref, moving: state.moving, category: state.category })
      if (!refusal) return go({ ...state, day, slot: ref, with: staffId })
      if (refusal.problem.type !== SlotTaken.type) return
    }
  }
  return (
    <Step state={state} patient={patient} title="Выберите день и время">
      {!waits && (
        <OpeningQueue
          organizationId={params.organizationId}
          zone={zone}
          onDay={(next) => go({ ...state, day: next }, { replace: true })}
        />
      )}
      {days.error && !days.data ? (
        <ErrorState problem={days.error.problem} onRetry={() => void days.refetch()} retrying={days.isFetching} />
      ) : !days.data || waits ? (
        <Skeleton shape="card" label="Загружаем дни" />
      ) : !day ? (
        <>
          {refused}
          <NoTimes {...props} />
        </>
      ) : (
        <Card>
          <DayPicker
            days={days.data.days}
            today={today}
            value={day}
            onChange={(next) => {
              hold.forget()
              go({ ...state, day: next }, { replace: true })
            }}
          />
          <div className="stack stack--tight">
            <h2>{capital(dayWords(day, today))}</h2>
            {note && <p className="soft small">Это {note}.</p>}
          </div>
          {refused}
          {slots.error && !slots.data ? (
            <ErrorState
              problem={slots.error.problem}
              onRetry={() => void slots.refetch()}
              retrying={slots.isFetching}
            />
          ) : !slots.data || advice.isPending ? (
            <Skeleton shape="lines" count={3} label="Загружаем время" />
          ) : (
            <Times
              slots={slots.data.slots.filter((slot) => !barred.has(slot.ref))}
              barred={slots.data.slots.flatMap((slot) => barred.get(slot.ref) ?? [])}
              zone={zone}
              anyDoctor={state.doctor === 'any'}
              busy={hold.taking}
              onChoose={choose}
            />
          )}
          <p>
            Нет подходящего? <a href={at.joinWaiting({ ...state, day: undefined })}>Встать в лист ожидания</a>
          </p>
        </Card>
      )}
      {!waits && <NextOpening organizationId={params.organizationId} zone={zone} />}
    </Step>
  )
}

type TimesProps = {
  slots: readonly FreeSlot[]
  /** Reasons of the free times that a rule keeps from this patient, one for each. */
  barred: readonly RuleRefusal[]
  zone: string
  anyDoctor: boolean
  busy: boolean
  onChoose: (time: FreeTime) => void
}

function Times({ slots, barred, zone, anyDoctor, busy, onChoose }: TimesProps): ReactNode {
  const parts = partsOfDay(slots, zone)
  if (parts.length === 0)
    return barred.length > 0 ? <Barred reasons={barred} /> : <p>На этот день всё уже разобрали. Выберите другой.</p>
  return (
    <div className="stack" aria-busy={busy}>
      {parts.map((part) => (
        <section key={part.title} className="stack stack--tight">
          <h3>{part.title}</h3>
          <ul className="times">
            {part.times.map((time) => (
              <li key={time.time}>
                <button
                  type="button"
                  className="time numbers"
                  aria-disabled={busy || undefined}
                  onClick={() => !busy && onChoose(time)}
                >
                  {time.time}
                  {anyDoctor && (
                    <span className="time__doctor">
                      {time.slots.length === 1
                        ? lastName(time.slots[0]!)
                        : count(time.slots.length, ['врач', 'врача', 'врачей'])}
                    </span>
                  )}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <Barred reasons={barred} />
    </div>
  )
}

/** Times that are free and not for this patient are not offered, but nobody should wonder where they went. */
function Barred({ reasons }: { reasons: readonly RuleRefusal[] }): ReactNode {
  const [first] = reasons
  if (!first) return null
  return (
    <Notice title={`Ещё ${count(reasons.length, ['время', 'времени', 'времён'])} сейчас выбрать нельзя`}>
      <p>
        <RuleWords refusal={first} />
      </p>
    </Notice>
  )
}

const lastName = (slot: FreeSlot) => slot.doctorName.split(/\s/)[0]

function NoTimes({ state }: StepProps): ReactNode {
  const { organization } = useChosenNames(state)
  const start = { for: state.for, org: state.org, specialty: state.specialty, moving: state.moving }
  return (
    <EmptyState
      icon="calendar"
      title="Свободного времени сейчас нет"
      actions={
        <>
          {state.doctor !== 'any' && (
            <ButtonLink kind="primary" href={bookingAddress({ ...start, doctor: 'any' })}>
              Посмотреть у других врачей
            </ButtonLink>
          )}
          <ButtonLink kind={state.doctor === 'any' ? 'primary' : 'quiet'} icon="clock" href={at.joinWaiting(state)}>
            Встать в лист ожидания
          </ButtonLink>
          {!state.moving && <ButtonLink href={bookingAddress({ for: state.for })}>Другая организация</ButtonLink>}
        </>
      }
    >
      <p>
        Новое время открывается каждый день. В листе ожидания освободившееся время сначала предложат вам.
        {organization && ' Если помощь нужна сегодня, позвоните в регистратуру.'}
      </p>
    </EmptyState>
  )
}

/** Times that come and go by themselves are said aloud, but only as a change of the day that is shown. */
function useChangesAloud(slots: readonly FreeSlot[] | undefined, day: string | undefined): void {
  const before = useRef<{ day: string | undefined; count: number } | undefined>(undefined)
  useEffect(() => {
    if (!slots) return
    const last = before.current
    before.current = { day, count: slots.length }
    if (last && last.day === day && last.count !== slots.length)
      announce(`Список обновился: свободно ${count(slots.length, ['время', 'времени', 'времён'])}`)
  }, [slots, day])
}

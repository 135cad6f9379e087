import type { ReactNode } from 'react'
import { listDays, listFreeSlots } from '../../../contracts/schedules.ts'
import { useRead } from '../../api/index.ts'
import {
  Button,
  capital,
  Card,
  classes,
  dateWords,
  dayWords,
  EmptyState,
  ErrorState,
  Skeleton,
  weekdayWords,
} from '../../ui/index.ts'
import { useToday } from '../session.tsx'
import { daysToShow, dayToShow, placesWords, timesOf, whoseTime, type Time } from './times.ts'

type Props = {
  patientId: string
  organizationId: string
  zone: string
  specialty: string
  /** A doctor's id, or 'any'. */
  doctor: string
  day: string | undefined
  busy: boolean
  onDay: (day: string) => void
  onChoose: (time: Time) => void
  onAnyDoctor: () => void
  /** To the waiting list; undefined for who may not put there. */
  onWait: (() => void) | undefined
}

/** The days of the published fortnight and the free times of one. */
export function TimesOfDay(props: Props): ReactNode {
  const { patientId, organizationId, zone, specialty, doctor, day: asked, onDay } = props
  const today = useToday()
  const params = { organizationId, code: specialty }
  const query = { patientId, ...(doctor !== 'any' && { staffId: doctor }) }
  const days = useRead(listDays, { params, query })
  const day = days.data && dayToShow(days.data.days, asked)
  const slots = useRead(listFreeSlots, { params, query: { ...query, ...(day && { day }) } }, { enabled: Boolean(day) })
  if (days.error && !days.data)
    return <ErrorState problem={days.error.problem} onRetry={() => void days.refetch()} retrying={days.isFetching} />
  if (!days.data) return <Skeleton shape="card" label="Загружаем дни" />
  if (!day) return <NoTimes anyDoctor={doctor === 'any'} onAnyDoctor={props.onAnyDoctor} onWait={props.onWait} />
  return (
    <Card>
      <fieldset className="days">
        <legend className="visually-hidden">День</legend>
        {daysToShow(days.data.days, today).map((offer) => (
          <DayButton key={offer.day} {...offer} today={today} chosen={offer.day === day} onChoose={onDay} />
        ))}
      </fieldset>
      <h2>{capital(dayWords(day, today))}</h2>
      {slots.error && !slots.data ? (
        <ErrorState problem={slots.error.problem} onRetry={() => void slots.refetch()} retrying={slots.isFetching} />
      ) : !slots.data ? (
        <Skeleton count={3} label="Загружаем время" />
      ) : (
        <Times {...props} times={timesOf(slots.data.slots, zone)} />
      )}
      {props.onWait && (
        <div>
          <Button kind="plain" onClick={props.onWait}>
            Ничего не подходит: в лист ожидания
          </Button>
        </div>
      )}
    </Card>
  )
}

type DayProps = { day: string; freeSlots: number; today: string; chosen: boolean; onChoose: (day: string) => void }

function DayButton({ day, freeSlots, today, chosen, onChoose }: DayProps): ReactNode {
  return (
    <button
      type="button"
      className={classes('day', chosen && 'day--chosen')}
      disabled={freeSlots === 0}
      aria-pressed={chosen}
      onClick={() => onChoose(day)}
    >
      <span className="strong">
        {weekdayWords(day)} {Number(day.slice(8))}
      </span>
      <span className="visually-hidden">
        , {weekdayWords(day, true)}, {dateWords(day, Number(today.slice(0, 4)))},
      </span>
      <span className="day__note">{day === today ? `сегодня, ${freeSlots}` : placesWords(freeSlots)}</span>
    </button>
  )
}

function Times({ times, doctor, busy, onChoose }: Props & { times: readonly Time[] }): ReactNode {
  if (times.length === 0) return <p>На этот день всё уже разобрали. Выберите другой.</p>
  return (
    <ul className="times" aria-label="Свободное время" aria-busy={busy}>
      {times.map((time) => (
        <li key={time.time}>
          <button
            type="button"
            className="time numbers"
            aria-disabled={busy || undefined}
            onClick={() => !busy && onChoose(time)}
          >
            {time.time}
            {doctor === 'any' && <span className="time__doctor">{whoseTime(time)}</span>}
          </button>
        </li>
      ))}
    </ul>
  )
}

type NoTimesProps = { anyDoctor: boolean; onAnyDoctor: () => void; onWait: (() => void) | undefined }

const NoTimes = ({ anyDoctor, onAnyDoctor, onWait }: NoTimesProps) => (
  <EmptyState
    icon="calendar"
    title="Свободного времени нет"
    actions={
      <>
        {!anyDoctor && (
          <Button kind="primary" onClick={onAnyDoctor}>
            Посмотреть у других врачей
          </Button>
        )}
        {onWait && <Button onClick={onWait}>В лист ожидания</Button>}
      </>
    }
  >
    <p>Новый день открывается каждое утро в 07:00. Отменённые записи появляются здесь сразу.</p>
  </EmptyState>
)

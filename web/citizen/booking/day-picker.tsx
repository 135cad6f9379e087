import type { ReactNode } from 'react'
import type { DayOffer } from '../../../contracts/schedules.ts'
import { classes, count, dateWords, weekdayWords } from '../../ui/index.ts'
import { weeksOf, type CalendarDay } from './free-times.ts'

type DayPickerProps = {
  days: readonly DayOffer[]
  today: string
  value: string | undefined
  onChange: (day: string) => void
}

const weekdays = ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс']

/** Two or three weeks as a calendar. Days are buttons that say in words what the eye sees: the date and how many places. */
export function DayPicker({ days, today, value, onChange }: DayPickerProps): ReactNode {
  return (
    <fieldset className="days">
      <legend className="visually-hidden">День</legend>
      <div className="days__names" aria-hidden="true">
        {weekdays.map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <div className="days__grid">
        {weeksOf(days, today)
          .flat()
          .map((day) => (
            <Day key={day.day} {...day} today={today} chosen={day.day === value} onChange={onChange} />
          ))}
      </div>
    </fieldset>
  )
}

type DayProps = CalendarDay & { today: string; chosen: boolean; onChange: (day: string) => void }

function Day({ day, freeSlots, today, chosen, onChange }: DayProps): ReactNode {
  const date = Number(day.slice(8))
  if (day < today) return <span className="day day--past" aria-hidden="true" />
  const places = freeSlots > 0 ? count(freeSlots, ['место', 'места', 'мест']) : 'мест нет'
  const [, ...month] = dateWords(day, Number(today.slice(0, 4))).split('\u00a0')
  return (
    <button
      type="button"
      className={classes('day', chosen && 'day--chosen', day === today && 'day--today')}
      disabled={freeSlots === 0}
      aria-pressed={chosen}
      onClick={() => onChange(day)}
    >
      <span className="visually-hidden">
        {day === today && 'сегодня, '}
        {weekdayWords(day, true)},{' '}
      </span>
      <span className="day__date">{date}</span>
      <span className="visually-hidden">
        {' '}
        {month.join(' ')}, {places}
      </span>
      {date === 1 && (
        <span className="day__note" aria-hidden="true">
          {month[0]!.slice(0, 3)}
        </span>
      )}
    </button>
  )
}

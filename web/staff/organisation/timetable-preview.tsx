import { useMemo, type ReactNode } from 'react'
import { classes, count, dateWords, weekdayWords } from '../../ui/index.ts'
import type { Template } from '../../../contracts/timetable-pattern.ts'
import { mondayOf } from './timetable-form.ts'
import { useCalendar } from './use-calendar.ts'
import { daysAhead, hoursWords, kindWords, patternWords, type Hours } from './weekly-hours.ts'

const WEEKS = 4
const TIMES = ['приём', 'приёма', 'приёмов'] as const

type Props = { template: Template; today: string; worksOnHolidays: boolean }

/** What the hours mean: in words, and as the four weeks from the day on which the timetable begins. */
export function TimetablePreview({ template, today, worksOnHolidays }: Props): ReactNode {
  const monday = mondayOf(template.validFrom > today ? template.validFrom : today)
  const calendar = useCalendar(monday, WEEKS)
  const days = useMemo(
    () => daysAhead(template, monday, WEEKS, worksOnHolidays ? undefined : calendar.likes),
    [template, monday, calendar.likes, worksOnHolidays],
  )
  const total = days.reduce((sum, day) => sum + day.times, 0)
  return (
    <div className="stack">
      <ul className="plain-list">
        {template.hours.map((h, i) => (
          <li key={i}>{rowWords(h)}</li>
        ))}
      </ul>
      <p className="strong" aria-live="polite">
        За четыре недели: {count(total, TIMES)}
      </p>
      <ol className="four-weeks" aria-label="Ближайшие четыре недели">
        {days.map(({ day, stretches, times, outside }) => (
          <li key={day} className={classes('four-weeks__day', stretches.length === 0 && 'four-weeks__day--none')}>
            <span className="soft small">
              {weekdayWords(day)} {dateWords(day, Number(day.slice(0, 4)))}
            </span>
            <span className="numbers">
              {stretches.length > 0 ? hoursWords(stretches) : outside ? 'не действует' : 'приёма нет'}
            </span>
            <span className="soft small">
              {times > 0 && count(times, TIMES)} {calendar.names.get(day)}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}

const rowWords = (h: Hours) => `${h.starts}–${h.ends} ${patternWords(h)}${h.kind ? `, приём ${kindWords[h.kind]}` : ''}`

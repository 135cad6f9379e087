import type { Work } from '../../platform/work.ts'
import type { CalendarDay } from './calendar.ts'
import { calendarBetween } from './store-absence.ts'

/** Days of a year that differ from their weekday, in order; none when its calendar was not imported. */
export async function listCalendar(work: Work, year: string): Promise<{ days: CalendarDay[] }> {
  const days = await calendarBetween(work.db, `${year}-01-01`, `${year}-12-31`)
  return {
    days: [...days.values()]
      .map(({ day, kind, like, name }) => ({ day, kind, like, name }))
      .sort((a, b) => (a.day < b.day ? -1 : 1)),
  }
}

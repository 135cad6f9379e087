import type { CalendarDay } from './calendar.ts'
import type { Time } from './pattern.ts'
import { intervalsOverlap, type Interval } from './rules.ts'

/** When somebody or something is not there: these positions, this room, or (neither) the whole organisation. */
export type Absence = Interval & { id: string; staffIds: readonly string[]; roomId: string | null }
export type Closing = { for: 'absence' | 'calendar'; by: string }
export type Calendar = ReadonlyMap<string, CalendarDay & { id: string }>
/** What closes times by themselves. */
export type Closings = { absences: readonly Absence[]; calendar: Calendar }

const isAway = (absence: Absence, place: { staffId: string; roomId: string }): boolean =>
  absence.roomId !== null
    ? absence.roomId === place.roomId
    : absence.staffIds.length === 0 || absence.staffIds.includes(place.staffId)

/**
 * What closes a time by itself; undefined: nothing does. An absence that it overlaps; a holiday, unless the timetable
 * works on them or names this date; the last hour of a short day (ст. 95 ТК РФ). `dayEnds` is when the timetable's last
 * time of that day ends.
 */
export function closingOf(
  time: Time,
  place: { staffId: string; roomId: string; worksOnHolidays: boolean },
  { absences, calendar }: Closings,
  dayEnds: Date,
): Closing | undefined {
  const absence = absences.find((a) => isAway(a, place) && intervalsOverlap(a, time))
  if (absence) return { for: 'absence', by: absence.id }
  const day = calendar.get(time.day)
  if (!day || place.worksOnHolidays || time.oneOff) return undefined
  const isOff = day.kind === 'holiday' || (day.kind === 'short' && +time.endsAt > +dayEnds - 3_600_000)
  return isOff ? { for: 'calendar', by: day.id } : undefined
}

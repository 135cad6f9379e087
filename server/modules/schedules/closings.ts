import type { CalendarDay } from './calendar.ts'
import type { Time } from './pattern.ts'
import { intervalsOverlap, type Interval } from './rules.ts'

/** When somebody or something is not there: these positions, this room, or (neither) the whole organisation. */
export type Absence = Interval & { id: string; staffIds: readonly string[]; roomId: string | null }
/** When a doctor (in these positions) is busy elsewhere, as a calendar of theirs outside says. `id`: which calendar. */
export type BusyElsewhere = Interval & { id: string; staffIds: readonly string[] }
export type Closing = { for: 'absence' | 'calendar' | 'external'; by: string }
export type Calendar = ReadonlyMap<string, CalendarDay & { id: string }>
/** What closes times by themselves. */
export type Closings = { absences: readonly Absence[]; calendar: Calendar; busy: readonly BusyElsewhere[] }
/** What closes times by itself and opens them again when it is gone. An edit, which does not, is no such thing. */
export const closesByItself = (closedFor: string | null): boolean =>
  closedFor === 'absence' || closedFor === 'calendar' || closedFor === 'external'

const isAway = (absence: Absence, place: { staffId: string; roomId: string }): boolean =>
  absence.roomId !== null
    ? absence.roomId === place.roomId
    : absence.staffIds.length === 0 || absence.staffIds.includes(place.staffId)

/**
 * What closes a time by itself; undefined: nothing does. An absence that it overlaps; a holiday, unless the timetable
 * works on them or names this date; the last hour of a short day (ст. 95 ТК РФ); the doctor is busy elsewhere. `dayEnds`
 * is when the timetable's last time of that day ends.
 */
export function closingOf(
  time: Time,
  place: { staffId: string; roomId: string; worksOnHolidays: boolean },
  { absences, calendar, busy }: Closings,
  dayEnds: Date,
): Closing | undefined {
  const absence = absences.find((a) => isAway(a, place) && intervalsOverlap(a, time))
  if (absence) return { for: 'absence', by: absence.id }
  const day = calendar.get(time.day)
  if (day && !place.worksOnHolidays && !time.oneOff) {
    const isOff = day.kind === 'holiday' || (day.kind === 'short' && +time.endsAt > +dayEnds - 3_600_000)
    if (isOff) return { for: 'calendar', by: day.id }
  }
  const elsewhere = busy.find((b) => b.staffIds.includes(place.staffId) && intervalsOverlap(b, time))
  return elsewhere && { for: 'external', by: elsewhere.id }
}

import {
  isOneOff,
  minutesFor,
  stretchesOn,
  timesMeet,
  type Break,
  type SlotKind,
  type Template,
} from '../../../contracts/timetable-pattern.ts'
import { addDays, daysFrom, instantOf, weekdayOf } from '../../platform/time.ts'
import type { Interval } from './rules.ts'

export type { Break, Flaw, Hours, SlotKind, Template } from '../../../contracts/timetable-pattern.ts'
export { cycleDayOf, isoWeekOf, stretchesOn, templateFlaws } from '../../../contracts/timetable-pattern.ts'

/** A time that a timetable gives, and the local day it is of; `oneOff`: its hours are given for this very date. */
export type Time = Interval & { day: string; kind: SlotKind; oneOff: boolean }

/** Days that have the hours of another weekday: working weekends of the production calendar. */
export type LikeDays = ReadonlyMap<string, { like: number | null }>

/** Two timetables are compared this far ahead, days; what meets later is left out when it is published. */
const COMPARED_DAYS = 400

/**
 * The times of a timetable on the given days, in order. Each stretch of hours is cut from its beginning into whole
 * times; what is left at its end is not used. Lengths are real minutes, also on the night the clocks change.
 */
export function timesOf(
  template: Template,
  firstDay: string,
  lastDay: string,
  zone: string,
  calendar: LikeDays = new Map(),
): Time[] {
  const from = firstDay > template.validFrom ? firstDay : template.validFrom
  const to = template.validUntil !== null && template.validUntil < lastDay ? template.validUntil : lastDay
  const times: Time[] = []
  for (const day of daysFrom(from, to)) {
    // On the night the clocks go forward two stretches can begin at one instant: the earlier one has it.
    let free = -Infinity
    const oneOff = isOneOff(template, day)
    for (const { starts, ends, kind } of stretchesOn(template, day, calendar.get(day)?.like ?? weekdayOf(day))) {
      const length = minutesFor(template, kind) * 60_000
      const end = instantOf(zone, day, ends).getTime()
      let t = Math.max(instantOf(zone, day, starts).getTime(), free)
      for (; t + length <= end; t += length) {
        times.push({ startsAt: new Date(t), endsAt: new Date(t + length), day, kind, oneOff })
        free = t + length
      }
    }
  }
  return times
}

/** The first and the last day on which both are valid; undefined when they never are at once. The last may be null: no end. */
function commonDays(a: Template, b: Template): { first: string; last: string | null } | undefined {
  const first = a.validFrom > b.validFrom ? a.validFrom : b.validFrom
  const ends = [a.validUntil, b.validUntil].filter((day) => day !== null).sort()
  const last = ends[0] ?? null
  return last !== null && last < first ? undefined : { first, last }
}

const isWeekly = (template: Template): boolean =>
  template.hours.every((h) => h.weekday !== undefined && (h.on ?? 'every') === 'every')

/**
 * Hours of `b` that timetable `a` asks for too, and the first day this happens; undefined: they get along. Plain weeks
 * are compared for a week, others for 400 days.
 */
export function overlappingHours(a: Template, b: Template): (Break & { day: string; everyWeek: boolean }) | undefined {
  const common = commonDays(a, b)
  if (!common) return undefined
  const everyWeek = isWeekly(a) && isWeekly(b)
  const bound = addDays(common.first, (everyWeek ? 7 : COMPARED_DAYS) - 1)
  const days = daysFrom(common.first, common.last !== null && common.last < bound ? common.last : bound)
  for (const day of days) {
    const mine = stretchesOn(a, day)
    const theirs = mine.length > 0 && stretchesOn(b, day).find((y) => mine.some((x) => timesMeet(x, y)))
    if (theirs) return { starts: theirs.starts, ends: theirs.ends, day, everyWeek }
  }
  return undefined
}

import type { Role } from '../../../contracts/endpoint.ts'
import { addDays, daysFrom, instantOf, localDay, localTime, weekdayOf } from '../../platform/time.ts'

/** Days for which times are published, today included. */
const HORIZON_DAYS = 14
/** Local time at which the newest day of the horizon opens (SCH-4). */
const OPENS_AT = '07:00'
/** No time is longer than this, minutes (contract and table agree): bounds the search for overlaps. */
export const LONGEST_SLOT = 240

export type Channel = 'portal' | 'registrar' | 'doctor'
export type Hours = { weekday: number; starts: string; ends: string }
export type Interval = { startsAt: Date; endsAt: Date }
export type SlotStatus = 'free' | 'booked' | 'closed'

/** What of a timetable decides when its doctor sees patients. */
export type Template = {
  slotMinutes: number
  validFrom: string
  validUntil: string | null
  hours: readonly Hours[]
}

/** Through which channels this role may book; a time is open to the role when it is open to one of them. */
export function channelsOf(role: Role | 'external-system' | 'system' | 'anonymous'): readonly Channel[] {
  if (role === 'citizen' || role === 'external-system' || role === 'anonymous') return ['portal']
  if (role === 'doctor') return ['doctor', 'registrar']
  return ['registrar']
}

/** A held time is free again the moment its hold ends: nothing sweeps. */
export const slotIsFree = (slot: { status: SlotStatus; holdUntil: Date | null }, now: Date): boolean =>
  slot.status === 'free' && (slot.holdUntil === null || slot.holdUntil <= now)

/** How the registrar's grid shows a time. */
export function slotState(
  slot: { status: SlotStatus; holdUntil: Date | null; startsAt: Date },
  now: Date,
): 'free' | 'held' | 'booked' | 'closed' | 'past' {
  if (slot.status !== 'free') return slot.status
  if (!slotIsFree(slot, now)) return 'held'
  return slot.startsAt > now ? 'free' : 'past'
}

/** The last day that is open for booking now: 14 days with today, the newest one from 07:00 local. */
export function lastOpenDay(now: Date, zone: string): string {
  const opened = localTime(now, zone) >= OPENS_AT
  return addDays(localDay(now, zone), opened ? HORIZON_DAYS - 1 : HORIZON_DAYS - 2)
}

/** When a day opens for booking here. */
export const openingOf = (day: string, zone: string): Date => instantOf(zone, addDays(day, 1 - HORIZON_DAYS), OPENS_AT)

export const intervalsOverlap = (a: Interval, b: Interval): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt

/**
 * The times of a timetable on the given days, in order. Each stretch of hours is cut from its beginning into whole
 * times; what is left at its end is not used. Lengths are real minutes, also on the night the clocks change.
 */
export function timesOf(template: Template, firstDay: string, lastDay: string, zone: string): Interval[] {
  const from = firstDay > template.validFrom ? firstDay : template.validFrom
  const to = template.validUntil !== null && template.validUntil < lastDay ? template.validUntil : lastDay
  const length = template.slotMinutes * 60_000
  const times: Interval[] = []
  for (const day of daysFrom(from, to)) {
    const weekday = weekdayOf(day)
    const stretches = template.hours.filter((h) => h.weekday === weekday).sort((a, b) => (a.starts < b.starts ? -1 : 1))
    for (const { starts, ends } of stretches) {
      const end = instantOf(zone, day, ends).getTime()
      for (let t = instantOf(zone, day, starts).getTime(); t + length <= end; t += length)
        times.push({ startsAt: new Date(t), endsAt: new Date(t + length) })
    }
  }
  return times
}

const hoursOverlap = (a: Hours, b: Hours): boolean => a.weekday === b.weekday && a.starts < b.ends && b.starts < a.ends

/** The first and the last day on which both are valid; undefined when they never are at once. The last may be null: no end. */
function commonDays(a: Template, b: Template): { first: string; last: string | null } | undefined {
  const first = a.validFrom > b.validFrom ? a.validFrom : b.validFrom
  const ends = [a.validUntil, b.validUntil].filter((day) => day !== null).sort()
  const last = ends[0] ?? null
  return last !== null && last < first ? undefined : { first, last }
}

/** Hours of `b` that timetable `a` asks for too, on a weekday that occurs while both are valid; undefined: they get along. */
export function overlappingHours(a: Template, b: Template): Hours | undefined {
  const common = commonDays(a, b)
  if (!common) return undefined
  const week = addDays(common.first, 6)
  const last = common.last !== null && common.last < week ? common.last : week
  const weekdays = new Set(daysFrom(common.first, last).map(weekdayOf))
  return b.hours.find((y) => weekdays.has(y.weekday) && a.hours.some((x) => hoursOverlap(x, y)))
}

/** What is wrong with a timetable as a person typed it: field and sentence; nothing when it is good. */
export function templateFlaws(
  template: Template & { ageFrom: number; ageTo: number },
): { path: string; message: string }[] {
  const flaws: { path: string; message: string }[] = []
  template.hours.forEach((h, i) => {
    if (h.ends <= h.starts) flaws.push({ path: `hours.${i}.ends`, message: 'Конец приёма должен быть позже начала' })
    else if (minutesOf(h.ends) - minutesOf(h.starts) < template.slotMinutes)
      flaws.push({ path: `hours.${i}.ends`, message: 'В эти часы не помещается ни один приём' })
    if (template.hours.some((other, j) => j < i && hoursOverlap(h, other)))
      flaws.push({ path: `hours.${i}.starts`, message: 'Часы одного дня пересекаются' })
  })
  if (template.ageFrom > template.ageTo)
    flaws.push({ path: 'ageTo', message: 'Верхний возраст должен быть не меньше нижнего' })
  if (template.validUntil !== null && template.validUntil < template.validFrom)
    flaws.push({ path: 'validUntil', message: 'Расписание кончается раньше, чем начинается' })
  return flaws
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** A time asked for, with everyone and everything it occupies (the doctor, the room). */
export type Occupation = Interval & { resources: readonly string[] }

/**
 * Of the wanted times, those that no taken time of the same doctor or room stands in the way of, and that do not stand
 * in each other's; earlier in the list wins.
 */
export function withoutOverlaps<T extends Occupation>(wanted: readonly T[], taken: readonly Occupation[]): T[] {
  const busy = new Map<string, Interval[]>()
  const occupy = (o: Occupation, keys: readonly string[]) => {
    for (const key of keys) {
      const list = busy.get(key)
      if (list) list.push(o)
      else busy.set(key, [o])
    }
  }
  for (const o of taken) occupy(o, placesOf(o))
  return wanted.filter((o) => {
    const keys = placesOf(o)
    const free = keys.every((key) => !busy.get(key)?.some((other) => intervalsOverlap(o, other)))
    if (free) occupy(o, keys)
    return free
  })
}

/** Where to look for what overlaps: each doctor and room on each day (of UTC) that is touched. */
function placesOf({ startsAt, endsAt, resources }: Occupation): string[] {
  const first = Math.floor(startsAt.getTime() / 86_400_000)
  const last = Math.floor((endsAt.getTime() - 1) / 86_400_000)
  return resources.flatMap((resource) =>
    first === last ? [`${resource} ${first}`] : [`${resource} ${first}`, `${resource} ${last}`],
  )
}

import type { Schedule, VisitKind, WorkingHours } from '../../../contracts/schedules.ts'
import { addDays, daysFrom, instantOf, weekdayOf } from '../../platform/time.ts'
import type { Interval } from './rules.ts'

export type Hours = WorkingHours
export type Break = { starts: string; ends: string }
export type SlotKind = VisitKind | 'any'

/** What of a timetable decides when its doctor sees patients. What is not given is: no breaks, one length, no cycle. */
export type Template = {
  slotMinutes: number
  validFrom: string
  validUntil: string | null
  hours: readonly Hours[]
  breaks?: readonly Break[]
  lengths?: Schedule['lengths']
  cycle?: Schedule['cycle']
}

/** Hours of one day, by the clocks of the place, with breaks cut out. */
export type Stretch = Break & { kind: SlotKind }

/** A time that a timetable gives, and the local day it is of; `oneOff`: its hours are given for this very date. */
export type Time = Interval & { day: string; kind: SlotKind; oneOff: boolean }

/** Days that have the hours of another weekday: working weekends of the production calendar. */
export type LikeDays = ReadonlyMap<string, { like: number | null }>

/** Two timetables are compared this far ahead, days; what meets later is left out when it is published. */
const COMPARED_DAYS = 400

/** ISO 8601 number of the week: the week of the year's first Thursday is the first. */
export function isoWeekOf(day: string): number {
  const thursday = addDays(day, 4 - weekdayOf(day))
  const days = (Date.parse(thursday) - Date.parse(`${thursday.slice(0, 4)}-01-01`)) / 86_400_000
  return Math.floor(days / 7) + 1
}

const isOdd = (n: number): boolean => n % 2 === 1

function isOn(on: NonNullable<Hours['on']>, day: string): boolean {
  if (on === 'odd-weeks') return isOdd(isoWeekOf(day))
  if (on === 'even-weeks') return !isOdd(isoWeekOf(day))
  if (on === 'odd-dates') return isOdd(Number(day.slice(8)))
  return on === 'every' || !isOdd(Number(day.slice(8)))
}

/** Which day of the cycle it is, from 1; days before its beginning are counted back. */
export function cycleDayOf(cycle: { days: number; from: string }, day: string): number {
  const passed = (Date.parse(day) - Date.parse(cycle.from)) / 86_400_000
  return (((passed % cycle.days) + cycle.days) % cycle.days) + 1
}

function repeatsOn(hours: Hours, template: Template, day: string, weekday: number): boolean {
  if (hours.cycleDay !== undefined) return !!template.cycle && cycleDayOf(template.cycle, day) === hours.cycleDay
  return hours.weekday === weekday && isOn(hours.on ?? 'every', day)
}

/** Hours given for this very date stand instead of what repeats. */
const isOneOff = (template: Pick<Template, 'hours'>, day: string): boolean => template.hours.some((h) => h.date === day)

/** The hours of a day, earliest first, breaks cut out; `weekday` when the calendar says it is like another one. */
export function stretchesOn(template: Template, day: string, weekday: number = weekdayOf(day)): Stretch[] {
  const hours = template.hours.filter((h) =>
    isOneOff(template, day) ? h.date === day : repeatsOn(h, template, day, weekday),
  )
  return hours
    .flatMap(({ starts, ends, kind }) => withoutBreaks({ starts, ends, kind: kind ?? 'any' }, template.breaks ?? []))
    .sort((a, b) => (a.starts < b.starts ? -1 : 1))
}

function withoutBreaks(stretch: Stretch, breaks: readonly Break[]): Stretch[] {
  let left = [stretch]
  for (const pause of breaks)
    left = left.flatMap((s) => {
      if (!timesMeet(s, pause)) return [s]
      const before = { ...s, ends: pause.starts }
      const after = { ...s, starts: pause.ends }
      return [before, after].filter((part) => part.starts < part.ends)
    })
  return left
}

const timesMeet = (a: Break, b: Break): boolean => a.starts < b.ends && b.starts < a.ends

const minutesFor = (template: Pick<Template, 'slotMinutes' | 'lengths'>, kind: SlotKind): number =>
  (kind === 'any' ? undefined : template.lengths?.[kind]) ?? template.slotMinutes

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

/** Whether two rows of hours can apply on one day. A weekday and a cycle sooner or later do. */
function mayMeet(a: Hours, b: Hours): boolean {
  if (a.date !== undefined || b.date !== undefined) return a.date === b.date
  if (a.cycleDay !== undefined && b.cycleDay !== undefined) return a.cycleDay === b.cycleDay
  if (a.weekday === undefined || b.weekday === undefined) return true
  const [x, y] = [a.on ?? 'every', b.on ?? 'every']
  const sameMeasure = x.split('-')[1] === y.split('-')[1]
  return a.weekday === b.weekday && (x === y || x === 'every' || y === 'every' || !sameMeasure)
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

export type Flaw = { path: string; message: string }

/** What is wrong with a timetable as a person typed it: field and sentence; nothing when it is good. */
export function templateFlaws(
  template: Template & { ageFrom: number; ageTo: number; quotas?: Schedule['quotas']; channels?: Schedule['channels'] },
): Flaw[] {
  const flaws = [...template.hours.flatMap((h, i) => hoursFlaws(template, h, i)), ...breakFlaws(template.breaks ?? [])]
  if (template.ageFrom > template.ageTo)
    flaws.push({ path: 'ageTo', message: 'Верхний возраст должен быть не меньше нижнего' })
  if (template.validUntil !== null && template.validUntil < template.validFrom)
    flaws.push({ path: 'validUntil', message: 'Расписание кончается раньше, чем начинается' })
  return [...flaws, ...quotaFlaws(template.quotas ?? [], template.channels)]
}

function hoursFlaws(template: Template, h: Hours, i: number): Flaw[] {
  const flaw = (field: string, message: string) => [{ path: `hours.${i}.${field}`, message }]
  const named = [h.weekday, h.cycleDay, h.date].filter((x) => x !== undefined)
  if (named.length !== 1) return flaw('weekday', 'Укажите одно: день недели, день цикла или дату')
  if (h.on !== undefined && h.weekday === undefined) return flaw('on', 'Чётность указывают для дня недели')
  if (h.cycleDay !== undefined && !template.cycle)
    return flaw('cycleDay', 'Укажите цикл: сколько в нём дней и с какого он')
  if (h.cycleDay !== undefined && h.cycleDay > template.cycle!.days) return flaw('cycleDay', 'В цикле нет такого дня')
  const flaws: Flaw[] = []
  const length = minutesFor(template, h.kind ?? 'any')
  if (h.ends <= h.starts) flaws.push(...flaw('ends', 'Конец приёма должен быть позже начала'))
  else if (minutesOf(h.ends) - minutesOf(h.starts) < length)
    flaws.push(...flaw('ends', 'В эти часы не помещается ни один приём'))
  if (template.hours.some((other, j) => j < i && mayMeet(h, other) && timesMeet(h, other)))
    flaws.push(...flaw('starts', 'Часы одного дня пересекаются'))
  return flaws
}

const breakFlaws = (breaks: readonly Break[]): Flaw[] =>
  breaks.flatMap(({ starts, ends }, i) =>
    ends <= starts ? [{ path: `breaks.${i}.ends`, message: 'Конец перерыва должен быть позже начала' }] : [],
  )

function quotaFlaws(quotas: Schedule['quotas'], channels: Schedule['channels'] | undefined): Flaw[] {
  const flaws = quotas.flatMap(({ channel }, i) => {
    if (channels && !channels.includes(channel))
      return [{ path: `quotas.${i}.channel`, message: 'Этому каналу расписание не открыто' }]
    return quotas.findIndex((q) => q.channel === channel) < i
      ? [{ path: `quotas.${i}.channel`, message: 'Доля этого канала уже указана' }]
      : []
  })
  const sum = quotas.reduce((total, { share }) => total + share, 0)
  return sum > 100 ? [...flaws, { path: 'quotas', message: `Доли каналов вместе больше 100 %: ${sum} %` }] : flaws
}

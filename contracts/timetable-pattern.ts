// What a timetable repeats and what is wrong with it: pure functions, no schemas. The server makes times by them, and the
// editor of timetables shows a doctor's weeks by the same ones before anything is sent.
import type { Schedule, VisitKind, WorkingHours } from './schedules.ts'

export type Hours = WorkingHours
export type Break = { starts: string; ends: string }
export type SlotKind = VisitKind | 'any'

/** What of a timetable decides when its doctor sees patients. What is not given is: no breaks, one length, no cycle, no days off. */
export type Template = {
  slotMinutes: number
  validFrom: string
  validUntil: string | null
  hours: readonly Hours[]
  breaks?: readonly Break[]
  lengths?: Schedule['lengths']
  cycle?: Schedule['cycle']
  daysOff?: readonly string[]
}

/** Hours of one day, by the clocks of the place, with breaks cut out. */
export type Stretch = Break & { kind: SlotKind }

const DAY = 86_400_000
const midnightOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const weekdayOf = (day: string): number => new Date(midnightOf(day)).getUTCDay() || 7

/** ISO 8601 number of the week: the week of the year's first Thursday is the first. */
export function isoWeekOf(day: string): number {
  const thursday = midnightOf(day) + (4 - weekdayOf(day)) * DAY
  const days = (thursday - Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1)) / DAY
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
  const passed = (midnightOf(day) - midnightOf(cycle.from)) / DAY
  return (((passed % cycle.days) + cycle.days) % cycle.days) + 1
}

function repeatsOn(hours: Hours, template: Template, day: string, weekday: number): boolean {
  if (hours.cycleDay !== undefined) return !!template.cycle && cycleDayOf(template.cycle, day) === hours.cycleDay
  return hours.weekday === weekday && isOn(hours.on ?? 'every', day)
}

/** Hours given for this very date stand instead of what repeats. */
export const isOneOff = (template: Pick<Template, 'hours'>, day: string): boolean =>
  template.hours.some((h) => h.date === day)

/**
 * The rows of a timetable's hours that apply on a day, as they stand there, whether it is valid then or not; none on a
 * day off. `weekday` when the calendar says it is like another one.
 */
export function hoursOn(template: Template, day: string, weekday: number = weekdayOf(day)): Hours[] {
  if (isOneOff(template, day)) return template.hours.filter((h) => h.date === day)
  if (template.daysOff?.includes(day)) return []
  return template.hours.filter((h) => repeatsOn(h, template, day, weekday))
}

/** The hours of a day, earliest first, breaks cut out; `weekday` when the calendar says it is like another one. */
export function stretchesOn(template: Template, day: string, weekday: number = weekdayOf(day)): Stretch[] {
  return hoursOn(template, day, weekday)
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

export const timesMeet = (a: Break, b: Break): boolean => a.starts < b.ends && b.starts < a.ends

/** Minutes of one time for visits of a kind. */
export const minutesFor = (template: Pick<Template, 'slotMinutes' | 'lengths'>, kind: SlotKind): number =>
  (kind === 'any' ? undefined : template.lengths?.[kind]) ?? template.slotMinutes

/** Whether two rows of hours can apply on one day. A weekday and a cycle sooner or later do. */
function mayMeet(a: Hours, b: Hours): boolean {
  if (a.date !== undefined || b.date !== undefined) return a.date === b.date
  if (a.cycleDay !== undefined && b.cycleDay !== undefined) return a.cycleDay === b.cycleDay
  if (a.weekday === undefined || b.weekday === undefined) return true
  const [x, y] = [a.on ?? 'every', b.on ?? 'every']
  const sameMeasure = x.split('-')[1] === y.split('-')[1]
  return a.weekday === b.weekday && (x === y || x === 'every' || y === 'every' || !sameMeasure)
}

/** '09:30' → 570. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

export type Flaw = { path: string; message: string }

/** What is wrong with a timetable as a person typed it: field and sentence; nothing when it is good. */
export function templateFlaws(
  template: Template & { ageFrom: number; ageTo: number; quotas?: Schedule['quotas']; channels?: Schedule['channels'] },
): Flaw[] {
  const flaws = [
    ...template.hours.flatMap((h, i) => hoursFlaws(template, h, i)),
    ...breakFlaws(template.breaks ?? []),
    ...dayOffFlaws(template),
  ]
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

const dayOffFlaws = (template: Template): Flaw[] =>
  (template.daysOff ?? []).flatMap((day, i) =>
    isOneOff(template, day) ? [{ path: `daysOff.${i}`, message: 'На этот день заданы часы' }] : [],
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

import type { Schedule, VisitKind, WorkingHours } from '../../../contracts/schedules.ts'
import {
  minutesFor,
  minutesOf,
  stretchesOn,
  type Stretch,
  type Template,
} from '../../../contracts/timetable-pattern.ts'
import { addDays, dateDigits } from '../../ui/dates.ts'

export type Hours = WorkingHours

export const weekdayNames = ['Понедельник', 'Вторник', 'Среда', 'Четверг', 'Пятница', 'Суббота', 'Воскресенье']

/** Hours of every week by its day, Monday first; a day without hours has none. What repeats otherwise: `otherHours`. */
export const byWeekday = (hours: readonly Hours[]): Hours[][] =>
  weekdayNames.map((_, i) =>
    hours.filter((h) => h.weekday === i + 1 && isEveryWeek(h)).sort((a, b) => a.starts.localeCompare(b.starts)),
  )

const isEveryWeek = (h: Hours): boolean => h.weekday !== undefined && (h.on ?? 'every') === 'every'

/** Which of its weekdays hours apply on. */
export const whichWords: Record<NonNullable<Hours['on']>, string> = {
  every: 'каждая неделя',
  'odd-weeks': 'нечётные недели',
  'even-weeks': 'чётные недели',
  'odd-dates': 'нечётные числа',
  'even-dates': 'чётные числа',
}

/** Hours that do not repeat every week, each with when it applies: «Вторник, чётные недели», «2-й день цикла», a date. */
export const otherHours = (hours: readonly Hours[]): { when: string; hours: Hours[] }[] => {
  const byWhen = new Map<string, Hours[]>()
  for (const h of hours.filter((x) => !isEveryWeek(x))) {
    const when =
      h.date !== undefined
        ? dateDigits(h.date)
        : h.cycleDay !== undefined
          ? `${h.cycleDay}-й день цикла`
          : `${weekdayNames[h.weekday! - 1]}, ${whichWords[h.on!]}`
    byWhen.set(when, [...(byWhen.get(when) ?? []), h])
  }
  return [...byWhen].map(([when, list]) => ({ when, hours: list }))
}

/** «08:00–14:00, 15:00–17:00», or a dash. */
export const hoursWords = (hours: readonly Pick<Hours, 'starts' | 'ends'>[]): string =>
  hours.map(({ starts, ends }) => `${starts}–${ends}`).join(', ') || '—'

/** How many whole times the hours hold that repeat every week. */
export const timesInWeek = (hours: readonly Hours[], slotMinutes: number): number =>
  slotMinutes > 0 ? hours.filter(isEveryWeek).reduce((sum, h) => sum + timesIn(h, slotMinutes), 0) : 0

/** Kinds of visits, as people call them. */
export const kindWords: Record<VisitKind, string> = {
  primary: 'первичный',
  repeat: 'повторный',
  procedure: 'процедура',
  'home-visit': 'на дому',
  telemedicine: 'по видеосвязи',
}
export const visitKinds = Object.keys(kindWords) as VisitKind[]

export const channelNames: Record<Schedule['channels'][number], string> = {
  portal: 'пациенты сами',
  'call-centre': 'колл-центр',
  registrar: 'регистратура',
  doctor: 'врач',
  system: 'другие системы',
}
export const channelWords = (list: Schedule['channels']): string => list.map((c) => channelNames[c]).join(', ')

/** «с 18 лет», «до 17 лет», «всех возрастов». */
export function agesWords(from: number, to: number): string {
  if (from === 0 && to >= 150) return 'всех возрастов'
  if (to >= 150) return `с ${from} лет`
  return from === 0 ? `до ${to} лет включительно` : `с ${from} до ${to} лет включительно`
}

/** The hours of one day given to the other working days, in place of what they had. */
export const copiedToWorkdays = (hours: readonly Hours[], weekday: number): Hours[] => {
  const model = hours.filter((h) => h.weekday === weekday)
  const weekend = hours.filter((h) => h.weekday === undefined || h.weekday > 5)
  return [...[1, 2, 3, 4, 5].flatMap((day) => model.map((h) => ({ ...h, weekday: day }))), ...weekend]
}

const weekdaysIn: Record<number, readonly [every: string, some: string]> = {
  1: ['каждый понедельник', 'понедельник'],
  2: ['каждый вторник', 'вторник'],
  3: ['каждую среду', 'среду'],
  4: ['каждый четверг', 'четверг'],
  5: ['каждую пятницу', 'пятницу'],
  6: ['каждую субботу', 'субботу'],
  7: ['каждое воскресенье', 'воскресенье'],
}
const onWords: Record<Exclude<NonNullable<Hours['on']>, 'every'>, string> = {
  'odd-weeks': 'нечётной недели',
  'even-weeks': 'чётной недели',
  'odd-dates': 'с нечётным числом',
  'even-dates': 'с чётным числом',
}

/** When a row of hours applies, inside a sentence: «каждую среду», «во вторник чётной недели», «в 1-й день цикла». */
export function patternWords(h: Hours): string {
  if (h.date !== undefined) return `только ${dateDigits(h.date)}`
  if (h.cycleDay !== undefined) return `в ${h.cycleDay}-й день цикла`
  const [every, some] = weekdaysIn[h.weekday ?? 1]!
  return (h.on ?? 'every') === 'every'
    ? every
    : `${h.weekday === 2 ? 'во' : 'в'} ${some} ${onWords[h.on as keyof typeof onWords]}`
}

export type PreviewDay = { day: string; stretches: Stretch[]; times: number; outside: boolean }

/** Days as a timetable makes them; `outside`: it is not valid then. `likes`: what the production calendar says of a day. */
export function daysAhead(
  template: Template,
  monday: string,
  weeks: number,
  likes: ReadonlyMap<string, number | null> = new Map(),
): PreviewDay[] {
  return Array.from({ length: weeks * 7 }, (_, i) => {
    const day = addDays(monday, i)
    const outside = day < template.validFrom || (template.validUntil !== null && day > template.validUntil)
    const dated = template.hours.some((h) => h.date === day)
    const like = dated ? undefined : likes.get(day)
    const stretches = outside || like === null ? [] : stretchesOn(template, day, like)
    const times = stretches.reduce((sum, s) => sum + timesIn(s, minutesFor(template, s.kind)), 0)
    return { day, stretches, times, outside }
  })
}

const timesIn = ({ starts, ends }: { starts: string; ends: string }, minutes: number): number =>
  minutes > 0 ? Math.max(0, Math.floor((minutesOf(ends) - minutesOf(starts)) / minutes)) : 0

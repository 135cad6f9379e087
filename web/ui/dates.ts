import { count } from './words.ts'

type Zoned = { year: number; month: number; day: number; hour: number; minute: number }

const parts = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter is slow and a list asks for hundreds, so each zone keeps one. An unknown zone is read as UTC. */
function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = parts.get(zone)
  if (known) return known
  const options = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  } as const
  let made: Intl.DateTimeFormat
  try {
    made = new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone })
  } catch {
    made = new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' })
  }
  parts.set(zone, made)
  return made
}

function inZone(instant: string | Date, zone: string): Zoned {
  const found: Record<string, number> = {}
  for (const { type, value } of formatterOf(zone).formatToParts(new Date(instant))) found[type] = Number(value)
  return found as Zoned
}

const two = (n: number) => String(n).padStart(2, '0')
const weekdays = ['вс', 'пн', 'вт', 'ср', 'чт', 'пт', 'сб']
const weekdaysInFull = ['воскресенье', 'понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота']
const months = 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ')
const nominative = 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' ')

/** A day as UTC midnight, so that arithmetic on days meets no daylight saving. `day` is 'YYYY-MM-DD'. */
const atMidnight = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** The calendar day of an instant in a zone, 'YYYY-MM-DD'. */
export function dayOf(instant: string | Date, zone: string): string {
  const { year, month, day } = inZone(instant, zone)
  return `${year}-${two(month)}-${two(day)}`
}

/** Days from one calendar day to another; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number => (atMidnight(to) - atMidnight(from)) / 86_400_000

/** The day that many days later, 'YYYY-MM-DD'. */
export const addDays = (day: string, days: number): string =>
  new Date(atMidnight(day) + days * 86_400_000).toISOString().slice(0, 10)

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: string): number => new Date(atMidnight(day)).getUTCDay() || 7

/** «пт», or «пятница» in full. */
export const weekdayWords = (day: string, full = false): string =>
  (full ? weekdaysInFull : weekdays)[new Date(atMidnight(day)).getUTCDay()]!

/** '2026-11-27' → «27 ноября», with the year when it is not the given one: «27 ноября 2025». */
export function dateWords(day: string, thisYear?: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return `${date}\u00a0${months[month - 1]}${year === thisYear ? '' : ` ${year}`}`
}

/** '2026-11-27' → «27.11.2026»: where dates stand in a column. */
export const dateDigits = (day: string): string => day.split('-').reverse().join('.')

/** '2026-11-27' → «ноябрь 2026»: a heading over what happened in a month. */
export const monthWords = (day: string): string => `${nominative[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`

const near: Record<number, string> = { [-1]: 'вчера', 0: 'сегодня', 1: 'завтра', 2: 'послезавтра' }

/** A day as a person says it, seen from `today`: «завтра, пт 27 ноября», «пн 7 декабря», «пн 1 декабря 2025». */
export function dayWords(day: string, today: string): string {
  const word = near[daysBetween(today, day)]
  const date = `${weekdayWords(day)} ${dateWords(day, Number(today.slice(0, 4)))}`
  return word ? `${word}, ${date}` : date
}

/** The time of day of an instant in a zone: «09:15». */
export function timeWords(instant: string | Date, zone: string): string {
  const { hour, minute } = inZone(instant, zone)
  return `${two(hour)}:${two(minute)}`
}

/** An instant as a person says it: «завтра, пт 27 ноября, 09:15», in the zone of the organisation. */
export const momentWords = (instant: string | Date, zone: string, now: Date = new Date()): string =>
  `${dayWords(dayOf(instant, zone), dayOf(now, zone))}, ${timeWords(instant, zone)}`

/** An instant without words for nearness: «27 ноября 2026, 09:15». For documents and journals, which are read later. */
export const stampWords = (instant: string | Date, zone: string): string =>
  `${dateWords(dayOf(instant, zone))}, ${timeWords(instant, zone)}`

/** The zone of the person's own device: for what has no organisation, such as sign-ins. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

/**
 * Says that times are not those of the person's own clock, when they are not: «время местное: сейчас там 18:40».
 * Undefined when both clocks show the same.
 */
export function zoneNote(zone: string, now: Date = new Date(), own: string = ownZone()): string | undefined {
  const there = timeWords(now, zone)
  return there === timeWords(now, own) ? undefined : `время местное: сейчас там ${there}`
}

/** Full years on a day: born on 29 February, one is a year older on 1 March. */
export function fullYears(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years
}

/** «34 года», «7 месяцев» under two years, «12 дней» under two months. */
export function ageWords(birthDate: string, today: string): string {
  const years = fullYears(birthDate, today)
  if (years >= 2) return count(years, ['год', 'года', 'лет'])
  const [by = 0, bm = 0, bd = 0] = birthDate.split('-').map(Number)
  const [ty = 0, tm = 0, td = 0] = today.split('-').map(Number)
  const full = (ty - by) * 12 + tm - bm - (td < bd ? 1 : 0)
  if (full >= 2) return count(full, ['месяц', 'месяца', 'месяцев'])
  return count(Math.max(0, daysBetween(birthDate, today)), ['день', 'дня', 'дней'])
}

/** Time left as a clock: 125 → «2:05». Never below zero. */
export function countdownWords(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds))
  return `${Math.floor(left / 60)}:${two(left % 60)}`
}

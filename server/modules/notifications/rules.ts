import { addDays, instantOf, localDay, localTime, minutesLater } from '../../platform/time.ts'
import type { ReminderKind } from './kinds.ts'

/** How a person is told until they choose otherwise. */
export const usual = {
  emailOn: true,
  smsOn: true,
  pushOn: true,
  remindDay: true,
  remindHours: true,
  quietFrom: '21:00',
  quietUntil: '08:00',
} as const
export type Preference = { [K in keyof typeof usual]: (typeof usual)[K] extends boolean ? boolean : string }

type Hours = { from: string; until: string }

/** Whether a time of day lies in the hours, which may go over midnight; equal ends are no hours at all. */
export const isWithin = (time: string, { from, until }: Hours): boolean =>
  from <= until ? time >= from && time < until : time >= from || time < until

/**
 * The first instant from `now` on that is outside the quiet hours of a zone's clock. When the clocks change in the
 * night, it is the end by the new clock.
 */
export function afterQuietHours(now: Date, zone: string, hours: Hours): Date {
  const time = localTime(now, zone)
  if (!isWithin(time, hours)) return now
  const today = localDay(now, zone)
  const end = instantOf(zone, time < hours.until ? today : addDays(today, 1), hours.until)
  return end > now ? end : now
}

/** News of a visit this near is told in the quiet hours too: otherwise somebody would come for nothing. */
const URGENT_MINUTES = 60

/** When a message may leave: after the quiet hours, or at once when that would be too late for the visit it is about. */
export function sendingTime(now: Date, zone: string, hours: Hours, urgentBefore: Date | null): Date {
  const calm = afterQuietHours(now, zone, hours)
  const tooLate = urgentBefore !== null && urgentBefore > now && calm > minutesLater(urgentBefore, -URGENT_MINUTES)
  return tooLate ? now : calm
}

/** Nobody is reminded at night, whatever they chose. */
export const NIGHT: Hours = { from: '21:00', until: '08:00' }
/** A reminder that would fall into the night comes so long before it. */
const BEFORE_NIGHT_MINUTES = 15
const HOURS_BEFORE_MINUTES = 120
/** A reminder of the day before is still of use so long before the visit. */
const DAY_LATEST_MINUTES = 180

/**
 * When to remind of a visit, by its organisation's clock: the same time a day before, and two hours before. What falls
 * into the night moves to the next morning when that is early enough, else to the evening before. What is past already
 * is left out.
 */
export function remindersOf(startsAt: Date, zone: string, now: Date): { kind: ReminderKind; dueAt: Date }[] {
  const dayBefore = instantOf(zone, addDays(localDay(startsAt, zone), -1), localTime(startsAt, zone))
  const latest = minutesLater(startsAt, -DAY_LATEST_MINUTES)
  const reminders: { kind: ReminderKind; dueAt: Date }[] = [
    { kind: 'visit-reminder-day', dueAt: byDay(dayBefore, zone, latest) },
    { kind: 'visit-reminder-hours', dueAt: byDay(hoursBefore(startsAt), zone, hoursBefore(startsAt)) },
  ]
  return reminders.filter(({ dueAt }) => dueAt > now)
}

const hoursBefore = (startsAt: Date): Date => minutesLater(startsAt, -HOURS_BEFORE_MINUTES)

function byDay(wanted: Date, zone: string, latest: Date): Date {
  const morning = afterQuietHours(wanted, zone, NIGHT)
  if (morning <= latest) return morning
  const time = localTime(wanted, zone)
  const evening = time < NIGHT.until ? addDays(localDay(wanted, zone), -1) : localDay(wanted, zone)
  return minutesLater(instantOf(zone, evening, NIGHT.from), -BEFORE_NIGHT_MINUTES)
}

/** The reminder of two hours was moved to the evening before: who has been reminded the day before needs no second one. */
export const cameEarly = (dueAt: Date, startsAt: Date): boolean => dueAt < hoursBefore(startsAt)

/** A reminder that comes late, after a standstill, is of use until the next one is due or the visit begins. */
export const isOfUse = (kind: ReminderKind, startsAt: Date, now: Date): boolean =>
  now < (kind === 'visit-reminder-day' ? hoursBefore(startsAt) : startsAt)

/** Pauses before the next attempts, in minutes; after the last one it is given up: a day in all. */
const PAUSES = [1, 5, 15, 60, 180, 360, 720] as const
export const MAX_ATTEMPTS = PAUSES.length + 1

/** When to try again after so many attempts; undefined when enough have been made. */
export function nextAttempt(attempts: number, now: Date): Date | undefined {
  const pause = PAUSES[attempts - 1]
  return pause === undefined ? undefined : minutesLater(now, pause)
}

/** What an administrator sees of an address: enough to recognise one's own, too little to write to it. */
export function masked(channel: string, address: string): string {
  if (channel === 'email') return address.replace(/^(.).*(@.*)$/, '$1***$2')
  if (channel === 'sms') return address.replace(/^(\+?\d).*(\d\d)$/, '$1***$2')
  return 'браузер'
}

/** '+7' and ten digits, or another country's number; undefined when it is no mobile telephone. */
export function phoneOf(text: string | null): string | undefined {
  const digits = text?.replace(/\D/g, '') ?? ''
  if (/^[78]\d{10}$/.test(digits)) return `+7${digits.slice(1)}`
  if (text?.trim().startsWith('+') && /^\d{10,15}$/.test(digits)) return `+${digits}`
  return undefined
}

const EMAIL = /^[^\s@<>(),;:"\\[\]]{1,64}@[^\s@<>(),;:"\\[\]]+\.[^\s@<>(),;:"\\[\].]{2,}$/u

/** An address that can be one; undefined otherwise. What it is worth, the code sent to it tells. */
export function emailOf(text: string | null): string | undefined {
  const address = text?.trim() ?? ''
  return address.length <= 200 && EMAIL.test(address) ? address : undefined
}

export const CODE_MINUTES = 15
export const CODE_TRIES = 5
/** Between two codes, so that nobody's telephone is flooded by another's typing. */
export const CODE_PAUSE_MINUTES = 1

import { addDays } from '../../platform/time.ts'

/** From this birthday a person acts for themselves (ГК РФ, статья 21). */
const FULL_AGE = 18

/** The calendar day of an instant in UTC: what ages and terms are counted by, wherever the patient is. */
export const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10)

/**
 * Full years on a day. Who was born on 29 February is a year older from 1 March where there is no 29th. A child born this
 * morning in Vladivostok, whose birthday UTC has not reached yet, is 0 and not −1: no timetable is open to the latter.
 */
export const fullYears = (birthDate: string, day: string): number =>
  Math.max(0, Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (day.slice(5) < birthDate.slice(5) ? 1 : 0))

/** The last day on which a parent acts for a child: the one before the 18th birthday. */
export function lastDayAsChild(birthDate: string): string {
  const year = Number(birthDate.slice(0, 4)) + FULL_AGE
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const birthday = birthDate.endsWith('-02-29') && !isLeap ? `${year}-03-01` : `${year}${birthDate.slice(4)}`
  return addDays(birthday, -1)
}

/** A parent or guardian of somebody, with that somebody's birth date; both days are included. */
export type Representation = { basis: 'parent' | 'guardian'; since: string; until: string; birthDate: string }

/** Whether one may act for the other on a day: within the term, and a parent only until the child's 18th birthday. */
export const representationIsLive = (r: Representation, day: string): boolean =>
  r.since <= day && day <= r.until && (r.basis === 'guardian' || day <= lastDayAsChild(r.birthDate))

import { addDays, localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'

/** From this birthday a person acts for themselves (ГК РФ, статья 21). */
const FULL_AGE = 18

/** The region's calendar day at this moment: what ages and terms are counted by, wherever the patient is. */
export const todayOf = (work: Pick<Work, 'now' | 'zone'>): string => localDay(work.now, work.zone)

/**
 * Full years on a day. Who was born on 29 February is a year older from 1 March where there is no 29th. A child born this
 * morning in a zone east of the region's, whose day has not come here yet, is 0 and not −1: no timetable is open to the latter.
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

/** On what basis one acts for another: as a parent, as a guardian or trustee, or as the authority where nobody else does. */
export type Basis = 'parent' | 'guardian' | 'authority'

/** Somebody who acts for another, with that other's birth date; both days are included. */
export type Representation = { basis: Basis; since: string; until: string; birthDate: string }

/**
 * The last day of a representation. A child's ends with the day before the 18th birthday, whatever term was written; only
 * who was put under guardianship as a grown-up (ГК РФ, статья 29) has a guardian for the whole term.
 */
export function lastDayOf({ basis, since, until, birthDate }: Representation): string {
  const asChild = lastDayAsChild(birthDate)
  const ofGrownUp = basis !== 'parent' && since > asChild
  return ofGrownUp || until < asChild ? until : asChild
}

/** Whether one may act for the other on a day. A predicate: at the 18th birthday it is false by itself, and nothing sweeps. */
export const representationIsLive = (r: Representation, day: string): boolean => r.since <= day && day <= lastDayOf(r)

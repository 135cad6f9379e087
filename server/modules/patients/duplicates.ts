import { isPlainDate } from '../../../contracts/values.ts'
import { nameWords, searchText, type PersonName } from './names.ts'
import { isNearWord } from './near-words.ts'

/** What tells two people apart without a number. */
export type Likeness = PersonName & { birthDate: string }

/** The same date with day and month in each other's place; undefined when there is no such other day. */
export function transposed(date: string): string | undefined {
  const [year, month, day] = date.split('-') as [string, string, string]
  const other = `${year}-${day}-${month}`
  return other !== date && isPlainDate(other) ? other : undefined
}

/** Every date that differs in one digit: what one slip of the finger makes of it. */
export function datesOneDigitOff(date: string): string[] {
  return [...date].flatMap((was, i) =>
    was === '-'
      ? []
      : [...'0123456789']
          .filter((digit) => digit !== was)
          .map((digit) => date.slice(0, i) + digit + date.slice(i + 1))
          .filter((other) => isPlainDate(other) && other >= '1900' && other < '2100'),
  )
}

const joined = (part: string | null): string => nameWords(part ?? '').join(' ')
const isNear = (a: string, b: string): boolean => isNearWord(joined(a), joined(b))

/**
 * Whether two registrations may be of one person (PAT-2): born on the same day, or on one with day and month in each
 * other's place, and the names agree but for typing errors or a missing patronymic, or first name and surname stand in
 * each other's place; born on the same day with the same first name and patronymic, whatever the surname (it changes with
 * marriage); or born on a day one digit off with exactly the same full name.
 */
export function mayBeOnePerson(a: Likeness, b: Likeness): boolean {
  const isSameDay = a.birthDate === b.birthDate
  if (!isSameDay && a.birthDate !== transposed(b.birthDate))
    return datesOneDigitOff(a.birthDate).includes(b.birthDate) && searchText(a) === searchText(b)
  const middleAgrees = !a.middleName || !b.middleName || isNear(a.middleName, b.middleName)
  const firstAgrees = isNear(a.firstName, b.firstName)
  if (firstAgrees && middleAgrees && isNear(a.lastName, b.lastName)) return true
  if (middleAgrees && isNear(a.firstName, b.lastName) && isNear(a.lastName, b.firstName)) return true
  return isSameDay && firstAgrees && middleAgrees && Boolean(a.middleName && b.middleName)
}

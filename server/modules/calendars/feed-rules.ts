import type { CalendarVisit } from '../booking/index.ts'

/** A visit that is over, or was cancelled, stays in the calendar for four weeks after its time. */
export const KEPT_MS = 28 * 24 * 3_600_000

/** What a calendar shows of a visit: `cancelled` says that this calendar's owner need not come. */
export type FeedVisit = CalendarVisit & { cancelled: boolean }

const isNewer = (a: CalendarVisit, b: CalendarVisit | undefined): boolean => !b || a.sequence > b.sequence

/**
 * One event of a UID, as RFC 5545 has it: the newest. A doctor whose patient was moved to another one keeps the moved
 * appointment only, and it must go from their calendar: it is shown as cancelled, with the SEQUENCE that the move has.
 */
export function eventsOf(visits: readonly CalendarVisit[]): FeedVisit[] {
  const newest = new Map<string, CalendarVisit>()
  for (const visit of visits) if (isNewer(visit, newest.get(visit.calendarUid))) newest.set(visit.calendarUid, visit)
  return [...newest.values()].map((visit) => ({
    ...visit,
    cancelled: visit.status === 'cancelled' || visit.status === 'moved',
    sequence: visit.status === 'moved' ? visit.sequence + 1 : visit.sequence,
  }))
}

/** «Сидорова Мария Петровна» → «С. М. П.»: enough for the doctor to know whom they saw in the list, too little for a passer-by. */
export const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `${word[0]!.toUpperCase()}.`)
    .join(' ')

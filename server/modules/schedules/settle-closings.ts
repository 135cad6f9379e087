import { localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { closesByItself, closingOf, type Closing } from './closings.ts'
import { occupationOf } from './publish-times.ts'
import { withoutOverlaps } from './rules.ts'
import type { SlotKey } from './slot-ref.ts'
import { closingsBetween } from './store-absence.ts'
import { closeTimes, openTimes, publishedTimes, type PublishedTime } from './store-published.ts'
import { takenTimes, timetablesOf } from './store-timetable.ts'

/** What came of it: how many times closed; which opened; those that stay closed as another took their doctor or room; booked ones that should be closed. */
export type Settled = { closed: number; opened: SlotKey[]; kept: number; booked: PublishedTime[] }

/**
 * Makes the published times ahead of these doctors and rooms what absences and the calendar say: closes free ones, opens
 * those whose reason has gone. Booked ones are left and told. Doing it again changes nothing. The caller holds the
 * timelines.
 */
export async function settleClosings(
  work: Work,
  { organizationId, zone }: { organizationId: string; zone: string },
  resources: readonly string[],
  span: { from: Date; until: Date },
): Promise<Settled> {
  const from = span.from > work.now ? span.from : work.now
  if (from >= span.until) return { closed: 0, opened: [], kept: 0, booked: [] }
  const days = { first: localDay(from, zone), last: localDay(span.until, zone) }
  const [timetables, times, closings] = await Promise.all([
    timetablesOf(work, organizationId, resources, days.first),
    publishedTimes(work, organizationId, resources, from, span.until),
    closingsBetween(work.db, organizationId, { after: from, ...days }),
  ])
  const byId = new Map(timetables.map((t) => [t.id, t]))
  const ends = new Map(times.map((t) => [`${t.scheduleId} ${localDay(t.startsAt, zone)}`, t.endsAt]))
  const expected = times.flatMap((time) => {
    const timetable = byId.get(time.scheduleId)
    if (!timetable) return []
    const day = localDay(time.startsAt, zone)
    const oneOff = timetable.hours.some((h) => h.date === day)
    const closing = closingOf({ ...time, day, oneOff }, timetable, closings, ends.get(`${time.scheduleId} ${day}`)!)
    return [{ ...time, closing }]
  })
  const closed = await closeTimes(work, expected.filter(closes))
  const opening = expected.filter((t) => !t.closing && closesByItself(t.closedFor))
  const taken = await takenTimes(work.db, organizationId, resources, from, span.until)
  const free = withoutOverlaps(
    opening.map((t) => ({ ...t, ...occupationOf(t) })),
    taken.map(occupationOf),
  )
  const opened = await openTimes(work, free)
  return {
    closed,
    opened,
    kept: opening.length - opened.length,
    booked: expected.filter((t) => t.closing && t.status === 'booked'),
  }
}

type Expected = PublishedTime & { closing: Closing | undefined }
const closes = (t: Expected): t is Expected & { closing: Closing } =>
  t.closing !== undefined && (t.status === 'free' || (closesByItself(t.closedFor) && t.closedBy !== t.closing.by))

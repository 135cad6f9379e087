import type { Work } from '../../platform/work.ts'
import { announceTimes } from './announce-times.ts'
import { positionsOfPerson } from './doctors-and-rooms.ts'
import { organizationOrNotFound } from './own-organization.ts'
import type { TimesFreed } from './ports.ts'
import type { Interval } from './rules.ts'
import { settleClosings } from './settle-closings.ts'
import { bookedWhileBusy, replaceBusy, type BookedBusy } from './store-busy.ts'
import { lockTimelines, resourcesIn } from './store-timetable.ts'

/** No organisation publishes further ahead (contract of the horizon: 90 days at most). */
const AHEAD_MS = 91 * 24 * 3_600_000

/** When a doctor is busy elsewhere, from one calendar. */
export type BusyTime = Interval

/**
 * Makes published times agree with what a calendar outside says: free ones that conflict close (in every position of the
 * person here), those whose reason is gone open again and are told of (`timesFreed`). Booked ones stay: `busyElsewhere`
 * lists them. `times` absent: what the calendar said last still holds. Doing it again changes nothing. Throws NotFound.
 */
export async function settleBusy(
  work: Work,
  timesFreed: TimesFreed,
  source: { organizationId: string; staffId: string; sourceId: string },
  times: readonly BusyTime[] | undefined,
): Promise<{ closed: number; opened: number }> {
  const { organizationId, staffId, sourceId } = source
  const [{ timeZone: zone }, staffIds] = await Promise.all([
    organizationOrNotFound(work, organizationId),
    positionsOfPerson(work, organizationId, staffId),
  ])
  const resources = await resourcesIn(work, organizationId, staffIds)
  await lockTimelines(work.db, organizationId, resources)
  if (times) await replaceBusy(work, { organizationId, sourceId, staffIds }, times)
  const span = { from: work.now, until: new Date(work.now.getTime() + AHEAD_MS) }
  const { closed, opened } = await settleClosings(work, { organizationId, zone }, resources, span)
  if (closed + opened.length > 0) for (const id of staffIds) announceTimes(work, organizationId, id)
  if (opened.length > 0) await timesFreed(work, opened)
  return { closed, opened: opened.length }
}

/** Booked times ahead that a calendar outside stands against; of one doctor when named. Checks no rights. */
export const busyElsewhere = (work: Work, organizationId: string, staffId: string | undefined): Promise<BookedBusy[]> =>
  bookedWhileBusy(work, organizationId, staffId)

import { addDays, localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { allOrganizations, staffByIds, type OrganizationFull } from '../organizations/index.ts'
import type { TimesFreed } from './ports.ts'
import { publishTimes, resourcesOf, type Span } from './publish-times.ts'
import { horizonOf, longestHorizon } from './store-publication.ts'
import { lastOpenDay } from './rules.ts'
import { lockTimelines, organizationsBehind, timetablesBehind } from './store-timetable.ts'

/** Where on Earth a day opens first (UTC+14). */
const EARLIEST_ZONE = 'Pacific/Kiritimati'

/**
 * Publishes the times of every day that has opened, for all organisations; when nothing has opened since, it is one
 * cheap statement. Nodes that do it at once queue on the doctors' timelines, and the later one finds nothing left to do.
 * After days of standstill it makes up for all of them. Those who wait hear of the new times before everybody. Returns how many times were added.
 */
export async function publishAhead(work: Work, timesFreed: TimesFreed): Promise<number> {
  const behind = await organizationsBehind(work.db, lastOpenDay(work.now, EARLIEST_ZONE, await longestHorizon(work.db)))
  if (behind.length === 0) return 0
  const open = new Map((await allOrganizations(work)).map((organization) => [organization.id, organization]))
  let added = 0
  for (const id of behind) {
    const organization = open.get(id)
    if (organization) added += await publishOrganization(work, timesFreed, organization)
  }
  return added
}

async function publishOrganization(
  work: Work,
  timesFreed: TimesFreed,
  organization: OrganizationFull,
): Promise<number> {
  const { id: organizationId, timeZone: zone } = organization
  const seen = await spansBehind(work, organization)
  if (seen.length === 0) return 0
  await lockTimelines(work.db, organizationId, resourcesOf(seen.map((s) => s.timetable)))
  // While we waited for the locks another node may have published all or a part of it.
  const locked = new Set(seen.map((s) => s.timetable.id))
  const spans = (await spansBehind(work, organization)).filter((s) => locked.has(s.timetable.id))
  if (spans.length === 0) return 0
  const times = await publishTimes(work.db, { organizationId, zone, after: work.now }, spans)
  if (times.length > 0)
    work.announce({
      type: 'schedules.day-opened',
      key: organizationId,
      topics: [`slots/${organizationId}`],
      payload: { organizationId },
    })
  await timesFreed(
    work,
    times.map((time) => ({ ...time, seq: 0 })),
  )
  return times.length
}

/** What is to be published: up to the day that is open here, and no further than the doctor works here. */
async function spansBehind(work: Work, { id, timeZone }: OrganizationFull): Promise<Span[]> {
  const today = localDay(work.now, timeZone)
  const lastDay = lastOpenDay(work.now, timeZone, await horizonOf(work.db, id))
  const timetables = await timetablesBehind(work.db, id, lastDay)
  if (timetables.length === 0) return []
  const staff = await staffByIds(work, [...new Set(timetables.map((t) => t.staffId))])
  return timetables.flatMap((timetable) => {
    const leaves = staff.get(timetable.staffId)?.until ?? null
    const until = leaves !== null && leaves < lastDay ? leaves : lastDay
    const next = timetable.publishedUntil === null ? today : addDays(timetable.publishedUntil, 1)
    const from = next > today ? next : today
    return from <= until ? [{ timetable, from, until }] : []
  })
}

import { addDays, localDay, startOfLocalDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { allOrganizations } from '../organizations/index.ts'
import type { CalendarDay } from './calendar.ts'
import type { TimesFreed } from './ports.ts'
import { publishTimes } from './publish-times.ts'
import { lastOpenDay } from './rules.ts'
import { settleClosings } from './settle-closings.ts'
import type { SlotKey } from './slot-ref.ts'
import { replaceCalendar } from './store-absence.ts'
import { horizonOf } from './store-publication.ts'
import { lockTimelines, resourcesIn, timetablesOf } from './store-timetable.ts'

/** What an imported calendar did: days that differ from before; times closed, opened and added; booked visits on days off. */
export type CalendarImport = { changedDays: number; closed: number; opened: number; added: number; booked: number }

/**
 * Takes a production calendar in the place of what was known for its years and makes the published times of every
 * organisation follow it: those of a new day off close, those of one that is none any more open, a working weekend gets its
 * times; those who wait come first. Booked visits stay and are counted: they are moved or cancelled by people. Repeating it changes nothing.
 */
export async function importCalendar(
  work: Work,
  timesFreed: TimesFreed,
  days: readonly CalendarDay[],
): Promise<CalendarImport> {
  const changed = await replaceCalendar(work.db, days)
  const total = { changedDays: changed.length, closed: 0, opened: 0, added: 0, booked: 0 }
  for (const { id: organizationId, timeZone: zone } of changed.length > 0 ? await allOrganizations(work) : []) {
    const today = localDay(work.now, zone)
    const last = lastOpenDay(work.now, zone, await horizonOf(work.db, organizationId))
    const open = changed.filter((day) => day >= today && day <= last)
    if (open.length === 0) continue
    const resources = await resourcesIn(work, organizationId, undefined)
    await lockTimelines(work.db, organizationId, resources)
    const timetables = (await timetablesOf(work, organizationId, resources, today)).filter((t) => t.publishedUntil)
    const freed: SlotKey[] = []
    for (const day of open) {
      const span = { from: startOfLocalDay(zone, day), until: startOfLocalDay(zone, addDays(day, 1)) }
      const published = timetables.filter((t) => t.publishedUntil! >= day)
      const spans = published.map((timetable) => ({ timetable, from: day, until: day }))
      const added = await publishTimes(work.db, { organizationId, zone, after: work.now }, spans, { remember: false })
      const settled = await settleClosings(work, { organizationId, zone }, resources, span)
      freed.push(...added.map((time) => ({ ...time, seq: 0 })), ...settled.opened)
      total.added += added.length
      total.closed += settled.closed
      total.opened += settled.opened.length
      total.booked += settled.booked.length
    }
    await timesFreed(work, freed)
    work.announce({
      type: 'schedules.day-opened',
      key: organizationId,
      topics: [`slots/${organizationId}`],
      payload: { organizationId },
    })
  }
  return total
}

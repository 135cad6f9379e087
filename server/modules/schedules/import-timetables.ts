import type { Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { localDay, startOfLocalDay } from '../../platform/time.ts'
import { publishTimes, resourcesOf } from './publish-times.ts'
import { lastOpenDay } from './rules.ts'
import { horizonOf } from './store-publication.ts'
import {
  insertTimetables,
  lockTimelines,
  USUAL_CONDITIONS,
  type Conditions,
  type NewTime,
  type Timetable,
} from './store-timetable.ts'

/** A timetable to import; how far it is published follows from the day. */
export type NewTimetable = Omit<Timetable, 'publishedUntil' | keyof Conditions> & Partial<Conditions>

/**
 * Adds many timetables and publishes their times up to the horizon; for the demo and for taking over another system's
 * timetables. `zones` gives the time zone of each organisation by its id. Times begin now, or with `firstDay` (an
 * earlier one gives the past its times). Repeating it changes nothing. Run it in a transaction where others may be
 * making times too. Throws when an organisation has no zone. Returns the times that were added.
 */
export async function importTimetables(
  db: Kysely<DB>,
  now: Date,
  timetables: readonly NewTimetable[],
  zones: ReadonlyMap<string, string>,
  { firstDay }: { firstDay?: string } = {},
): Promise<NewTime[]> {
  const full = timetables.map((t) => ({ ...USUAL_CONDITIONS, ...t, publishedUntil: null }))
  await insertTimetables(db, full, now)
  const added: NewTime[] = []
  for (const organizationId of [...new Set(full.map((t) => t.organizationId))].sort()) {
    const zone = zones.get(organizationId)
    if (!zone) throw new Error(`no time zone is given for the organisation ${organizationId}`)
    const own = full.filter((t) => t.organizationId === organizationId)
    const after = firstDay === undefined ? now : new Date(startOfLocalDay(zone, firstDay).getTime() - 1)
    const until = lastOpenDay(now, zone, await horizonOf(db, organizationId))
    const spans = own.map((timetable) => ({ timetable, from: localDay(after, zone), until }))
    await lockTimelines(db, organizationId, resourcesOf(own))
    for (const time of await publishTimes(db, { organizationId, zone, after }, spans)) added.push(time)
  }
  return added
}

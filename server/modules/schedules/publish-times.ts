import type { Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { timesOf, withoutOverlaps } from './rules.ts'
import { insertTimes, occupationsOf, setPublished, type NewTime, type Timetable } from './store-timetable.ts'

/** A timetable and the days on which its times are to be published, both included. */
export type Span = { timetable: Timetable; from: string; until: string }

/** The doctors and rooms whose time these timetables take: what has to be locked before their times are made. */
export const resourcesOf = (timetables: readonly { staffId: string; roomId: string }[]): string[] => [
  ...new Set(timetables.flatMap((t) => [t.staffId, t.roomId])),
]

/**
 * Makes the times of one organisation's timetables on the given days and remembers how far each is published. What is
 * there already stays, and a time that overlaps another of its doctor or room is left out; so doing it again adds
 * nothing. The caller holds the timelines (`lockTimelines`) of everybody concerned. Returns the times that were added.
 */
export async function publishTimes(
  db: Kysely<DB>,
  organizationId: string,
  zone: string,
  spans: readonly Span[],
): Promise<NewTime[]> {
  const wanted = spans.flatMap(({ timetable, from, until }) =>
    timesOf(timetable, from, until, zone).map((time) => ({
      ...time,
      organizationId,
      scheduleId: timetable.id,
      resources: [timetable.staffId, timetable.roomId],
    })),
  )
  const added = wanted.length > 0 ? withoutOverlaps(wanted, await takenAround(db, organizationId, spans, wanted)) : []
  await insertTimes(db, added)
  await setPublished(
    db,
    organizationId,
    spans.map(({ timetable, until }) => ({ scheduleId: timetable.id, until })),
  )
  return added.map(({ resources: _, ...time }) => time)
}

function takenAround(db: Kysely<DB>, organizationId: string, spans: readonly Span[], wanted: readonly NewTime[]) {
  const first = wanted.reduce((least, { startsAt }) => (startsAt < least ? startsAt : least), wanted[0]!.startsAt)
  const last = wanted.reduce((most, { endsAt }) => (endsAt > most ? endsAt : most), wanted[0]!.endsAt)
  return occupationsOf(db, organizationId, resourcesOf(spans.map((s) => s.timetable)), first, last)
}

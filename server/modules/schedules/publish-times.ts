import type { Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { timesOf } from './pattern.ts'
import { shareOut } from './quotas.ts'
import { withoutOverlaps, type Interval, type Occupation } from './rules.ts'
import { insertTimes, setPublished, takenTimes, type NewTime, type Timetable } from './store-timetable.ts'

/** A timetable and the days on which its times are to be published, both included. */
export type Span = { timetable: Timetable; from: string; until: string }

/** The doctors and rooms whose time these timetables take: what has to be locked before their times are made. */
export const resourcesOf = (timetables: readonly { staffId: string; roomId: string }[]): string[] => [
  ...new Set(timetables.flatMap((t) => [t.staffId, t.roomId])),
]

/** From the first beginning to the last end; undefined when there are none. */
export function wholeOf(times: readonly Interval[]): Interval | undefined {
  let whole: Interval | undefined
  for (const { startsAt, endsAt } of times) {
    whole ??= { startsAt, endsAt }
    whole = {
      startsAt: startsAt < whole.startsAt ? startsAt : whole.startsAt,
      endsAt: endsAt > whole.endsAt ? endsAt : whole.endsAt,
    }
  }
  return whole
}

/**
 * Makes the times of one organisation's timetables that begin after `after` on the given days, and remembers how far
 * each is published. What is there already stays, and a time that overlaps another of its doctor or room is left out;
 * so doing it again adds nothing. The caller holds the timelines (`lockTimelines`) of everybody concerned. Returns the
 * times that were added.
 */
export async function publishTimes(
  db: Kysely<DB>,
  { organizationId, zone, after }: { organizationId: string; zone: string; after: Date },
  spans: readonly Span[],
): Promise<NewTime[]> {
  const wanted = spans.flatMap(({ timetable, from, until }) =>
    // Whole days are shared out among the channels, also a day whose morning has passed: then the rest of it is as it was.
    shareOut(timesOf(timetable, from, until, zone), timetable)
      .filter(({ startsAt }) => startsAt > after)
      .map(({ startsAt, endsAt, kind, channels, opensToAllAt }) => ({
        startsAt,
        endsAt,
        kind,
        opening: { channels, opensToAllAt },
        organizationId,
        scheduleId: timetable.id,
        resources: [timetable.staffId, timetable.roomId],
      })),
  )
  const whole = wholeOf(wanted)
  const resources = resourcesOf(spans.map((s) => s.timetable))
  const taken = whole ? await takenTimes(db, organizationId, resources, whole.startsAt, whole.endsAt) : []
  const added = withoutOverlaps(
    wanted,
    taken.map((t): Occupation => ({ startsAt: t.startsAt, endsAt: t.endsAt, resources: [t.staffId, t.roomId] })),
  )
  await insertTimes(db, added)
  const published = spans.map(({ timetable, until }) => ({ scheduleId: timetable.id, until }))
  await setPublished(db, organizationId, published)
  return added.map(({ resources: _resources, ...time }) => time)
}

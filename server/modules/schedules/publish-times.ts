import type { Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { closingOf } from './closings.ts'
import { timesOf } from './pattern.ts'
import { shareOut } from './quotas.ts'
import { withoutOverlaps, type Interval, type Occupation } from './rules.ts'
import { closingsBetween } from './store-absence.ts'
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

/** A time to be published, with everyone and everything it takes. */
type Wanted = NewTime & Occupation

/**
 * Makes the times of one organisation's timetables that begin after `after` on the given days, and remembers how far
 * each is published (unless told not to). What is there already stays, and a time that overlaps another of its doctor or room is left out;
 * so doing it again adds nothing. What an absence or the calendar closes is made closed. The caller holds the timelines
 * (`lockTimelines`) of everybody concerned. Returns the times that were added open.
 */
export async function publishTimes(
  db: Kysely<DB>,
  at: { organizationId: string; zone: string; after: Date },
  spans: readonly Span[],
  { remember = true }: { remember?: boolean } = {},
): Promise<NewTime[]> {
  const { organizationId } = at
  const wanted = await wantedTimes(db, at, spans)
  const open = wanted.filter((time) => !time.closing)
  const whole = wholeOf(open)
  const resources = resourcesOf(spans.map((s) => s.timetable))
  const taken = whole ? await takenTimes(db, organizationId, resources, whole.startsAt, whole.endsAt) : []
  const added = withoutOverlaps(open, taken.map(occupationOf))
  await insertTimes(db, [...added, ...wanted.filter((time) => time.closing)])
  const published = spans.map(({ timetable, until }) => ({ scheduleId: timetable.id, until }))
  if (remember) await setPublished(db, organizationId, published)
  return added.map(({ resources: _resources, ...time }) => time)
}

export const occupationOf = (t: Interval & { staffId: string; roomId: string }): Occupation => ({
  startsAt: t.startsAt,
  endsAt: t.endsAt,
  resources: [t.staffId, t.roomId],
})

/** What these timetables give on these days after `after`, each time with what closes it, whatever is there already. */
export async function wantedTimes(
  db: Kysely<DB>,
  { organizationId, zone, after }: { organizationId: string; zone: string; after: Date },
  spans: readonly Span[],
): Promise<Wanted[]> {
  const first = spans.map((s) => s.from).sort()[0]
  const last = spans
    .map((s) => s.until)
    .sort()
    .at(-1)
  if (first === undefined || last === undefined) return []
  const closings = await closingsBetween(db, organizationId, { after, first, last })
  return spans.flatMap(({ timetable, from, until }) => {
    // Whole days are shared out among the channels, also a day whose morning has passed: then the rest of it is as it was.
    const times = shareOut(timesOf(timetable, from, until, zone, closings.calendar), timetable)
    const ends = new Map(times.map((time) => [time.day, time.endsAt]))
    return times
      .filter(({ startsAt }) => startsAt > after)
      .map((time) => ({
        startsAt: time.startsAt,
        endsAt: time.endsAt,
        kind: time.kind,
        opening: { channels: time.channels, opensToAllAt: time.opensToAllAt },
        closing: closingOf(time, timetable, closings, ends.get(time.day)!),
        organizationId,
        scheduleId: timetable.id,
        resources: [timetable.staffId, timetable.roomId],
      }))
  })
}

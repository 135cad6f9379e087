import { offsetAt, offsetChanges } from '../../platform/time.ts'
import type { Zone } from '../../standards/icalendar/index.ts'

const DAY = 86_400_000

/** The zones of these times as a calendar describes them: from a day before the first time to a day after the last. */
export function zonesOf(times: readonly { timeZone: string; startsAt: Date; endsAt: Date }[]): Map<string, Zone> {
  const spans = new Map<string, { from: number; until: number }>()
  for (const { timeZone, startsAt, endsAt } of times) {
    const span = spans.get(timeZone) ?? { from: Infinity, until: -Infinity }
    spans.set(timeZone, {
      from: Math.min(span.from, startsAt.getTime() - DAY),
      until: Math.max(span.until, endsAt.getTime() + DAY),
    })
  }
  return new Map([...spans].map(([id, { from, until }]) => [id, zoneOf(id, new Date(from), new Date(until))]))
}

const zoneOf = (id: string, from: Date, until: Date): Zone => ({
  id,
  first: offsetAt(id, from),
  changes: offsetChanges(id, from, until).map(({ at, after }) => ({ at, after })),
})

import { dayOf, timeWords } from '../../ui/index.ts'

const HOURS_AROUND = 15

/**
 * The instant at which the clocks of a zone show this day and time, ISO 8601. A time that the zone leaves out (clocks go
 * forward) is taken an hour on; of one that comes twice, the first.
 */
export function instantOf(zone: string, day: string, time: string): string {
  const asUtc = Date.parse(`${day}T${time}:00Z`)
  const shown = (instant: number) =>
    Date.parse(`${dayOf(new Date(instant), zone)}T${timeWords(new Date(instant), zone)}:00Z`)
  for (let quarter = -4 * HOURS_AROUND; quarter <= 4 * HOURS_AROUND; quarter++) {
    const instant = asUtc + quarter * 15 * 60_000
    if (shown(instant) >= asUtc) return new Date(instant).toISOString()
  }
  return new Date(asUtc).toISOString()
}

import { wallTime } from './content-lines.ts'

/** The clocks of a zone change to `after` (milliseconds from UTC, east positive) at an instant. */
export type ZoneChange = { at: Date; after: number }

/**
 * A time zone as a calendar needs it: its IANA name, the offset in force before the first change, and the changes in the
 * time that the calendar is about, earliest first.
 */
export type Zone = { id: string; first: number; changes: readonly ZoneChange[] }

/** The wall clock of an instant in a zone, as if it were UTC: epoch milliseconds. */
export function wallClockIn(zone: Zone, instant: Date): number {
  const last = zone.changes.findLast((change) => change.at <= instant)
  return instant.getTime() + (last?.after ?? zone.first)
}

/** A UTC offset (RFC 5545 §3.3.14): +0300, and with seconds where a historical one has them. */
function utcOffset(milliseconds: number): string {
  const total = Math.abs(Math.round(milliseconds / 1000))
  const two = (n: number) => String(n).padStart(2, '0')
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
  return `${milliseconds < 0 ? '-' : '+'}${two(hours)}${two(minutes)}${seconds ? two(seconds) : ''}`
}

/**
 * The zone as VTIMEZONE (RFC 5545 §3.6.5): one observance for the offset that was there first, one for each change.
 * Without recurrence rules: the changes are listed for the years that the calendar covers.
 */
export function zoneLines(zone: Zone): string[] {
  const lines = ['BEGIN:VTIMEZONE', `TZID:${zone.id}`, ...observance('STANDARD', 0, zone.first, zone.first)]
  let before = zone.first
  for (const { at, after } of zone.changes) {
    const kind = after > before ? 'DAYLIGHT' : 'STANDARD'
    // The beginning is told by the clocks as they were until then.
    lines.push(...observance(kind, at.getTime() + before, before, after))
    before = after
  }
  return [...lines, 'END:VTIMEZONE']
}

const observance = (kind: 'STANDARD' | 'DAYLIGHT', wall: number, before: number, after: number): string[] => [
  `BEGIN:${kind}`,
  `DTSTART:${wallTime(wall)}`,
  `TZOFFSETFROM:${utcOffset(before)}`,
  `TZOFFSETTO:${utcOffset(after)}`,
  `END:${kind}`,
]

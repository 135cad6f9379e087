import { escapeText, foldLine, utcTime, wallTime } from './content-lines.ts'
import { wallClockIn, zoneLines, type Zone } from './time-zone.ts'

/** An event of a calendar (VEVENT, RFC 5545 §3.6.1). */
export type CalendarEvent = {
  /** Stays the same for one thing that happens, however it is changed. */
  uid: string
  /** Grows with every change that matters to who attends (§3.8.7.4). */
  sequence: number
  createdAt: Date
  /** DTSTAMP and LAST-MODIFIED: of an object without METHOD both say when its information was last revised (§3.8.7.2). */
  changedAt: Date
  startsAt: Date
  endsAt: Date
  /** The zone its times are written in; absent: UTC. */
  zone?: Zone
  summary: string
  location: string
  description: string
  status: 'CONFIRMED' | 'CANCELLED'
  /** Reminders: so many seconds before the beginning, with a text. */
  alarms: readonly { before: number; text: string }[]
}

/** A calendar object; with a name when somebody subscribes to it. */
export type Calendar = {
  name?: string
  /** How often it is worth asking again, as an RFC 5545 duration: PT1H (RFC 7986 §5.7). */
  refresh?: string
  events: readonly CalendarEvent[]
}

/** Whoever writes it (§3.7.3). */
const PRODUCT = '-//rmis//calendar//RU'

/** A calendar as an iCalendar object (RFC 5545 §3.4): UTF-8 text with lines of at most 75 octets. The same for the same input. */
export function writeCalendar({ name, refresh, events }: Calendar): string {
  const zones = new Map(events.flatMap(({ zone }) => (zone ? [[zone.id, zone] as const] : [])))
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${PRODUCT}`,
    'CALSCALE:GREGORIAN',
    // NAME is RFC 7986's, X-WR-CALNAME what most programs read.
    ...(name ? [`NAME:${escapeText(name)}`, `X-WR-CALNAME:${escapeText(name)}`] : []),
    ...(refresh ? [`REFRESH-INTERVAL;VALUE=DURATION:${refresh}`, `X-PUBLISHED-TTL:${refresh}`] : []),
    ...[...zones.values()].flatMap(zoneLines),
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ]
  return `${lines.map(foldLine).join('\r\n')}\r\n`
}

function eventLines(event: CalendarEvent): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escapeText(event.uid)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${utcTime(event.changedAt)}`,
    `CREATED:${utcTime(event.createdAt)}`,
    `LAST-MODIFIED:${utcTime(event.changedAt)}`,
    timeLine('DTSTART', event.startsAt, event.zone),
    timeLine('DTEND', event.endsAt, event.zone),
    `SUMMARY:${escapeText(event.summary)}`,
    ...(event.location ? [`LOCATION:${escapeText(event.location)}`] : []),
    ...(event.description ? [`DESCRIPTION:${escapeText(event.description)}`] : []),
    `STATUS:${event.status}`,
    // Cancelled: the time is one's own again.
    `TRANSP:${event.status === 'CANCELLED' ? 'TRANSPARENT' : 'OPAQUE'}`,
    'CLASS:PRIVATE',
    ...event.alarms.flatMap(alarmLines),
    'END:VEVENT',
  ]
}

const timeLine = (name: string, at: Date, zone: Zone | undefined): string =>
  zone ? `${name};TZID=${zone.id}:${wallTime(wallClockIn(zone, at))}` : `${name}:${utcTime(at)}`

const alarmLines = ({ before, text }: { before: number; text: string }): string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `TRIGGER:-${duration(before)}`,
  `DESCRIPTION:${escapeText(text)}`,
  'END:VALARM',
]

/** Whole seconds as a duration (§3.3.6): P1D, PT2H, P1DT30M. */
function duration(seconds: number): string {
  const [days, hours, minutes, rest] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ]
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${rest ? `${rest}S` : ''}`
  if (!days && !time) return 'PT0S'
  return `P${days ? `${days}D` : ''}${time && `T${time}`}`
}

import type { TimesFreed } from '../schedules/index.ts'

/** What an address needs from outside: where it is, and a picture of it to be read by a telephone. */
export type CalendarPorts = {
  /** Where a calendar program subscribes with this token. */
  addressOf(token: string): string
  /** Where a CalDAV program connects. */
  server: string
  /** A text as a QR code, SVG. */
  qrOf(text: string): Promise<string>
}

/** A calendar outside as it is asked: where, with what password, and what its server said of its last answer. */
export type ExternalSource = {
  kind: 'ics' | 'caldav'
  address: string
  username: string | null
  password: string | null
  etag: string | null
  lastModified: string | null
}

/** Why a calendar outside could not be read; the words for people are in the web. */
export type Failure =
  | 'private-address'
  | 'unreachable'
  | 'timeout'
  | 'not-found'
  | 'not-allowed'
  | 'server-error'
  | 'too-large'
  | 'unreadable'
  | 'no-calendar'

export type Reading =
  | { outcome: 'read'; times: { startsAt: Date; endsAt: Date }[]; etag: string | null; lastModified: string | null }
  | { outcome: 'unchanged' }
  | { outcome: 'failed'; failure: Failure }

/**
 * Reads a calendar outside: when it is taken within a window; `zone`: of times that name none. Never throws for what the
 * other side does, and never waits for long.
 */
export type ReadCalendar = (
  source: ExternalSource,
  window: { from: Date; until: Date; zone: string },
) => Promise<Reading>

/** What this module needs from outside. */
export type CalendarSettings = CalendarPorts & {
  /** The installation's secret: addresses and passwords of calendars outside are sealed with it. */
  secret: string
  readCalendar: ReadCalendar
  timesFreed: TimesFreed
}

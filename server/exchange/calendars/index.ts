import type { Config } from '../../config.ts'
import type { CalendarPorts, CalendarSettings } from '../../modules/calendars/index.ts'
import type { TimesFreed } from '../../modules/schedules/index.ts'
import { qrCode } from '../ticket/qr-code.ts'
import { readCalendarOver } from './read-calendar.ts'

export { mountCalDav } from './mount-caldav.ts'
export { mountFeeds } from './mount-feeds.ts'

/** Addresses of calendars under `baseUrl`. */
export const calendarPorts = (baseUrl: string): CalendarPorts => ({
  addressOf: (token) => `${baseUrl}/calendar/${token}.ics`,
  server: `${baseUrl}/caldav/`,
  qrOf: qrCode,
})

/** All that calendars need, with calendars outside read over HTTP: each within 20 seconds and 4 MB. */
export const calendarSettings = (
  { baseUrl, privateCalendars }: Pick<Config, 'baseUrl' | 'privateCalendars'>,
  secret: string,
  timesFreed: TimesFreed,
): CalendarSettings => ({
  ...calendarPorts(baseUrl),
  secret,
  timesFreed,
  readCalendar: readCalendarOver({ allowPrivate: privateCalendars, timeoutMs: 20_000, maxBytes: 4 * 1024 * 1024 }),
})

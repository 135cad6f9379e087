import type { CalendarPorts } from '../../modules/calendars/index.ts'
import { qrCode } from '../ticket/qr-code.ts'

export { mountCalDav } from './mount-caldav.ts'
export { mountFeeds } from './mount-feeds.ts'

/** Addresses of calendars under `baseUrl`. */
export const calendarPorts = (baseUrl: string): CalendarPorts => ({
  addressOf: (token) => `${baseUrl}/calendar/${token}.ics`,
  server: `${baseUrl}/caldav/`,
  qrOf: qrCode,
})

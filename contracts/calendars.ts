import * as T from 'typebox'
import { endpoint, type ProblemType } from './endpoint.ts'
import { Instant, Nullable, Shape } from './values.ts'

export const NoCalendarAddress = {
  type: '/problems/no-calendar-address',
  status: 404,
  title: 'Адреса календаря нет',
  advice: 'Создайте адрес: прежний могли отозвать.',
} as const satisfies ProblemType

/** The state of one's own calendar address. The address itself is shown once, when it is made. */
export const CalendarFeed = Shape({
  createdAt: Instant,
  /** When a calendar program asked last. */
  fetchedAt: Nullable(Instant),
  /** A doctor's calendar has the patient's initials. */
  showsInitials: T.Boolean(),
})
export type CalendarFeed = T.Static<typeof CalendarFeed>

const owners = ['citizen', 'doctor'] as const

export const showCalendarFeed = endpoint({
  name: 'calendars.show-feed',
  summary: 'Адрес календаря: просмотр',
  method: 'GET',
  path: '/api/v1/calendar-feed',
  who: owners,
  journal: 'read',
  reply: Shape({ feed: Nullable(CalendarFeed) }),
  problems: [],
})
/** Makes an address; the one there was works no more. What is secret is in this reply and nowhere else ever after. */
export const renewCalendarFeed = endpoint({
  name: 'calendars.renew-feed',
  summary: 'Адрес календаря: создание',
  method: 'POST',
  path: '/api/v1/calendar-feed',
  who: owners,
  journal: 'change',
  withoutIdempotencyKey: true,
  reply: Shape({
    feed: CalendarFeed,
    /** https://… that a calendar program subscribes to. */
    address: T.String(),
    /** The same as a QR code, SVG. */
    qr: T.String(),
    /** For programs that speak CalDAV: the server, any name, this password. */
    server: T.String(),
    password: T.String(),
  }),
  problems: [],
})
/** What a doctor's calendar tells of patients. */
export const changeCalendarFeed = endpoint({
  name: 'calendars.change-feed',
  summary: 'Адрес календаря: настройка',
  method: 'PUT',
  path: '/api/v1/calendar-feed',
  who: ['doctor'],
  journal: 'change',
  body: Shape({ showsInitials: T.Boolean() }),
  reply: Shape({ feed: CalendarFeed }),
  problems: [NoCalendarAddress],
})
export const revokeCalendarFeed = endpoint({
  name: 'calendars.revoke-feed',
  summary: 'Адрес календаря: отзыв',
  method: 'DELETE',
  path: '/api/v1/calendar-feed',
  who: owners,
  journal: 'change',
  reply: Shape({ revoked: T.Literal(true) }),
  problems: [NoCalendarAddress],
})

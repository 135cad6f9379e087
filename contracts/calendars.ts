import * as T from 'typebox'
import { endpoint, type ProblemType } from './endpoint.ts'
import { Id, Instant, Line, Nullable, OneOf, Shape } from './values.ts'

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

export const ExternalCalendarNotFound = {
  type: '/problems/external-calendar-not-found',
  status: 404,
  title: 'Такого календаря нет',
  advice: 'Обновите список: его могли уже отключить.',
} as const satisfies ProblemType
export const TooManyCalendars = {
  type: '/problems/too-many-calendars',
  status: 409,
  title: 'У врача уже пять внешних календарей',
  advice: 'Отключите ненужный: больше пяти подключить нельзя.',
} as const satisfies ProblemType

export const ExternalCalendarKind = OneOf('ics', 'caldav')
/** A calendar outside that says when a doctor is busy. Its address is secret too: people see its host only. */
export const ExternalCalendar = Shape({
  id: Id,
  staffId: Id,
  staffName: T.String(),
  name: T.String(),
  kind: ExternalCalendarKind,
  host: T.String(),
  /** The last time it was read well; null: not yet. */
  readAt: Nullable(Instant),
  busyTimes: T.Integer(),
  failingSince: Nullable(Instant),
  failure: Nullable(
    OneOf(
      'private-address',
      'unreachable',
      'timeout',
      'not-found',
      'not-allowed',
      'server-error',
      'too-large',
      'unreadable',
      'no-calendar',
    ),
  ),
})
export type ExternalCalendar = T.Static<typeof ExternalCalendar>
/** A booked visit at a time when a calendar outside says that the doctor is busy. It stays until a person decides. */
export const CalendarConflict = Shape({
  appointmentId: Id,
  calendarId: Id,
  staffId: Id,
  staffName: T.String(),
  startsAt: Instant,
  endsAt: Instant,
  patientId: Id,
  patientName: T.String(),
})
export type CalendarConflict = T.Static<typeof CalendarConflict>

const keepers = ['doctor', 'registrar', 'head'] as const

/** Calendars outside of one's own organisation, and the booked visits that they stand against; of a doctor their own. */
export const listExternalCalendars = endpoint({
  name: 'calendars.list-external',
  summary: 'Внешние календари: просмотр',
  method: 'GET',
  path: '/api/v1/external-calendars',
  who: keepers,
  journal: 'patient-read',
  reply: Shape({
    calendars: T.Array(ExternalCalendar),
    conflicts: T.Array(CalendarConflict),
    timeZone: T.String(),
  }),
  problems: [],
})
/** Connects a calendar outside; it is read for the first time within a minute. */
export const addExternalCalendar = endpoint({
  name: 'calendars.add-external',
  summary: 'Внешний календарь: подключение',
  method: 'POST',
  path: '/api/v1/external-calendars',
  who: keepers,
  journal: 'change',
  body: Shape({
    staffId: Id,
    name: Line,
    kind: ExternalCalendarKind,
    address: T.String({ minLength: 8, maxLength: 2000, pattern: '^\\S+$' }),
    username: Nullable(Line),
    password: Nullable(T.String({ minLength: 1, maxLength: 500 })),
  }),
  reply: ExternalCalendar,
  problems: [TooManyCalendars],
})
export const readExternalCalendar = endpoint({
  name: 'calendars.read-external-now',
  summary: 'Внешний календарь: прочитать сейчас',
  method: 'POST',
  path: '/api/v1/external-calendars/:calendarId/read',
  who: keepers,
  journal: 'change',
  params: Shape({ calendarId: Id }),
  reply: Shape({ asked: T.Literal(true) }),
  problems: [ExternalCalendarNotFound],
})
/** Disconnects a calendar: the times it closed open again. */
export const removeExternalCalendar = endpoint({
  name: 'calendars.remove-external',
  summary: 'Внешний календарь: отключение',
  method: 'DELETE',
  path: '/api/v1/external-calendars/:calendarId',
  who: keepers,
  journal: 'change',
  params: Shape({ calendarId: Id }),
  reply: Shape({ opened: T.Integer() }),
  problems: [ExternalCalendarNotFound],
})

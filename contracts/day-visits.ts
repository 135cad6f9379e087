import * as T from 'typebox'
import { AppointmentIsOver, AppointmentNotFound, AppointmentStatus, VisitIsAhead } from './booking.ts'
import { endpoint } from './endpoint.ts'
import { PatientRow } from './patients.ts'
import { Id, Instant, Nullable, OneOf, PlainDate, Shape } from './values.ts'

/** A line of a day's list. */
export const DayVisit = Shape({
  appointmentId: Id,
  startsAt: Instant,
  endsAt: Instant,
  status: AppointmentStatus,
  code: T.String(),
  /** What the patient answered to a reminder. */
  answer: Nullable(OneOf('coming', 'not-coming')),
  staffId: Id,
  room: T.String(),
  /** What the patient comes for, in words. */
  category: Nullable(T.String()),
  patient: PatientRow,
})
export type DayVisit = T.Static<typeof DayVisit>
/** The doctor's own day (staffId = own), or any doctor's for a registrar of the organisation. */
export const listDayVisits = endpoint({
  name: 'booking.list-day',
  summary: 'Список приёма на день',
  method: 'GET',
  path: '/api/v1/organizations/:organizationId/visits',
  who: ['registrar', 'doctor', 'head'],
  journal: 'patient-read',
  params: Shape({ organizationId: Id }),
  query: Shape({ day: PlainDate, staffId: T.Optional(Id) }),
  reply: Shape({ visits: T.Array(DayVisit), timeZone: T.String() }),
  problems: [],
})
export const markArrived = endpoint({
  name: 'booking.mark-arrived',
  summary: 'Пациент пришёл',
  method: 'POST',
  path: '/api/v1/organizations/:organizationId/appointments/:appointmentId/arrived',
  who: ['registrar', 'doctor'],
  journal: 'patient-change',
  params: Shape({ organizationId: Id, appointmentId: Id }),
  body: Shape({ arrived: T.Boolean() }),
  reply: Shape({ status: AppointmentStatus }),
  problems: [AppointmentNotFound, AppointmentIsOver, VisitIsAhead],
})
export const markNoShow = endpoint({
  name: 'booking.mark-no-show',
  summary: 'Пациент не пришёл',
  method: 'POST',
  path: '/api/v1/organizations/:organizationId/appointments/:appointmentId/no-show',
  who: ['registrar', 'doctor'],
  journal: 'patient-change',
  params: Shape({ organizationId: Id, appointmentId: Id }),
  body: Shape({ noShow: T.Boolean() }),
  reply: Shape({ status: AppointmentStatus }),
  problems: [AppointmentNotFound, AppointmentIsOver, VisitIsAhead],
})

import * as T from 'typebox'
import { RuleIsFirm, RuleOverride, RuleRefuses } from './booking-rules.ts'
import { endpoint, type ProblemType } from './endpoint.ts'
import { PatientNotFound, PatientRow } from './patients.ts'
import { SlotNotFound, SlotRef } from './schedules.ts'
import { Id, Instant, Line, Nullable, OneOf, PlainDate, Shape } from './values.ts'

export const SlotTaken = {
  type: '/problems/slot-taken',
  status: 409,
  title: 'Это время уже занято',
  advice: 'Выберите другое время: список уже обновлён.',
} as const satisfies ProblemType
export const SlotInThePast = {
  type: '/problems/slot-in-the-past',
  status: 422,
  title: 'Это время уже прошло',
  advice: 'Выберите другое время.',
} as const satisfies ProblemType
export const SlotClosedToChannel = {
  type: '/problems/slot-closed-to-channel',
  status: 403,
  title: 'На это время нельзя записаться через портал',
  advice: 'Позвоните в регистратуру или выберите другое время.',
} as const satisfies ProblemType
export const AgeDoesNotFit = {
  type: '/problems/age-does-not-fit',
  status: 422,
  title: 'Этот врач не принимает пациентов такого возраста',
  advice: 'Выберите другого врача или другую организацию.',
} as const satisfies ProblemType
/** `startsAt` and `appointmentId` of the visit in the way come with these two; a time only held has no `appointmentId` yet. */
export const AlreadyBooked = {
  type: '/problems/already-booked',
  status: 409,
  title: 'К врачу этой специальности запись уже есть',
  advice: 'Перенесите или отмените прежнюю запись.',
} as const satisfies ProblemType
export const VisitsOverlap = {
  type: '/problems/visits-overlap',
  status: 409,
  title: 'На это время у пациента уже есть другая запись',
  advice: 'Выберите другое время.',
} as const satisfies ProblemType
export const HoldExpired = {
  type: '/problems/hold-expired',
  status: 410,
  title: 'Время на подтверждение вышло',
  advice: 'Выберите время ещё раз: если оно свободно, это займёт одно касание.',
} as const satisfies ProblemType
export const HoldNotFound = {
  type: '/problems/hold-not-found',
  status: 404,
  title: 'Такой брони нет',
  advice: 'Выберите время ещё раз.',
} as const satisfies ProblemType
export const AppointmentNotFound = {
  type: '/problems/appointment-not-found',
  status: 404,
  title: 'Запись не найдена',
} as const satisfies ProblemType
export const TooLateToChange = {
  type: '/problems/too-late-to-change',
  status: 409,
  title: 'Отменить или перенести запись уже нельзя',
  advice: 'Позвоните в регистратуру.',
} as const satisfies ProblemType
export const AppointmentIsOver = {
  type: '/problems/appointment-is-over',
  status: 409,
  title: 'Эта запись уже завершена или отменена',
} as const satisfies ProblemType

/** Arrival and absence can only be noted when the time has come: from the visit's day, and from its beginning. */
export const VisitIsAhead = {
  type: '/problems/visit-is-ahead',
  status: 409,
  title: 'Время этого приёма ещё не наступило',
} as const satisfies ProblemType

export const AppointmentStatus = OneOf('booked', 'arrived', 'in-progress', 'fulfilled', 'no-show', 'cancelled', 'moved')

/** A hold: nobody else's until `expiresAt`. Confirm it to get an appointment. */
export const Hold = Shape({
  id: Id,
  patientId: Id,
  ref: SlotRef,
  startsAt: Instant,
  endsAt: Instant,
  expiresAt: Instant,
})
export type Hold = T.Static<typeof Hold>

export const Appointment = Shape({
  id: Id,
  organizationId: Id,
  organizationName: T.String(),
  address: T.String(),
  phone: Nullable(T.String()),
  timeZone: T.String(),
  patientId: Id,
  patientName: T.String(),
  staffId: Id,
  doctorName: T.String(),
  specialtyCode: T.String(),
  specialtyTitle: T.String(),
  room: T.String(),
  startsAt: Instant,
  endsAt: Instant,
  status: AppointmentStatus,
  /** Confirmation code a person can read out: six characters without look-alikes. */
  code: T.String(),
  ticketToken: T.String(),
  /** Until when the patient may cancel or move; null when it is too late already or the visit is not ahead. */
  changeUntil: Nullable(Instant),
  cancelReason: Nullable(T.String()),
})
export type Appointment = T.Static<typeof Appointment>

const holdProblems = [
  SlotTaken,
  SlotInThePast,
  SlotClosedToChannel,
  AgeDoesNotFit,
  AlreadyBooked,
  VisitsOverlap,
  SlotNotFound,
  AppointmentNotFound,
  RuleRefuses,
  RuleIsFirm,
  PatientNotFound,
] as const

/**
 * Holds a slot for a patient for five minutes. Earlier holds of the same patient give way: any of the same specialty or
 * to move the same appointment, and the actor's own at an overlapping time. Asking again for the time one holds already gives the same hold.
 */
export const holdSlot = endpoint({
  name: 'booking.hold',
  summary: 'Бронь времени',
  method: 'POST',
  path: '/api/v1/holds',
  who: ['citizen', 'registrar', 'doctor'],
  journal: 'patient-change',
  body: Shape({
    patientId: Id,
    ref: SlotRef,
    /** The appointment this one will replace: it does not stand in the way. Confirmed by `moveAppointment`. */
    moving: T.Optional(Id),
    /** Number of the paper referral that staff have seen. */
    referral: T.Optional(Line),
    /** Staff only: rules to book past, and why. */
    override: T.Optional(RuleOverride),
  }),
  reply: Hold,
  problems: holdProblems,
})
/**
 * Five more minutes while the person is still typing, at most fifteen in all. A hold that has run out is not extended.
 */
export const extendHold = endpoint({
  name: 'booking.extend-hold',
  summary: 'Продление брони',
  method: 'PUT',
  path: '/api/v1/holds/:holdId',
  who: ['citizen', 'registrar', 'doctor'],
  journal: 'patient-change',
  params: Shape({ holdId: Id }),
  body: Shape({ patientId: Id }),
  reply: Hold,
  problems: [HoldExpired, HoldNotFound, PatientNotFound],
})
export const releaseHold = endpoint({
  name: 'booking.release-hold',
  summary: 'Отказ от брони',
  method: 'DELETE',
  path: '/api/v1/holds/:holdId',
  who: ['citizen', 'registrar', 'doctor'],
  journal: 'patient-change',
  params: Shape({ holdId: Id }),
  query: Shape({ patientId: Id }),
  reply: Shape({ released: T.Boolean() }),
  problems: [PatientNotFound],
})
export const confirmHold = endpoint({
  name: 'booking.confirm',
  summary: 'Запись на приём',
  method: 'POST',
  path: '/api/v1/appointments',
  who: ['citizen', 'registrar', 'doctor'],
  journal: 'patient-change',
  body: Shape({ holdId: Id, patientId: Id }),
  reply: Appointment,
  problems: [HoldExpired, HoldNotFound, RuleRefuses, PatientNotFound],
})
/** The held slot takes the place of the old appointment, both in one transaction. */
export const moveAppointment = endpoint({
  name: 'booking.move',
  summary: 'Перенос записи',
  method: 'POST',
  path: '/api/v1/patients/:patientId/appointments/:appointmentId/move',
  who: ['citizen', 'registrar', 'doctor'],
  journal: 'patient-change',
  params: Shape({ patientId: Id, appointmentId: Id }),
  body: Shape({ holdId: Id }),
  reply: Appointment,
  problems: [
    HoldExpired,
    HoldNotFound,
    AppointmentNotFound,
    TooLateToChange,
    AppointmentIsOver,
    AlreadyBooked,
    VisitsOverlap,
    RuleRefuses,
    PatientNotFound,
  ],
})
export const cancelAppointment = endpoint({
  name: 'booking.cancel',
  summary: 'Отмена записи',
  method: 'POST',
  path: '/api/v1/patients/:patientId/appointments/:appointmentId/cancel',
  who: ['citizen', 'registrar', 'doctor'],
  journal: 'patient-change',
  params: Shape({ patientId: Id, appointmentId: Id }),
  body: Shape({ reason: Nullable(Line) }),
  reply: Appointment,
  problems: [AppointmentNotFound, TooLateToChange, AppointmentIsOver, PatientNotFound],
})
export const listPatientAppointments = endpoint({
  name: 'booking.list-for-patient',
  summary: 'Просмотр записей пациента',
  method: 'GET',
  path: '/api/v1/patients/:patientId/appointments',
  who: ['citizen', 'registrar', 'doctor', 'head'],
  journal: 'patient-read',
  params: Shape({ patientId: Id }),
  reply: Shape({ coming: T.Array(Appointment), past: T.Array(Appointment) }),
  problems: [PatientNotFound],
})
export const showAppointment = endpoint({
  name: 'booking.show',
  summary: 'Просмотр записи',
  method: 'GET',
  path: '/api/v1/patients/:patientId/appointments/:appointmentId',
  who: ['citizen', 'registrar', 'doctor', 'head'],
  journal: 'patient-read',
  params: Shape({ patientId: Id, appointmentId: Id }),
  reply: Appointment,
  problems: [AppointmentNotFound, PatientNotFound],
})

const TicketParams = Shape({ patientId: Id, appointmentId: Id })
export const downloadTicket = endpoint({
  name: 'booking.download-ticket',
  summary: 'Талон в PDF',
  method: 'GET',
  path: '/api/v1/patients/:patientId/appointments/:appointmentId/ticket.pdf',
  who: ['citizen', 'registrar', 'doctor'],
  journal: 'patient-read',
  params: TicketParams,
  reply: { file: 'application/pdf' },
  problems: [AppointmentNotFound, PatientNotFound],
})
export const downloadCalendar = endpoint({
  name: 'booking.download-calendar',
  summary: 'Запись в календарь',
  method: 'GET',
  path: '/api/v1/patients/:patientId/appointments/:appointmentId/visit.ics',
  who: ['citizen', 'registrar', 'doctor'],
  journal: 'patient-read',
  params: TicketParams,
  reply: { file: 'text/calendar' },
  problems: [AppointmentNotFound, PatientNotFound],
})
/** QR of the ticket's code for check-in: holds the address of the ticket and no personal data. */
export const showTicketQr = endpoint({
  name: 'booking.show-qr',
  summary: 'QR-код талона',
  method: 'GET',
  path: '/api/v1/patients/:patientId/appointments/:appointmentId/qr.svg',
  who: ['citizen', 'registrar', 'doctor'],
  journal: 'patient-read',
  params: TicketParams,
  reply: { file: 'image/svg+xml' },
  problems: [AppointmentNotFound, PatientNotFound],
})
/** What a ticket's QR opens for clinic staff: the appointment itself. */
export const findByTicket = endpoint({
  name: 'booking.find-by-ticket',
  summary: 'Запись по талону',
  method: 'GET',
  path: '/api/v1/tickets/:token',
  who: ['registrar', 'doctor'],
  journal: 'patient-read',
  params: Shape({ token: T.String({ minLength: 20, maxLength: 64 }) }),
  reply: Appointment,
  problems: [AppointmentNotFound],
})

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

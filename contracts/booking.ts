import * as T from 'typebox'
import { RuleIsFirm, RuleOverride, RuleRefuses } from './booking-rules.ts'
import { endpoint, type ProblemType } from './endpoint.ts'
import { PatientNotFound } from './patients.ts'
import { CategoryDoesNotFit } from './service-categories.ts'
import { SlotNotFound, SlotRef } from './schedules.ts'
import { Id, Instant, Line, Nullable, OneOf, Shape } from './values.ts'

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

/** Who books for a patient, each in their own right and through their own channel. */
const bookers = ['citizen', 'registrar', 'call-centre', 'doctor', 'guardianship-officer'] as const

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
  /** Why it was cancelled or moved, as the person who did it said. */
  cancelReason: Nullable(T.String()),
  /** What the person comes for, when that was chosen; with what to bring. */
  category: Nullable(Shape({ name: T.String(), bring: Nullable(T.String()) })),
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
  CategoryDoesNotFit,
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
  who: bookers,
  journal: 'patient-change',
  body: Shape({
    patientId: Id,
    ref: SlotRef,
    /** The appointment this one will replace: it does not stand in the way. Confirmed by `moveAppointment`. */
    moving: T.Optional(Id),
    /** What the patient comes for: see service-categories.ts. */
    category: T.Optional(Id),
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
  who: bookers,
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
  who: bookers,
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
  who: bookers,
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
  who: bookers,
  journal: 'patient-change',
  params: Shape({ patientId: Id, appointmentId: Id }),
  body: Shape({ holdId: Id, reason: T.Optional(Line) }),
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
  who: bookers,
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
  who: [...bookers, 'head'],
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
  who: [...bookers, 'head'],
  journal: 'patient-read',
  params: Shape({ patientId: Id, appointmentId: Id }),
  reply: Appointment,
  problems: [AppointmentNotFound, PatientNotFound],
})

import * as T from 'typebox'
import {
  AlreadyBooked,
  Appointment,
  AppointmentIsOver,
  AppointmentNotFound,
  SlotTaken,
  VisitsOverlap,
} from './booking.ts'
import { endpoint, type ProblemType } from './endpoint.ts'
import { PatientNotFound, PatientRow } from './patients.ts'
import { FreeSlot, ScheduleEdit, SlotNotFound, SlotRef, TimesOverlap } from './schedules.ts'
import { Id, Instant, Line, Nullable, OneOf, Shape } from './values.ts'

export const ScheduleEditIsStale = {
  type: '/problems/schedule-edit-is-stale',
  status: 409,
  title: 'Пока вы решали, записи изменились',
  advice: 'Посмотрите список ещё раз: ваши решения по прежним записям останутся.',
} as const satisfies ProblemType

/** A booked visit whose time will not be there any more, and the nearest free times of its specialty, the suggested one first. */
export const TouchedVisit = Shape({
  appointmentId: Id,
  patient: PatientRow,
  startsAt: Instant,
  endsAt: Instant,
  staffId: Id,
  doctorName: T.String(),
  specialtyTitle: T.String(),
  room: T.String(),
  slots: T.Array(FreeSlot),
})
export type TouchedVisit = T.Static<typeof TouchedVisit>

/** What an edit would do, before it does it. `version` goes back with the decisions. */
export const previewScheduleEdit = endpoint({
  name: 'booking.preview-schedule-edit',
  summary: 'Кого затронет изменение расписания',
  method: 'POST',
  path: '/api/v1/schedule-edits/preview',
  who: ['registrar', 'head', 'administrator'],
  journal: 'patient-read',
  body: Shape({ edit: ScheduleEdit }),
  reply: Shape({
    version: T.String(),
    timeZone: T.String(),
    /** Free times that vanish, and new ones. */
    closes: T.Integer(),
    opens: T.Integer(),
    visits: T.Array(TouchedVisit),
  }),
  problems: [TimesOverlap],
})

/**
 * What becomes of a touched visit: it moves to a free time of the same specialty (agreed with the patient); it is put
 * there and the patient is asked; or it is cancelled with a reason. A move to another doctor always asks.
 */
export const Decision = T.Union([
  Shape({ appointmentId: Id, action: OneOf('move', 'offer'), ref: SlotRef }),
  Shape({ appointmentId: Id, action: OneOf('cancel'), reason: Line }),
])
export type Decision = T.Static<typeof Decision>
/**
 * Carries out an edit with a decision for every visit it touches, all or nothing. Refused when other visits are touched
 * than the preview showed.
 */
export const applyScheduleEdit = endpoint({
  name: 'booking.apply-schedule-edit',
  summary: 'Изменение расписания',
  method: 'POST',
  path: '/api/v1/schedule-edits',
  who: ['registrar', 'head', 'administrator'],
  journal: 'patient-change',
  body: Shape({
    edit: ScheduleEdit,
    version: T.String(),
    reason: Line,
    decisions: T.Array(Decision, { maxItems: 2000 }),
  }),
  /** `moved` without a question, `offered` with one. */
  reply: Shape({
    moved: T.Integer(),
    offered: T.Integer(),
    cancelled: T.Integer(),
    closes: T.Integer(),
    opens: T.Integer(),
  }),
  problems: [
    ScheduleEditIsStale,
    TimesOverlap,
    SlotTaken,
    SlotNotFound,
    AppointmentIsOver,
    AlreadyBooked,
    VisitsOverlap,
  ],
})

export const ChangeIsAnswered = {
  type: '/problems/change-is-answered',
  status: 409,
  title: 'На это предложение уже ответили',
  advice: 'Посмотрите, какая запись действует сейчас.',
} as const satisfies ProblemType

/** A visit that was put at another time or with another doctor, and what the patient said to it. */
export const ChangeOffer = Shape({
  /** Where the visit is now; it stays there when nobody answers. */
  appointment: Appointment,
  /** Where it was. */
  before: Appointment,
  reason: T.String(),
  madeAt: Instant,
  /** Until then the patient may choose another time or cancel, even when the organisation's own deadline is over. */
  answerBy: Instant,
  answer: Nullable(OneOf('accepted', 'moved', 'cancelled', 'overtaken')),
})
export type ChangeOffer = T.Static<typeof ChangeOffer>

/** Questions that wait for this patient's answer; those whose time to answer is over are left out. */
export const listChangeOffers = endpoint({
  name: 'booking.list-change-offers',
  summary: 'Предложенные изменения записей',
  method: 'GET',
  path: '/api/v1/patients/:patientId/change-offers',
  who: ['citizen', 'registrar', 'doctor', 'head'],
  journal: 'patient-read',
  params: Shape({ patientId: Id }),
  reply: Shape({ offers: T.Array(ChangeOffer) }),
  problems: [PatientNotFound],
})
/** The new time suits. Another time is chosen by `booking.move`, and refused by `booking.cancel`, as with any visit. */
export const acceptChange = endpoint({
  name: 'booking.accept-change',
  summary: 'Согласие на новое время приёма',
  method: 'POST',
  path: '/api/v1/patients/:patientId/change-offers/:appointmentId/accept',
  who: ['citizen', 'registrar'],
  journal: 'patient-change',
  params: Shape({ patientId: Id, appointmentId: Id }),
  body: Shape({}),
  reply: Appointment,
  problems: [AppointmentNotFound, AppointmentIsOver, ChangeIsAnswered, PatientNotFound],
})
/** Who of the organisation's patients was asked in the last 30 days, the newest first, 200 at most. */
export const listAsked = endpoint({
  name: 'booking.list-asked',
  summary: 'Кому предложено другое время',
  method: 'GET',
  path: '/api/v1/change-offers',
  who: ['registrar', 'head', 'administrator'],
  journal: 'patient-read',
  reply: Shape({ offers: T.Array(ChangeOffer) }),
  problems: [],
})

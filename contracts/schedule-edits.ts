import * as T from 'typebox'
import { AlreadyBooked, AppointmentIsOver, SlotTaken, VisitsOverlap } from './booking.ts'
import { endpoint, type ProblemType } from './endpoint.ts'
import { PatientRow } from './patients.ts'
import { FreeSlot, ScheduleEdit, SlotNotFound, SlotRef, TimesOverlap } from './schedules.ts'
import { Id, Instant, Line, OneOf, Shape } from './values.ts'

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

/** What becomes of a touched visit: it moves to a free time of the same specialty, or is cancelled with a reason. */
export const Decision = T.Union([
  Shape({ appointmentId: Id, action: OneOf('move'), ref: SlotRef }),
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
  reply: Shape({ moved: T.Integer(), cancelled: T.Integer(), closes: T.Integer(), opens: T.Integer() }),
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

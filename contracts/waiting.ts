import * as T from 'typebox'
import {
  AgeDoesNotFit,
  AlreadyBooked,
  Appointment,
  AppointmentIsOver,
  AppointmentNotFound,
  HoldExpired,
  HoldNotFound,
  SlotClosedToChannel,
  SlotInThePast,
  TooLateToChange,
  VisitsOverlap,
} from './booking.ts'
import { endpoint, type ProblemType } from './endpoint.ts'
import { PatientNotFound, PatientRow } from './patients.ts'
import { SlotNotFound } from './schedules.ts'
import { Id, Instant, Line, Nullable, PlainDate, Shape, TimeOfDay } from './values.ts'

export const AlreadyWaiting = {
  type: '/problems/already-waiting',
  status: 409,
  title: 'Пациент уже стоит в этом листе ожидания',
  advice: 'Чтобы изменить врача или дни, выйдите из листа и встаньте снова.',
} as const satisfies ProblemType
export const TooManyWaiting = {
  type: '/problems/too-many-waiting',
  status: 409,
  title: 'Слишком много листов ожидания сразу',
  advice: 'Выйдите из тех, которые больше не нужны.',
} as const satisfies ProblemType
export const NobodyToWaitFor = {
  type: '/problems/nobody-to-wait-for',
  status: 422,
  title: 'Здесь нет такого врача',
  advice: 'Выберите другую специальность или другую организацию.',
} as const satisfies ProblemType
export const WaitingNotFound = {
  type: '/problems/waiting-not-found',
  status: 404,
  title: 'В листе ожидания этого нет',
  advice: 'Обновите список: из листа могли уже выйти.',
} as const satisfies ProblemType
export const OfferExpired = {
  type: '/problems/offer-expired',
  status: 410,
  title: 'Предложение уже истекло',
  advice: 'Место в очереди осталось за вами: как только освободится другое время, мы его предложим.',
} as const satisfies ProblemType
export const OfferGone = {
  type: '/problems/offer-gone',
  status: 409,
  title: 'Время уже отдано',
  advice: 'Место в очереди осталось за вами: как только освободится другое время, мы его предложим.',
} as const satisfies ProblemType

/** A freed time that is held for the patient until `expiresAt`. */
export const WaitingOffer = Shape({
  id: Id,
  startsAt: Instant,
  endsAt: Instant,
  staffId: Id,
  doctorName: T.String(),
  room: T.String(),
  address: T.String(),
  expiresAt: Instant,
})
export type WaitingOffer = T.Static<typeof WaitingOffer>

export const WaitingEntry = Shape({
  id: Id,
  patientId: Id,
  organizationId: Id,
  organizationName: T.String(),
  timeZone: T.String(),
  specialtyCode: T.String(),
  specialtyTitle: T.String(),
  /** Only this doctor; null: any of the specialty. */
  staffId: Nullable(Id),
  doctorName: Nullable(T.String()),
  firstDay: PlainDate,
  lastDay: PlainDate,
  /** Hours of the day by the organisation's clock, the last excluded; null: any. */
  fromTime: Nullable(TimeOfDay),
  untilTime: Nullable(TimeOfDay),
  joinedAt: Instant,
  priority: T.Integer(),
  /** 1 is the first of this specialty here. */
  place: T.Integer(),
  /** How many wait for this specialty here in all. */
  waiting: T.Integer(),
  /** Days until a time is likely to come, from how often times were given back lately; null: too little is known. */
  expectedDays: Nullable(T.Integer()),
  /** The patient wants a sooner time than a visit they have. */
  earlier: T.Boolean(),
  /** The visit of this specialty that the patient has meanwhile. */
  visit: Nullable(Shape({ appointmentId: Id, startsAt: Instant, timeZone: T.String() })),
  offer: Nullable(WaitingOffer),
})
export type WaitingEntry = T.Static<typeof WaitingEntry>

const OfPatient = Shape({ patientId: Id })
const OfOffer = Shape({ patientId: Id, offerId: Id })

export const joinWaiting = endpoint({
  name: 'booking.join-waiting',
  summary: 'Запись в лист ожидания',
  method: 'POST',
  path: '/api/v1/patients/:patientId/waiting',
  who: ['citizen', 'registrar'],
  journal: 'patient-change',
  params: OfPatient,
  body: Shape({
    organizationId: Id,
    specialtyCode: T.String({ minLength: 1, maxLength: 40 }),
    staffId: Nullable(Id),
    firstDay: PlainDate,
    lastDay: PlainDate,
    fromTime: Nullable(TimeOfDay),
    untilTime: Nullable(TimeOfDay),
    /** The visit that a sooner time is to replace; it stands until then. */
    moving: Nullable(Id),
  }),
  reply: WaitingEntry,
  problems: [
    AlreadyWaiting,
    TooManyWaiting,
    NobodyToWaitFor,
    AlreadyBooked,
    AppointmentNotFound,
    SlotClosedToChannel,
    PatientNotFound,
  ],
})
/** Leaving lets an offer go, too. */
export const leaveWaiting = endpoint({
  name: 'booking.leave-waiting',
  summary: 'Выход из листа ожидания',
  method: 'DELETE',
  path: '/api/v1/patients/:patientId/waiting/:entryId',
  who: ['citizen', 'registrar'],
  journal: 'patient-change',
  params: Shape({ patientId: Id, entryId: Id }),
  reply: Shape({ left: T.Boolean() }),
  problems: [WaitingNotFound, PatientNotFound],
})
/** Live entries; those with an offer first. Staff see those at their own organisation. */
export const listPatientWaiting = endpoint({
  name: 'booking.list-patient-waiting',
  summary: 'Просмотр листа ожидания пациента',
  method: 'GET',
  path: '/api/v1/patients/:patientId/waiting',
  who: ['citizen', 'registrar'],
  journal: 'patient-read',
  params: OfPatient,
  reply: Shape({ entries: T.Array(WaitingEntry) }),
  problems: [PatientNotFound],
})
/** Books the offered time, by the same rules as any; a visit that was to be replaced goes in the same transaction. */
export const acceptOffer = endpoint({
  name: 'booking.accept-offer',
  summary: 'Время из листа ожидания взято',
  method: 'POST',
  path: '/api/v1/patients/:patientId/offers/:offerId/accept',
  who: ['citizen', 'registrar'],
  journal: 'patient-change',
  params: OfOffer,
  reply: Appointment,
  problems: [
    OfferExpired,
    OfferGone,
    WaitingNotFound,
    AlreadyBooked,
    VisitsOverlap,
    TooLateToChange,
    AppointmentIsOver,
    AppointmentNotFound,
    AgeDoesNotFit,
    SlotClosedToChannel,
    SlotInThePast,
    SlotNotFound,
    HoldExpired,
    HoldNotFound,
    PatientNotFound,
  ],
})
export const declineOffer = endpoint({
  name: 'booking.decline-offer',
  summary: 'Отказ от времени из листа ожидания',
  method: 'POST',
  path: '/api/v1/patients/:patientId/offers/:offerId/decline',
  who: ['citizen', 'registrar'],
  journal: 'patient-change',
  params: OfOffer,
  /** False when there was nothing to decline any more. */
  reply: Shape({ declined: T.Boolean() }),
  problems: [WaitingNotFound, PatientNotFound],
})

export const WaitingLine = Shape({ entry: WaitingEntry, patient: PatientRow })
export type WaitingLine = T.Static<typeof WaitingLine>
/** The queues of one's own organisation, in their order; of one specialty when named. At most 500 lines. */
export const listWaiting = endpoint({
  name: 'booking.list-waiting',
  summary: 'Просмотр листа ожидания организации',
  method: 'GET',
  path: '/api/v1/organizations/:organizationId/waiting',
  who: ['registrar', 'head'],
  journal: 'patient-read',
  params: Shape({ organizationId: Id }),
  query: Shape({ specialtyCode: T.Optional(T.String({ minLength: 1, maxLength: 40 })) }),
  reply: Shape({
    lines: T.Array(WaitingLine),
    specialties: T.Array(Shape({ code: T.String(), title: T.String(), waiting: T.Integer() })),
  }),
  problems: [],
})
/** 0 is everybody's; a higher number goes first. */
export const setWaitingPriority = endpoint({
  name: 'booking.set-waiting-priority',
  summary: 'Изменение очерёдности в листе ожидания',
  method: 'POST',
  path: '/api/v1/organizations/:organizationId/waiting/:entryId/priority',
  who: ['registrar'],
  journal: 'patient-change',
  params: Shape({ organizationId: Id, entryId: Id }),
  body: Shape({ priority: T.Integer({ minimum: 0, maximum: 9 }), reason: Line }),
  reply: Shape({ priority: T.Integer() }),
  problems: [WaitingNotFound],
})

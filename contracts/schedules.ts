import * as T from 'typebox'
import { endpoint, type ProblemType } from './endpoint.ts'
import { PatientNotFound } from './patients.ts'
import { Id, Instant, Line, Nullable, OneOf, PlainDate, Shape, TimeOfDay } from './values.ts'

export const TimesOverlap = {
  type: '/problems/times-overlap',
  status: 409,
  title: 'В это время у врача или кабинета уже есть приём',
} as const satisfies ProblemType
export const SlotIsBooked = {
  type: '/problems/slot-is-booked',
  status: 409,
  title: 'На это время записан пациент',
  advice: 'Сначала перенесите или отмените запись.',
} as const satisfies ProblemType
/** `holdUntil`, the instant at which the hold ends by itself, comes with it. */
export const SlotIsHeld = {
  type: '/problems/slot-is-held',
  status: 409,
  title: 'Это время сейчас выбирает пациент',
  advice: 'Повторите через несколько минут: если запись не подтвердят, время освободится само.',
} as const satisfies ProblemType
export const SlotIsOver = {
  type: '/problems/slot-is-over',
  status: 409,
  title: 'Это время уже прошло',
  advice: 'Закрыть, открыть или добавить можно только предстоящее время.',
} as const satisfies ProblemType
/** An absence, the calendar or an edit closed it: it opens when that ends. */
export const SlotIsClosedByItself = {
  type: '/problems/slot-is-closed-by-itself',
  status: 409,
  title: 'Это время закрыто отсутствием, праздником, правкой расписания или внешним календарём врача',
  advice: 'Уберите отсутствие, освободите время во внешнем календаре или задайте часы на эту дату в расписании.',
} as const satisfies ProblemType
export const SlotNotFound = {
  type: '/problems/slot-not-found',
  status: 404,
  title: 'Такого времени в расписании нет',
} as const satisfies ProblemType

/** Reference to one time: organisation, timetable, start (epoch seconds), place; opaque to callers. */
export const SlotRef = T.String({
  pattern: '^[0-9a-f-]{36}~[0-9a-f-]{36}~\\d{9,11}~\\d{1,4}$',
  description: 'Ссылка на время приёма',
})

export const Channel = OneOf('portal', 'call-centre', 'registrar', 'doctor', 'system')
export type Channel = T.Static<typeof Channel>
export const VisitKind = OneOf('primary', 'repeat', 'procedure', 'home-visit', 'telemedicine')
export type VisitKind = T.Static<typeof VisitKind>

/** «Терапевт» with how soon there is a place. */
export const SpecialtyOffer = Shape({
  code: T.String(),
  title: T.String(),
  freeSlots: T.Integer(),
  nearest: Nullable(Instant),
})
export const DoctorOffer = Shape({
  staffId: Id,
  name: T.String(),
  position: T.String(),
  room: Nullable(T.String()),
  freeSlots: T.Integer(),
  nearest: Nullable(Instant),
})
export const DayOffer = Shape({ day: PlainDate, freeSlots: T.Integer() })
export const FreeSlot = Shape({
  ref: SlotRef,
  staffId: Id,
  doctorName: T.String(),
  room: T.String(),
  startsAt: Instant,
  endsAt: Instant,
  /** What kind of visit it is for; `any` when the timetable does not tell. */
  kind: OneOf('any', 'primary', 'repeat', 'procedure', 'home-visit', 'telemedicine'),
  referralNeeded: T.Boolean(),
})
export type SpecialtyOffer = T.Static<typeof SpecialtyOffer>
export type DoctorOffer = T.Static<typeof DoctorOffer>
export type DayOffer = T.Static<typeof DayOffer>
export type FreeSlot = T.Static<typeof FreeSlot>

const ForPatient = { patientId: T.Optional(Id) }

/** Organisations where the patient can be booked: attached first, then by name; free places are counted up to 100. */
export const listBookableOrganizations = endpoint({
  name: 'schedules.list-organizations',
  summary: 'Организации для записи',
  method: 'GET',
  path: '/api/v1/bookable-organizations',
  who: 'signed-in',
  journal: 'read',
  query: Shape(ForPatient),
  reply: Shape({
    organizations: T.Array(
      Shape({
        id: Id,
        shortName: T.String(),
        address: T.String(),
        attached: T.Boolean(),
        freeSlots: T.Integer(),
        timeZone: T.String(),
      }),
    ),
  }),
  problems: [PatientNotFound],
})
/** Places open to this channel and, when a patient is named, to the patient's age. */
export const listSpecialties = endpoint({
  name: 'schedules.list-specialties',
  summary: 'Специальности для записи',
  method: 'GET',
  path: '/api/v1/organizations/:organizationId/specialties',
  who: 'signed-in',
  journal: 'read',
  params: Shape({ organizationId: Id }),
  query: Shape(ForPatient),
  reply: Shape({ specialties: T.Array(SpecialtyOffer) }),
  problems: [PatientNotFound],
})
export const listDoctors = endpoint({
  name: 'schedules.list-doctors',
  summary: 'Врачи для записи',
  method: 'GET',
  path: '/api/v1/organizations/:organizationId/specialties/:code/doctors',
  who: 'signed-in',
  journal: 'read',
  params: Shape({ organizationId: Id, code: Line }),
  query: Shape(ForPatient),
  reply: Shape({ doctors: T.Array(DoctorOffer) }),
  problems: [PatientNotFound],
})
/** Days with free places; `staffId` absent means any doctor. */
export const listDays = endpoint({
  name: 'schedules.list-days',
  summary: 'Дни со свободным временем',
  method: 'GET',
  path: '/api/v1/organizations/:organizationId/specialties/:code/days',
  who: 'signed-in',
  journal: 'read',
  params: Shape({ organizationId: Id, code: Line }),
  query: Shape({ ...ForPatient, staffId: T.Optional(Id) }),
  reply: Shape({ days: T.Array(DayOffer) }),
  problems: [PatientNotFound],
})
/** Free times; a day, or without one the whole published fortnight. */
export const listFreeSlots = endpoint({
  name: 'schedules.list-free-slots',
  summary: 'Свободное время',
  method: 'GET',
  path: '/api/v1/organizations/:organizationId/specialties/:code/slots',
  who: 'signed-in',
  journal: 'read',
  params: Shape({ organizationId: Id, code: Line }),
  /** `kind`: times for visits of this kind, and those for any. */
  query: Shape({ ...ForPatient, staffId: T.Optional(Id), day: T.Optional(PlainDate), kind: T.Optional(VisitKind) }),
  reply: Shape({ slots: T.Array(FreeSlot), timeZone: T.String() }),
  problems: [PatientNotFound],
})

/** One time in the registrar's grid of a day. Who is booked comes from booking's day view, not from here. */
export const GridSlot = Shape({
  ref: SlotRef,
  startsAt: Instant,
  endsAt: Instant,
  state: OneOf('free', 'held', 'booked', 'closed', 'past'),
  appointmentId: Nullable(Id),
})
export const GridColumn = Shape({
  staffId: Id,
  scheduleId: Id,
  doctorName: T.String(),
  specialtyTitle: T.String(),
  room: T.String(),
  slots: T.Array(GridSlot),
})
export type GridColumn = T.Static<typeof GridColumn>
export const showDayGrid = endpoint({
  name: 'schedules.show-day',
  summary: 'Расписание дня',
  method: 'GET',
  path: '/api/v1/organizations/:organizationId/schedule',
  who: ['registrar', 'head', 'doctor', 'administrator'],
  journal: 'read',
  params: Shape({ organizationId: Id }),
  query: Shape({ day: PlainDate, specialty: T.Optional(Line) }),
  reply: Shape({ columns: T.Array(GridColumn), timeZone: T.String() }),
  problems: [],
})
export const closeSlot = endpoint({
  name: 'schedules.close-slot',
  summary: 'Закрытие времени',
  method: 'POST',
  path: '/api/v1/slots/:ref/close',
  who: ['registrar', 'head', 'administrator'],
  journal: 'change',
  params: Shape({ ref: SlotRef }),
  body: Shape({ reason: Line }),
  reply: GridSlot,
  problems: [SlotIsBooked, SlotIsClosedByItself, SlotIsHeld, SlotIsOver, SlotNotFound],
})
export const openSlot = endpoint({
  name: 'schedules.open-slot',
  summary: 'Открытие закрытого времени',
  method: 'POST',
  path: '/api/v1/slots/:ref/open',
  who: ['registrar', 'head', 'administrator'],
  journal: 'change',
  params: Shape({ ref: SlotRef }),
  body: Shape({}),
  reply: GridSlot,
  problems: [SlotIsBooked, SlotIsClosedByItself, SlotIsHeld, SlotIsOver, SlotNotFound],
})
/** A time outside the template: same doctor, local start time and minutes. */
export const addSlot = endpoint({
  name: 'schedules.add-slot',
  summary: 'Добавление времени',
  method: 'POST',
  path: '/api/v1/schedules/:scheduleId/slots',
  who: ['registrar', 'head', 'administrator'],
  journal: 'change',
  params: Shape({ scheduleId: Id }),
  body: Shape({ day: PlainDate, time: TimeOfDay, minutes: T.Integer({ minimum: 5, maximum: 240 }), reason: Line }),
  reply: GridSlot,
  problems: [TimesOverlap],
})

/**
 * Hours and when they apply; exactly one of the three: `weekday` (1 = Monday; `on` narrows it to odd or even ISO weeks, or
 * to odd or even days of the month), `cycleDay` (1 = first day of the timetable's cycle), `date` (instead of what repeats).
 * `kind`: these hours are for visits of this kind only.
 */
export const WorkingHours = Shape({
  weekday: T.Optional(T.Integer({ minimum: 1, maximum: 7 })),
  on: T.Optional(OneOf('every', 'odd-weeks', 'even-weeks', 'odd-dates', 'even-dates')),
  cycleDay: T.Optional(T.Integer({ minimum: 1, maximum: 60 })),
  date: T.Optional(PlainDate),
  starts: TimeOfDay,
  ends: TimeOfDay,
  kind: T.Optional(VisitKind),
})
export type WorkingHours = T.Static<typeof WorkingHours>

const SlotMinutes = T.Integer({ minimum: 5, maximum: 240 })
const Age = T.Integer({ minimum: 0, maximum: 150 })

/** What a timetable repeats and to whom it is open: everything of it that an edit may change. */
const pattern = {
  slotMinutes: SlotMinutes,
  channels: T.Array(Channel, { minItems: 1, maxItems: 5 }),
  ageFrom: Age,
  ageTo: Age,
  hours: T.Array(WorkingHours, { minItems: 1, maxItems: 120 }),
}
const conditions = {
  /** Breaks of every day. */
  breaks: T.Array(Shape({ starts: TimeOfDay, ends: TimeOfDay }), { maxItems: 10 }),
  /** Minutes by kind of visit where they are not `slotMinutes`. */
  lengths: Shape({
    primary: T.Optional(SlotMinutes),
    repeat: T.Optional(SlotMinutes),
    procedure: T.Optional(SlotMinutes),
    'home-visit': T.Optional(SlotMinutes),
    telemedicine: T.Optional(SlotMinutes),
  }),
  /** A cycle of so many days whose first day is `from`: 4 for «2 через 2», 14 for two weeks. */
  cycle: Nullable(Shape({ days: T.Integer({ minimum: 2, maximum: 60 }), from: PlainDate })),
  sex: Nullable(OneOf('male', 'female')),
  attachedOnly: T.Boolean(),
  referralNeeded: T.Boolean(),
  /** Shares of a day's times that are one channel's own, percent; the rest is open to all channels. */
  quotas: T.Array(Shape({ channel: Channel, share: T.Integer({ minimum: 1, maximum: 100 }) }), { maxItems: 5 }),
  /** So many hours before it begins a channel's own time is open to all channels. */
  quotaHours: T.Integer({ minimum: 0, maximum: 720 }),
  /** Holidays and short days of the production calendar do not concern it. */
  worksOnHolidays: T.Boolean(),
  /** Dates without hours, whatever repeats: what hours given for a date are, when there are none. */
  daysOff: T.Array(PlainDate, { maxItems: 120, uniqueItems: true }),
}
const optional = {
  breaks: T.Optional(conditions.breaks),
  lengths: T.Optional(conditions.lengths),
  cycle: T.Optional(conditions.cycle),
  sex: T.Optional(conditions.sex),
  attachedOnly: T.Optional(conditions.attachedOnly),
  referralNeeded: T.Optional(conditions.referralNeeded),
  quotas: T.Optional(conditions.quotas),
  quotaHours: T.Optional(conditions.quotaHours),
  worksOnHolidays: T.Optional(conditions.worksOnHolidays),
  daysOff: T.Optional(conditions.daysOff),
}

export const Schedule = Shape({
  id: Id,
  staffId: Id,
  specialtyCode: T.String(),
  roomId: Id,
  ...pattern,
  ...conditions,
  validFrom: PlainDate,
  validUntil: Nullable(PlainDate),
  publishedUntil: Nullable(PlainDate),
})
export type Schedule = T.Static<typeof Schedule>
/** Makes a doctor's timetable and publishes times for the days that are open. */
export const createSchedule = endpoint({
  name: 'schedules.create',
  summary: 'Создание расписания врача',
  method: 'POST',
  path: '/api/v1/schedules',
  who: ['registrar', 'head', 'administrator'],
  journal: 'change',
  body: Shape({
    staffId: Id,
    specialtyCode: T.String(),
    roomId: Id,
    ...pattern,
    ...optional,
    validFrom: PlainDate,
    validUntil: Nullable(PlainDate),
  }),
  reply: Schedule,
  problems: [TimesOverlap],
})
/** How far ahead times are open for booking here, today included, and when the newest day opens, local time. */
export const Publication = Shape({ days: T.Integer({ minimum: 1, maximum: 90 }), opensAt: TimeOfDay })
export const showPublication = endpoint({
  name: 'schedules.show-publication',
  summary: 'Горизонт записи',
  method: 'GET',
  path: '/api/v1/organizations/:organizationId/publication',
  who: ['registrar', 'head', 'administrator'],
  journal: 'read',
  params: Shape({ organizationId: Id }),
  reply: Publication,
  problems: [],
})
/** A longer horizon opens with the next publication; a shorter one takes nothing back that is open already. */
export const changePublication = endpoint({
  name: 'schedules.change-publication',
  summary: 'Изменение горизонта записи',
  method: 'PUT',
  path: '/api/v1/organizations/:organizationId/publication',
  who: ['head', 'administrator'],
  journal: 'change',
  params: Shape({ organizationId: Id }),
  body: Publication,
  reply: Publication,
  problems: [],
})
export const listSchedules = endpoint({
  name: 'schedules.list',
  summary: 'Расписания врача',
  method: 'GET',
  path: '/api/v1/schedules',
  who: ['registrar', 'head', 'administrator'],
  journal: 'read',
  query: Shape({ staffId: Id }),
  reply: Shape({ schedules: T.Array(Schedule) }),
  problems: [],
})

/** A timetable with the number of its state: who edits it says which one they began from. */
export const TimetableState = Shape({ schedule: Schedule, version: T.Integer() })
export type TimetableState = T.Static<typeof TimetableState>
/** Timetables of a department's doctors that are valid now or later: what the editor of weeks draws. */
export const listDepartmentTimetables = endpoint({
  name: 'schedules.list-department',
  summary: 'Расписания отделения',
  method: 'GET',
  path: '/api/v1/departments/:departmentId/timetables',
  who: ['registrar', 'head', 'administrator'],
  journal: 'read',
  params: Shape({ departmentId: Id }),
  reply: Shape({ staffIds: T.Array(Id), timetables: T.Array(TimetableState) }),
  problems: [],
})

/** When a doctor, a room or the whole organisation is not there. What is removed opens the times again. */
export const AbsenceKind = OneOf('vacation', 'sick-leave', 'training', 'other', 'room-closed', 'organization-closed')
export const Absence = Shape({
  id: Id,
  kind: AbsenceKind,
  staffId: Nullable(Id),
  staffName: Nullable(T.String()),
  roomId: Nullable(Id),
  room: Nullable(T.String()),
  substituteId: Nullable(Id),
  substituteName: Nullable(T.String()),
  startsAt: Instant,
  endsAt: Instant,
  reason: T.String(),
})
export type Absence = T.Static<typeof Absence>
/** Absences that go on or are ahead. New ones are made by `booking.apply-schedule-edit`, which knows of booked visits. */
export const listAbsences = endpoint({
  name: 'schedules.list-absences',
  summary: 'Отсутствия и закрытия',
  method: 'GET',
  path: '/api/v1/absences',
  who: ['registrar', 'head', 'administrator'],
  journal: 'read',
  reply: Shape({ absences: T.Array(Absence), timeZone: T.String() }),
  problems: [],
})
/** `opened`: times that opened again; `closed`: those that stayed closed, since something else stands in their way. */
export const removeAbsence = endpoint({
  name: 'schedules.remove-absence',
  summary: 'Отмена отсутствия',
  method: 'DELETE',
  path: '/api/v1/absences/:absenceId',
  who: ['registrar', 'head', 'administrator'],
  journal: 'change',
  params: Shape({ absenceId: Id }),
  reply: Shape({ opened: T.Integer(), closed: T.Integer() }),
  problems: [],
})
/** Days of the production calendar that differ from their weekday. */
export const listCalendar = endpoint({
  name: 'schedules.list-calendar',
  summary: 'Производственный календарь',
  method: 'GET',
  path: '/api/v1/calendar/:year',
  who: 'signed-in',
  journal: 'read',
  params: Shape({ year: T.String({ pattern: '^20\\d\\d$' }) }),
  reply: Shape({
    days: T.Array(
      Shape({
        day: PlainDate,
        kind: OneOf('holiday', 'short', 'working'),
        like: Nullable(T.Integer({ minimum: 1, maximum: 7 })),
        name: T.String(),
      }),
    ),
  }),
  problems: [],
})

/** Days, and for a part of a day times, in which somebody or something is away; without times whole days. */
const away = {
  /** Made by the caller; sending the same again makes no second one. */
  id: Id,
  from: PlainDate,
  until: PlainDate,
  fromTime: Nullable(TimeOfDay),
  untilTime: Nullable(TimeOfDay),
}
/** What an edit may change of a timetable; what is left out stays. */
export const ScheduleChanges = Shape({
  slotMinutes: T.Optional(pattern.slotMinutes),
  channels: T.Optional(pattern.channels),
  ageFrom: T.Optional(pattern.ageFrom),
  ageTo: T.Optional(pattern.ageTo),
  hours: T.Optional(pattern.hours),
  ...optional,
  validUntil: T.Optional(Nullable(PlainDate)),
})
/** From `from` on the timetable is as `changes` say. */
export const HoursEdit = Shape({
  kind: OneOf('hours'),
  scheduleId: Id,
  from: PlainDate,
  changes: ScheduleChanges,
})
/** A doctor is away, in every position here; a substitute takes over the hours in the same room. */
export const DoctorEdit = Shape({
  kind: OneOf('vacation', 'sick-leave', 'training', 'other'),
  ...away,
  staffId: Id,
  substituteId: Nullable(Id),
})
export const RoomEdit = Shape({ kind: OneOf('room-closed'), ...away, roomId: Id })
export const OrganizationEdit = Shape({ kind: OneOf('organization-closed'), ...away })
export const ScheduleEdit = T.Union([HoursEdit, DoctorEdit, RoomEdit, OrganizationEdit])
export type HoursEdit = T.Static<typeof HoursEdit>
export type AwayEdit = T.Static<typeof DoctorEdit> | T.Static<typeof RoomEdit> | T.Static<typeof OrganizationEdit>
export type ScheduleEdit = HoursEdit | AwayEdit

/** A published state of a timetable: who made it, when, why, and what was before and after. */
export const ScheduleChange = Shape({
  at: Instant,
  kind: OneOf('created', 'edited', 'substitute'),
  author: Nullable(T.String()),
  reason: Nullable(T.String()),
  before: Nullable(Schedule),
  after: Nullable(Schedule),
})
export type ScheduleChange = T.Static<typeof ScheduleChange>
export const showScheduleHistory = endpoint({
  name: 'schedules.show-history',
  summary: 'История расписания',
  method: 'GET',
  path: '/api/v1/schedules/:scheduleId/history',
  who: ['registrar', 'head', 'administrator'],
  journal: 'read',
  params: Shape({ scheduleId: Id }),
  reply: Shape({ changes: T.Array(ScheduleChange) }),
  problems: [],
})
/** A timetable as it was at two moments, and which of its fields differ; null: it was not there yet. */
export const compareSchedule = endpoint({
  name: 'schedules.compare',
  summary: 'Расписание на два момента',
  method: 'GET',
  path: '/api/v1/schedules/:scheduleId/compare',
  who: ['registrar', 'head', 'administrator'],
  journal: 'read',
  params: Shape({ scheduleId: Id }),
  query: Shape({ earlier: Instant, later: Instant }),
  reply: Shape({ earlier: Nullable(Schedule), later: Nullable(Schedule), differ: T.Array(T.String()) }),
  problems: [],
})

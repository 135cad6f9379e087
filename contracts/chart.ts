import * as T from 'typebox'
import { AppointmentIsOver, VisitIsAhead } from './booking.ts'
import { endpoint, type ProblemType } from './endpoint.ts'
import { PatientNotFound } from './patients.ts'

import { Id, Instant, Nullable, OneOf, PlainDate, RowVersion, Shape, Text } from './values.ts'

export const VisitNotFound = {
  type: '/problems/visit-not-found',
  status: 404,
  title: 'Посещение не найдено',
} as const satisfies ProblemType
export const VisitIsSigned = {
  type: '/problems/visit-is-signed',
  status: 409,
  title: 'Запись уже подписана и не меняется',
} as const satisfies ProblemType
/** Another tab or device saved in between; `draft` of the server comes with it, nothing is lost. */
export const DraftConflict = {
  type: '/problems/draft-conflict',
  status: 409,
  title: 'Черновик изменён в другом окне',
  advice: 'Сравните и выберите, что оставить.',
} as const satisfies ProblemType
export const UnknownCode = {
  type: '/problems/unknown-code',
  status: 422,
  title: 'Такого кода нет в справочнике',
} as const satisfies ProblemType
export const NoGrounds = {
  type: '/problems/no-grounds',
  status: 404,
  title: 'Пациент не найден',
} as const satisfies ProblemType

/** A coded value as the editor holds it: the code and the words; the server adds and checks the version. */
const Coded = Shape({ code: T.String({ minLength: 1, maxLength: 50 }), name: T.String({ maxLength: 1000 }) })
export const Diagnosis = Shape({ ...Coded.properties, kind: OneOf('main', 'complication', 'concomitant'), note: Text })
export const RenderedService = Shape({ ...Coded.properties, quantity: T.Integer({ minimum: 1, maximum: 99 }) })
export const Vitals = Shape({
  /** °C, mm Hg, beats per minute, %, cm, kg; null where not measured. */
  temperature: Nullable(T.Number({ minimum: 30, maximum: 45 })),
  systolic: Nullable(T.Integer({ minimum: 40, maximum: 300 })),
  diastolic: Nullable(T.Integer({ minimum: 20, maximum: 200 })),
  pulse: Nullable(T.Integer({ minimum: 20, maximum: 300 })),
  saturation: Nullable(T.Integer({ minimum: 40, maximum: 100 })),
  height: Nullable(T.Number({ minimum: 20, maximum: 260 })),
  weight: Nullable(T.Number({ minimum: 0.3, maximum: 400 })),
})
/** How the patient is (НСИ 1.2.643.5.1.13.13.11.1006, «Степень тяжести состояния пациента»). */
export const Severity = OneOf('satisfactory', 'moderate', 'severe', 'extremely-severe', 'clinical-death', 'terminal')
/** The consultation as the doctor writes it: sections of text and coded lists. */
export const ConsultationDraft = Shape({
  complaints: Text,
  anamnesis: Text,
  lifeAnamnesis: Text,
  objective: Text,
  /** Absent or null: not said. РЭМД registers no consultation without it. */
  severity: T.Optional(Nullable(Severity)),
  vitals: Vitals,
  diagnoses: T.Array(Diagnosis, { maxItems: 20 }),
  diagnosisNote: Text,
  services: T.Array(RenderedService, { maxItems: 50 }),
  prescriptions: Text,
  recommendations: Text,
})
export type ConsultationDraft = T.Static<typeof ConsultationDraft>
export const emptyConsultation: ConsultationDraft = {
  complaints: '',
  anamnesis: '',
  lifeAnamnesis: '',
  objective: '',
  vitals: {
    temperature: null,
    systolic: null,
    diastolic: null,
    pulse: null,
    saturation: null,
    height: null,
    weight: null,
  },
  diagnoses: [],
  diagnosisNote: '',
  services: [],
  prescriptions: '',
  recommendations: '',
}

export const Visit = Shape({
  id: Id,
  patientId: Id,
  episodeId: Id,
  episodeNumber: T.String(),
  organizationId: Id,
  organizationName: T.String(),
  staffId: Id,
  doctorName: T.String(),
  specialtyTitle: T.String(),
  appointmentId: Nullable(Id),
  kind: OneOf('primary', 'repeat'),
  startedAt: Instant,
  finishedAt: Nullable(Instant),
  state: OneOf('open', 'signed'),
  timeZone: T.String(),
  /** The signed document, once there is one. */
  documentId: Nullable(Id),
  draft: Nullable(Shape({ version: T.Integer(), savedAt: Instant, body: ConsultationDraft })),
})
export type Visit = T.Static<typeof Visit>

/**
 * Opens the visit of an appointment (again: gives the same one) with its case, on its day or later; the patient is marked
 * in progress.
 */
export const startVisit = endpoint({
  name: 'chart.start-visit',
  summary: 'Начало приёма',
  method: 'POST',
  path: '/api/v1/patients/:patientId/visits',
  who: ['doctor'],
  journal: 'patient-change',
  params: Shape({ patientId: Id }),
  body: Shape({ appointmentId: Id }),
  reply: Visit,
  problems: [PatientNotFound, AppointmentIsOver, VisitIsAhead],
})
export const showVisit = endpoint({
  name: 'chart.show-visit',
  summary: 'Просмотр посещения',
  method: 'GET',
  path: '/api/v1/patients/:patientId/visits/:visitId',
  who: ['doctor', 'head'],
  journal: 'patient-read',
  params: Shape({ patientId: Id, visitId: Id }),
  reply: Visit,
  problems: [VisitNotFound],
})
/** Saves the draft if `version` is the one last seen (0: none yet); any state of filling is accepted. */
export const saveDraft = endpoint({
  name: 'chart.save-draft',
  summary: 'Сохранение черновика',
  method: 'PUT',
  path: '/api/v1/patients/:patientId/visits/:visitId/draft',
  who: ['doctor'],
  journal: 'patient-change',
  params: Shape({ patientId: Id, visitId: Id }),
  body: Shape({ version: RowVersion, draft: ConsultationDraft }),
  reply: Shape({ version: T.Integer(), savedAt: Instant }),
  problems: [VisitNotFound, VisitIsSigned, DraftConflict],
})

/** One line of the timeline. `plain` is the same in words for the patient. */
export const TimelineEntry = Shape({
  id: Id,
  kind: T.String(),
  at: Instant,
  title: T.String(),
  plain: Nullable(T.String()),
  code: Nullable(T.String()),
  organizationName: T.String(),
  doctorName: Nullable(T.String()),
  documentId: Nullable(Id),
  visitId: Nullable(Id),
  timeZone: T.String(),
})
export type TimelineEntry = T.Static<typeof TimelineEntry>
/** Newest first, keyset paging by `before` (the cursor of the previous page). */
export const showTimeline = endpoint({
  name: 'chart.show-timeline',
  summary: 'Просмотр медицинской карты',
  method: 'GET',
  path: '/api/v1/patients/:patientId/timeline',
  who: ['citizen', 'doctor', 'head', 'guardianship-officer'],
  journal: 'patient-read',
  params: Shape({ patientId: Id }),
  query: Shape({
    kind: T.Optional(T.String({ maxLength: 40 })),
    from: T.Optional(PlainDate),
    to: T.Optional(PlainDate),
    before: T.Optional(T.String({ maxLength: 100 })),
    limit: T.Optional(T.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: Shape({ entries: T.Array(TimelineEntry), next: Nullable(T.String()) }),
  problems: [PatientNotFound, NoGrounds],
})
/** The FHIR R4 resource of a fact, byte for byte as it was stored, inside `resource` as text. */
export const showFact = endpoint({
  name: 'chart.show-fact',
  summary: 'Просмотр факта карты',
  method: 'GET',
  path: '/api/v1/patients/:patientId/facts/:factId',
  who: ['citizen', 'doctor', 'head', 'guardianship-officer'],
  journal: 'patient-read',
  params: Shape({ patientId: Id, factId: Id }),
  reply: Shape({ id: Id, version: T.Integer(), kind: T.String(), resource: T.String() }),
  problems: [PatientNotFound, NoGrounds],
})

import * as T from 'typebox'
import { endpoint } from './endpoint.ts'
import { PatientNotFound } from './patients.ts'
import { Id, Instant, Nullable, OneOf, PlainDate, Shape } from './values.ts'

/** One look into a card, in words: who, when, what, on what grounds. */
export const CardAccess = Shape({
  id: Id,
  at: Instant,
  actorName: T.String(),
  actorRole: T.String(),
  organizationName: Nullable(T.String()),
  what: T.String(),
  grounds: Nullable(T.String()),
  outcome: OneOf('done', 'refused', 'failed'),
  own: T.Boolean(),
})
export type CardAccess = T.Static<typeof CardAccess>
export const listCardAccess = endpoint({
  name: 'journal.list-card-access',
  summary: 'Кто смотрел мою карту',
  method: 'GET',
  path: '/api/v1/patients/:patientId/access-journal',
  who: ['citizen'],
  journal: 'patient-read',
  params: Shape({ patientId: Id }),
  query: Shape({ before: T.Optional(T.String({ maxLength: 100 })), others: T.Optional(T.Boolean()) }),
  reply: Shape({ entries: T.Array(CardAccess), next: Nullable(T.String()) }),
  problems: [PatientNotFound],
})

export const ActionRow = Shape({
  id: Id,
  at: Instant,
  requestId: Id,
  actorId: Nullable(Id),
  actorName: Nullable(T.String()),
  actorRole: T.String(),
  operation: T.String(),
  patientId: Nullable(Id),
  grounds: Nullable(T.String()),
  objectType: Nullable(T.String()),
  objectId: Nullable(T.String()),
  outcome: OneOf('done', 'refused', 'failed'),
  problem: Nullable(T.String()),
  address: Nullable(T.String()),
  durationMs: T.Integer(),
})
/** The whole journal for the security officer: by period, person, operation, outcome; keyset paging. */
export const searchJournal = endpoint({
  name: 'journal.search',
  summary: 'Поиск в журнале действий',
  method: 'GET',
  path: '/api/v1/journal',
  who: ['security-officer'],
  journal: 'read',
  query: Shape({
    from: T.Optional(PlainDate),
    to: T.Optional(PlainDate),
    actorId: T.Optional(Id),
    patientId: T.Optional(Id),
    operation: T.Optional(T.String({ maxLength: 80 })),
    outcome: T.Optional(OneOf('done', 'refused', 'failed')),
    before: T.Optional(T.String({ maxLength: 100 })),
  }),
  reply: Shape({ rows: T.Array(ActionRow), next: Nullable(T.String()) }),
  problems: [],
})
/** Recomputes the seals over the journal: says whether any row was changed, removed or added since. */
export const verifyJournal = endpoint({
  name: 'journal.verify',
  summary: 'Проверка неизменности журнала',
  method: 'POST',
  path: '/api/v1/journal/verification',
  who: ['security-officer'],
  journal: 'read',
  body: Shape({}),
  reply: Shape({
    intact: T.Boolean(),
    seals: T.Integer(),
    sealedUntil: Nullable(Instant),
    lastHash: Nullable(T.String()),
    broken: T.Array(Shape({ number: T.Integer(), why: T.String() })),
  }),
  problems: [],
})

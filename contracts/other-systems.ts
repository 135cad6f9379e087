import * as T from 'typebox'
import { endpoint, type ProblemType } from './endpoint.ts'
import { Id, Instant, Line, Nullable, OneOf, PlainDate, Shape } from './values.ts'

export const SystemNameTaken = {
  type: '/problems/system-name-taken',
  status: 409,
  title: 'Система с таким названием уже подключена',
  advice: 'Отзовите её доступ или возьмите другое название.',
} as const satisfies ProblemType
export const SystemNotFound = {
  type: '/problems/system-not-found',
  status: 404,
  title: 'Такой системы нет',
  advice: 'Обновите список: её доступ могли уже отозвать.',
} as const satisfies ProblemType
/** The system's token is live, but the system may not come this way or to this organisation. */
export const SystemNotAllowed = {
  type: '/problems/system-not-allowed',
  status: 403,
  title: 'Этой системе это не разрешено',
  advice: 'Администратор может подключить её заново с нужными организациями и протоколами.',
} as const satisfies ProblemType
/** The system's session is unknown, over, or another's. */
export const NoSuchSystemSession = {
  type: '/problems/no-such-system-session',
  status: 404,
  title: 'Такого сеанса нет или он закончился',
  advice: 'Начните с поиска пациента: он открывает сеанс.',
} as const satisfies ProblemType
/** The system's own id of a request stood for another booking before. */
export const ExternalIdReused = {
  type: '/problems/external-id-reused',
  status: 409,
  title: 'Этот идентификатор уже использован для другой записи',
  advice: 'Для новой записи возьмите новый идентификатор.',
} as const satisfies ProblemType

/** By which protocol another system comes. */
export const SystemInterface = OneOf('fer-soap', 'hub-soap', 'gorzdrav-rest')
export type SystemInterface = T.Static<typeof SystemInterface>

export const ExternalSystem = Shape({
  id: Id,
  name: T.String(),
  interfaces: T.Array(SystemInterface),
  /** Null: all organisations. */
  organizationIds: Nullable(T.Array(Id)),
  requestsPerMinute: T.Integer(),
  createdAt: Instant,
  revokedAt: Nullable(Instant),
  /** The minute of its latest request. */
  seenAt: Nullable(Instant),
})
export type ExternalSystem = T.Static<typeof ExternalSystem>

export const listExternalSystems = endpoint({
  name: 'access.list-systems',
  summary: 'Список подключённых систем',
  method: 'GET',
  path: '/api/v1/external-systems',
  who: ['administrator'],
  journal: 'read',
  reply: Shape({ systems: T.Array(ExternalSystem) }),
  problems: [],
})
/** Connects another system. Its token is in this reply and nowhere else ever after. */
export const registerExternalSystem = endpoint({
  name: 'access.register-system',
  summary: 'Подключение другой системы',
  method: 'POST',
  path: '/api/v1/external-systems',
  who: ['administrator'],
  journal: 'change',
  withoutIdempotencyKey: true,
  body: Shape({
    name: Line,
    interfaces: T.Array(SystemInterface, { minItems: 1, maxItems: 3, uniqueItems: true }),
    organizationIds: Nullable(T.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true })),
    requestsPerMinute: T.Integer({ minimum: 1, maximum: 100_000 }),
  }),
  reply: Shape({ system: ExternalSystem, token: T.String() }),
  problems: [SystemNameTaken, SystemNotAllowed],
})
export const revokeExternalSystem = endpoint({
  name: 'access.revoke-system',
  summary: 'Отзыв доступа другой системы',
  method: 'DELETE',
  path: '/api/v1/external-systems/:systemId',
  who: ['administrator'],
  journal: 'change',
  params: Shape({ systemId: Id }),
  reply: Shape({ revoked: T.Literal(true) }),
  problems: [SystemNotFound],
})

const outcomes = { done: T.Integer(), refused: T.Integer(), failed: T.Integer() }

/** What a system has asked lately: the newest 100,000 requests of the days asked for are counted. */
export const SystemActivity = Shape({
  system: ExternalSystem,
  /** Requests from this moment on are counted; later than the first day began when there were too many. */
  countedFrom: Instant,
  isWhole: T.Boolean(),
  /** By the calendar of the zone asked for; days without requests are left out. */
  days: T.Array(Shape({ day: PlainDate, ...outcomes })),
  /** The busiest first; milliseconds. */
  operations: T.Array(
    Shape({ operation: T.String(), title: T.String(), ...outcomes, averageMs: T.Integer(), longestMs: T.Integer() }),
  ),
  /**
   * `problem` is the type of the refusal; null: failures of ours. `codes` are how the system's protocols say it. The most
   * frequent first.
   */
  refusals: T.Array(
    Shape({
      problem: Nullable(T.String()),
      title: T.String(),
      codes: T.Array(T.String()),
      count: T.Integer(),
      latestAt: Instant,
    }),
  ),
  /** The newest fifty, of the outcome asked for. */
  latest: T.Array(
    Shape({
      id: Id,
      at: Instant,
      requestId: Id,
      title: T.String(),
      outcome: OneOf('done', 'refused', 'failed'),
      problem: Nullable(T.String()),
      problemTitle: Nullable(T.String()),
      durationMs: T.Integer(),
      address: Nullable(T.String()),
    }),
  ),
})
export type SystemActivity = T.Static<typeof SystemActivity>

/** Requests of a connected system, from the journal of actions, for whoever connected it. No patient is named. */
export const showSystemActivity = endpoint({
  name: 'journal.show-system-activity',
  summary: 'Обращения подключённой системы',
  method: 'GET',
  path: '/api/v1/external-systems/:systemId/activity',
  who: ['administrator'],
  journal: 'read',
  params: Shape({ systemId: Id }),
  query: Shape({
    days: T.Optional(T.Integer({ minimum: 1, maximum: 31 })),
    zone: T.Optional(T.String({ maxLength: 64 })),
    outcome: T.Optional(OneOf('done', 'refused', 'failed')),
  }),
  reply: SystemActivity,
  problems: [SystemNotFound],
})

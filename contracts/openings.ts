import * as T from 'typebox'
import { endpoint, type ProblemType } from './endpoint.ts'
import { Id, Instant, Nullable, OneOf, PlainDate, Shape } from './values.ts'

/** `place`, `ahead` and `expectedAt` come with it, as in Place. */
export const QueueAhead = {
  type: '/problems/queue-ahead',
  status: 409,
  title: 'На новый день сейчас очередь',
  advice: 'Подождите на странице выбора времени: она сама скажет, когда подойдёт ваша очередь.',
} as const satisfies ProblemType
export const DayNotOpen = {
  type: '/problems/day-not-open',
  status: 409,
  title: 'Запись на этот день ещё не открыта',
  advice: 'Придите к открытию или выберите день раньше.',
} as const satisfies ProblemType
export const QueueClosed = {
  type: '/problems/queue-closed',
  status: 409,
  title: 'Сейчас очереди нет',
  advice: 'Очередь собирается за полчаса до открытия нового дня. Остальные дни открыты и без неё.',
} as const satisfies ProblemType
export const PassUnknown = {
  type: '/problems/pass-unknown',
  status: 404,
  title: 'Такого места в очереди нет',
  advice: 'Встаньте в очередь ещё раз.',
} as const satisfies ProblemType

/**
 * before: the day has not opened. drawing: it has, places are being drawn. waiting: `ahead` people go first, the turn comes
 * about `expectedAt`. turn: choose a time now. over: everything on that day is taken.
 */
export const PlaceState = OneOf('before', 'drawing', 'waiting', 'turn', 'over')
export const Place = Shape({
  state: PlaceState,
  /** The day whose times open, and the moment at which they do. */
  day: PlainDate,
  opensAt: Instant,
  /** How many have come so far. */
  guests: T.Integer(),
  place: Nullable(T.Integer()),
  ahead: Nullable(T.Integer()),
  expectedAt: Nullable(Instant),
  /** When to ask again, so that ten thousand pages do not ask at once. */
  askAgainInSeconds: T.Integer(),
})
export type Place = T.Static<typeof Place>

const ofOrganization = Shape({ organizationId: Id })

/** When the next day opens, and whether there is a queue to join now. */
export const showOpening = endpoint({
  name: 'openings.show',
  summary: 'Когда откроется новый день записи',
  method: 'GET',
  path: '/api/v1/organizations/:organizationId/opening',
  who: 'signed-in',
  journal: 'read',
  params: ofOrganization,
  reply: Shape({ day: PlainDate, opensAt: Instant, joinFrom: Instant, joinable: T.Boolean() }),
  problems: [],
})

/** Joins the queue of the coming or running opening. Repeating it gives the same place; so does another device. */
export const joinOpening = endpoint({
  name: 'openings.join',
  summary: 'Встать в очередь к открытию дня',
  method: 'POST',
  path: '/api/v1/organizations/:organizationId/opening/guests',
  who: ['citizen'],
  journal: 'change',
  params: ofOrganization,
  reply: Shape({ pass: T.String(), place: Place }),
  problems: [QueueClosed],
})

/** The place of a pass. Answered from memory: asked by thousands of pages at once, it must cost next to nothing. */
export const showPlace = endpoint({
  name: 'openings.show-place',
  summary: 'Место в очереди к открытию дня',
  method: 'GET',
  path: '/api/v1/opening-places/:pass',
  who: 'anyone',
  journal: 'read',
  fromMemory: true,
  params: Shape({ pass: T.String({ minLength: 1, maxLength: 200 }) }),
  reply: Place,
  problems: [PassUnknown],
})

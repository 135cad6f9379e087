import * as T from 'typebox'
import { endpoint, type ProblemType } from './endpoint.ts'
import { ScheduleChanges } from './schedules.ts'
import { Id, Instant, Line, Nullable, OneOf, PlainDate, Shape } from './values.ts'

export const TimetableChanged = {
  type: '/problems/timetable-changed',
  status: 409,
  title: 'График изменили, пока вы работали над черновиком',
  advice: 'Откройте редактор: там видно, чей график стал другим. Возьмите опубликованный и повторите свою правку.',
} as const satisfies ProblemType
export const BatchNotFound = {
  type: '/problems/batch-not-found',
  status: 404,
  title: 'Такой публикации графиков нет',
} as const satisfies ProblemType

/**
 * How far one timetable is. `touches-visits`: patients are booked at times that would go, so nothing was changed; the page
 * of its edit shows them and takes a decision for each.
 */
export const BatchItemState = OneOf('waiting', 'done', 'touches-visits', 'refused')
export const BatchItem = Shape({
  n: T.Integer(),
  scheduleId: Id,
  staffId: Id,
  doctorName: T.String(),
  state: BatchItemState,
  visits: T.Integer(),
  problem: Nullable(Shape({ title: T.String(), detail: Nullable(T.String()), advice: Nullable(T.String()) })),
  changes: ScheduleChanges,
})
export type BatchItem = T.Static<typeof BatchItem>
export const TimetableBatch = Shape({
  id: Id,
  from: PlainDate,
  reason: T.String(),
  author: T.String(),
  createdAt: Instant,
  items: T.Array(BatchItem),
})
export type TimetableBatch = T.Static<typeof TimetableBatch>

/**
 * Has many timetables of one's own organisation edited in the background, each of them whole or not at all. `id` is made
 * by the caller: the same again starts nothing new. `version` is that of the timetable the draft was begun from.
 */
export const startTimetableBatch = endpoint({
  name: 'booking.start-timetable-batch',
  summary: 'Публикация графиков отделения',
  method: 'POST',
  path: '/api/v1/timetable-batches',
  who: ['registrar', 'head', 'administrator'],
  journal: 'change',
  body: Shape({
    id: Id,
    from: PlainDate,
    reason: Line,
    items: T.Array(Shape({ scheduleId: Id, version: T.Integer(), changes: ScheduleChanges }), {
      minItems: 1,
      maxItems: 300,
    }),
  }),
  reply: TimetableBatch,
  problems: [],
})
export const showTimetableBatch = endpoint({
  name: 'booking.show-timetable-batch',
  summary: 'Ход публикации графиков',
  method: 'GET',
  path: '/api/v1/timetable-batches/:batchId',
  who: ['registrar', 'head', 'administrator'],
  journal: 'read',
  params: Shape({ batchId: Id }),
  reply: TimetableBatch,
  problems: [BatchNotFound],
})
/** Tries again what was refused or touched booked visits: the obstacle may be gone. What is done stays done. */
export const resumeTimetableBatch = endpoint({
  name: 'booking.resume-timetable-batch',
  summary: 'Повтор публикации графиков',
  method: 'POST',
  path: '/api/v1/timetable-batches/:batchId/resume',
  who: ['registrar', 'head', 'administrator'],
  journal: 'change',
  params: Shape({ batchId: Id }),
  body: Shape({}),
  reply: TimetableBatch,
  problems: [BatchNotFound],
})

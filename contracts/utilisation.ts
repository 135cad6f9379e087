import * as T from 'typebox'
import { endpoint } from './endpoint.ts'
import { NotFound } from './problems.ts'
import { Id, Nullable, OneOf, PlainDate, Shape } from './values.ts'

export const PeriodTooLong = {
  type: '/problems/period-too-long',
  status: 422,
  title: 'Слишком длинный период',
  advice: 'Для одной организации можно взять до 92 дней, для всего региона – до 31 дня.',
} as const

/** What the use of hours may be broken down by; `organization` is for those who see the whole region. */
export const UsageBy = OneOf('doctor', 'specialty', 'department', 'room', 'channel', 'organization')
export type UsageBy = T.Static<typeof UsageBy>

/** Counts of times. `offered` = `taken` + `unused` + `free`; `taken` = `fulfilled` + `noShow` + `unmarked` + `coming`. */
const counts = {
  /** Times that stood open for patients, taken or not. */
  offered: T.Integer(),
  /** Times closed by a person, an absence or the calendar. */
  closed: T.Integer(),
  taken: T.Integer(),
  fulfilled: T.Integer(),
  noShow: T.Integer(),
  /** Visits whose time is over and of which nobody has said how they ended. */
  unmarked: T.Integer(),
  coming: T.Integer(),
  /** Times that have passed and nobody had. */
  unused: T.Integer(),
  /** Free times ahead. */
  free: T.Integer(),
  /** Visits cancelled or moved after the organisation's deadline. */
  lateCancelled: T.Integer(),
}
export const UsageRow = Shape({
  key: T.String(),
  title: T.String(),
  /** A second line: specialty and department of a doctor. */
  note: Nullable(T.String()),
  ...counts,
  /** Days from today until the third free time open to citizens; null when there is none within the horizon. */
  thirdFreeDays: Nullable(T.Integer()),
})
export type UsageRow = T.Static<typeof UsageRow>
export const UsageDay = Shape({ day: PlainDate, ...counts })
export type UsageDay = T.Static<typeof UsageDay>

const Query = Shape({
  from: T.Optional(PlainDate),
  to: T.Optional(PlainDate),
  by: T.Optional(UsageBy),
  organizationId: T.Optional(Id),
})

/** The use of doctors' hours over a period, four weeks up to today unless told. Days are the organisations' own. */
export const showUtilisation = endpoint({
  name: 'utilisation.show',
  summary: 'Использование времени приёма',
  method: 'GET',
  path: '/api/v1/utilisation',
  who: ['registrar', 'head', 'administrator'],
  journal: 'read',
  query: Query,
  reply: Shape({
    from: PlainDate,
    to: PlainDate,
    by: UsageBy,
    organizationId: Nullable(Id),
    rows: T.Array(UsageRow),
    days: T.Array(UsageDay),
    total: Shape(counts),
  }),
  problems: [NotFound, PeriodTooLong],
})

/** The same rows for a spreadsheet: CSV, UTF-8 with a mark, `;` between columns. */
export const exportUtilisation = endpoint({
  name: 'utilisation.export',
  summary: 'Использование времени приёма, выгрузка',
  method: 'GET',
  path: '/api/v1/utilisation.csv',
  who: ['registrar', 'head', 'administrator'],
  journal: 'read',
  query: Query,
  reply: { file: 'text/csv' },
  problems: [NotFound, PeriodTooLong],
})

import * as T from 'typebox'
import { endpoint, type ProblemType } from './endpoint.ts'
import { PatientNotFound, Sex } from './patients.ts'
import { SlotRef } from './schedules.ts'
import { Id, Instant, Line, Nullable, OneOf, PlainDate, Shape, TimeOfDay } from './values.ts'

/** A rule of the region stands in the way. `rules` (each a RuleRefusal) come with it; the first one gives the words. */
export const RuleRefuses = {
  type: '/problems/booking-rule',
  status: 409,
  title: 'Так записаться нельзя: есть правило',
} as const satisfies ProblemType
/** A reason was given to overrule rules that this employee or nobody may overrule. */
export const RuleIsFirm = {
  type: '/problems/booking-rule-is-firm',
  status: 403,
  title: 'Это правило нельзя обойти',
  advice: 'Выберите другое время или другого врача.',
} as const satisfies ProblemType
export const RuleNotFound = {
  type: '/problems/booking-rule-not-found',
  status: 404,
  title: 'Правило не найдено',
} as const satisfies ProblemType
/** Somebody has saved the rule since it was opened. */
export const RuleChangedMeanwhile = {
  type: '/problems/booking-rule-changed',
  status: 409,
  title: 'Правило уже изменил другой сотрудник',
  advice: 'Откройте правило ещё раз и внесите изменения поверх новых.',
} as const satisfies ProblemType

/** Channels a rule can be about; the last two belong to call centres and to other systems. */
export const RuleChannel = OneOf('portal', 'registrar', 'doctor', 'call-centre', 'system')
export type RuleChannel = T.Static<typeof RuleChannel>
/** Groups that are let in first (PAT-5): what a patient's list of benefits may hold, and ages that need no paper. */
export const PriorityGroup = OneOf('veteran', 'disabled', 'pregnant', 'infant', 'elder')
export type PriorityGroup = T.Static<typeof PriorityGroup>

const kind = <const K extends string, P extends T.TProperties>(name: K, parameters: P) =>
  Shape({ kind: T.Literal(name), parameters: Shape(parameters) })
const count = (maximum: number) => T.Integer({ minimum: 1, maximum })

/** The known kinds of rules with their parameters. Every kind is a pure function on the server. */
export const RuleBody = T.Union([
  /** Whole years on the day of the visit, both included. */
  kind('age', { from: T.Integer({ minimum: 0, maximum: 150 }), to: T.Integer({ minimum: 0, maximum: 150 }) }),
  kind('sex', { sex: Sex }),
  /** Only people attached to the organisation; who is attached nowhere yet comes for the first time: allowed or not. */
  kind('attachment', { attachedNowhere: OneOf('allowed', 'refused') }),
  /** A referral is needed. A doctor who books gives it by this; staff name the paper's number; the portal cannot. */
  kind('referral', {}),
  /** Coming visits of the patient to one specialty. Without such a rule: one. */
  kind('visits-per-specialty', { most: count(10) }),
  /** Visits and holds of one doctor on one day. */
  kind('daily-load', { most: count(200) }),
  /** Visits and holds of one doctor on one day that came through the channels of the rule. */
  kind('channel-quota', { most: count(200) }),
  /** Times that are only for these groups until so many hours before. Weekdays: 1 is Monday. */
  kind('priority-hours', {
    groups: T.Array(PriorityGroup, { minItems: 1, maxItems: 5, uniqueItems: true }),
    weekdays: T.Array(T.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7, uniqueItems: true }),
    from: TimeOfDay,
    until: TimeOfDay,
    releasedHoursBefore: T.Integer({ minimum: 0, maximum: 336 }),
  }),
  /** So many no-shows within so many days close booking for so many days after the last one. */
  kind('cool-down', { noShows: count(20), withinDays: count(365), closedDays: count(365) }),
  kind('minimum-notice', { minutes: count(20_160) }),
  /** Days ahead, today included. */
  kind('horizon', { days: count(365) }),
  /** Times that one person has on hold at once. */
  kind('holds-at-once', { most: count(10) }),
])
export type RuleBody = T.Static<typeof RuleBody>
export type RuleKind = RuleBody['kind']

/** Whom and what a rule concerns; an empty list concerns all. */
const scope = {
  organizationIds: T.Array(Id, { maxItems: 500, uniqueItems: true }),
  specialtyCodes: T.Array(Line, { maxItems: 200, uniqueItems: true }),
  channels: T.Array(RuleChannel, { maxItems: 5, uniqueItems: true }),
}
/** What an administrator decides about a rule. */
const decided = {
  name: Line,
  /** Order and clause; «правило региона» where there is none above it. */
  legalSource: Line,
  /** Visits of these days are judged by it, by the organisation's calendar; null: without end. */
  validFrom: PlainDate,
  validUntil: Nullable(PlainDate),
  /** Rules are looked at in this order; the first refusal is the one people read first. */
  order: T.Integer({ minimum: 0, maximum: 9999 }),
  /** Staff may overrule it with a reason. */
  overridable: T.Boolean(),
  ...scope,
  body: RuleBody,
}
export const RuleDecision = Shape(decided)
export type RuleDecision = T.Static<typeof RuleDecision>

/** One version of a rule. The latest one whose `takesEffectAt` has come is in force; `withdrawn` ends the rule. */
export const RuleVersion = Shape({
  version: T.Integer(),
  takesEffectAt: Instant,
  withdrawn: T.Boolean(),
  changedAt: Instant,
  changedBy: T.String(),
  reason: T.String(),
  ...decided,
})
export type RuleVersion = T.Static<typeof RuleVersion>

/** A rule as it stands now, and what is to come of it. `current` is null before its first version takes effect. */
export const BookingRule = Shape({ id: Id, current: Nullable(RuleVersion), coming: T.Array(RuleVersion) })
export type BookingRule = T.Static<typeof BookingRule>

/** A rule that refuses, in words for people. */
export const RuleRefusal = Shape({
  id: Id,
  version: T.Integer(),
  kind: T.String(),
  name: T.String(),
  legalSource: T.String(),
  overridable: T.Boolean(),
  /** Why, for this patient and time. */
  detail: T.String(),
  /** What to do instead. */
  advice: T.String(),
})
export type RuleRefusal = T.Static<typeof RuleRefusal>

/** A reason to book past these rules. Each rule is named: what one has not read one does not overrule. */
export const RuleOverride = Shape({
  rules: T.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true }),
  reason: Line,
})
export type RuleOverride = T.Static<typeof RuleOverride>

const keepers = ['administrator'] as const
const lookers = ['administrator', 'head', 'registrar', 'doctor'] as const

export const listRules = endpoint({
  name: 'booking.list-rules',
  summary: 'Правила записи',
  method: 'GET',
  path: '/api/v1/booking-rules',
  who: lookers,
  journal: 'read',
  reply: Shape({
    rules: T.Array(BookingRule),
    /** Those that have a timetable somewhere or that a rule names, by title. */
    specialties: T.Array(Shape({ code: T.String(), title: T.String() })),
  }),
  problems: [],
})
/** Every version of a rule, the newest first. */
export const showRuleHistory = endpoint({
  name: 'booking.show-rule-history',
  summary: 'История правила записи',
  method: 'GET',
  path: '/api/v1/booking-rules/:ruleId/versions',
  who: lookers,
  journal: 'read',
  params: Shape({ ruleId: Id }),
  reply: Shape({ versions: T.Array(RuleVersion) }),
  problems: [RuleNotFound],
})
const change = { takesEffectAt: Nullable(Instant), reason: Line }
/** A new rule. `takesEffectAt` null: at once. An instant that is past is refused: the past is kept as it was. */
export const createRule = endpoint({
  name: 'booking.create-rule',
  summary: 'Новое правило записи',
  method: 'POST',
  path: '/api/v1/booking-rules',
  who: keepers,
  journal: 'change',
  body: Shape({ ...decided, ...change }),
  reply: BookingRule,
  problems: [],
})
/** A new version over `version`, the last one that was seen. The kind of a rule never changes. */
export const changeRule = endpoint({
  name: 'booking.change-rule',
  summary: 'Изменение правила записи',
  method: 'POST',
  path: '/api/v1/booking-rules/:ruleId/versions',
  who: keepers,
  journal: 'change',
  params: Shape({ ruleId: Id }),
  body: Shape({ ...decided, ...change, version: T.Integer(), withdrawn: T.Boolean() }),
  reply: BookingRule,
  problems: [RuleNotFound, RuleChangedMeanwhile],
})

/** Times when a rule was overruled by staff, the newest first, at most 100. */
export const listRuleOverrides = endpoint({
  name: 'booking.list-rule-overrides',
  summary: 'Исключения из правила записи',
  method: 'GET',
  path: '/api/v1/booking-rules/:ruleId/overrides',
  who: ['administrator', 'head'],
  journal: 'read',
  params: Shape({ ruleId: Id }),
  reply: Shape({
    overrides: T.Array(
      Shape({
        appointmentId: Id,
        organizationId: Id,
        version: T.Integer(),
        at: Instant,
        by: T.String(),
        reason: T.String(),
      }),
    ),
  }),
  problems: [RuleNotFound],
})

/** What a rule says of an example. `concerns` false: the rule is about others. */
export const RuleVerdict = Shape({
  id: Id,
  version: T.Integer(),
  kind: T.String(),
  name: T.String(),
  legalSource: T.String(),
  overridable: T.Boolean(),
  concerns: T.Boolean(),
  passes: T.Boolean(),
  detail: T.String(),
  advice: T.String(),
})
export type RuleVerdict = T.Static<typeof RuleVerdict>
/**
 * Tries the rules of an instant on an example: nothing is looked up but the rules, so what-if needs no real patient.
 * Nobody's data is touched.
 */
export const tryRules = endpoint({
  name: 'booking.try-rules',
  summary: 'Проверка правил записи на примере',
  method: 'POST',
  path: '/api/v1/booking-rules/trial',
  who: lookers,
  journal: 'read',
  body: Shape({
    /** Booking happens at this instant; null: now. */
    bookedAt: Nullable(Instant),
    startsAt: Instant,
    organizationId: Id,
    specialtyCode: Line,
    channel: RuleChannel,
    age: T.Integer({ minimum: 0, maximum: 150 }),
    sex: Sex,
    attached: OneOf('here', 'elsewhere', 'nowhere'),
    referral: T.Boolean(),
    groups: T.Array(PriorityGroup, { maxItems: 5, uniqueItems: true }),
    /** Coming visits of this specialty, live holds, and days ago of no-shows. */
    coming: T.Integer({ minimum: 0, maximum: 50 }),
    holds: T.Integer({ minimum: 0, maximum: 50 }),
    noShowDaysAgo: T.Array(T.Integer({ minimum: 0, maximum: 730 }), { maxItems: 50 }),
    /** Taken of the doctor's day already: in all, and through this channel. */
    dayTaken: T.Integer({ minimum: 0, maximum: 500 }),
    dayTakenByChannel: T.Integer({ minimum: 0, maximum: 500 }),
  }),
  reply: Shape({ verdicts: T.Array(RuleVerdict) }),
  problems: [],
})

/**
 * What the rules say to this patient before a time is chosen: of each specialty with times at the organisation, and,
 * when a specialty is named, of which free times. Only what refuses is listed.
 */
export const showRuleAdvice = endpoint({
  name: 'booking.show-rule-advice',
  summary: 'Что говорят правила записи',
  method: 'GET',
  path: '/api/v1/patients/:patientId/organizations/:organizationId/rule-advice',
  who: ['citizen', 'registrar', 'call-centre', 'doctor', 'guardianship-officer'],
  journal: 'patient-read',
  params: Shape({ patientId: Id, organizationId: Id }),
  query: Shape({ specialty: T.Optional(Line), moving: T.Optional(Id) }),
  reply: Shape({
    specialties: T.Array(Shape({ code: T.String(), refusals: T.Array(RuleRefusal) })),
    /** Free times that the patient may not take; `refusal` is a place in `refusals`, the first reason of each. */
    times: T.Array(Shape({ ref: SlotRef, refusal: T.Integer() })),
    refusals: T.Array(RuleRefusal),
  }),
  problems: [PatientNotFound],
})

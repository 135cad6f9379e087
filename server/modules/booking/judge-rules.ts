import type { RuleBody, RuleChannel, RuleKind, RuleRefusal, RuleVerdict } from '../../../contracts/booking-rules.ts'
import { localDay } from '../../platform/time.ts'
import { judgeKind, type Facts } from './rule-kinds.ts'

/** A version of a rule as it is kept. */
export type Rule = {
  id: string
  version: number
  name: string
  legalSource: string
  validFrom: string
  validUntil: string | null
  order: number
  overridable: boolean
  organizationIds: readonly string[]
  specialtyCodes: readonly string[]
  channels: readonly RuleChannel[]
  body: RuleBody
  takesEffectAt: Date
  withdrawn: boolean
}

/** Of each rule the latest version whose moment has come, in the order of the region; withdrawn ones are left out. */
export function rulesAt<R extends Rule>(versions: readonly R[], at: Date): R[] {
  const latest = new Map<string, R>()
  for (const v of versions) {
    const known = latest.get(v.id)
    if (v.takesEffectAt <= at && (!known || v.version > known.version)) latest.set(v.id, v)
  }
  return [...latest.values()].filter((rule) => !rule.withdrawn).sort(inOrder)
}

/** By the order that was given; rules of one order by their ids, which are older first. */
export const inOrder = (a: Rule, b: Rule): number => a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

const isAbout = <T>(list: readonly T[], value: T): boolean => list.length === 0 || list.includes(value)

type Where = Pick<Facts, 'organizationId' | 'specialtyCode' | 'channel' | 'startsAt' | 'zone'>

/** Whether the rule is about this organisation, specialty and channel, and about visits of this day. */
export function concerns(rule: Rule, where: Where): boolean {
  const day = localDay(where.startsAt, where.zone)
  return (
    isAbout(rule.organizationIds, where.organizationId) &&
    isAbout(rule.specialtyCodes, where.specialtyCode) &&
    isAbout(rule.channels, where.channel) &&
    rule.validFrom <= day &&
    (rule.validUntil === null || day <= rule.validUntil)
  )
}

/** What every rule says, in their order; a rule that is about others passes. */
export const verdictsOf = (rules: readonly Rule[], facts: Facts): RuleVerdict[] =>
  rules.map((rule) => {
    const isConcerned = concerns(rule, facts)
    const refusal = isConcerned ? judgeKind(rule.body, facts, rule.channels) : undefined
    const { detail = '', advice = '' } = refusal ?? {}
    return { ...nameOf(rule), concerns: isConcerned, passes: refusal === undefined, detail, advice }
  })

/** The rules that refuse, in their order. */
export const refusalsOf = (rules: readonly Rule[], facts: Facts): RuleRefusal[] =>
  verdictsOf(rules, facts).flatMap(({ concerns: _concerns, passes, ...refusal }) => (passes ? [] : [refusal]))

const nameOf = ({ id, version, body, name, legalSource, overridable }: Rule) => ({
  id,
  version,
  kind: body.kind,
  name,
  legalSource,
  overridable,
})

/** How many coming visits of one specialty the rules let stand: the strictest says; without a rule, one. */
export function visitsAllowed(rules: readonly Rule[], where: Where): number {
  const limits = rules.flatMap((rule) =>
    rule.body.kind === 'visits-per-specialty' && concerns(rule, where) ? [rule.body.parameters.most] : [],
  )
  return limits.length > 0 ? Math.min(...limits) : 1
}

const ofKinds =
  (...kinds: RuleKind[]) =>
  (rule: Rule): boolean =>
    kinds.includes(rule.body.kind)

/** Rules that count what others take of a doctor's day: they are judged under the lock of the day. */
export const countsDay = ofKinds('daily-load', 'channel-quota')
/** Rules that count what the patient has: they are judged under the patient's lock. */
export const countsPerson = ofKinds('visits-per-specialty', 'holds-at-once')
/** Rules that depend on the time that is chosen, beside those that depend on whom it is for and where. */
export const isAboutTime = ofKinds('daily-load', 'channel-quota', 'priority-hours', 'minimum-notice', 'horizon', 'age')

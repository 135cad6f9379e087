import type { BookingRule, RuleVersion } from '../../../contracts/booking-rules.ts'
import { inOrder } from './judge-rules.ts'
import type { RuleRow } from './store-rules.ts'

/** A version in the words of its contract. */
export const describeVersion = ({ id: _id, changedBy: _by, changedByName, ...row }: RuleRow): RuleVersion => ({
  ...row,
  takesEffectAt: row.takesEffectAt.toISOString(),
  changedAt: row.changedAt.toISOString(),
  changedBy: changedByName,
  organizationIds: [...row.organizationIds],
  specialtyCodes: [...row.specialtyCodes],
  channels: [...row.channels],
})

/**
 * A rule of its versions: the one in force and those whose moment has not come. A planned version that a later one has
 * overtaken never takes effect, and is told in the history only.
 */
export function describeRule(id: string, versions: readonly RuleRow[], now: Date): BookingRule {
  const newestFirst = versions.filter((v) => v.id === id).sort((a, b) => b.version - a.version)
  const current = newestFirst.find((v) => v.takesEffectAt <= now)
  const coming = newestFirst.filter(
    (v) =>
      v.takesEffectAt > now && !newestFirst.some((w) => w.version > v.version && w.takesEffectAt <= v.takesEffectAt),
  )
  return { id, current: current ? describeVersion(current) : null, coming: coming.reverse().map(describeVersion) }
}

/** All rules in their order; withdrawn ones, with nothing to come, last. */
export function describeRules(versions: readonly RuleRow[], now: Date): BookingRule[] {
  const latest = new Map<string, RuleRow>()
  for (const v of versions) if ((latest.get(v.id)?.version ?? 0) < v.version) latest.set(v.id, v)
  return [...latest.values()]
    .sort((a, b) => Number(a.withdrawn) - Number(b.withdrawn) || inOrder(a, b))
    .map(({ id }) => describeRule(id, versions, now))
}

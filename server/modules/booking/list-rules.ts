import { RuleNotFound, type listRules as contract, type RuleVersion } from '../../../contracts/booking-rules.ts'
import type { ReplyOf } from '../../../contracts/endpoint.ts'
import { directories } from '../../../contracts/terminology.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { specialtyTitle } from '../organizations/index.ts'
import { specialtyCodesOf } from '../schedules/index.ts'
import { conceptsByCodes } from '../terminology/index.ts'
import { describeRules, describeVersion } from './describe-rule.ts'
import { allRules, overridesOfRule, versionsOf, type OverrideRow } from './store-rules.ts'

/** Every rule as it stands now, with what is to come, and the specialties a rule may be about. */
export async function listRules(work: Work): Promise<ReplyOf<typeof contract>> {
  const [{ versions }, received] = await Promise.all([allRules(work), specialtyCodesOf(work)])
  const codes = [...new Set([...received, ...versions.flatMap((version) => version.specialtyCodes)])]
  const concepts = await conceptsByCodes(work, directories.specialties, codes)
  const specialties = codes.map((code) => ({ code, title: specialtyTitle(code, concepts.get(code)?.name) }))
  return {
    rules: describeRules(versions, work.now),
    specialties: specialties.sort((a, b) => a.title.localeCompare(b.title, 'ru')),
  }
}

/** Every version of a rule, the newest first. Throws RuleNotFound. */
export async function showRuleHistory(work: Work, ruleId: string): Promise<{ versions: RuleVersion[] }> {
  return { versions: (await requireVersions(work, ruleId)).map(describeVersion) }
}

const OVERRIDES_LISTED = 100

type Told = Omit<OverrideRow, 'at' | 'ruleId'> & { at: string }

/** The latest times the rule was booked past: everywhere for an administrator, at one's own place for a head. Throws RuleNotFound. */
export async function listRuleOverrides(work: Work, ruleId: string): Promise<{ overrides: Told[] }> {
  await requireVersions(work, ruleId)
  const place = work.actor.role === 'administrator' ? undefined : work.actor.organizationId
  const rows = await overridesOfRule(work, ruleId, place, OVERRIDES_LISTED)
  return { overrides: rows.map(({ ruleId: _ruleId, ...row }) => ({ ...row, at: row.at.toISOString() })) }
}

/** The versions of a rule, the newest first. Throws RuleNotFound when there are none. */
export async function requireVersions(work: Work, ruleId: string) {
  const versions = await versionsOf(work, ruleId)
  if (versions.length === 0) throw new Problem(RuleNotFound)
  return versions
}

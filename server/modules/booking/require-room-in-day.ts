import type { Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import type { Channel } from '../schedules/index.ts'
import { countDay, countTaken, refusalByRules } from './apply-rules.ts'
import { concerns, countsDay, refusalsOf } from './judge-rules.ts'
import type { Facts } from './rule-kinds.ts'
import { rulesInForce } from './rule-set.ts'
import { overridesOf, ruleFactsOf } from './store-rules.ts'
import { lockVisits, type VisitRow } from './store-visits.ts'

/**
 * A hold that ran out was no longer counted, so others may have taken the doctor's day meanwhile: before it is honoured,
 * the day is counted again, under the same lock as for a new hold and after the same lock of the patient's side. Rules
 * that this hold was booked past stay so. Throws RuleRefuses. Rare, so its round trips do not matter.
 */
export async function requireRoomInDay(work: Work, hold: VisitRow): Promise<void> {
  await lockVisits(work, hold.patientId, [hold.id])
  const [{ revision }, organizations, passed] = await Promise.all([
    ruleFactsOf(work, hold.patientId),
    organizationsByIds(work, [hold.organizationId]),
    overridesOf(work, hold.organizationId, hold.id),
  ])
  const zone = organizations.get(hold.organizationId)!.timeZone
  const where = { ...hold, zone, channel: hold.channel as Channel }
  const rules = (await rulesInForce(work, revision)).filter(
    (rule) => countsDay(rule) && concerns(rule, where) && !passed.some((past) => past.ruleId === rule.id),
  )
  if (rules.length === 0) return
  // Nothing of the patient is asked by rules that count a day.
  const nobody = {
    age: 0,
    sex: 'female',
    attachedTo: null,
    groups: [],
    referral: false,
    coming: 0,
    holds: 0,
    noShows: [],
  } as const
  const facts: Facts = { ...nobody, ...where, now: work.now, taken: countTaken(await countDay(work, hold, zone)) }
  const refusals = refusalsOf(rules, facts)
  if (refusals.length > 0) throw refusalByRules(refusals)
}

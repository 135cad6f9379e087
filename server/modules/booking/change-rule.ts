import {
  RuleChangedMeanwhile,
  type BookingRule,
  type RuleBody,
  type RuleDecision,
} from '../../../contracts/booking-rules.ts'
import { Invalid } from '../../../contracts/problems.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import { describeRule } from './describe-rule.ts'
import { requireVersions } from './list-rules.ts'
import { insertRule, renewRevision, type RuleRow } from './store-rules.ts'

type Change = RuleDecision & { takesEffectAt: string | null; reason: string }

/** Makes a rule. Throws Invalid with the fields that are wrong. */
export async function createRule(work: Work, change: Change): Promise<BookingRule> {
  await requireSound(work, change)
  const row = versionOf(work, newId(), 1, change, false)
  await renewRevision(work.db, newId())
  await insertRule(work.db, row)
  announceChange(work, row)
  return describeRule(row.id, [row], work.now)
}

/**
 * Adds a version over the last one that was seen; what stood before is kept. A planned version that is overtaken never
 * takes effect. Throws RuleNotFound, RuleChangedMeanwhile, Invalid.
 */
export async function changeRule(
  work: Work,
  ruleId: string,
  { version, withdrawn, ...change }: Change & { version: number; withdrawn: boolean },
): Promise<BookingRule> {
  await requireSound(work, change)
  // The row of the revision first: whoever changes rules meanwhile waits here, and sees what this one has made.
  await renewRevision(work.db, newId())
  const versions = await requireVersions(work, ruleId)
  const last = versions[0]!
  if (last.body.kind !== change.body.kind)
    throw invalid([{ path: 'body.kind', message: 'Вид правила не меняется: отмените это правило и создайте другое' }])
  if (last.version !== version) throw new Problem(RuleChangedMeanwhile)
  const row = versionOf(work, ruleId, version + 1, change, withdrawn)
  await insertRule(work.db, row)
  announceChange(work, row)
  return describeRule(ruleId, [row, ...versions], work.now)
}

function versionOf(work: Work, id: string, version: number, change: Change, withdrawn: boolean): RuleRow {
  const { takesEffectAt, ...decided } = change
  return {
    ...decided,
    id,
    version,
    withdrawn,
    takesEffectAt: takesEffectAt === null ? work.now : new Date(takesEffectAt),
    changedAt: work.now,
    changedBy: work.actor.id,
    changedByName: work.actor.name,
  }
}

function announceChange(work: Work, { id, version }: RuleRow): void {
  work.note({ objectType: 'booking-rule', objectId: id })
  work.announce({ type: 'booking.rule-changed', key: id, topics: [], payload: { ruleId: id, version } })
}

type Flaw = { path: string; message: string }
const invalid = (fields: Flaw[]): Problem => new Problem(Invalid, { fields })

async function requireSound(work: Work, change: Change): Promise<void> {
  const flaws = flawsOf(change, work.now)
  const known = await organizationsByIds(work, change.organizationIds)
  if (known.size < change.organizationIds.length)
    flaws.push({ path: 'organizationIds', message: 'Одной из организаций нет' })
  if (flaws.length > 0) throw invalid(flaws)
}

/** What is wrong with a decision beyond its shape. */
function flawsOf(change: Pick<Change, 'validFrom' | 'validUntil' | 'takesEffectAt' | 'body'>, now: Date): Flaw[] {
  const flaws = flawsOfBody(change.body)
  if (change.validUntil !== null && change.validUntil < change.validFrom)
    flaws.push({ path: 'validUntil', message: 'Последний день раньше первого' })
  if (change.takesEffectAt !== null && new Date(change.takesEffectAt) < now)
    flaws.push({ path: 'takesEffectAt', message: 'Этот момент уже прошёл: прошлое не меняется' })
  return flaws
}

function flawsOfBody(body: RuleBody): Flaw[] {
  if (body.kind === 'age' && body.parameters.from > body.parameters.to)
    return [{ path: 'body.parameters.to', message: 'Верхний возраст должен быть не меньше нижнего' }]
  if (body.kind === 'priority-hours' && body.parameters.from >= body.parameters.until)
    return [{ path: 'body.parameters.until', message: 'Конец должен быть позже начала' }]
  return []
}

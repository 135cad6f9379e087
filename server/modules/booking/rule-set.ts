import type { Work } from '../../platform/work.ts'
import { rulesAt } from './judge-rules.ts'
import { allRules, type RuleRow } from './store-rules.ts'

/** Contents of the table of rules that this node has read, by revision; a few, because tests have several databases. */
const read = new Map<string, readonly RuleRow[]>()
const KEPT = 8

/**
 * The rules in force at an instant, in their order. `revision` names the content and is read along with every hold; the
 * table itself is read only when this node does not know that content yet. Contents never change under their name.
 */
export async function rulesInForce(work: Work, revision: string, at: Date = work.now): Promise<RuleRow[]> {
  return rulesAt(read.get(revision) ?? (await remember(work)), at)
}

async function remember(work: Work): Promise<readonly RuleRow[]> {
  const { revision, versions } = await allRules(work)
  read.delete(revision)
  read.set(revision, versions)
  for (const oldest of read.keys()) if (read.size > KEPT) read.delete(oldest)
  return versions
}

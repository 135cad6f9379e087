import type { Kysely } from 'kysely'
import type { RuleDecision } from '../../../contracts/booking-rules.ts'
import type { DB } from '../../platform/database/db.generated.ts'
import { newId, SYSTEM_ID } from '../../platform/ids.ts'
import { insertRule, renewRevision } from './store-rules.ts'

/** A rule that a region begins with. The id is given, so that importing twice adds nothing. */
export type NewRule = RuleDecision & { id: string; reason: string }

/** Puts first versions of rules in force at once. Run it in a transaction of the caller's. */
export async function importRules(db: Kysely<DB>, now: Date, rules: readonly NewRule[]): Promise<void> {
  await renewRevision(db, newId())
  for (const rule of rules)
    await insertRule(db, {
      ...rule,
      version: 1,
      takesEffectAt: now,
      withdrawn: false,
      changedAt: now,
      changedBy: SYSTEM_ID,
      changedByName: 'РМИС',
    })
}

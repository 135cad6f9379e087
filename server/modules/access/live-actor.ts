import type { Kysely } from 'kysely'
import type { Role } from '../../../contracts/endpoint.ts'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Actor } from '../../platform/work.ts'
import { accountInPosition } from './store-actors.ts'

/**
 * Somebody as they may act now, without a session: for what they left behind with a secret of its own, such as the address
 * of a calendar. A citizen, or an employee who still has the role in that position. Undefined for a blocked account and an
 * ended capacity.
 */
export async function liveActor(
  db: Kysely<DB>,
  who: { accountId: string; staffId: string | undefined; role: Role },
  now: Date,
): Promise<Actor | undefined> {
  const account = await accountInPosition(db, who, now)
  if (!account) return undefined
  const { kind, name, organizationId } = account
  if (who.staffId === undefined)
    return kind === 'citizen' ? { id: who.accountId, kind, role: 'citizen', name } : undefined
  if (organizationId === null) return undefined
  return { id: who.accountId, kind, role: who.role, name, organizationId, staffId: who.staffId }
}

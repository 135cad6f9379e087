import { sql, type Kysely } from 'kysely'
import type { Role } from '../../../contracts/endpoint.ts'
import type { DB } from '../../platform/database/db.generated.ts'

/** An account that is not blocked, with its capacity of this role as this member of staff, where it has one now. */
export async function accountInPosition(
  db: Kysely<DB>,
  who: { accountId: string; staffId: string | undefined; role: Role },
  now: Date,
): Promise<{ kind: 'citizen' | 'employee'; name: string; organizationId: string | null } | undefined> {
  const { rows } = await sql<{ kind: 'citizen' | 'employee'; name: string; organizationId: string | null }>`
    select a.kind, a.display_name as name, g.organization_id as "organizationId"
    from access.account a left join access.assignment g on g.account_id = a.id and g.staff_id = ${who.staffId ?? null}
      and g.role = ${who.role} and g.since <= ${now} and (g.until is null or g.until > ${now})
    where a.id = ${who.accountId} and a.blocked_at is null limit 1`.execute(db)
  return rows[0]
}

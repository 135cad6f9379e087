import { randomBytes } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'

/** Writes a guest down, and the opening itself when this is its first one; answers with the opening's secret. */
export async function addGuest(work: Work, organizationId: string, opensAt: Date): Promise<Buffer> {
  const key = { organization_id: organizationId, opens_at: opensAt }
  const [, , opening] = await Promise.all([
    work.db
      .insertInto('openings.opening')
      .values({ ...key, seed: randomBytes(32), created_at: work.now })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
    work.db
      .insertInto('openings.guest')
      .values({ ...key, account_id: work.actor.id, joined_at: work.now })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
    work.db
      .selectFrom('openings.opening')
      .select('seed')
      .where('organization_id', '=', organizationId)
      .where('opens_at', '=', opensAt)
      .executeTakeFirstOrThrow(),
  ])
  return opening.seed
}

/** The secret of an opening and how many have come; undefined when nobody has. */
export async function countGuests(
  db: Kysely<DB>,
  organizationId: string,
  opensAt: Date,
): Promise<{ seed: Buffer; guests: number } | undefined> {
  const { rows } = await sql<{ seed: Buffer; guests: number }>`
    select o.seed, (select count(*)::int from openings.guest g where g.organization_id = o.organization_id and g.opens_at = o.opens_at) as guests
    from openings.opening o where o.organization_id = ${organizationId} and o.opens_at = ${opensAt}`.execute(db)
  return rows[0]
}

/** Who came before the opening (in no order) and who after it, in order. */
export async function guestsOf(
  db: Kysely<DB>,
  organizationId: string,
  opensAt: Date,
): Promise<{ early: string[]; late: string[] }> {
  const rows = await db
    .selectFrom('openings.guest')
    .select(['account_id', 'joined_at'])
    .where('organization_id', '=', organizationId)
    .where('opens_at', '=', opensAt)
    .orderBy('joined_at')
    .orderBy('account_id')
    .execute()
  const isEarly = (row: (typeof rows)[number]) => row.joined_at < opensAt
  const ids = (list: typeof rows) => list.map((row) => row.account_id)
  return { early: ids(rows.filter(isEarly)), late: ids(rows.filter((row) => !isEarly(row))) }
}

/** Forgets openings of long ago, with their guests. */
export async function forgetOpenings(db: Kysely<DB>, before: Date): Promise<void> {
  await db.deleteFrom('openings.opening').where('opens_at', '<', before).execute()
}

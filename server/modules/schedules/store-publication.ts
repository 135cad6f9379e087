import { sql, type Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { USUAL_HORIZON, type Horizon } from './rules.ts'

/** How far ahead this organisation opens its times. */
export async function horizonOf(db: Kysely<DB>, organizationId: string): Promise<Horizon> {
  const { rows } = await sql<Horizon>`select days, to_char(opens_at, 'HH24:MI') as "opensAt" from schedules.publication
    where organization_id = ${organizationId}`.execute(db)
  return rows[0] ?? USUAL_HORIZON
}

/** A horizon that no organisation's goes beyond: what is published up to it is published everywhere. */
export async function longestHorizon(db: Kysely<DB>): Promise<Horizon> {
  const { rows } = await sql<{ days: number | null }>`select max(days) as days from schedules.publication`.execute(db)
  return { days: Math.max(rows[0]?.days ?? 0, USUAL_HORIZON.days), opensAt: '00:00' }
}

/** Sets it, from now on. */
export async function setHorizon(db: Kysely<DB>, organizationId: string, { days, opensAt }: Horizon): Promise<void> {
  await sql`insert into schedules.publication (organization_id, days, opens_at) values (${organizationId}, ${days}, ${opensAt})
    on conflict (organization_id) do update set days = excluded.days, opens_at = excluded.opens_at`.execute(db)
}

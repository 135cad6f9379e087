import { sql } from 'kysely'
import type { PageCursor } from '../../platform/page-cursor.ts'
import type { Work } from '../../platform/work.ts'

// The journal's tables stand in `platform`, because every operation writes them; this module reads and seals them.

export type ActionRecord = {
  id: string
  at: Date
  request_id: string
  actor_id: string | null
  actor_role: string
  actor_name: string | null
  organization_id: string | null
  session_id: string | null
  operation: string
  patient_id: string | null
  grounds: string | null
  object_type: string | null
  object_id: string | null
  outcome: string
  problem: string | null
  address: string | null
  duration_ms: number
}

/** What was done with a patient's data, newest first; `exceptActor` leaves out the reader's own actions. */
export async function patientActions(
  work: Work,
  patientId: string,
  before: PageCursor | undefined,
  exceptActor: string | undefined,
  limit: number,
): Promise<ActionRecord[]> {
  const { rows } = await sql<ActionRecord>`
    select * from platform.action
    where patient_id = ${patientId}
      ${before ? sql`and (at, id) < (${before.at}, ${before.id})` : sql``}
      ${exceptActor ? sql`and actor_id is distinct from ${exceptActor}` : sql``}
    order by at desc, id desc limit ${limit}`.execute(work.db)
  return rows
}

export type JournalFilter = {
  from?: Date | undefined
  to?: Date | undefined
  actorId?: string | undefined
  patientId?: string | undefined
  operation?: string | undefined
  outcome?: string | undefined
  before?: PageCursor | undefined
}

/** The whole journal by a filter, newest first. */
export async function findActions(work: Work, filter: JournalFilter, limit: number): Promise<ActionRecord[]> {
  let query = work.db.selectFrom('platform.action').selectAll()
  if (filter.from) query = query.where('at', '>=', filter.from)
  if (filter.to) query = query.where('at', '<', filter.to)
  if (filter.actorId) query = query.where('actor_id', '=', filter.actorId)
  if (filter.patientId) query = query.where('patient_id', '=', filter.patientId)
  if (filter.operation) query = query.where('operation', '=', filter.operation)
  if (filter.outcome) query = query.where('outcome', '=', filter.outcome)
  if (filter.before) query = query.where(sql<boolean>`(at, id) < (${filter.before.at}, ${filter.before.id})`)
  return query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** Requests of one kind on one day, counted. */
export type CallCount = {
  day: string
  operation: string
  outcome: 'done' | 'refused' | 'failed'
  problem: string | null
  count: number
  earliest: Date
  latest: Date
  totalMs: number
  longestMs: number
}

/** The newest `most` requests of an actor from a moment on, counted by day of the zone, operation and outcome. */
export async function countCalls(
  work: Work,
  { actorId, from, zone, most }: { actorId: string; from: Date; zone: string; most: number },
): Promise<CallCount[]> {
  const { rows } = await sql<CallCount>`
    select (at at time zone ${zone})::date as day, operation, outcome, problem, count(*)::int as count,
      min(at) as earliest, max(at) as latest, sum(duration_ms)::float8 as "totalMs", max(duration_ms) as "longestMs"
    from (select at, operation, outcome, problem, duration_ms from platform.action
      where actor_id = ${actorId} and at >= ${from} order by at desc limit ${most}) counted
    group by 1, 2, 3, 4 order by 1 desc, 2, 3, 4`.execute(work.db)
  return rows
}

/** Rows of [since, until) in the order they are sealed in. */
export async function actionsBetween(work: Work, since: Date, until: Date): Promise<ActionRecord[]> {
  return work.db
    .selectFrom('platform.action')
    .selectAll()
    .where('at', '>=', since)
    .where('at', '<', until)
    .orderBy('at')
    .orderBy('id')
    .execute()
}

/** The first moment the journal knows, or undefined when it is empty. */
export async function firstActionAt(work: Work): Promise<Date | undefined> {
  const row = await work.db.selectFrom('platform.action').select('at').orderBy('at').limit(1).executeTakeFirst()
  return row?.at
}

/**
 * When the oldest transaction began that has written something and not committed yet, or that waits for its node; undefined
 * when there is none. A commit may wait for minutes: for a standby that is away, for a node that is frozen.
 */
export async function oldestWriter(work: Work): Promise<Date | undefined> {
  const { rows } = await sql<{ began: Date | null }>`select min(xact_start) as began from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
      and (backend_xid is not null or state like 'idle in transaction%')`.execute(work.db)
  return rows[0]?.began ?? undefined
}

/** When the row `place` rows after the first of [since, until) was written; undefined when there are not so many. */
export async function actionAtPlace(work: Work, since: Date, until: Date, place: number): Promise<Date | undefined> {
  const row = await work.db
    .selectFrom('platform.action')
    .select('at')
    .where('at', '>=', since)
    .where('at', '<', until)
    .orderBy('at')
    .offset(place)
    .limit(1)
    .executeTakeFirst()
  return row?.at
}

export type Seal = {
  number: string
  since: Date
  until: Date
  row_count: number
  merkle_root: Buffer
  previous_hash: Buffer
  hash: Buffer
  sealed_at: Date
}

/** The newest seal, locked so that two nodes do not seal the same batch. */
export async function lastSealLocked(work: Work): Promise<Seal | undefined> {
  return work.db
    .selectFrom('platform.seal')
    .selectAll()
    .orderBy('number', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
}

/** Seals from a number on, oldest first. */
export async function sealsFrom(work: Work, number: number, limit: number): Promise<Seal[]> {
  return work.db
    .selectFrom('platform.seal')
    .selectAll()
    .where('number', '>=', String(number))
    .orderBy('number')
    .limit(limit)
    .execute()
}

/** Adds a seal; false when another node has added this number first (the primary key decides). */
export async function insertSeal(work: Work, seal: Omit<Seal, 'number'> & { number: number }): Promise<boolean> {
  const done = await work.db
    .insertInto('platform.seal')
    .values(seal)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

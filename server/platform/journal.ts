import { sql, type CompiledQuery, type Kysely, type Transaction } from 'kysely'
import type { DB } from './database/db.generated.ts'
import { newId } from './ids.ts'
import type { Actor, DomainEvent, JournalNote } from './work.ts'

/** What is known of an operation when its journal row is written. */
export type Action = {
  at: Date
  requestId: string
  actor: Actor
  operation: string
  outcome: 'done' | 'refused' | 'failed'
  problem?: string
  address?: string
  durationMs: number
  note: JournalNote
}

function rowsOf(action: Action) {
  const actor = action.note.actor ?? action.actor
  const patients = action.note.patientIds ?? [action.note.patientId ?? null]
  return (patients.length > 0 ? patients : [null]).map((patientId) => ({
    at: action.at,
    id: newId(),
    request_id: action.requestId,
    actor_id: actor.kind === 'anonymous' ? null : actor.id,
    actor_role: actor.role,
    actor_name: actor.kind === 'anonymous' ? null : actor.name,
    organization_id: actor.organizationId ?? null,
    session_id: actor.sessionId ?? null,
    operation: action.operation,
    patient_id: patientId,
    grounds: action.note.grounds ?? null,
    object_type: action.note.objectType ?? null,
    object_id: action.note.objectId ?? null,
    outcome: action.outcome,
    problem: action.problem ?? null,
    address: action.address ?? null,
    duration_ms: action.durationMs,
  }))
}

/** Writes the journal row (a row per patient shown) of an operation, with the given transaction or on its own. */
export async function writeAction(db: Kysely<DB>, action: Action): Promise<void> {
  await insertActions(db, action).execute()
}

const insertActions = (db: Kysely<DB>, action: Action) => db.insertInto('platform.action').values(rowsOf(action))

/** The journal row, the events and the kept reply as one statement: the last of an operation, sent with its COMMIT. */
export function finishOperation(
  db: Kysely<DB>,
  action: Action,
  events: readonly DomainEvent[],
  kept: { actorId: string; key: string; status: number; reply: string } | undefined,
): CompiledQuery {
  if (events.length === 0 && !kept) return insertActions(db, action).compile()
  const outbox = JSON.stringify(
    events.map((e) => ({ key: e.key, id: newId(), type: e.type, topics: e.topics, payload: e.payload })),
  )
  return sql`
    with journal as (
      insert into platform.action (at, id, request_id, actor_id, actor_role, actor_name, organization_id, session_id, operation,
        patient_id, grounds, object_type, object_id, outcome, problem, address, duration_ms)
      select at, id, request_id, actor_id, actor_role, actor_name, organization_id, session_id, operation,
        patient_id, grounds, object_type, object_id, outcome, problem, address, duration_ms
      from json_populate_recordset(null::platform.action, ${JSON.stringify(rowsOf(action))}::json)
    ), news as (
      insert into platform.outbox (key, id, type, topics, payload, created_at)
      select key, id, type, topics, payload, ${action.at} from json_populate_recordset(null::platform.outbox, ${outbox}::json)
    )
    update platform.idempotency set status = ${kept?.status ?? null}, reply = ${kept?.reply ?? null}
    where actor_id = ${kept?.actorId ?? null}::uuid and key = ${kept?.key ?? null}`.compile(db)
}

/** How long the making of a partition waits for readers of the journal; then it fails and is tried again later. */
const LOCK_WAIT = '10s'

/**
 * Makes the journal's monthly partitions for this month and the next, inside a transaction of the caller's; safe to run
 * on every start and every day. Nodes that start together queue on the table's lock, which lets writers go on. Rows that
 * came before their month was made move into it from `action_default`. Throws 55P03 when somebody reads for too long.
 */
export async function ensureActionPartitions(db: Transaction<DB>, now: Date): Promise<void> {
  await sql`lock table platform.action in share update exclusive mode`.execute(db)
  for (const ahead of [0, 1]) {
    const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1))
    const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead + 1, 1))
    const name = `action_${from.toISOString().slice(0, 7).replace('-', '_')}`
    const { rows } = await sql`select where to_regclass(${`platform.${name}`}) is null`.execute(db)
    if (rows.length > 0) await makePartition(db, name, from, to)
  }
}

/**
 * Made beside the journal and then attached: `create … partition of` would lock the whole journal, and every operation of
 * the region would wait behind whoever reads it at that moment. Attaching locks only the default partition.
 */
async function makePartition(db: Transaction<DB>, name: string, from: Date, to: Date): Promise<void> {
  const table = sql.id('platform', name)
  await sql`set local lock_timeout = ${sql.lit(LOCK_WAIT)}`.execute(db)
  await sql`create table ${table} (like platform.action including defaults including constraints)`.execute(db)
  await sql`lock table platform.action_default in access exclusive mode`.execute(db)
  await sql`with moved as (delete from platform.action_default where at >= ${from} and at < ${to} returning *)
    insert into ${table} select * from moved`.execute(db)
  await sql`alter table platform.action attach partition ${table}
    for values from (${sql.lit(from.toISOString())}) to (${sql.lit(to.toISOString())})`.execute(db)
  await sql`set local lock_timeout = default`.execute(db)
}

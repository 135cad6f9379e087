import { sql, type Kysely } from 'kysely'
import type { DB } from './database/db.generated.ts'
import type { DomainEvent, Work } from './work.ts'

/** An event as it stands in the log: `seq` has no gaps. */
export type LoggedEvent = {
  seq: number
  id: string
  type: string
  topics: string[]
  payload: Record<string, unknown>
  createdAt: Date
}

/** Who hears of what: `name` is unique and stable (it is the memory of what was handled), `type` the event it waits for. */
export type Listener = {
  name: string
  type: DomainEvent['type']
  handle(work: Work, event: LoggedEvent): Promise<void>
}

const BATCH = 500

/**
 * Moves waiting events into the log in one order without gaps and queues a job for each listener, in one transaction.
 * The cursor row's lock lets one node relay at a time; the others skip. Order within a key is kept: the later event's
 * id was made after the earlier transaction's locks were released, and jobs of one listener and key share a queue.
 * Returns how many were moved.
 */
export async function relayOnce(db: Kysely<DB>, listeners: readonly Listener[]): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const cursor = await sql<{ seq: string }>`select seq from platform.event_cursor for update skip locked`.execute(tx)
    if (!cursor.rows[0]) return 0
    const { rows } = await sql<{ key: string; id: string; type: string }>`
      with taken as (
        delete from platform.outbox where (key, id) in (select key, id from platform.outbox order by id limit ${BATCH})
        returning key, id, type, topics, payload, created_at
      ), logged as (
        insert into platform.event (seq, id, type, topics, payload, created_at)
        select ${cursor.rows[0].seq}::bigint + row_number() over (order by id), id, type, topics, payload, created_at from taken
      )
      select key, id, type from taken order by id`.execute(tx)
    if (rows.length === 0) return 0
    const last = BigInt(cursor.rows[0].seq) + BigInt(rows.length)
    await sql`update platform.event_cursor set seq = ${String(last)}`.execute(tx)
    for (const event of rows) {
      for (const listener of listeners.filter((l) => l.type === event.type)) {
        await sql`select graphile_worker.add_job('hear-event', ${JSON.stringify({ listener: listener.name, eventId: event.id })}::json,
          queue_name => ${`${listener.name}:${event.key}`}, job_key => ${`${listener.name}:${event.id}`})`.execute(tx)
      }
    }
    await sql`select pg_notify('rmis_event', ${String(last)})`.execute(tx)
    return rows.length
  })
}

/** Events after `seq` that any of the topics may hear, oldest first, at most `limit`. */
export async function readEvents(
  db: Kysely<DB>,
  after: number,
  topics: readonly string[] | undefined,
  limit: number,
): Promise<LoggedEvent[]> {
  const { rows } = await sql<{
    seq: string
    id: string
    type: string
    topics: string[]
    payload: Record<string, unknown>
    created_at: Date
  }>`
    select seq, id, type, topics, payload, created_at from platform.event
    where seq > ${after} ${topics ? sql`and topics && ${topics}::text[]` : sql``} order by seq limit ${limit}`.execute(
    db,
  )
  return rows.map((row) => ({
    seq: Number(row.seq),
    id: row.id,
    type: row.type,
    topics: row.topics,
    payload: row.payload,
    createdAt: row.created_at,
  }))
}

/** The newest seq given out. */
export async function lastSeq(db: Kysely<DB>): Promise<number> {
  const row = await db.selectFrom('platform.event_cursor').select('seq').executeTakeFirstOrThrow()
  return Number(row.seq)
}

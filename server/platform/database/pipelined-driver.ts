import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type { Socket } from 'node:net'
import type pg from 'pg'

/**
 * Kysely over `pg` in pipeline mode. BEGIN is sent without waiting for its answer, so it travels with the first
 * statement; a failed BEGIN makes that statement fail. Parameterised statements are named, so that PostgreSQL plans
 * each text once per connection; the map of names is bounded because a name lives as long as its connection.
 */
const MAX_NAMED = 500
/** Longer texts are bulk inserts, each of its own length: planning them again costs nothing beside running them. */
const LONGEST_NAMED = 4000
const names = new Map<string, string>()

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known || names.size >= MAX_NAMED || text.length > LONGEST_NAMED) return known
  const name = `s${names.size + 1}`
  names.set(text, name)
  return name
}

/**
 * Sends a statement at once, without waiting for those before it. What is sent in one turn of the event loop leaves in
 * one packet.
 */
export function send(client: pg.PoolClient, query: Pick<CompiledQuery, 'sql' | 'parameters'>): Promise<pg.QueryResult> {
  const values = query.parameters as unknown[]
  const name = values.length > 0 ? nameOf(query.sql) : undefined
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  stream.cork()
  process.nextTick(() => stream.uncork())
  return client.query({ text: query.sql, values, ...(name && { name }) })
}

/** The database gives no connection: it is down, starting, full, or too busy to answer in time. */
export class NoConnection extends Error {}

/** A client of the pool. Throws NoConnection, whatever the reason: the caller can only try again later. */
export async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw new NoConnection('the database gives no connection', { cause: error })
  }
}

export class PipelinedConnection implements DatabaseConnection {
  readonly client: pg.PoolClient
  constructor(client: pg.PoolClient) {
    this.client = client
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await send(this.client, query)
    return {
      rows: result.rows as R[],
      ...(result.rowCount !== null && result.command !== 'SELECT' && { numAffectedRows: BigInt(result.rowCount) }),
    }
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('streaming is not offered in pipeline mode: page by key instead')
  }
}

class PipelinedDriver implements Driver {
  readonly #pool: pg.Pool
  constructor(pool: pg.Pool) {
    this.#pool = pool
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return new PipelinedConnection(await connect(this.#pool))
  }
  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    // Sent, not awaited: see above. The rejection is taken here because the first statement reports it.
    const begin = settings.accessMode === 'read only' ? 'begin read only' : 'begin'
    ;(connection as PipelinedConnection).client.query(begin).catch(() => {})
  }
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const result = await (connection as PipelinedConnection).client.query('commit')
    // COMMIT of an aborted transaction answers ROLLBACK without an error: somebody swallowed a failed statement.
    if (result.command !== 'COMMIT') throw new Error('the transaction had failed and was rolled back')
  }
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as PipelinedConnection).client.query('rollback')
  }
  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    ;(connection as PipelinedConnection).client.release()
  }
  async destroy(): Promise<void> {
    await this.#pool.end()
  }
}

/** A Kysely dialect over the given pool (whose clients must have been made with `pipeline: true`). */
export function pipelinedDialect(pool: pg.Pool): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PipelinedDriver(pool),
    createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

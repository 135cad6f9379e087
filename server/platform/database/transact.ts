import { Transaction, type CompiledQuery, type ConnectionProvider, type Kysely } from 'kysely'
import type pg from 'pg'
import type { DB } from './db.generated.ts'
import { connect, PipelinedConnection, send } from './pipelined-driver.ts'

const begin = { sql: 'begin', parameters: [] }
const commit = { sql: 'commit', parameters: [] }
const rollback = { sql: 'rollback', parameters: [] }
/** For operations that may lose their last journal row to a power cut; see perform.ts. */
const lazily = { sql: 'set local synchronous_commit = off', parameters: [] }

/** SQLSTATE of a statement in a transaction that has failed already. */
const IN_FAILED_TRANSACTION = '25P02'

type Options<T> = { finish?: (tx: Transaction<DB>, value: T) => CompiledQuery | undefined; lazy?: boolean }

/** Runs `body` and then the statement of `finish` in one transaction; `lazy` commits without waiting for the disk. */
export type Transact = <T>(body: (tx: Transaction<DB>) => Promise<T>, options?: Options<T>) => Promise<T>

/**
 * Transactions in which statements started together (`Promise.all`) leave together, BEGIN travels with the first
 * statement and COMMIT with the last. Kysely's own transactions run statements one at a time, each waiting for the
 * answer to the one before. Throws what `body` or a statement throws, after rolling back.
 */
export function transactOver(pool: pg.Pool, db: Kysely<DB>): Transact {
  return async (body, options = {}) => {
    const client = await connect(pool)
    const line = new Line(client)
    let broken: Error | undefined
    try {
      // Not awaited: when one fails, so does the statement after it, which is awaited.
      send(client, begin).catch(() => {})
      if (options.lazy) send(client, lazily).catch(() => {})
      const tx = transactionOn(line, db)
      const value = await body(tx)
      const last = options.finish?.(tx, value)
      line.isOpen = false
      await finishAndCommit(client, last)
      return value
    } catch (error) {
      line.isOpen = false
      await send(client, rollback).catch((e: Error) => (broken = e))
      throw error
    } finally {
      client.release(broken)
    }
  }
}

/** A client lent to one transaction. A statement started after its end must not slip into somebody else's. */
class Line implements ConnectionProvider {
  isOpen = true
  #failure: unknown
  readonly #connection: PipelinedConnection
  constructor(client: pg.PoolClient) {
    this.#connection = new PipelinedConnection(client)
  }
  // Reaches the socket in the same turn as `execute()`, so that COMMIT cannot overtake a statement nobody awaits.
  provideConnection<T>(consumer: (connection: PipelinedConnection) => Promise<T>): Promise<T> {
    if (!this.isOpen) return Promise.reject(new Error('a statement was started after its operation had ended'))
    return consumer(this.#connection).catch((error: unknown) => {
      // Of statements that left together all after the failed one fail too; each tells what went wrong first, so that
      // it does not matter which of them is awaited.
      this.#failure ??= error
      throw (error as { code?: string }).code === IN_FAILED_TRANSACTION ? this.#failure : error
    })
  }
}

function transactionOn(line: Line, db: Kysely<DB>): Transaction<DB> {
  const executor = db.getExecutor().withConnectionProvider(line)
  const dialect = {} as never
  return new Transaction<DB>({ config: { dialect }, dialect, driver: {} as never, executor })
}

async function finishAndCommit(client: pg.PoolClient, last: CompiledQuery | undefined): Promise<void> {
  const finishing = last && send(client, last)
  const committing = send(client, commit)
  committing.catch(() => {})
  // The statement that failed says more than «the transaction had failed».
  await finishing
  const result = await committing
  // COMMIT of an aborted transaction answers ROLLBACK without an error: somebody swallowed a failed statement.
  if (result.command !== 'COMMIT') throw new Error('the transaction had failed and was rolled back')
}

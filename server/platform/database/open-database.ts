import { Kysely } from 'kysely'
import pg from 'pg'
import type { DB } from './db.generated.ts'
import { pipelinedDialect } from './pipelined-driver.ts'
import { transactOver, type Transact } from './transact.ts'

// Dates without time stay 'YYYY-MM-DD' and never become a Date, which would shift them by the machine's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

export type Database = {
  /** For single statements. */
  db: Kysely<DB>
  transact: Transact
  pool: pg.Pool
  close(): Promise<void>
}

/**
 * `abandonAfterMs`: the server ends a transaction in which nothing was asked for so long. A node that is frozen or cut off
 * in the middle of one would otherwise keep its locks for hours, among them the one that lets events be relayed.
 */
type Options = { max?: number; onError?: (error: Error) => void; abandonAfterMs?: number }

/** Opens the pool: 8–32 connections per primary is the measured range. */
export function openDatabase(url: string, options: Options = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 16,
    pipeline: true,
    options: '-c timezone=UTC',
    keepAlive: true,
    ...(options.abandonAfterMs !== undefined && { idle_in_transaction_session_timeout: options.abandonAfterMs }),
    application_name: 'rmis',
    connectionTimeoutMillis: 10_000,
  })
  // A connection that breaks (server restarted), idle or in use, must not take the process down: its statement fails,
  // and the next one gets a new connection.
  const lost = (error: Error) => options.onError?.(error)
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  const db = new Kysely<DB>({ dialect: pipelinedDialect(pool) })
  return { db, transact: transactOver(pool, db), pool, close: () => db.destroy() }
}

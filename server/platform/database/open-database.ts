import { Kysely } from 'kysely'
import pg from 'pg'
import type { DB } from './db.generated.ts'
import { pipelinedDialect } from './pipelined-driver.ts'

// Dates without time stay 'YYYY-MM-DD' and never become a Date, which would shift them by the machine's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

export type Database = {
  db: Kysely<DB>
  pool: pg.Pool
  close(): Promise<void>
}

/** Opens the pool: 8–32 connections per primary is the measured range (scale.md, rule 15). */
export function openDatabase(url: string, options: { max?: number; onError?: (error: Error) => void } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 16,
    pipeline: true,
    options: '-c timezone=UTC',
    application_name: 'rmis',
    connectionTimeoutMillis: 10_000,
  })
  // An idle connection that breaks (server restarted) must not take the process down; the next query gets a new one.
  pool.on('error', (error) => options.onError?.(error))
  const db = new Kysely<DB>({ dialect: pipelinedDialect(pool) })
  return { db, pool, close: () => db.destroy() }
}

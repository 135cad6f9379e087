import { readFileSync, readdirSync } from 'node:fs'
import pg from 'pg'
import { loadStarterSet } from '../server/modules/terminology/index.ts'
import { migrate } from '../server/platform/database/migrate.ts'
import { openDatabase } from '../server/platform/database/open-database.ts'
import { startTemporaryPostgres } from '../server/platform/embedded-postgres/index.ts'
import { migrateJobs } from '../server/platform/jobs.ts'
import { endLater } from './cleanup.ts'

export type BenchDatabase = {
  url: string
  client: pg.Client
  /** What the server calls itself, «PostgreSQL 18.4». */
  version: string
  /** Processor time of the whole database server so far, ms; undefined where the system does not tell. */
  processorMs(): number | undefined
}

/** A temporary PostgreSQL with fsync on, migrated, with the starter set of directories and nobody in it. */
export async function openBenchDatabase(): Promise<BenchDatabase> {
  const server = await startTemporaryPostgres({ durable: true })
  endLater(server.stop)
  await migrate(server.url)
  await migrateJobs(server.url)
  const database = openDatabase(server.url, { max: 1 })
  await loadStarterSet(database.db, new Date())
  await database.close()
  const client = new pg.Client({ connectionString: server.url })
  // The server may be ended while it is asked something.
  client.on('error', () => {})
  await client.connect()
  endLater(() => client.end())
  const { rows } = await client.query<{ pid: number; version: string }>(
    `select pg_backend_pid() as pid, split_part(version(), ' on ', 1) as version`,
  )
  return {
    url: server.url,
    client,
    version: rows[0]!.version,
    processorMs: () => databaseMs(rows[0]!.pid),
  }
}

type Process = { parent: number; own: number; ended: number }
const TICK_MS = 10

/** Parent and times of a process (proc(5), stat); undefined when it is gone or the system has no /proc. */
function processOf(pid: number): Process | undefined {
  try {
    // The name, in brackets, may hold blanks; fields are counted after it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]!.split(' ').map(Number)
    const [user, system, endedUser, endedSystem] = fields.slice(11, 15) as [number, number, number, number]
    return { parent: fields[1]!, own: (user + system) * TICK_MS, ended: (endedUser + endedSystem) * TICK_MS }
  } catch {
    return undefined
  }
}

/** Processor time of one process so far, ms. */
export const processorMsOf = (pid: number): number | undefined => processOf(pid)?.own

/** Of the postmaster, of its children, and of those children that have ended. */
function databaseMs(backend: number): number | undefined {
  const postmaster = processOf(backend)?.parent
  const main = postmaster && processOf(postmaster)
  if (!main) return undefined
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => processOf(Number(name)))
    .filter((child) => child?.parent === postmaster)
  return main.own + main.ended + children.reduce((sum, child) => sum + child!.own, 0)
}

/** Makes the database ready for a measurement: statistics are fresh and nothing is left to write. */
export async function settle({ client }: BenchDatabase): Promise<void> {
  await client.query('vacuum analyze')
  await client.query('checkpoint')
}

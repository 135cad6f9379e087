import path from 'node:path'
import { readConfig, type Config } from '../config.ts'
import { openDatabase, type Database } from '../platform/database/open-database.ts'
import { migrate } from '../platform/database/migrate.ts'
import { AlreadyRunning, startEmbeddedPostgres, type EmbeddedPostgres } from '../platform/embedded-postgres/index.ts'
import { openLog } from '../platform/log.ts'
import { openMetrics } from '../platform/metrics.ts'
import type { Platform } from '../platform/platform.ts'

/** The database address from the settings, if one is given. */
export const databaseUrlOf = (): string | undefined => readConfig('demo').databaseUrl

/**
 * A platform for a command that is not a server: over RMIS_DATABASE_URL, or over the demo's embedded database, whether
 * the demo is running just now or not.
 */
export async function withPlatform<T>(job: (platform: Platform, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig('demo')
  const server = await openServer(config)
  try {
    await migrate(server.url)
    const database = openDatabase(server.url, { max: 4 })
    try {
      return await job(platformOver(database, config), config)
    } finally {
      await database.close()
    }
  } finally {
    await server.stop()
  }
}

async function openServer(config: Config): Promise<EmbeddedPostgres> {
  const leaveRunning = async () => {}
  if (config.databaseUrl) return { url: config.databaseUrl, stop: leaveRunning }
  try {
    return await startEmbeddedPostgres({ dataDir: path.join(config.dataDir, 'postgres'), durable: true })
  } catch (error) {
    if (error instanceof AlreadyRunning) return { url: error.url, stop: leaveRunning }
    throw error
  }
}

/** A platform without HTTP over an open database; nobody signs in through it. */
export function platformOver(
  database: Pick<Database, 'db' | 'transact'>,
  config: Pick<Config, 'logLevel' | 'timeZone'>,
  now: () => Date = () => new Date(),
): Platform {
  return {
    db: database.db,
    transact: database.transact,
    log: openLog(config.logLevel),
    metrics: openMetrics(),
    now,
    zone: config.timeZone,
    authenticate: async () => undefined,
    wakeRelay: () => {},
  }
}

import type { TestProject } from 'vitest/node'
import { loadDemo } from '../../server/demo/load-demo.ts'
import { platformOver } from '../../server/commands/open-platform.ts'
import { migrate } from '../../server/platform/database/migrate.ts'
import { openDatabase } from '../../server/platform/database/open-database.ts'
import { startTemporaryPostgres } from '../../server/platform/embedded-postgres/index.ts'
import { migrateJobs } from '../../server/platform/jobs.ts'
import { documentPorts } from '../../server/wiring.ts'
import { comingWednesday, E2E_SECRET } from './demo-region.ts'

/** The demo region, loaded once; every file of journeys clones it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTemporaryPostgres({ durable: false })
  await migrate(server.url)
  await migrateJobs(server.url)
  const database = openDatabase(server.url, { max: 4 })
  const start = comingWednesday()
  const platform = platformOver(database, { logLevel: 'silent', timeZone: 'Europe/Moscow' }, () => start)
  const settings = {
    timeZone: 'Europe/Moscow',
    secret: E2E_SECRET,
    documents: documentPorts(E2E_SECRET),
    tell: () => {},
  }
  await loadDemo(platform, settings)
  await database.close()
  const url = new URL(server.url)
  url.pathname = '/postgres'
  project.provide('postgresUrl', url.href)
  project.provide('start', start.toISOString())
  return () => server.stop()
}

import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../database/migrate.ts'
import { startTemporaryPostgres } from '../embedded-postgres/index.ts'
import { migrateJobs } from '../jobs.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the cluster's maintenance database; test files clone TEMPLATE from it. */
    postgresUrl: string
  }
}

/** The migrated, empty database that every test file clones. */
export const TEMPLATE = 'rmis_template'

/** One real PostgreSQL for a run of tests: started, migrated once into a template, thrown away at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTemporaryPostgres({ durable: false })
  const url = new URL(server.url)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  await client.query(`create database ${TEMPLATE}`)
  url.pathname = `/${TEMPLATE}`
  await migrate(url.href)
  await migrateJobs(url.href)
  await client.end()
  url.pathname = '/postgres'
  project.provide('postgresUrl', url.href)
  return () => server.stop()
}

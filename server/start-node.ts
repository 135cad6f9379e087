import { existsSync } from 'node:fs'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { allEndpoints } from '../contracts/index.ts'
import { openDatabase, type Database } from './platform/database/open-database.ts'
import { EventHub } from './platform/events/event-hub.ts'
import { mountEventStream } from './platform/events/event-stream.ts'
import { mountApiDocs } from './platform/http/api-docs.ts'
import { mountRoutes } from './platform/http/mount-routes.ts'
import { openApp } from './platform/http/open-app.ts'
import { mountServiceRoutes } from './platform/http/service-routes.ts'
import { mountPages } from './platform/http/static-pages.ts'
import { startJobs } from './platform/jobs.ts'
import { ensureActionPartitions } from './platform/journal.ts'
import { openLog } from './platform/log.ts'
import { openMetrics } from './platform/metrics.ts'
import { openApiOf } from './platform/openapi.ts'
import type { Platform } from './platform/platform.ts'
import { startRelay } from './platform/relay.ts'
import type { Config } from './config.ts'
import type { DemoCitizen } from './exchange/esia/index.ts'
import { wire } from './wiring.ts'

/** A running node: its HTTP app, its database, and how to stop it without losing anything. */
export type Node = {
  app: FastifyInstance
  platform: Platform
  database: Database
  address: string
  stop(): Promise<void>
}

export type NodeOptions = {
  config: Config
  databaseUrl: string
  /** 32 bytes, hex. */
  secret: string
  /** The clock; tests give their own. */
  now?: () => Date
  /** Tests of one use case need no relay or jobs. */
  background?: boolean
  dist?: string
  /** Whom the demo's stand-in of Госуслуги lets choose. */
  citizens?: readonly DemoCitizen[]
}

/** No operation pauses for long between two statements: rendering a document, the longest, takes a second or two. */
const ABANDON_AFTER_MS = 60_000

/** Where the built pages lie: beside the bundled server, or in dist/ of the sources. */
const builtPages = (): string =>
  path.resolve(
    import.meta.dirname,
    path.basename(import.meta.dirname) === 'server' && existsSync(path.join(import.meta.dirname, 'main.mjs'))
      ? '..'
      : '../dist',
  )

function addAnswerHeaders(app: FastifyInstance, platform: Platform, stopping: () => boolean): void {
  app.addHook('onSend', async (_request, reply) => {
    // By this clock holds run out; a page corrects its own by it.
    reply.header('date', platform.now().toUTCString())
    // A connection that has got its last answer must not keep the server from closing.
    if (stopping()) reply.header('connection', 'close')
  })
}

/** Starts a node over a migrated database: HTTP, event relay, live streams, jobs. */
export async function startNode(options: NodeOptions): Promise<Node> {
  const { config, databaseUrl } = options
  const log = openLog(config.logLevel)
  const metrics = openMetrics()
  const onError = (error: Error) => log.warn({ err: error }, 'a database connection was lost')
  const database = openDatabase(databaseUrl, { max: config.poolSize, abandonAfterMs: ABANDON_AFTER_MS, onError })
  let wake = () => {}
  const platform: Platform = {
    db: database.db,
    transact: database.transact,
    log,
    metrics,
    now: options.now ?? (() => new Date()),
    zone: config.timeZone,
    wakeRelay: () => wake(),
    authenticate: (tx, token, now, how) => wiring.authenticate(tx, token, now, how),
  }
  const attempts = openDatabase(databaseUrl, { max: 2 })
  const { secret, citizens } = options
  const wiring = wire({ config, secret, platform, attempts: attempts.db, ...(citizens && { citizens }) })
  await database.transact((tx) => ensureActionPartitions(tx, platform.now()))

  let stopping = false
  const app = await openApp({ log, trustProxy: config.trustProxy, requestsPerMinute: config.requestsPerMinute })
  addAnswerHeaders(app, platform, () => stopping)
  mountServiceRoutes(app, platform, () => stopping)
  mountRoutes(app, platform, wiring.routes)
  mountApiDocs(app, openApiOf(allEndpoints))
  await wiring.mountExtras(app)
  const hub = new EventHub(database.db, databaseUrl, log)
  mountEventStream(app, platform, hub, wiring.mayHear)
  await mountPages(app, options.dist ?? builtPages(), { demo: config.mode === 'demo' })

  const background = options.background === false ? [] : await startBackground()
  await hub.start()
  const address = await app.listen({ port: config.port, host: config.host })
  return { app, platform, database, address, stop }

  async function startBackground(): Promise<{ stop(): Promise<void> }[]> {
    const relay = startRelay(database.db, wiring.listeners, log, metrics)
    wake = () => relay.wake()
    return [relay, await startJobs(platform, databaseUrl, wiring.jobs, wiring.listeners)]
  }

  /** New requests are refused by /readyz first, running ones are finished, then the background, then the pool. */
  async function stop(): Promise<void> {
    stopping = true
    await hub.stop()
    await app.close()
    for (const part of background) await part.stop()
    await attempts.close()
    await database.close()
  }
}

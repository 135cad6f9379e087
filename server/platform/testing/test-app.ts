import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll } from 'vitest'
import { isFileReply, type Endpoint, type InputOf, type ReplyOf } from '../../../contracts/endpoint.ts'
import type { ProblemBody } from '../../../contracts/problems.ts'
import { mountRoutes } from '../http/mount-routes.ts'
import { openApp } from '../http/open-app.ts'
import type { Route } from '../http/serve.ts'
import { newId, newToken } from '../ids.ts'
import { hear } from '../jobs.ts'
import { ensureActionPartitions } from '../journal.ts'
import { openLog } from '../log.ts'
import { openMetrics } from '../metrics.ts'
import { relayOnce, type Listener } from '../outbox.ts'
import { perform, system } from '../perform.ts'
import type { Platform } from '../platform.ts'
import type { Actor, Work } from '../work.ts'
import { cloneDatabase, type TestDatabase } from './test-database.ts'

/** A refusal of the server as a test sees it. */
export class Refused extends Error {
  readonly problem: ProblemBody
  constructor(problem: ProblemBody) {
    super(`${problem.status} ${problem.type}: ${problem.detail ?? problem.title}`)
    this.problem = problem
  }
}

type Loose = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }
type Given<E extends Endpoint> = {
  [K in keyof InputOf<E> as InputOf<E>[K] extends undefined ? never : K]: InputOf<E>[K]
}
type Options = { key?: string; headers?: Record<string, string> }
export type RawReply = { status: number; headers: Record<string, unknown>; text: string; bytes: Buffer }

/** HTTP over a real database with a clock of the test's: everything `serve` does, without a port. */
export class TestApp {
  readonly database: TestDatabase
  readonly platform: Platform
  readonly app: FastifyInstance
  /** What time it is; set it to move the clock. */
  now: Date
  readonly #actors = new Map<string, Actor>()

  constructor(database: TestDatabase, app: FastifyInstance, platform: Platform, now: Date) {
    this.database = database
    this.app = app
    this.platform = {
      ...platform,
      now: () => this.now,
      authenticate: async (tx, token, at, how) => this.#actors.get(token) ?? platform.authenticate(tx, token, at, how),
    }
    this.now = now
  }

  get db() {
    return this.database.db
  }

  /** Moves the clock forward. */
  later(minutes: number): void {
    this.now = new Date(this.now.getTime() + minutes * 60_000)
  }

  /** The header of a request by this actor (undefined: nobody signed in). */
  headersOf(actor: Actor | undefined): Record<string, string> {
    if (!actor) return {}
    const token = newToken()
    this.#actors.set(token, actor)
    return { authorization: `Bearer ${token}` }
  }

  /** Sends a request as it is and gives the answer as it comes. */
  async send(
    actor: Actor | undefined,
    endpoint: Endpoint,
    input: Loose = {},
    options: Options = {},
  ): Promise<RawReply> {
    const path = endpoint.path.replace(/:(\w+)/g, (_all, name: string) =>
      encodeURIComponent(input.params?.[name] ?? ''),
    )
    const query = Object.entries(input.query ?? {}).filter(([, value]) => value !== undefined)
    const reply = await this.app.inject({
      method: endpoint.method,
      url: path,
      query: Object.fromEntries(query.map(([name, value]) => [name, String(value)])),
      headers: {
        ...(endpoint.method !== 'GET' && { 'idempotency-key': options.key ?? newId() }),
        ...this.headersOf(actor),
        ...options.headers,
      },
      ...(input.body !== undefined && { payload: input.body as object }),
    })
    return { status: reply.statusCode, headers: reply.headers, text: reply.payload, bytes: reply.rawPayload }
  }

  /** Calls an endpoint and gives its reply, files as bytes; throws Refused. */
  async call<E extends Endpoint>(
    actor: Actor | undefined,
    endpoint: E,
    input: Given<E>,
    options: Options = {},
  ): Promise<ReplyOf<E>> {
    const reply = await this.send(actor, endpoint, input as Loose, options)
    if (reply.status >= 300) throw new Refused(JSON.parse(reply.text) as ProblemBody)
    return (isFileReply(endpoint.reply) ? { bytes: reply.bytes } : JSON.parse(reply.text)) as ReplyOf<E>
  }

  /** Calls an endpoint that must refuse and gives the refusal. */
  async refusal<E extends Endpoint>(
    actor: Actor | undefined,
    endpoint: E,
    input: Given<E>,
    options: Options = {},
  ): Promise<ProblemBody> {
    const reply = await this.send(actor, endpoint, input as Loose, options)
    if (reply.status < 300) throw new Error(`${endpoint.name} was expected to refuse and answered ${reply.text}`)
    return JSON.parse(reply.text) as ProblemBody
  }

  /** Runs something as an actor inside one operation, as jobs and listeners do. */
  work<T>(actor: Actor, job: (work: Work) => Promise<T>): Promise<T> {
    return perform(this.platform, actor, { name: 'test.work', journal: 'read' }, job)
  }

  /** Relays everything announced so far and lets the listeners hear it, until nothing is left. */
  async hearAll(listeners: readonly Listener[]): Promise<void> {
    for (;;) {
      const before = await this.db.selectFrom('platform.event_cursor').select('seq').executeTakeFirstOrThrow()
      if ((await relayOnce(this.db, [])) === 0) return
      const events = await this.db
        .selectFrom('platform.event')
        .select(['id', 'type'])
        .where('seq', '>', before.seq)
        .orderBy('seq')
        .execute()
      for (const event of events)
        for (const listener of listeners.filter((l) => l.type === event.type))
          await hear(this.platform, listener, event.id)
    }
  }

  /** The action journal so far, oldest first; of one operation when named. */
  journal(operation?: string) {
    const rows = this.db.selectFrom('platform.action').selectAll().orderBy('at').orderBy('id')
    return (operation ? rows.where('operation', '=', operation) : rows).execute()
  }
}

/** Monday, 2 March 2026, 09:00 in Moscow. */
export const MONDAY = new Date('2026-03-02T06:00:00Z')

export type TestAppOptions = {
  routes: (platform: Platform) => readonly Route[]
  now?: Date
  max?: number
  /** Sessions of the database, for the tests of signing in; other tests act through `headersOf`. */
  authenticate?: Platform['authenticate']
  /** Mounts what is no operation of the contracts: protocols of other systems. */
  mount?: (app: FastifyInstance, platform: Platform) => void
  /** Fills the cloned database before the first test. */
  fill?: (app: TestApp) => Promise<void>
}

/** Opens routes over a database of one's own. */
export async function openTestApp(options: TestAppOptions): Promise<TestApp> {
  const database = await cloneDatabase(options.max ? { max: options.max } : {})
  const log = openLog('silent')
  const app = await openApp({ log, trustProxy: false, requestsPerMinute: 1_000_000 })
  const unset: Platform = {
    db: database.db,
    transact: database.transact,
    log,
    metrics: openMetrics(),
    now: () => new Date(),
    zone: 'Europe/Moscow',
    authenticate: options.authenticate ?? (async () => undefined),
    wakeRelay: () => {},
  }
  const test = new TestApp(database, app, unset, options.now ?? MONDAY)
  mountRoutes(app, test.platform, options.routes(test.platform))
  options.mount?.(app, test.platform)
  await database.transact((tx) => ensureActionPartitions(tx, test.now))
  await app.ready()
  await options.fill?.(test)
  return test
}

/** One app for the tests of a file: `const app = useTestApp({ routes })`, then `app().call(…)` inside a test. */
export function useTestApp(options: TestAppOptions): () => TestApp {
  let test: TestApp | undefined
  beforeAll(async () => {
    test = await openTestApp(options)
  })
  afterAll(async () => {
    await test?.app.close()
    await test?.database.drop()
  })
  return () => test!
}

/** An actor for tests; name only what matters. */
export const actorOf = (actor: Partial<Actor> & Pick<Actor, 'role'>): Actor => ({
  id: newId(),
  kind: actor.role === 'citizen' ? 'citizen' : actor.role === 'system' ? 'system' : 'employee',
  name: 'Проверяющий Тест Тестович',
  sessionId: newId(),
  ...actor,
})
export { system }

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allEndpoints } from '../contracts/index.ts'
import { readConfig } from './config.ts'
import { newId } from './platform/ids.ts'
import { cloneDatabase, type TestDatabase } from './platform/testing/test-database.ts'
import { startNode, type Node } from './start-node.ts'

const secret = 'ab'.repeat(32)

describe('a node', () => {
  let database: TestDatabase
  let node: Node
  const get = (path: string, init: RequestInit = {}) => fetch(`${node.address}${path}`, { redirect: 'manual', ...init })

  beforeAll(async () => {
    database = await cloneDatabase()
    const config = readConfig('demo', { RMIS_PORT: '0', RMIS_LOG_LEVEL: 'silent', RMIS_REQUESTS_PER_MINUTE: '300' })
    node = await startNode({ config, databaseUrl: database.url, secret })
  })
  afterAll(async () => {
    await node.stop()
    await database.drop()
  })

  it('says that it lives and that it is ready', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' })
    expect(await (await get('/readyz')).json()).toEqual({ status: 'ready' })
  })

  it('serves every operation of the contracts, and no other under /api/v1', async () => {
    for (const endpoint of allEndpoints) {
      const url = endpoint.path.replace(/:(\w+)/g, 'x')
      expect(node.app.hasRoute({ method: endpoint.method, url: endpoint.path }), `${endpoint.method} ${url}`).toBe(true)
    }
    const routes = node.app.printRoutes({ commonPrefix: false })
    expect((routes.match(/\((GET|POST|PUT|DELETE)/g) ?? []).length).toBeGreaterThan(allEndpoints.length)
  })

  it('describes its API in OpenAPI 3.1 and shows it to people without inline scripts', async () => {
    const openApi = (await (await get('/api/openapi.json')).json()) as {
      openapi: string
      paths: Record<string, object>
    }
    expect(openApi.openapi).toBe('3.1.0')
    const described = Object.values(openApi.paths).flatMap((path) => Object.keys(path)).length
    expect(described).toBe(allEndpoints.length)
    const docs = await (await get('/api/docs')).text()
    expect(docs).not.toMatch(/<script>[^<]/)
    for (const file of ['/api/docs/start.js', '/api/docs/swagger-ui.css', '/api/docs/swagger-ui-bundle.js'])
      expect((await get(file)).status, file).toBe(200)
  })

  it('tells its metrics without people or ids in them', async () => {
    await get('/api/v1/me')
    const text = await (await get('/metrics')).text()
    expect(text).toContain('rmis_operation_seconds_count{operation="access.who-am-i",outcome="refused"}')
    expect(text).toContain('rmis_outbox_waiting')
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7/)
  })

  it('answers unknown addresses of the API with a refusal, also in the wrong method', async () => {
    for (const [path, method] of [
      ['/api/v1/nothing', 'GET'],
      ['/api/v1/me', 'PUT'],
      ['/nothing', 'POST'],
    ] as const) {
      const reply = await get(path, { method })
      expect(reply.status, path).toBe(404)
      expect(reply.headers.get('content-type')).toContain('application/problem+json')
    }
  })

  it('shows demo logins, because this is a demo, and starts signing in through the stand-in', async () => {
    expect((await get('/api/v1/demo/logins')).status).toBe(200)
    const reply = await get('/esia/sign-in?return=/card')
    expect(reply.status).toBe(302)
    expect(reply.headers.get('location')).toContain('/aas/oauth2/v2/ac?')
  })

  it('hears no more than its share of requests from one address', async () => {
    const statuses = await Promise.all(Array.from({ length: 320 }, async () => (await get('/api/v1/me')).status))
    expect(statuses.filter((s) => s === 429).length).toBeGreaterThan(0)
    const refused = await get('/api/v1/me')
    expect(refused.status).toBe(429)
    expect(await refused.json()).toMatchObject({ type: '/problems/too-many-requests' })
    expect((await get('/readyz')).status).toBe(200)
  })
})

describe('a node that loses its database', () => {
  it('answers 503 with advice, and works again when the database is back', async () => {
    const database = await cloneDatabase()
    const config = readConfig('demo', { RMIS_PORT: '0', RMIS_LOG_LEVEL: 'silent' })
    const node = await startNode({ config, databaseUrl: database.url, secret })
    const name = new URL(database.url).pathname.slice(1)
    const admin = await cloneDatabase()
    const get = (path: string) => fetch(`${node.address}${path}`)
    try {
      await sql.raw(`alter database ${name} allow_connections false`).execute(admin.db)
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`.execute(admin.db)
      expect((await get('/healthz')).status).toBe(200)
      expect((await get('/readyz')).status).toBe(503)
      const refused = await get('/api/v1/demo/logins')
      expect(refused.status).toBe(503)
      expect(refused.headers.get('retry-after')).toBe('2')
      expect(await refused.json()).toMatchObject({ type: '/problems/unavailable' })
      await sql.raw(`alter database ${name} allow_connections true`).execute(admin.db)
      expect((await get('/readyz')).status).toBe(200)
      expect((await get('/api/v1/demo/logins')).status).toBe(200)
    } finally {
      await node.stop()
      await database.drop()
      await admin.drop()
    }
  })
})

describe('a node that stops', () => {
  it('finishes the requests it has taken and ends its live streams', async () => {
    const database = await cloneDatabase()
    const config = readConfig('demo', { RMIS_PORT: '0', RMIS_LOG_LEVEL: 'silent' })
    const node = await startNode({ config, databaseUrl: database.url, secret })
    // A lock makes requests wait in the middle of their work.
    const lock = database.transact(async (tx) => {
      await sql`lock table access.demo_login in access exclusive mode`.execute(tx)
      await sql`select pg_sleep(0.4)`.execute(tx)
    })
    const running = Array.from({ length: 5 }, () => fetch(`${node.address}/api/v1/demo/logins`))
    await new Promise((resolve) => setTimeout(resolve, 150))
    const stopped = node.stop()
    const replies = await Promise.all(running)
    expect(replies.map((r) => r.status)).toEqual([200, 200, 200, 200, 200])
    await Promise.all([stopped, lock])
    await expect(fetch(`${node.address}/healthz`)).rejects.toThrow()
    await database.drop()
  })
})

describe('two nodes over one database', () => {
  it('do each event and each change once between them', async () => {
    const database = await cloneDatabase()
    const config = readConfig('demo', { RMIS_PORT: '0', RMIS_LOG_LEVEL: 'silent' })
    const nodes = await Promise.all([1, 2].map(() => startNode({ config, databaseUrl: database.url, secret })))
    try {
      const key = newId()
      const body = JSON.stringify({ login: 'nobody', password: 'wrong password' })
      const send = (node: Node) =>
        fetch(`${node.address}/api/v1/sign-in`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
          body,
        })
      const statuses = (await Promise.all(nodes.flatMap((n) => [send(n), send(n), send(n), send(n)]))).map(
        (r) => r.status,
      )
      // Guesses are counted in the database: five are heard between the two nodes, the rest are not.
      expect(statuses.toSorted((a, b) => a - b)).toEqual([401, 401, 401, 401, 401, 429, 429, 429])
    } finally {
      await Promise.all(nodes.map((n) => n.stop()))
      await database.drop()
    }
  })
})

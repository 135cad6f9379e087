import http from 'node:http'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../ids.ts'
import { openLog } from '../log.ts'
import { relayOnce } from '../outbox.ts'
import { actorOf, openTestApp, type TestApp } from '../testing/test-app.ts'
import { EventHub } from './event-hub.ts'
import { mountEventStream } from './event-stream.ts'

type Told = { id?: string; data: { type: string; topics?: string[]; n?: number } }

/** A page that listens: reads the stream until it has heard `count` messages. */
class Page {
  readonly #reader: ReadableStreamDefaultReader<string>
  #text = ''
  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = (body as ReadableStream).pipeThrough<string>(new TextDecoderStream() as never).getReader()
  }
  async hear(count: number): Promise<Told[]> {
    const told: Told[] = []
    while (told.length < count) {
      const end = this.#text.indexOf('\n\n')
      if (end < 0) {
        const { value, done } = await this.#reader.read()
        if (done) throw new Error('the stream ended')
        this.#text += value
        continue
      }
      const lines = this.#text.slice(0, end).split('\n')
      this.#text = this.#text.slice(end + 2)
      const data = lines.find((l) => l.startsWith('data: '))
      const id = lines.find((l) => l.startsWith('id: '))
      if (data) told.push({ ...(id && { id: id.slice(4) }), data: JSON.parse(data.slice(6)) as Told['data'] })
    }
    return told
  }
  async untilEnd(): Promise<void> {
    while (!(await this.#reader.read()).done);
  }
  close = () => this.#reader.cancel()
}

describe('live updates', () => {
  let app: TestApp
  let hub: EventHub
  let address: string
  let server: http.Server
  const mine = newId()
  const citizen = actorOf({ role: 'citizen' })
  /** What looking up a topic waits for. */
  let gate = Promise.resolve()

  beforeAll(async () => {
    app = await openTestApp({ routes: () => [] })
    hub = new EventHub(app.db, app.database.url, app.platform.log)
  })
  afterAll(async () => {
    await hub.stop()
    await app.app.close()
    await app.database.drop()
  })

  const announce = async (topic: string, n: number) => {
    await app.work(citizen, async (work) =>
      work.announce({ type: 'test.changed', key: newId(), topics: [topic], payload: { n } }),
    )
    await relayOnce(app.db, [])
  }
  const open = (topics: string, headers: Record<string, string> = app.headersOf(citizen)) =>
    fetch(`${address}/api/v1/events?topics=${topics}`, { headers })

  beforeAll(async () => {
    // A second app, because the first is ready and takes no more routes.
    const { openApp } = await import('../http/open-app.ts')
    const listening = await openApp({ log: app.platform.log, trustProxy: false, requestsPerMinute: 1e6 })
    mountEventStream(listening, app.platform, hub, async (_work, topic) => {
      await gate
      return topic === `patient/${mine}`
    })
    await hub.start()
    address = await listening.listen({ port: 0, host: '127.0.0.1' })
    server = listening.server
    Object.assign(app, { listening })
  })

  it('tell a page of its topics only, with the number to resume from', async () => {
    const reply = await open(`patient/${mine}`)
    expect(reply.headers.get('content-type')).toContain('text/event-stream')
    const page = new Page(reply.body!)
    await announce(`patient/${newId()}`, 1)
    await announce(`patient/${mine}`, 2)
    const [told] = await page.hear(1)
    expect(told).toMatchObject({ data: { type: 'test.changed', n: 2, topics: [`patient/${mine}`] } })
    expect(Number(told!.id)).toBeGreaterThan(0)
    await page.close()
  })

  it('go on where the page left off', async () => {
    const first = new Page((await open(`patient/${mine}`)).body!)
    await announce(`patient/${mine}`, 10)
    const [last] = await first.hear(1)
    await first.close()
    await announce(`patient/${mine}`, 11)
    await announce(`patient/${mine}`, 12)
    const again = new Page(
      (await open(`patient/${mine}`, { ...app.headersOf(citizen), 'last-event-id': last!.id! })).body!,
    )
    expect((await again.hear(2)).map((t) => t.data.n)).toEqual([11, 12])
    await announce(`patient/${mine}`, 13)
    expect((await again.hear(1)).map((t) => t.data.n)).toEqual([13])
    await again.close()
  })

  it('end with the session they were opened in, and with no other', async () => {
    const page = new Page((await open(`patient/${mine}`)).body!)
    await announce(`session/${newId()}`, 30)
    await announce(`patient/${mine}`, 31)
    expect((await page.hear(1)).map((t) => t.data.n)).toEqual([31])
    await announce(`session/${citizen.sessionId}`, 32)
    await announce(`patient/${mine}`, 33)
    await page.untilEnd()
  })

  it('tell a page that was away too long to read everything anew', async () => {
    const { seq } = await app.db.selectFrom('platform.event_cursor').select('seq').executeTakeFirstOrThrow()
    await app.db.deleteFrom('platform.event').where('seq', '<=', seq).execute()
    await announce(`patient/${mine}`, 20)
    const page = new Page((await open(`patient/${mine}`, { ...app.headersOf(citizen), 'last-event-id': '1' })).body!)
    expect((await page.hear(2)).map((t) => t.data.type)).toEqual(['reset', 'test.changed'])
    await page.close()
  })

  it('tell a page to read everything anew when all it missed is forgotten, or its number is of another log', async () => {
    await announce(`patient/${mine}`, 30)
    await app.db.deleteFrom('platform.event').execute()
    for (const id of ['1', '999999999']) {
      const page = new Page((await open(`patient/${mine}`, { ...app.headersOf(citizen), 'last-event-id': id })).body!)
      await announce(`patient/${mine}`, 31)
      expect((await page.hear(2)).map((t) => t.data.type)).toEqual(['reset', 'test.changed'])
      await page.close()
      await app.db.deleteFrom('platform.event').execute()
    }
  })

  it('end when what was missed cannot be read, so that the browser asks again', async () => {
    await sql`alter table platform.event rename to event_away`.execute(app.db)
    try {
      await new Page(
        (await open(`patient/${mine}`, { ...app.headersOf(citizen), 'last-event-id': '1' })).body!,
      ).untilEnd()
    } finally {
      await sql`alter table platform.event_away rename to event`.execute(app.db)
    }
  })

  it('are not kept for a page that went away before its stream began', async () => {
    const streams = async () => (await app.platform.metrics.liveStreams.get()).values[0]?.value ?? 0
    const heard = async () => (await app.journal('platform.listen')).length
    while ((await streams()) > 0);
    const listened = await heard()
    let letIn = () => {}
    gate = new Promise((resolve) => (letIn = resolve))
    const gone = new Promise<void>((resolve) =>
      server.once('request', (_request, response) => response.once('close', () => resolve())),
    )
    const url = `${address}/api/v1/events?topics=patient/${mine}`
    const request = http.get(url, { headers: app.headersOf(citizen), agent: false }).on('error', () => {})
    request.on('socket', (socket) => socket.on('connect', () => setImmediate(() => request.destroy())))
    await gone
    letIn()
    while ((await heard()) === listened);
    await new Promise((resolve) => setImmediate(resolve))
    expect(await streams()).toBe(0)
  })

  it('are refused without a session, for topics one may not hear, and for nonsense', async () => {
    expect((await open(`patient/${mine}`, {})).status).toBe(401)
    expect((await open(`patient/${newId()}`)).status).toBe(404)
    expect((await open('everything')).status).toBe(422)
    expect((await open(`patient/${'-'.repeat(36)}`)).status).toBe(422)
    expect((await open(Array.from({ length: 21 }, () => `patient/${mine}`).join(','))).status).toBe(422)
  })

  it('end when the node stops, so that the browser goes to another', async () => {
    const page = new Page((await open(`patient/${mine}`)).body!)
    await (app as unknown as { listening: { close(): Promise<void> } }).listening.close()
    await page.untilEnd()
  })
})

describe('the hub of a node', () => {
  it('listens again, once, after the database was away for longer than a moment', async () => {
    const [app, admin] = [await openTestApp({ routes: () => [] }), await openTestApp({ routes: () => [] })]
    const told: string[] = []
    const log = openLog('warn', { write: (line: string) => void told.push(line) })
    const hub = new EventHub(app.db, app.database.url, log)
    const name = new URL(app.database.url).pathname.slice(1)
    const listeners = async () => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
        where datname = ${name} and application_name = 'rmis-events'`.execute(admin.db)
      return rows[0]!.n
    }
    await hub.start()
    try {
      await sql.raw(`alter database ${name} allow_connections false`).execute(admin.db)
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`.execute(admin.db)
      while (!told.some((line) => line.includes('gets no connection'))) await listeners()
      await sql.raw(`alter database ${name} allow_connections true`).execute(admin.db)
      while ((await listeners()) === 0);
      const heard = new Promise<number>((resolve) =>
        hub.subscribe(new Set(['test/again']), (event) => resolve(event.seq)),
      )
      await app.work(actorOf({ role: 'citizen' }), async (work) =>
        work.announce({ type: 'test.changed', key: newId(), topics: ['test/again'], payload: {} }),
      )
      await relayOnce(app.db, [])
      expect(await heard).toBe(1)
      expect(await listeners()).toBe(1)
    } finally {
      await hub.stop()
      for (const one of [app, admin]) {
        await one.app.close()
        await one.database.drop()
      }
    }
  })
})

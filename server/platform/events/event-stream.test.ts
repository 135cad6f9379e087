import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../ids.ts'
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
  const mine = newId()
  const citizen = actorOf({ role: 'citizen' })

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
    mountEventStream(listening, app.platform, hub, async (_work, topic) => topic === `patient/${mine}`)
    await hub.start()
    address = await listening.listen({ port: 0, host: '127.0.0.1' })
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

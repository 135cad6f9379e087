import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useTestApp } from '../../platform/testing/test-app.ts'
import { importOnline } from './import-directories.ts'
import type { NsiSettings } from './nsi-service.ts'

const KEY = '4c6f0a3e-0000-4000-8000-000000000000'

/** A local server that answers as the НСИ's REST service does; each test says what goes wrong. */
class Nsi {
  version = '1.1'
  rows = 450
  /** Called before each answer; may answer itself (a status to send, or 'cut' to drop the connection). */
  trouble: (method: string, page: number) => number | 'cut' | undefined = () => undefined
  asked: string[] = []
  readonly #server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const method = url.pathname.replace('/port/rest/', '')
    const page = Number(url.searchParams.get('page') ?? 0)
    this.asked.push(page ? `${method} ${page}` : method)
    const trouble = this.trouble(method, page)
    if (trouble === 'cut') return void request.socket.destroy()
    response.statusCode = trouble ?? 200
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(trouble ? {} : this.#answer(method, page, url.searchParams)))
  })

  #answer(method: string, page: number, query: URLSearchParams): unknown {
    const refused = (resultText: string) => ({ result: 'ERROR', resultText, resultCode: 1 })
    if (query.get('userKey') !== KEY) return refused(`Неверный ключ пользователя ${query.get('userKey')}`)
    const oid = query.get('identifier')!
    if (!oid.startsWith('1.2.643.')) return refused('Справочник не найден')
    if (method === 'passport')
      return {
        result: 'OK',
        oid,
        version: this.version,
        rowsCount: this.rows,
        fullName: 'Справочник НСИ',
        publishDate: '09.02.2023 16:13',
        keys: [
          { field: 'ID', type: 'PRIMARY' },
          { field: 'NAME', type: 'VALUE' },
        ],
      }
    const size = Number(query.get('size'))
    const list = Array.from({ length: this.rows }, (_, i) => [
      { column: 'ID', value: String(i + 1) },
      { column: 'NAME', value: `Понятие ${i + 1} версии ${this.version}` },
      { column: 'NOTE', value: null },
    ]).slice((page - 1) * size, page * size)
    return { result: 'OK', resultText: '', resultCode: 0, total: this.rows, list }
  }

  listen = () => new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  close = () => new Promise((resolve) => this.#server.close(resolve))
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }
}

const app = useTestApp({ routes: () => [] })
let nsi: Nsi
let settings: NsiSettings
let waited: number[]
let oids = 0
let oid: string

beforeEach(async () => {
  nsi = new Nsi()
  await nsi.listen()
  waited = []
  settings = { url: nsi.url, userKey: KEY, wait: async (ms) => void waited.push(ms) }
  oid = `1.2.643.77.${++oids}`
})
afterEach(() => nsi.close())

const load = async (of: string = oid) => (await importOnline(app().platform, settings, [of], () => {}))[0]!
const states = () =>
  app()
    .db.selectFrom('terminology.directory')
    .select(['version', 'state', 'rows_loaded', 'is_current'])
    .where('oid', '=', oid)
    .orderBy('version')
    .execute()

describe('importing from the НСИ', () => {
  it('reads the passport and page after page', async () => {
    expect(await load()).toMatchObject({ oid, version: '1.1', rows: 450, outcome: 'current' })
    expect(nsi.asked).toEqual(['passport', 'data 1', 'data 2', 'data 3', 'passport'])
    expect(waited).toEqual([])
  })

  it('asks only for the passport when the version is known', async () => {
    await load()
    nsi.asked = []
    expect(await load()).toMatchObject({ outcome: 'known' })
    expect(nsi.asked).toEqual(['passport'])
  })

  it.each([503, 429, 500, 'cut'] as const)('asks a failing page again, later each time (%s)', async (failure) => {
    let failures = 3
    nsi.trouble = (_method, page) => (page === 2 && failures-- > 0 ? failure : undefined)
    expect(await load()).toMatchObject({ rows: 450, outcome: 'current' })
    expect(waited).toEqual([1000, 2000, 4000])
  })

  it('gives up after five attempts, keeps what is there, and goes on from it the next time', async () => {
    nsi.trouble = (_method, page) => (page === 3 ? 503 : undefined)
    expect(await load()).toMatchObject({ outcome: 'failed', reason: 'НСИ ответила 503 на data' })
    expect(waited).toHaveLength(4)
    expect(await states()).toEqual([{ version: '1.1', state: 'loading', rows_loaded: 400, is_current: false }])
    nsi.trouble = () => undefined
    nsi.asked = []
    expect(await load()).toMatchObject({ rows: 50, outcome: 'current' })
    expect(nsi.asked).toEqual(['passport', 'data 3', 'passport'])
  })

  it('leaves a version that changed on the way and takes the new one whole', async () => {
    nsi.trouble = (_method, page) => {
      if (page === 2) {
        nsi.version = '1.2'
        nsi.rows = 430
      }
      return undefined
    }
    expect(await load()).toMatchObject({ version: '1.2', rows: 430, outcome: 'current' })
    expect(await states()).toEqual([{ version: '1.2', state: 'loaded', rows_loaded: 430, is_current: true }])
    const mixed = await app()
      .db.selectFrom('terminology.concept')
      .select('code')
      .where('oid', '=', oid)
      .where('name', 'like', '%версии 1.1')
      .execute()
    expect(mixed).toEqual([])
  })

  it('notices a change that keeps the number of rows, and one behind the last page', async () => {
    nsi.trouble = (_method, page) => {
      if (page === 3) nsi.version = '1.2'
      return undefined
    }
    expect(await load()).toMatchObject({ version: '1.2', outcome: 'current' })
    expect((await states()).filter((s) => s.is_current).map((s) => s.version)).toEqual(['1.2'])
  })

  it('does not chase a directory that changes all the time', async () => {
    let change = 1
    nsi.trouble = (_method, page) => {
      if (page === 1) nsi.version = `1.${++change}`
      return undefined
    }
    expect(await load()).toMatchObject({ outcome: 'failed' })
    expect((await states()).filter((s) => s.is_current)).toEqual([])
  })

  it('goes on with the other directories when one is refused, and never tells the key', async () => {
    const lines = await importOnline(app().platform, settings, ['9.9.9', oid], () => {})
    expect(lines.map((line) => [line.outcome, line.reason])).toEqual([
      ['failed', 'НСИ отказала: Справочник не найден'],
      ['current', undefined],
    ])
    await nsi.close()
    const unreachable = await load('1.2.643.78')
    expect(unreachable).toMatchObject({ outcome: 'failed', reason: 'связь с НСИ прервалась' })
    expect(JSON.stringify([lines, unreachable])).not.toContain(KEY)
    await nsi.listen()
  })

  it('says so when the key is wrong', async () => {
    settings = { ...settings, userKey: 'чужой' }
    expect(await load()).toMatchObject({ outcome: 'failed', reason: 'НСИ отказала: Неверный ключ пользователя …' })
    expect(waited).toEqual([])
  })

  it.each([
    ['a page that is short', { total: 450, list: [] }],
    ['a page of another shape', { total: 450, list: [{ ID: '1' }] }],
    ['a page without rows', { total: 450 }],
  ])('refuses %s', async (_what, page) => {
    const odd: typeof fetch = async (address) => {
      const url = address as URL
      return url.pathname.endsWith('/data') ? Response.json({ result: 'OK', ...page }) : fetch(url)
    }
    settings = { ...settings, fetch: odd }
    expect(await load()).toMatchObject({ outcome: 'failed' })
    expect((await states()).filter((s) => s.is_current)).toEqual([])
  })

  it('takes a reply that is no JSON for a broken connection', async () => {
    settings = { ...settings, fetch: async () => new Response('<html>Технические работы</html>') }
    expect(await load()).toMatchObject({ outcome: 'failed', reason: 'связь с НСИ прервалась' })
    expect(waited).toHaveLength(4)
  })

  it('twice at once brings every row in once', async () => {
    const lines = await Promise.all([load(), load()])
    expect(lines.map((line) => line.outcome).toSorted()).toEqual(['current', 'known'])
    expect(await states()).toEqual([{ version: '1.1', state: 'loaded', rows_loaded: 450, is_current: true }])
  })
})

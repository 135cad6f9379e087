import { describe, expect, it } from 'vitest'
import { directories } from '../../../contracts/terminology.ts'
import { useTestApp } from '../../platform/testing/test-app.ts'
import {
  conceptsByCodes,
  currentVersion,
  importDirectory,
  ImportRefused,
  loadStarterSet,
  searchConcepts,
  selectableByCodes,
  type DirectoryContent,
  type DirectoryRow,
} from './index.ts'
import { actorOf } from '../../platform/testing/test-app.ts'

const app = useTestApp({ routes: () => [] })
const someone = actorOf({ role: 'doctor' })
const work = <T>(job: Parameters<ReturnType<typeof app>['work']>[1]) => app().work(someone, job) as Promise<T>

let made = 0
/** An OID that no other test uses. */
const newOid = (): string => `1.2.643.99.${++made}`

const row = (code: string, more: Partial<DirectoryRow> = {}): DirectoryRow => ({
  code,
  name: `Понятие ${code}`,
  key: code,
  parentKey: null,
  isSelectable: true,
  synonyms: [],
  fields: { ID: code },
  ...more,
})
const rows = (count: number): DirectoryRow[] => Array.from({ length: count }, (_, i) => row(String(i + 1)))

/** A directory in batches of ten rows; `breakAt`: the source fails before that row. */
function directory(
  oid: string,
  version: string,
  of: readonly DirectoryRow[] = rows(35),
  more: Partial<DirectoryContent> & { breakAt?: number } = {},
): DirectoryContent {
  return {
    oid,
    version,
    name: 'Проверочный справочник',
    publishedAt: '2024-01-31',
    rowCount: of.length,
    source: 'проверка',
    *rowsFrom(offset) {
      for (let i = offset; i < of.length; i += 10) {
        if (more.breakAt !== undefined && i >= more.breakAt) throw new Error('источник пропал')
        yield of.slice(i, i + 10)
      }
    },
    ...more,
  }
}

const load = (content: DirectoryContent, tell?: (loaded: number, total: number) => void) =>
  importDirectory(app().platform, content, tell)
const current = (oid: string) => work<string | undefined>((w) => currentVersion(w, oid))
const stateOf = (oid: string) =>
  app()
    .db.selectFrom('terminology.directory')
    .select(['version', 'state', 'rows_loaded', 'is_current'])
    .where('oid', '=', oid)
    .orderBy('version')
    .execute()

describe('importing a directory', () => {
  it('makes it current, telling how far it is, and journals it', async () => {
    const oid = newOid()
    const told: number[] = []
    expect(await load(directory(oid, '1.1'), (loaded) => told.push(loaded))).toEqual({
      oid,
      version: '1.1',
      rows: 35,
      outcome: 'current',
    })
    expect(told).toEqual([0, 10, 20, 30, 35])
    expect(await current(oid)).toBe('1.1')
    const journal = await app().journal('terminology.import-directory')
    expect(journal.map((entry) => entry.object_id)).toContain(`${oid} 1.1`)
  })

  it('a second time changes nothing', async () => {
    const oid = newOid()
    await load(directory(oid, '1.1'))
    expect(await load(directory(oid, '1.1'))).toMatchObject({ rows: 0, outcome: 'known' })
  })

  it('that was interrupted goes on where it stopped, and until then is not current', async () => {
    const oid = newOid()
    await expect(load(directory(oid, '1.1', rows(35), { breakAt: 20 }))).rejects.toThrow('источник пропал')
    expect(await current(oid)).toBeUndefined()
    expect(await stateOf(oid)).toEqual([{ version: '1.1', state: 'loading', rows_loaded: 20, is_current: false }])
    expect(await work((w) => conceptsByCodes(w, oid, ['1']))).toEqual(new Map())
    expect(await load(directory(oid, '1.1'))).toMatchObject({ rows: 15, outcome: 'current' })
  })

  it('from another source begins a half-loaded version again', async () => {
    const oid = newOid()
    await expect(load(directory(oid, '1.1', rows(35), { breakAt: 20 }))).rejects.toThrow()
    const other = rows(12).map((r) => ({ ...r, name: 'Из другого источника' }))
    expect(await load(directory(oid, '1.1', other, { source: 'другой' }))).toMatchObject({ rows: 12 })
    const concepts = await work<Map<string, unknown>>((w) => conceptsByCodes(w, oid, ['1', '20']))
    expect([...concepts.keys()]).toEqual(['1'])
  })

  it('replaces an older version and keeps it, so that signed records can still quote it', async () => {
    const oid = newOid()
    await load(directory(oid, '1.9', rows(20)))
    await load(directory(oid, '1.10', rows(5)))
    expect(await current(oid)).toBe('1.10')
    expect((await stateOf(oid)).map((v) => [v.version, v.is_current])).toEqual([
      ['1.10', true],
      ['1.9', false],
    ])
    const kept = await app()
      .db.selectFrom('terminology.concept')
      .select(({ fn }) => fn.countAll<string>().as('n'))
      .where('oid', '=', oid)
      .where('version', '=', '1.9')
      .executeTakeFirstOrThrow()
    expect(kept.n).toBe('20')
    expect(await work((w) => searchConcepts(w, oid, '20'))).toEqual([])
  })

  it('of an older version later keeps it in the archive only', async () => {
    const oid = newOid()
    await load(directory(oid, '2.1'))
    expect(await load(directory(oid, '1.12'))).toMatchObject({ outcome: 'older', rows: 35 })
    expect(await current(oid)).toBe('2.1')
  })

  it('drops older versions that were left half-loaded', async () => {
    const oid = newOid()
    await expect(load(directory(oid, '1.1', rows(35), { breakAt: 20 }))).rejects.toThrow()
    await load(directory(oid, '1.2'))
    expect((await stateOf(oid)).map((v) => v.version)).toEqual(['1.2'])
  })

  it.each([
    ['fewer', 36],
    ['more', 34],
  ])('with %s rows than declared is refused and never current', async (_what, rowCount) => {
    const oid = newOid()
    await expect(load(directory(oid, '1.1', rows(35), { rowCount }))).rejects.toThrow(ImportRefused)
    expect(await current(oid)).toBeUndefined()
  })

  it('without rows is a directory without concepts', async () => {
    const oid = newOid()
    expect(await load(directory(oid, '1.1', []))).toMatchObject({ outcome: 'current', rows: 0 })
    expect(await work((w) => searchConcepts(w, oid, ''))).toEqual([])
  })

  it('takes the row in force when a code comes twice, in one batch or far apart', async () => {
    const oid = newOid()
    const near = [row('A', { name: 'Старая', isSelectable: false, key: '1' }), row('A', { name: 'Новая', key: '2' })]
    const far = [row('B', { name: 'Первая', key: '3' }), ...rows(20)]
    const last = [row('B', { name: 'Упразднённая', isSelectable: false, key: '99' })]
    const all = [...near, ...far, ...last]
    await load(directory(oid, '1.1', all))
    const concepts = await work<Map<string, { name: string }>>((w) => conceptsByCodes(w, oid, ['A', 'B']))
    expect([concepts.get('A')?.name, concepts.get('B')?.name]).toEqual(['Новая', 'Первая'])
    const kept = await app()
      .db.selectFrom('terminology.concept')
      .select('source_rows')
      .where('oid', '=', oid)
      .where('code', '=', 'B')
      .executeTakeFirstOrThrow()
    expect(kept.source_rows).toHaveLength(2)
    expect((await work<unknown[]>((w) => searchConcepts(w, oid, 'первая'))).length).toBe(1)
  })

  it('gives every row the code of its parent, named by the source through its own key', async () => {
    const oid = newOid()
    const child = row('A00.0', { key: '2', parentKey: '1' })
    await load(directory(oid, '1.1', [child, row('A00', { key: '1' })]))
    const { parent_code } = await app()
      .db.selectFrom('terminology.concept')
      .select('parent_code')
      .where('oid', '=', oid)
      .where('code', '=', 'A00.0')
      .executeTakeFirstOrThrow()
    expect(parent_code).toBe('A00')
  })

  it('names abolished codes for old records but does not let them be chosen', async () => {
    const oid = newOid()
    await load(directory(oid, '1.1', [row('A'), row('B', { isSelectable: false })]))
    const keysOf = async (concepts: Promise<Map<string, unknown>>) => [...(await concepts).keys()].toSorted()
    expect(await keysOf(work((w) => conceptsByCodes(w, oid, ['A', 'B', 'C'])))).toEqual(['A', 'B'])
    expect(await keysOf(work((w) => selectableByCodes(w, oid, ['A', 'B', 'C'])))).toEqual(['A'])
    expect((await work<{ code: string }[]>((w) => searchConcepts(w, oid, 'понятие'))).map((c) => c.code)).toEqual(['A'])
  })
})

describe('imports of one directory at once', () => {
  it('of one version share the work: every row is there once', async () => {
    const oid = newOid()
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => load(directory(oid, '1.1', rows(95)))))
    expect(outcomes.filter((o) => o.outcome === 'current')).toHaveLength(1)
    expect(outcomes.every((o) => ['current', 'known'].includes(o.outcome))).toBe(true)
    expect(await stateOf(oid)).toEqual([{ version: '1.1', state: 'loaded', rows_loaded: 95, is_current: true }])
    const terms = await work<unknown[]>((w) => searchConcepts(w, oid, 'понятие', 50))
    expect(terms).toHaveLength(50)
  })

  it('of several versions end with the newest one current, whichever is first', async () => {
    const oid = newOid()
    const versions = ['1.1', '1.2', '1.9', '1.10', '1.11']
    await Promise.allSettled(versions.map((version) => load(directory(oid, version, rows(30)))))
    expect(await current(oid)).toBe('1.11')
    expect((await stateOf(oid)).filter((v) => v.is_current)).toHaveLength(1)
  })

  it('from two sources: the one whose version was taken over is told so', async () => {
    const oid = newOid()
    const slow = directory(oid, '1.1', rows(35), {
      async *rowsFrom(offset) {
        for (let i = offset; i < 35; i += 10) {
          if (i === 20) await load(directory(oid, '1.1', rows(7), { source: 'другой' }))
          yield rows(35).slice(i, i + 10)
        }
      },
    })
    await expect(load(slow)).rejects.toThrow(ImportRefused)
    expect(await stateOf(oid)).toEqual([{ version: '1.1', state: 'loaded', rows_loaded: 7, is_current: true }])
  })

  it('readers see the old version whole until the new one is whole', async () => {
    const oid = newOid()
    await load(directory(oid, '1.1', rows(40)))
    const seen = new Set<string>()
    let done = false
    const watch = async () => {
      while (!done) {
        const found = await work<{ version: string }[]>((w) => searchConcepts(w, oid, 'понятие', 50))
        seen.add(`${found[0]?.version} ${found.length}`)
      }
    }
    await Promise.all([watch(), load(directory(oid, '1.2', rows(45))).finally(() => (done = true))])
    for (const view of seen) expect(['1.1 40', '1.2 45']).toContain(view)
  })
})

describe('the starter set', () => {
  it('lets a bare clone work, and is loaded once by nodes that start together', async () => {
    await Promise.all(Array.from({ length: 4 }, () => loadStarterSet(app().db, app().now)))
    for (const oid of Object.values(directories)) expect(await current(oid)).toBe('0.starter')
  })

  it('gives way to any real version, and does not come back', async () => {
    await loadStarterSet(app().db, app().now)
    await load(directory(directories.positions, '0.1', [row('109', { name: 'Врач-терапевт' })]))
    await loadStarterSet(app().db, app().now)
    expect(await current(directories.positions)).toBe('0.1')
    const found = await work<{ version: string }[]>((w) => searchConcepts(w, directories.positions, 'врач', 50))
    expect(found.map((c) => c.version)).toEqual(['0.1'])
  })

  it('does not touch a directory that has a current version', async () => {
    const before = await stateOf(directories.icd10)
    await loadStarterSet(app().db, new Date(app().now.getTime() + 1000))
    expect(await stateOf(directories.icd10)).toEqual(before)
  })
})

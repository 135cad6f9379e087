import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { DirectoryContent, DirectoryRow } from '../../modules/terminology/index.ts'
import { useTestApp } from '../../platform/testing/test-app.ts'
import { directoryFiles, directoryOf, readDirectoryFile } from './directory-file.ts'
import { UnknownShape } from './directory-shape.ts'
import { importFolder } from './import-directories.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'rmis-nsi-'))
afterAll(() => rmSync(folder, { recursive: true }))

const keys = [
  { field: 'ID', type: 'PRIMARY' },
  { field: 'NAME', type: 'VALUE' },
]
const passport = (oid: string, version: string, rowsCount: number, more: object = {}) => ({
  oid,
  version,
  rowsCount,
  fullName: 'Проверочный справочник',
  publishDate: '09.02.2023 16:13',
  keys,
  ...more,
})
const file = (oid: string, version = '1.1', rows: object[] = [{ ID: '1', NAME: 'Первое' }], more: object = {}) => ({
  passport: passport(oid, version, rows.length, more),
  rows,
})
const rowsOf = async (content: DirectoryContent): Promise<DirectoryRow[]> => {
  const all: DirectoryRow[] = []
  for await (const batch of content.rowsFrom(0)) all.push(...batch)
  return all
}
const read = (value: unknown, name = 'file.json') => directoryOf(value, name, name)

describe('a file of a directory', () => {
  it('is read with its passport, packed or not', async () => {
    const text = JSON.stringify(file('1.2.3'))
    writeFileSync(path.join(folder, 'plain.json'), `\uFEFF${text}`)
    writeFileSync(path.join(folder, 'packed.json.gz'), gzipSync(text))
    for (const name of ['plain.json', 'packed.json.gz']) {
      const content = await readDirectoryFile(path.join(folder, name))
      expect(content).toMatchObject({ oid: '1.2.3', version: '1.1', publishedAt: '2023-02-09', rowCount: 1 })
      expect(await rowsOf(content)).toMatchObject([{ code: '1', name: 'Первое', isSelectable: true }])
    }
  })
  it('goes on from any row', async () => {
    const rows = Array.from({ length: 5 }, (_, i) => ({ ID: String(i), NAME: 'Имя' }))
    const batches = [...(read(file('1.2.3', '1.1', rows)).rowsFrom(3) as Iterable<DirectoryRow[]>)]
    expect(batches.flat().map((row) => row.code)).toEqual(['3', '4'])
  })
  it('is kept under the OID it is named after: documents quote that one', () => {
    expect(read(file('1.2.4'), '1.2.3_1.1.json.gz').oid).toBe('1.2.3')
    expect(read(file('1.2.4'), '1.2.3_9.9.json').oid).toBe('1.2.4')
    expect(read(file('1.2.4'), 'other.json').oid).toBe('1.2.4')
  })
  it.each([
    ['МКБ-10', '1.2.643.5.1.13.13.11.1005', 'MKB_CODE', 'A00', 'A00'],
    ['услуги', '1.2.643.5.1.13.13.11.1070', 'S_CODE', 'A01.01', 'A01.01'],
    ['секции', '1.2.643.5.1.13.13.11.1379', 'CODE', 'ALL', 'ALL'],
    ['роли', '1.2.643.5.1.13.13.99.2.368', 'CODE_ROLE', 'DOCTOR', 'DOCTOR'],
  ])('takes the code that documents quote: %s', async (_what, oid, column, value, code) => {
    const [row] = await rowsOf(read(file(oid, '1.1', [{ ID: '7', [column]: value, NAME: 'Имя' }])))
    expect(row).toMatchObject({ code, key: '7' })
  })
  it('of a directory without a VALUE column takes the name that there is', async () => {
    const more = { keys: [{ field: 'ID', type: 'PRIMARY' }], fields: [{ field: 'ID' }, { field: 'S_NAME' }] }
    const [row] = await rowsOf(read(file('1.2.3', '1.1', [{ ID: '1', S_NAME: 'неотложная' }], more)))
    expect(row?.name).toBe('неотложная')
  })
  it('lets abolished rows, classes of МКБ-10 and rows without a code not be chosen', async () => {
    const icd = '1.2.643.5.1.13.13.11.1005'
    const rows = await rowsOf(
      read(
        file(icd, '1.1', [
          { ID: '1', MKB_CODE: 'A00-A09', NAME: 'Блок', ACTUAL: '1' },
          { ID: '2', MKB_CODE: 'A00', NAME: 'Холера', ACTUAL: '1' },
          { ID: '3', MKB_CODE: 'A01', NAME: 'Упразднена', ACTUAL: '0' },
          { ID: '4', NAME: 'Без кода', ACTUAL: '1' },
        ]),
      ),
    )
    expect(rows.map((row) => [row.code, row.isSelectable])).toEqual([
      ['A00-A09', false],
      ['A00', true],
      ['A01', false],
      ['4', false],
    ])
  })
  it.each([
    ['a list', []],
    ['nothing', null],
    ['a number', 5],
    ['rows without a passport', { rows: [] }],
    ['a passport without rows', { passport: passport('1.2.3', '1', 0) }],
    ['rows that are no list', { passport: passport('1.2.3', '1', 0), rows: {} }],
    ['a passport without keys', { passport: { ...passport('1.2.3', '1', 0), keys: undefined }, rows: [] }],
    ['a passport with an OID that is none', file('мкб')],
    ['a passport without a key column', file('1.2.3', '1', [], { keys: [{ field: 'NAME', type: 'VALUE' }] })],
    ['a passport from which the name cannot be told', file('1.2.3', '1', [], { keys: [keys[0]] })],
    ['a row that is a text', { ...file('1.2.3'), rows: ['строка'] }],
    ['a row without its key', file('1.2.3', '1', [{ NAME: 'Имя' }])],
    ['a cell that is an object', file('1.2.3', '1', [{ ID: { a: 1 }, NAME: 'Имя' }])],
    ['a code as long as a page', file('1.2.3', '1', [{ ID: 'x'.repeat(5000), NAME: 'Имя' }])],
  ])('is refused with an explanation when it is %s', (_what, value) => {
    expect(() => read(value)).toThrow(UnknownShape)
  })
  it('can be anything at all, and is read or refused', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.constant(null), fc.boolean())
    const rows = fc.array(fc.dictionary(fc.constantFrom('ID', 'NAME', 'ACTUAL', 'X'), cell))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          rows.map((r) => file('1.2.3', '1', r)),
        ),
        (value) => {
          try {
            read(value)
          } catch (error) {
            expect(error).toBeInstanceOf(UnknownShape)
          }
        },
      ),
    )
  })
})

describe('importing a folder', () => {
  const app = useTestApp({ routes: () => [] })
  const put = (name: string, content: string | Buffer) => {
    const at = path.join(folder, 'all', name)
    mkdirSync(path.dirname(at), { recursive: true })
    writeFileSync(at, content)
  }

  it('takes files of subfolders too, and not the index', async () => {
    put('INDEX.json', '[]')
    put('SOURCES.md', '# откуда')
    put('dir/1.2.643.1_1.1.json', JSON.stringify(file('1.2.643.1')))
    expect((await directoryFiles(path.join(folder, 'all'))).map((f) => path.basename(f))).toEqual([
      '1.2.643.1_1.1.json',
    ])
  })

  it('imports what can be imported and explains the rest, file by file', async () => {
    put('dir/1.2.643.2_1.1.json.gz', gzipSync(JSON.stringify(file('1.2.643.2'))))
    put('dir/broken.json', '{"passport":')
    put('dir/broken.json.gz', 'это не архив')
    put('dir/short.json', JSON.stringify({ ...file('1.2.643.3'), passport: passport('1.2.643.3', '1.1', 9) }))
    put('dir/odd-text.json', JSON.stringify(file('1.2.643.4', '1.1', [{ ID: '1', NAME: 'a\u0000b\ud800c' }])))
    const seen: string[] = []
    const lines = await importFolder(app().platform, path.join(folder, 'all'), (step) =>
      seen.push(`${step.number}/${step.of} ${step.loaded}/${step.total}`),
    )
    expect(lines.map((line) => [line.outcome, line.oid || line.name, line.reason])).toEqual([
      ['current', '1.2.643.1', undefined],
      ['current', '1.2.643.2', undefined],
      ['failed', 'broken.json', 'это не JSON'],
      ['failed', 'broken.json.gz', 'архив повреждён или слишком велик'],
      ['current', '1.2.643.4', undefined],
      ['failed', 'short.json', 'заявлено строк: 9, получено: 1'],
    ])
    expect(seen).toContain('1/6 1/1')
  })

  it('a second time finds everything known', async () => {
    const lines = await importFolder(app().platform, path.join(folder, 'all'), () => {})
    expect(lines.filter((line) => line.outcome === 'known')).toHaveLength(3)
  })

  it('twice at once still brings every directory in once', async () => {
    put('dir/1.2.643.5_1.1.json', JSON.stringify(file('1.2.643.5')))
    const runs = await Promise.all([1, 2].map(() => importFolder(app().platform, path.join(folder, 'all'), () => {})))
    const outcomes = runs
      .flat()
      .filter((line) => line.oid === '1.2.643.5')
      .map((line) => line.outcome)
    expect(outcomes.toSorted()).toEqual(['current', 'known'])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codedRow, oneOfTwo, rowsByCode, STARTER_VERSION, versionIsNewer, type DirectoryRow } from './rules.ts'

const row = (code: string, name: string, isSelectable = true): DirectoryRow => ({
  code,
  name,
  key: name,
  parentKey: null,
  isSelectable,
  synonyms: [],
  fields: { NAME: name },
})

describe('versions of a directory', () => {
  it.each([
    ['2.24', '2.9'],
    ['12.14', '9.6'],
    ['3', '2.99'],
    ['2.1.1', '2.1'],
    ['0.1', STARTER_VERSION],
  ])('%s is newer than %s', (newer, older) => {
    expect(versionIsNewer(newer, older)).toBe(true)
    expect(versionIsNewer(older, newer)).toBe(false)
  })
  it('every published version is newer than the starter set', () => {
    fc.assert(
      fc.property(
        fc.nat(99),
        fc.nat(99),
        (a, b) => void expect(versionIsNewer(`${a}.${b}`, STARTER_VERSION)).toBe(true),
      ),
    )
  })
  it('of two versions at most one is newer, and none is newer than itself', () => {
    const version = fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'))
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(versionIsNewer(a, b) && versionIsNewer(b, a)).toBe(false)
        expect(versionIsNewer(a, b) || versionIsNewer(b, a)).toBe(a !== b)
      }),
    )
  })
})

describe('a code that a source uses twice', () => {
  const abolished = codedRow('1.2.3', row('A11', 'Получение яйцеклетки', false))
  const inForce = codedRow('1.2.3', row('A11', 'Пункция фолликулов'))
  it('means the row in force, whichever came first', () => {
    expect(oneOfTwo(abolished, inForce).name).toBe('Пункция фолликулов')
    expect(oneOfTwo(inForce, abolished).name).toBe('Пункция фолликулов')
  })
  it('keeps the fields of both rows, those in force first', () => {
    expect(oneOfTwo(abolished, inForce).sourceRows.map((fields) => fields['NAME'])).toEqual([
      'Пункция фолликулов',
      'Получение яйцеклетки',
    ])
  })
  it('is one row, and no source row is lost', () => {
    const rows = fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), fc.boolean()))
    fc.assert(
      fc.property(rows, (made) => {
        const coded = made.map(([code, selectable], i) => codedRow('1.2.3', row(code, String(i), selectable)))
        const byCode = [...rowsByCode(coded).values()]
        expect(byCode.flatMap((r) => r.sourceRows)).toHaveLength(made.length)
        for (const r of byCode) expect(r.isSelectable).toBe(made.some(([code, s]) => code === r.code && s))
      }),
    )
  })
})

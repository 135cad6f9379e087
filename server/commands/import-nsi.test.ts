import { afterEach, describe, expect, it } from 'vitest'
import { WrongSetting } from '../config.ts'
import type { ImportLine } from '../exchange/nsi/index.ts'
import { closingTable, importNsiCommand } from './import-nsi.ts'

const line = (more: Partial<ImportLine>): ImportLine => ({
  oid: '1.2.643',
  version: '1.1',
  name: 'Справочник',
  rows: 5,
  outcome: 'current',
  ...more,
})

describe('rmis import', () => {
  const exitCode = process.exitCode
  afterEach(() => void (process.exitCode = exitCode))

  it.each([
    [[]],
    [['nsi']],
    [['nsi', '--online']],
    [['nsi', '--online', 'мкб']],
    [['nsi', 'a', 'b']],
    [['всё']],
    [['nsi', '-x']],
  ])('does not understand %j and says how it is called', async (args: string[]) => {
    await importNsiCommand(args)
    expect(process.exitCode).toBe(2)
  })
  it('names a folder that is not there', async () => {
    await expect(importNsiCommand(['nsi', '/nowhere/at/all'])).rejects.toThrow(WrongSetting)
  })
})

describe('the closing table', () => {
  it('shows what failed and why last, and sums up', () => {
    const failed = line({
      oid: '',
      version: '',
      name: 'broken.json',
      rows: 0,
      outcome: 'failed',
      reason: 'это не JSON',
    })
    const text = closingTable([failed, line({}), line({ outcome: 'older', rows: 120, version: '0.9' })])
    const lines = text.trimEnd().split('\n')
    expect(lines[0]).toContain('введён в действие')
    expect(lines[1]).toContain('в архиве: есть новее')
    expect(lines[2]).toContain('не загружен: это не JSON')
    expect(lines.at(-1)).toBe('Справочников: 3, прочитано строк: 125, не загружено справочников: 1.')
  })
})

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { plainSpecialties, specialtyTitle } from './specialty-title.ts'
import { shortName } from './staff-member.ts'

type Row = { ID: string; NAME: string; PARENT?: string; REL: string }
/** Diplomas, laboratories, hygiene, epidemiology, forensics, pharmacy and management: no patients come to them. */
const seeNobody = new Set(
  '1 2 4 5 6 7 13 18 21 26 52 54 55 100 152 153 154 159 160 161 162 163 164 165 169 170 184 185 186 229 269 289'.split(
    ' ',
  ),
)
const directory = path.resolve('../shared/data/nsi/dir/1.2.643.5.1.13.13.11.1066_5.4.json')

describe('the word for a specialty', () => {
  it('is the one people use, whatever the directory says', () => {
    expect(specialtyTitle('27')).toBe('Терапевт')
    expect(specialtyTitle('118', 'Кардиология')).toBe('Кардиолог')
  })

  it('is the name in the directory where we have no word, and the code where nobody has', () => {
    expect(specialtyTitle('26', 'Судебно-медицинская экспертиза')).toBe('Судебно-медицинская экспертиза')
    expect(specialtyTitle('26')).toBe('26')
    for (const code of ['constructor', '__proto__', '']) expect(specialtyTitle(code)).toBe(code)
  })

  describe.skipIf(!existsSync(directory))('beside the real directory (skipped where it is not at hand)', () => {
    const rows = (): Row[] => (JSON.parse(readFileSync(directory, 'utf8')) as { rows: Row[] }).rows

    it('stands for a code that is there', () => {
      const codes = new Set(rows().map((row) => row.ID))
      expect(plainSpecialties.filter((code) => !codes.has(code))).toEqual([])
    })

    it('is there for every doctor a person may be sent to', () => {
      const doctors = rows().filter((row) => row.PARENT === '0' && row.REL === '1')
      const missing = doctors.filter((row) => !plainSpecialties.includes(row.ID) && !seeNobody.has(row.ID))
      expect(missing.map((row) => `${row.ID} ${row.NAME}`)).toEqual([])
    })
  })
})

describe('a short name', () => {
  it('keeps the surname and one letter of each other name, whole even outside the basic plane', () => {
    expect(shortName({ lastName: 'Иванова', firstName: 'Анна', middleName: 'Сергеевна' })).toBe('Иванова А. С.')
    expect(shortName({ lastName: 'Ли', firstName: '𐐷ан', middleName: null })).toBe('Ли 𐐷.')
  })
})

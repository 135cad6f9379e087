import { describe, expect, it } from 'vitest'
import { emptyConsultation } from '../../../contracts/chart.ts'
import {
  cleanText,
  differences,
  isWritten,
  merged,
  sameRecord,
  sectionOf,
  withDiagnosis,
  withKind,
  withService,
} from './records.ts'

const cold = { code: 'J06.9', name: 'ОРВИ', kind: 'main' as const, note: '' }

describe('two versions of a record', () => {
  const mine = { ...emptyConsultation, complaints: 'Кашель', diagnoses: [cold] }
  const theirs = { ...emptyConsultation, complaints: 'Кашель и насморк', severity: 'moderate' as const }
  it('differ in fields that are told in words', () => {
    expect(differences(mine, theirs)).toEqual([
      { field: 'complaints', title: 'Жалобы', mine: 'Кашель', theirs: 'Кашель и насморк' },
      { field: 'severity', title: 'Состояние', mine: '', theirs: 'Состояние: средней тяжести' },
      { field: 'diagnoses', title: 'Диагноз', mine: 'J06.9 ОРВИ (основной)', theirs: '' },
    ])
  })
  it('are put together as chosen', () => {
    const together = merged(mine, theirs, new Set(['severity'] as const))
    expect(together).toEqual({ ...mine, severity: 'moderate' })
    expect(differences(together, mine).map((d) => d.field)).toEqual(['severity'])
  })
  it('are the same whatever the order of keys, and «not said» is said one way', () => {
    const other = { ...Object.fromEntries(Object.entries(mine).reverse()), severity: null } as typeof mine
    expect(sameRecord(mine, other)).toBe(true)
    expect(sameRecord(mine, theirs)).toBe(false)
  })
})

describe('lists of a record', () => {
  it('have one main diagnosis', () => {
    const two = withDiagnosis(withDiagnosis([], 'J06.9', 'ОРВИ'), 'I10', 'Гипертензия')
    expect(two.map((d) => d.kind)).toEqual(['main', 'concomitant'])
    expect(withKind(two, 'I10', 'main').map((d) => d.kind)).toEqual(['concomitant', 'main'])
    expect(withDiagnosis(two, 'I10', 'Гипертензия')).toEqual(two)
  })
  it('count a service that is added again', () => {
    const one = withService([], 'B01.047.001', 'Приём')
    expect(withService(one, 'B01.047.001', 'Приём')[0]!.quantity).toBe(2)
  })
})

describe('a refusal', () => {
  it.each([
    ['vitals', 'objective'],
    ['severity', 'objective'],
    ['diagnoses.0.code', 'diagnoses'],
    ['draft.complaints', 'complaints'],
    ['nothing', undefined],
  ])('about %s leads to the section %s', (path, id) => expect(sectionOf(path)).toBe(id))
})

describe('text', () => {
  it('pasted from elsewhere loses what is no text', () => {
    expect(cleanText('а\r\nб\u0000в\u000bг\tд')).toBe('а\nбвг\tд')
  })
  it('of blanks is nothing written', () => {
    expect(isWritten({ ...emptyConsultation, complaints: ' \n' }, 'complaints')).toBe(false)
    expect(isWritten({ ...emptyConsultation, vitals: { ...emptyConsultation.vitals, pulse: 70 } }, 'objective')).toBe(
      true,
    )
  })
})

import { describe, expect, it } from 'vitest'
import { emptyConsultation } from '../../../contracts/chart.ts'
import { bodyMassIndex, measureFlaws, measures, readMeasure, textsOf } from './measures.ts'

const spec = (name: string) => measures.find((m) => m.name === name)!

describe('a measurement as typed', () => {
  it.each([
    ['temperature', '36,6', 36.6],
    ['temperature', '36.6', 36.6],
    ['temperature', '37,', 37],
    ['pulse', ' 72 ', 72],
    ['pulse', '', null],
  ])('%s «%s» is read', (name, text, value) => expect(readMeasure(text, spec(name))).toEqual({ value }))
  it.each([
    ['temperature', '366', 'От 30 до 45'],
    ['pulse', '72,5', 'Без дробной части'],
    ['weight', '-5', 'Введите число'],
    ['weight', '0,1', 'От 0,3 до 400'],
  ])('%s «%s» is an error', (name, text, error) =>
    expect(readMeasure(text, spec(name))).toEqual({ value: null, error }),
  )
  it('is told by its field', () => {
    const texts = { ...textsOf({ ...emptyConsultation.vitals, pulse: 70 }), weight: 'много' }
    expect(texts.pulse).toBe('70')
    expect(measureFlaws(texts)).toEqual({ weight: 'Введите число' })
  })
})

describe('the body mass index', () => {
  it('needs both', () => {
    expect(bodyMassIndex({ ...emptyConsultation.vitals, height: 170, weight: 70 })).toBe('24,2')
    expect(bodyMassIndex({ ...emptyConsultation.vitals, height: 170 })).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { emptyConsultation } from '../../../contracts/chart.ts'
import type { SignatureView } from '../../../contracts/documents.ts'
import { linkWords } from './link-state.tsx'
import { textSections, vitalsWords } from '../../domain/record-words.ts'
import { verdictOf } from '../../domain/signature-words.ts'

describe('a record in plain words', () => {
  it('names only what was measured, with its unit', () => {
    expect(vitalsWords({ ...emptyConsultation.vitals, systolic: 130, diastolic: 85, temperature: 36.6 })).toEqual([
      ['Давление', '130/85 мм рт. ст.'],
      ['Температура', '36,6 °C'],
    ])
    expect(vitalsWords({ ...emptyConsultation.vitals, systolic: 130 })).toEqual([])
  })
  it('puts what to do before how it was found, and leaves empty sections out', () => {
    const sections = textSections({
      ...emptyConsultation,
      complaints: 'Кашель',
      prescriptions: 'Пить тёплое',
      anamnesis: ' ',
    })
    expect(sections).toEqual({ first: [['Назначения', 'Пить тёплое']], details: [['Жалобы', 'Кашель']] })
  })
})

describe('a signature in plain words', () => {
  const xml = (valid: boolean) => ({ format: 'cda', valid }) as SignatureView
  const pdf = (valid: boolean) => ({ format: 'pdf', valid }) as SignatureView
  it('is valid only when every one is, and neither form is left without one', () => {
    expect(verdictOf([xml(true), pdf(true)]).kind).toBe('success')
    expect(verdictOf([xml(true), pdf(false)]).kind).toBe('error')
    expect(verdictOf([pdf(true)]).kind).toBe('error')
    expect(verdictOf([]).kind).toBe('warning')
  })
})

describe('a card that is not connected', () => {
  it('says why and what to do, for every state', () => {
    expect(linkWords({ state: 'linked', reason: null })).toBeUndefined()
    for (const state of ['untrusted', 'waiting', 'refused'] as const)
      expect(linkWords({ state, reason: 'name-differs' })?.text.length).toBeGreaterThan(0)
    expect(linkWords({ state: 'refused', reason: 'name-differs' })?.text[0]).toContain('имя')
  })
})

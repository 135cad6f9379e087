import { describe, expect, it } from 'vitest'
import type { RuleDecision, RuleKind } from '../../../contracts/booking-rules.ts'
import { decisionOf, flawsOf, formOf, newForm } from './rule-form.ts'
import { demandWords, kinds, scopeWords } from './rule-words.ts'

describe('the form of a rule', () => {
  const filled = (kind: RuleKind) => ({ ...newForm(kind, '2026-03-02'), name: 'Правило', reason: 'Так решили' })

  it('is complete for every kind: what is sent comes back as it was typed', () => {
    for (const { kind } of kinds) {
      const form = filled(kind)
      expect(flawsOf(form)).toEqual({})
      const { takesEffectAt, reason, ...decision } = decisionOf(form)
      expect([takesEffectAt, reason]).toEqual([null, 'Так решили'])
      expect(formOf(decision)).toEqual({ ...form, reason: '' })
      expect(demandWords(decision.body)).toMatch(/^[А-Яа-я]/)
    }
  })

  it('names what is wrong, by field', () => {
    expect(Object.keys(flawsOf(newForm('age', '2026-03-02')))).toEqual(['name', 'reason'])
    const of = (change: object) => Object.keys(flawsOf({ ...filled('age'), ...change }))
    expect(of({ numbers: { from: '18', to: '17' } })).toEqual(['body.parameters.to'])
    expect(of({ numbers: { from: '-1', to: 'x' } })).toEqual(['body.parameters.from', 'body.parameters.to'])
    expect(of({ validFrom: '', order: '99999' })).toEqual(['validFrom', 'order'])
    expect(of({ validUntil: '2026-03-01' })).toEqual(['validUntil'])
    const hours = { ...filled('priority-hours'), groups: [], weekdays: [], until: '08:00' }
    expect(Object.keys(flawsOf(hours))).toEqual([
      'body.parameters.groups',
      'body.parameters.weekdays',
      'body.parameters.until',
    ])
  })

  it('tells whom a rule concerns', () => {
    const names = { specialties: new Map([['27', 'Терапевт']]), organizations: new Map([['o', 'Поликлиника № 1']]) }
    const scope: Pick<RuleDecision, 'organizationIds' | 'specialtyCodes' | 'channels'> = {
      organizationIds: [],
      specialtyCodes: [],
      channels: [],
    }
    expect(scopeWords(scope, names)).toBe('Все врачи, организации и способы записи')
    expect(
      scopeWords({ organizationIds: ['o'], specialtyCodes: ['27', '1', '2', '3', '4'], channels: ['portal'] }, names),
    ).toBe('Терапевт, 1, 2 и ещё 2; Поликлиника № 1; записывают: пациенты сами')
  })
})

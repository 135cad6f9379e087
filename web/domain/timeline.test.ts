import { describe, expect, it } from 'vitest'
import type { TimelineEntry } from '../../contracts/chart.ts'
import { happeningsOf, isWithin, periodStart } from './timeline.ts'

const fact = (id: string, kind: string, rest: Partial<TimelineEntry> = {}): TimelineEntry => ({
  id,
  kind,
  at: '2026-11-20T03:00:00Z',
  title: kind,
  plain: null,
  code: null,
  organizationName: 'Поликлиника № 1',
  doctorName: null,
  documentId: null,
  visitId: 'v1',
  timeZone: 'Asia/Novosibirsk',
  ...rest,
})

describe('a card in the words of its owner', () => {
  it('puts the facts of one visit together', () => {
    const [visit, ...rest] = happeningsOf([
      fact('d', 'DocumentReference', { at: '2026-11-20T03:20:00Z', documentId: 'doc' }),
      fact('c', 'Condition'),
      fact('p', 'Procedure'),
      fact('o', 'Observation'),
      fact('e', 'Encounter', { title: 'Приём: кардиолог', doctorName: 'Иванова А. С.' }),
    ])
    expect(rest).toEqual([])
    expect(visit).toMatchObject({
      title: 'Приём: кардиолог',
      at: '2026-11-20T03:00:00Z',
      documentId: 'doc',
      doctorName: 'Иванова А. С.',
      others: [],
    })
    expect([visit?.diagnoses, visit?.services, visit?.measurements].map((list) => list?.length)).toEqual([1, 1, 1])
  })

  it('keeps visits apart and in order', () => {
    const happenings = happeningsOf([fact('a', 'Encounter'), fact('b', 'Encounter', { visitId: 'v2' })])
    expect(happenings.map((h) => h.key)).toEqual(['v1', 'v2'])
  })

  it('keeps a visit back while the rest of its facts may be on the next page', () => {
    const first = [
      fact('a', 'Encounter'),
      fact('p', 'Procedure', { visitId: 'v2' }),
      fact('o', 'Observation', { visitId: 'v2' }),
    ]
    expect(happeningsOf(first, true).map((h) => h.key)).toEqual(['v1'])
    expect(happeningsOf(first, false).map((h) => h.key)).toEqual(['v1', 'v2'])
    expect(happeningsOf(first.slice(1), true).map((h) => h.key)).toEqual(['v2'])
  })

  it('shows what belongs to no visit and what it does not know', () => {
    const [vaccine] = happeningsOf([fact('i', 'Immunization', { visitId: null, title: 'Прививка от гриппа' })])
    expect(vaccine?.title).toBe('Прививка от гриппа')
    expect(vaccine?.others).toHaveLength(1)
  })
})

describe('periods', () => {
  it('end today', () => {
    expect(periodStart('month', '2026-11-26')).toBe('2026-10-27')
    expect(periodStart('year', '2026-11-26')).toBe('2025-11-26')
    expect(periodStart('', '2026-11-26')).toBeUndefined()
    expect(periodStart('century', '2026-11-26')).toBeUndefined()
  })
  it('go by the calendar of the organisation', () => {
    expect(isWithin('2026-11-25T20:00:00Z', 'Asia/Novosibirsk', '2026-11-26')).toBe(true)
    expect(isWithin('2026-11-25T20:00:00Z', 'UTC', '2026-11-26')).toBe(false)
  })
})

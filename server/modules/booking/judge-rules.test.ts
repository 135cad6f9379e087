import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countTaken, groupsOn } from './apply-rules.ts'
import { concerns, inOrder, refusalsOf, rulesAt, verdictsOf, visitsAllowed, type Rule } from './judge-rules.ts'
import type { Facts } from './rule-kinds.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 2, 2, 6) + minutes * 60_000)
const facts: Facts = {
  now: at(0),
  zone: 'Europe/Moscow',
  startsAt: at(1440),
  organizationId: 'here',
  specialtyCode: '27',
  channel: 'portal',
  age: 40,
  sex: 'female',
  attachedTo: null,
  groups: [],
  referral: false,
  coming: 1,
  holds: 1,
  noShows: [],
  taken: undefined,
}
const base: Rule = {
  id: 'a',
  version: 1,
  name: 'Правило',
  legalSource: 'правило региона',
  validFrom: '2026-01-01',
  validUntil: null,
  order: 10,
  overridable: false,
  organizationIds: [],
  specialtyCodes: [],
  channels: [],
  body: { kind: 'referral', parameters: {} },
  takesEffectAt: at(-1000),
  withdrawn: false,
}
const rule = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    version: fc.integer({ min: 1, max: 4 }),
    order: fc.integer({ min: 0, max: 3 }),
    withdrawn: fc.boolean(),
    takesEffectAt: fc.integer({ min: -50, max: 50 }).map(at),
    channels: fc.constantFrom([], ['portal' as const], ['doctor' as const]),
    body: fc.constantFrom<Rule['body']>(
      { kind: 'referral', parameters: {} },
      { kind: 'sex', parameters: { sex: 'female' } },
      { kind: 'holds-at-once', parameters: { most: 1 } },
      { kind: 'visits-per-specialty', parameters: { most: 2 } },
    ),
  })
  .map((r): Rule => ({ ...base, ...r }))
const versions = fc.uniqueArray(rule, { maxLength: 15, selector: (r) => `${r.id} ${r.version}` })

describe('the rules in force', () => {
  it('are of each rule the highest version whose moment has come, unless it was withdrawn', () => {
    fc.assert(
      fc.property(versions, fc.integer({ min: -60, max: 60 }), (all, minute) => {
        const now = at(minute)
        const found = rulesAt(all, now)
        for (const id of ['a', 'b', 'c', 'd', 'e']) {
          const begun = all.filter((v) => v.id === id && v.takesEffectAt <= now)
          const last = begun.find((v) => begun.every((other) => other.version <= v.version))
          expect(found.filter((v) => v.id === id)).toEqual(last && !last.withdrawn ? [last] : [])
        }
      }),
    )
  })

  it('are judged in one order, however they were stored', () => {
    fc.assert(
      fc.property(
        versions.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const verdicts = verdictsOf(rulesAt(all, at(0)), facts)
          expect(verdictsOf(rulesAt(shuffled, at(0)), facts)).toEqual(verdicts)
          const order = rulesAt(all, at(0))
          expect([...order].sort(inOrder)).toEqual(order)
          expect(refusalsOf(order, facts).map((r) => r.id)).toEqual(verdicts.filter((v) => !v.passes).map((v) => v.id))
        },
      ),
    )
  })

  it('say the same of the past whatever is decided later', () => {
    fc.assert(
      fc.property(versions, versions, (before, after) => {
        // What is decided at minute 0 takes effect then or later, under the next numbers.
        const later = after.map((v) => ({
          ...v,
          version: v.version + 10,
          takesEffectAt: at(Math.abs(+v.takesEffectAt - +at(0)) / 60_000),
        }))
        expect(rulesAt([...before, ...later], at(-1))).toEqual(rulesAt(before, at(-1)))
      }),
    )
  })

  it('never refuse more when one of them is taken away', () => {
    fc.assert(
      fc.property(versions, fc.nat(), (all, n) => {
        const rules = rulesAt(all, at(0))
        const fewer = rules.filter((_, i) => i !== n % Math.max(rules.length, 1))
        const ids = refusalsOf(rules, facts).map((r) => r.id)
        expect(refusalsOf(fewer, facts).every((r) => ids.includes(r.id))).toBe(true)
      }),
    )
  })
})

describe('a rule', () => {
  it.each<[string, Partial<Rule>, boolean]>([
    ['without limits', {}, true],
    ['of this organisation', { organizationIds: ['here', 'there'] }, true],
    ['of another organisation', { organizationIds: ['there'] }, false],
    ['of this specialty', { specialtyCodes: ['27'] }, true],
    ['of another specialty', { specialtyCodes: ['22'] }, false],
    ['of this channel', { channels: ['portal'] }, true],
    ['of another channel', { channels: ['registrar', 'doctor'] }, false],
    ['from the day of the visit', { validFrom: '2026-03-03' }, true],
    ['from the day after', { validFrom: '2026-03-04' }, false],
    ['until the day of the visit', { validUntil: '2026-03-03' }, true],
    ['until the day before', { validUntil: '2026-03-02' }, false],
  ])('%s', (_what, given, isConcerned) => {
    expect(concerns({ ...base, ...given }, facts)).toBe(isConcerned)
    expect(refusalsOf([{ ...base, ...given }], facts)).toHaveLength(isConcerned ? 1 : 0)
  })

  it('about visits to one specialty: the strictest says, and without one it is one', () => {
    const most = (n: number, given: Partial<Rule> = {}): Rule => ({
      ...base,
      ...given,
      body: { kind: 'visits-per-specialty', parameters: { most: n } },
    })
    expect(visitsAllowed([], facts)).toBe(1)
    expect(visitsAllowed([most(3), most(2)], facts)).toBe(2)
    expect(visitsAllowed([most(3, { specialtyCodes: ['22'] })], facts)).toBe(1)
  })
})

describe('what is counted', () => {
  it('leaves out the wish itself', () => {
    const one = (channel: string | null) => ({ staffId: 's', channel, startsAt: at(0) })
    const counted = countTaken([one('portal'), one('portal'), one('doctor'), one(null)], { channel: 'portal' })
    expect(counted.all).toBe(3)
    expect(Object.fromEntries(counted.byChannel)).toEqual({ portal: 1, doctor: 1, null: 1 })
  })

  it('groups by paper hold on their days, both included; by age, from the birthdays', () => {
    const paper = { code: 'veteran', since: '2026-01-01', until: '2026-03-03' }
    const person = { birthDate: '1961-03-03', benefits: [paper] }
    expect(groupsOn('2025-12-31', person)).toEqual([])
    expect(groupsOn('2026-01-01', person)).toEqual(['veteran'])
    expect(groupsOn('2026-03-03', person)).toEqual(['veteran', 'elder'])
    expect(groupsOn('2026-03-04', person)).toEqual(['elder'])
    expect(groupsOn('2026-03-04', { birthDate: '2025-03-05', benefits: [] })).toEqual(['infant'])
  })
})

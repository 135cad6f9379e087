import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../platform/time.ts'
import { fullYears, lastDayAsChild, representationIsLive } from './ages.ts'

describe('full years', () => {
  it.each([
    ['1985-04-12', '2026-04-11', 40],
    ['1985-04-12', '2026-04-12', 41],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
    ['2004-02-29', '2024-02-29', 20],
    ['2026-03-02', '2026-03-02', 0],
    ['2026-03-03', '2026-03-02', 0],
  ])('of one born on %s are on %s: %i', (birthDate, day, years) => {
    expect(fullYears(birthDate, day)).toBe(years)
  })

  it('become 18 the day after the last day as a child', () => {
    const births = fc.date({ min: new Date('1950-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(births, (at) => {
        const birthDate = at.toISOString().slice(0, 10)
        const last = lastDayAsChild(birthDate)
        expect(fullYears(birthDate, last)).toBe(17)
        expect(fullYears(birthDate, addDays(last, 1))).toBe(18)
      }),
    )
  })
})

describe('a representation', () => {
  const parent = { basis: 'parent', since: '2018-09-01', until: '2036-08-31', birthDate: '2018-09-01' } as const
  it('is live on its first and last day, and not a day before or after', () => {
    expect(
      ['2018-08-31', '2018-09-01', '2036-08-31', '2036-09-01'].map((day) => representationIsLive(parent, day)),
    ).toEqual([false, true, true, false])
  })
  it('of a parent ends with the 18th birthday, whatever term was written', () => {
    const endless = { ...parent, until: '2099-01-01' }
    expect(representationIsLive(endless, '2036-08-31')).toBe(true)
    expect(representationIsLive(endless, '2036-09-01')).toBe(false)
  })
  it('of a guardian lasts for its term, for a grown-up ward as well', () => {
    const guardian = { ...parent, basis: 'guardian', birthDate: '1940-01-01' } as const
    expect(representationIsLive(guardian, '2036-08-31')).toBe(true)
    expect(representationIsLive(guardian, '2036-09-01')).toBe(false)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../../ui/dates.ts'
import {
  blocksOn,
  flawOf,
  isSpecial,
  samePlan,
  withBlock,
  withChanged,
  withDay,
  withoutBlock,
  withWeekCopied,
  withWeekRepeated,
  type Plan,
} from './plan.ts'

const MONDAY = '2026-11-23'
const dayOf = (n: number) => addDays(MONDAY, n)
const at = (starts: number, ends: number) => ({ starts: starts * 60, ends: ends * 60 })
const weekly: Plan = {
  cycle: null,
  daysOff: [],
  hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, starts: '08:00', ends: '14:00' })),
}
const hoursOf = (plan: Plan, day: string) => blocksOn(plan, day).map((b) => `${b.row.starts}–${b.row.ends}`)
const block = (plan: Plan, day: string, n = 0) => blocksOn(plan, day)[n]!

describe('a change for every such day', () => {
  it('adds hours of the weekday, of the day of the cycle where there is one', () => {
    const added = withBlock(weekly, dayOf(0), at(15, 18), 'every')
    expect(hoursOf(added, dayOf(7))).toEqual(['08:00–14:00', '15:00–18:00'])
    const shifts: Plan = { ...weekly, cycle: { days: 4, from: dayOf(0) }, hours: [] }
    expect(withBlock(shifts, dayOf(5), at(8, 20), 'every').hours).toEqual([
      { cycleDay: 2, starts: '08:00', ends: '20:00' },
    ])
  })
  it('stretches and takes away everywhere', () => {
    const longer = withChanged(weekly, dayOf(1), block(weekly, dayOf(1)), { ends: 16 * 60 }, 'every')
    expect([hoursOf(longer, dayOf(8)), hoursOf(longer, dayOf(2))]).toEqual([['08:00–16:00'], ['08:00–14:00']])
    expect(hoursOf(withoutBlock(longer, dayOf(1), block(longer, dayOf(1)), 'every'), dayOf(8))).toEqual([])
  })
  it('keeps to odd and even weeks and dates, those of the new day', () => {
    // The Monday of week 48 is the 23rd.
    const like = { weekday: 1, on: 'even-weeks' as const, starts: '08:00', ends: '09:00' }
    expect(withBlock(weekly, dayOf(12), at(8, 9), 'every', like).hours.at(-1)).toMatchObject({
      weekday: 6,
      on: 'odd-weeks',
    })
    expect(withBlock(weekly, dayOf(5), at(8, 9), 'every', { ...like, on: 'odd-dates' }).hours.at(-1)).toMatchObject({
      weekday: 6,
      on: 'even-dates',
    })
  })
  it('is for the day alone where the day has hours of its own', () => {
    const special = withDay(weekly, dayOf(0), [at(9, 10)])
    const added = withBlock(special, dayOf(0), at(11, 12), 'every')
    expect([hoursOf(added, dayOf(0)), hoursOf(added, dayOf(7))]).toEqual([
      ['09:00–10:00', '11:00–12:00'],
      ['08:00–14:00'],
    ])
  })
})

describe('a change for one day', () => {
  it('leaves all other days alone', () => {
    const moved = withChanged(weekly, dayOf(2), block(weekly, dayOf(2)), at(9, 15), 'day')
    expect([hoursOf(moved, dayOf(2)), hoursOf(moved, dayOf(9))]).toEqual([['09:00–15:00'], ['08:00–14:00']])
  })
  it('makes a day off of a day without hours, and an ordinary one of it again', () => {
    const off = withoutBlock(weekly, dayOf(2), block(weekly, dayOf(2)), 'day')
    expect([off.daysOff, isSpecial(off, dayOf(2)), hoursOf(off, dayOf(2))]).toEqual([[dayOf(2)], true, []])
    expect(samePlan(withDay(off, dayOf(2), [at(8, 14)]), weekly)).toBe(true)
  })
  it('is what it says, for any hours', () => {
    const hours = fc
      .uniqueArray(fc.integer({ min: 0, max: 22 }), { maxLength: 5 })
      .map((starts) => starts.sort((a, b) => a - b).map((h) => at(h, h + 1)))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 27 }), hours, fc.integer({ min: 0, max: 27 }), (n, blocks, other) => {
        const changed = withDay(weekly, dayOf(n), blocks)
        expect(blocksOn(changed, dayOf(n)).map(({ starts, ends }) => ({ starts, ends }))).toEqual(blocks)
        if (other !== n) expect(hoursOf(changed, dayOf(other))).toEqual(hoursOf(weekly, dayOf(other)))
        expect(samePlan(withDay(changed, dayOf(n), blocksOn(weekly, dayOf(n))), weekly)).toBe(true)
      }),
    )
  })
})

describe('a week', () => {
  const special = withDay(withDay(weekly, dayOf(1), []), dayOf(5), [{ ...at(9, 12), kind: 'repeat' }])
  it('is copied to others day by day, from the day that is still ahead', () => {
    const copied = withWeekCopied(special, MONDAY, [dayOf(7), dayOf(14)], dayOf(15))
    expect(copied.daysOff).toEqual([dayOf(1), dayOf(15)])
    expect(hoursOf(copied, dayOf(12))).toEqual([])
    expect(blocksOn(copied, dayOf(19))[0]).toMatchObject({ kind: 'repeat' })
    // What repeats anyway has got no dates of its own.
    expect(copied.hours.filter((h) => h.date !== undefined)).toHaveLength(2)
  })
  it('becomes every week', () => {
    const repeated = withWeekRepeated(special, MONDAY)
    expect([hoursOf(repeated, dayOf(8)), hoursOf(repeated, dayOf(12))]).toEqual([[], ['09:00–12:00']])
    expect([repeated.daysOff, repeated.hours.some((h) => h.date !== undefined)]).toEqual([[], false])
  })
})

describe('hours that cannot be', () => {
  const schedule = { slotMinutes: 20, lengths: {}, breaks: [] }
  it('are told why', () => {
    expect(flawOf(weekly, schedule)).toBeUndefined()
    expect(flawOf(withBlock(weekly, dayOf(0), at(13, 15), 'every'), schedule)).toBe('Часы одного дня пересекаются')
    expect(flawOf(withBlock(weekly, dayOf(0), { starts: 900, ends: 915 }, 'every'), schedule)).toBe(
      'В эти часы не помещается ни один приём',
    )
    expect(flawOf({ ...weekly, hours: [] }, schedule)).toBe('В графике не остаётся ни одного часа')
  })
})

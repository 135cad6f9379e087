import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { begun, did, redone, undone, withPlans, type Draft } from './draft.ts'
import type { Plan } from './plan.ts'

const plan = (hour: number): Plan => ({
  cycle: null,
  daysOff: [],
  hours: [{ weekday: 1, starts: `${String(hour).padStart(2, '0')}:00`, ends: '23:00' }],
})
const published = () => plan(8)

describe('a draft', () => {
  it('keeps only what differs from what is published', () => {
    const changed = withPlans({}, { a: plan(9), b: plan(8) }, published)
    expect(Object.keys(changed)).toEqual(['a'])
    expect(withPlans(changed, { a: plan(8) }, published)).toEqual({})
  })
  it('goes back and forth over every step', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 9, max: 22 }), { maxLength: 30 }), (hours) => {
        let history = begun()
        const states: Draft[] = [history.now]
        for (const hour of hours) {
          history = did(history, { a: plan(hour) })
          if (history.now !== states.at(-1)) states.push(history.now)
        }
        for (const state of states.toReversed()) {
          expect(history.now).toEqual(state)
          history = undone(history)
        }
        for (const state of states) {
          expect(history.now).toEqual(state)
          history = redone(history)
        }
        expect(history.future).toEqual([])
      }),
    )
  })
  it('forgets what was undone once something else is done, and is not a step when nothing changes', () => {
    const one = did(begun(), { a: plan(9) })
    const other = did(undone(one), { b: plan(10) })
    expect(redone(other)).toEqual(other)
    expect(did(other, { b: plan(10) })).toBe(other)
    expect(undone(begun())).toEqual(begun())
  })
})

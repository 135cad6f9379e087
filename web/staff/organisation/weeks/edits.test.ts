import { describe, expect, it } from 'vitest'
import { droppedTo, movedTo, nextSpan, nudged, type Spot } from './edits.ts'
import { blocksOn, type Plan } from './plan.ts'

const weekly = (weekday: number): Plan => ({
  cycle: null,
  daysOff: [],
  hours: [{ weekday, starts: '08:00', ends: '14:00', kind: 'primary' }],
})
const MONDAY = '2026-11-23'
const TUESDAY = '2026-11-24'
const one: Spot = { id: 'one', plan: weekly(1), day: MONDAY }
const other: Spot = { id: 'other', plan: weekly(2), day: TUESDAY }
const block = blocksOn(one.plan, MONDAY)[0]!
const span = { starts: 540, ends: 900 }

describe('an edit in the grid', () => {
  it('moves hours within a day, to another day, and to another doctor with what they are for', () => {
    expect(movedTo(one, block, one, span, 'every')).toEqual({
      one: { ...one.plan, hours: [{ weekday: 1, starts: '09:00', ends: '15:00', kind: 'primary' }] },
    })
    const within = movedTo(one, block, { ...one, day: TUESDAY }, span, 'every')
    expect(within['one']!.hours).toEqual([{ weekday: 2, starts: '09:00', ends: '15:00', kind: 'primary' }])
    const between = movedTo(one, block, { ...other, day: MONDAY }, span, 'every')
    expect(between['one']!.hours).toEqual([])
    expect(between['other']!.hours[1]).toEqual({ weekday: 1, starts: '09:00', ends: '15:00', kind: 'primary' })
  })
  it('moves one day alone and leaves the others where they were', () => {
    const { one: left, other: right } = movedTo(one, block, other, { starts: 900, ends: 960 }, 'day')
    expect([left!.daysOff, left!.hours]).toEqual([[MONDAY], one.plan.hours])
    expect(blocksOn(right!, TUESDAY).map((b) => b.row.starts)).toEqual(['08:00', '15:00'])
    expect(blocksOn(right!, '2026-12-01').map((b) => b.row.starts)).toEqual(['08:00'])
  })
  it('makes new hours where there were none', () => {
    const made = droppedTo(other, undefined, 'new', { ...other, day: MONDAY }, { row: 0, day: 0, ...span }, 'every')
    expect(made['other']!.hours[1]).toEqual({ weekday: 1, starts: '09:00', ends: '15:00' })
  })
  it('by the keyboard stays within a day', () => {
    expect(nudged(block, 1, 'whole')).toEqual({ starts: 495, ends: 855 })
    expect(nudged(block, -1, 'end')).toEqual({ starts: 480, ends: 825 })
    expect(nudged({ ...block, starts: 0, ends: 15 }, -1, 'end')).toBeUndefined()
    expect(nudged({ ...block, starts: 0, ends: 15 }, -1, 'whole')).toBeUndefined()
    expect(nudged({ ...block, ends: 1439 }, 1, 'whole')).toBeUndefined()
    expect([nextSpan([]), nextSpan([block])]).toEqual([
      { starts: 480, ends: 840 },
      { starts: 900, ends: 1080 },
    ])
    expect(nextSpan([{ ...block, ends: 1430 }])).toEqual({ starts: 1424, ends: 1439 })
  })
})

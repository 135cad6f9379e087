import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dropAt, hoursShown, placeAt, rowsInView, type Grip } from './geometry.ts'

const frame = { from: 420, until: 1260, dayWidth: 84, rowHeight: 44, days: 28, rows: 60 }
const morning = { starts: 480, ends: 840 }
const place = (row: number, day: number, minute: number) => ({ row, day, minute })

describe('the drawing of weeks', () => {
  it('knows the row, the day and the minute of a point', () => {
    expect(placeAt(frame, 84 * 3 + 6, 44 * 2 + 1)).toEqual(place(2, 3, 480))
    expect(placeAt(frame, -50, 99_999)).toEqual(place(59, 0, 420))
  })
  it('shows the hours of every block', () => {
    expect(hoursShown([morning])).toEqual({ from: 420, until: 1260 })
    expect(hoursShown([{ starts: 390, ends: 1425 }])).toEqual({ from: 360, until: 1440 })
  })
  it('draws the rows of the window and a few around', () => {
    expect(rowsInView(frame, 0, 440)).toEqual({ first: 0, last: 14 })
    expect(rowsInView(frame, 44 * 55, 440)).toEqual({ first: 51, last: 59 })
    expect(rowsInView({ rows: 0, rowHeight: 44 }, 0, 440)).toEqual({ first: 0, last: 0 })
  })
})

describe('a drag', () => {
  it('moves hours by quarters to another day and doctor, and keeps their length', () => {
    const drag = { grip: 'move' as const, at: place(0, 0, 500), span: morning }
    expect(dropAt(frame, drag, place(4, 9, 568))).toEqual({ row: 4, day: 9, starts: 555, ends: 915 })
  })
  it('stretches either end, and no further than the other', () => {
    const at = place(1, 2, 840)
    expect(dropAt(frame, { grip: 'ends', at, span: morning }, place(7, 2, 907))).toEqual({
      row: 1,
      day: 2,
      starts: 480,
      ends: 900,
    })
    expect(dropAt(frame, { grip: 'ends', at, span: morning }, place(1, 1, 900))).toMatchObject({ ends: 495 })
    expect(dropAt(frame, { grip: 'starts', at, span: morning }, place(1, 3, 900))).toMatchObject({ starts: 825 })
  })
  it('makes new hours from where one pressed, either way', () => {
    const drag = { grip: 'new' as const, at: place(0, 0, 600), span: { starts: 600, ends: 600 } }
    expect(dropAt(frame, drag, place(0, 0, 722))).toMatchObject({ starts: 600, ends: 720 })
    expect(dropAt(frame, drag, place(0, 0, 541))).toMatchObject({ starts: 540, ends: 615 })
    expect(dropAt(frame, drag, place(0, 0, 600))).toMatchObject({ starts: 600, ends: 615 })
  })
  it('always ends in hours of one day, by quarters, with the beginning before the end', () => {
    const point = fc.record({
      row: fc.integer({ min: 0, max: 59 }),
      day: fc.integer({ min: 0, max: 27 }),
      minute: fc.double({ min: 420, max: 1260, noNaN: true }),
    })
    const span = fc
      .tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 90 }))
      .map(([a, b]) => ({ starts: a * 15, ends: Math.min(a * 15 + b * 15, 1439) }))
    fc.assert(
      fc.property(fc.constantFrom<Grip>('new', 'move', 'starts', 'ends'), point, span, point, (grip, at, s, to) => {
        const dropped = dropAt(frame, { grip, at, span: s }, to)
        expect(dropped.starts).toBeLessThan(dropped.ends)
        expect(dropped.starts).toBeGreaterThanOrEqual(0)
        expect(dropped.ends).toBeLessThan(1440)
        if (grip !== 'ends') expect(dropped.starts % 15).toBe(0)
      }),
    )
  })
})

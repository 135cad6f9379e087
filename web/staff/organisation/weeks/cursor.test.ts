import { describe, expect, it } from 'vitest'
import { settled, stepped, type Cursor, type Field } from './cursor.ts'

const block = (starts: number) => ({ starts, ends: starts + 60, row: { weekday: 1, starts: '', ends: '' } })
/** Two doctors, three days: the first has mornings and evenings on Monday, the second mornings on Tuesday. */
const field: Field = {
  rows: 2,
  days: 3,
  blocksAt: (row, day) =>
    row === 0 && day === 0 ? [block(480), block(900)] : row === 1 && day === 1 ? [block(540)] : [],
}
const at = (row: number, day: number, starts: number | null): Cursor => ({ row, day, starts })
const walk = (from: Cursor, keys: string) =>
  keys.split(' ').reduce((cursor, key) => stepped(field, cursor, key) ?? cursor, from)

describe('the cursor of the grid', () => {
  it('goes along a row by hours, stops once at an empty day, and ends at the name and at the last day', () => {
    expect(walk(at(0, -1, null), 'ArrowRight')).toEqual(at(0, 0, 480))
    expect(walk(at(0, 0, 480), 'ArrowRight')).toEqual(at(0, 0, 900))
    expect(walk(at(0, 0, 900), 'ArrowRight')).toEqual(at(0, 1, null))
    expect(walk(at(0, 1, null), 'ArrowLeft')).toEqual(at(0, 0, 900))
    expect(walk(at(0, 0, 480), 'ArrowLeft ArrowLeft')).toEqual(at(0, -1, null))
    expect(walk(at(1, 2, null), 'ArrowRight')).toEqual(at(1, 2, null))
  })
  it('goes down to the same day, to the nearest hours of it', () => {
    expect(walk(at(0, 1, null), 'ArrowDown')).toEqual(at(1, 1, 540))
    expect(walk(at(1, 0, null), 'PageUp')).toEqual(at(0, 0, 480))
    expect(walk(at(0, 0, 900), 'Home ArrowDown End')).toEqual(at(1, 2, null))
  })
  it('settles where something is', () => {
    expect(settled(field, at(9, 9, 1))).toEqual(at(1, 2, null))
    expect(settled(field, at(0, 0, 870))).toEqual(at(0, 0, 900))
    expect(stepped(field, at(0, 0, 480), 'x')).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import type { GridColumn } from '../../../contracts/schedules.ts'
import { frameOf, hoursOf, minuteHeight, nearestIn, placeOf } from './grid-layout.ts'

const zone = 'Asia/Novosibirsk'
const slot = (startsAt: string, endsAt: string) => ({
  ref: startsAt,
  startsAt: `2026-11-26T${startsAt}:00Z`,
  endsAt: `2026-11-26T${endsAt}:00Z`,
  state: 'free' as const,
  appointmentId: null,
})
const column = (...slots: GridColumn['slots']): GridColumn => ({
  staffId: 's',
  scheduleId: 't',
  doctorName: 'Иванова А. С.',
  specialtyTitle: 'Терапевт',
  room: '1',
  slots,
})

describe('the drawing of a day', () => {
  const columns = [column(slot('02:15', '02:30')), column(slot('06:50', '07:10'))]
  const frame = frameOf(columns, zone)!

  it('holds every time within whole hours, by the clocks of the place', () => {
    expect(frame).toEqual({ from: 9 * 60, until: 15 * 60, shortest: 15 })
    expect(frameOf([], zone)).toBeUndefined()
    expect(hoursOf(frame).map((h) => h.words)).toEqual(['09:00', '10:00', '11:00', '12:00', '13:00', '14:00'])
  })
  it('gives a time its place and length', () => {
    expect(placeOf(columns[0]!.slots[0]!, zone, frame)).toEqual({ from: 15, length: 15 })
    expect(placeOf(columns[1]!.slots[0]!, zone, frame)).toEqual({ from: 4 * 60 + 50, length: 20 })
  })
  it('lets the last time end at midnight', () => {
    expect(frameOf([column(slot('16:30', '17:00'))], zone)).toMatchObject({ from: 23 * 60, until: 24 * 60 })
  })
  it('is tall enough for the shortest time to be pressed', () => {
    for (const shortest of [5, 10, 12, 15, 30])
      expect(minuteHeight({ ...frame, shortest }) * shortest).toBeGreaterThan(24)
  })
})

describe('arrows', () => {
  const box = (left: number, top: number) => ({ left, top, right: left + 10, bottom: top + 10 })
  const boxes = [box(0, 0), box(0, 20), box(20, 2), box(40, 20)]
  it('go to what is nearest that way', () => {
    expect(nearestIn('ArrowDown', boxes[0]!, boxes)).toBe(1)
    expect(nearestIn('ArrowRight', boxes[0]!, boxes)).toBe(2)
    expect(nearestIn('ArrowLeft', boxes[3]!, boxes)).toBe(1)
    expect(nearestIn('ArrowUp', boxes[0]!, boxes)).toBe(-1)
  })
})

import { describe, expect, it } from 'vitest'
import type { FreeSlot } from '../../../contracts/schedules.ts'
import { daysToShow, dayToShow, doctorOptions, specialtyOptions, timesOf, whoseTime } from './times.ts'

const zone = 'Asia/Novosibirsk'
const slot = (staffId: string, startsAt: string): FreeSlot => ({
  ref: `${staffId} ${startsAt}`,
  staffId,
  doctorName: staffId,
  room: '1',
  startsAt,
  endsAt: startsAt,
  kind: 'any',
  referralNeeded: false,
})

describe('free times', () => {
  it('of several doctors stand once, by the clocks of the place', () => {
    const times = timesOf(
      [
        slot('Петров П. П.', '2026-11-26T03:15:00Z'),
        slot('Иванова А. С.', '2026-11-26T03:00:00Z'),
        slot('Орлов О. И.', '2026-11-26T03:00:00Z'),
      ],
      zone,
    )
    expect(times.map((t) => [t.time, whoseTime(t)])).toEqual([
      ['10:00', '2\u00a0врача'],
      ['10:15', 'Петров'],
    ])
  })
})

describe('days', () => {
  const days = [
    { day: '2026-11-27', freeSlots: 3 },
    { day: '2026-11-29', freeSlots: 1 },
    { day: '2026-12-01', freeSlots: 0 },
  ]
  it('are shown without gaps up to the last with places', () => {
    expect(daysToShow(days, '2026-11-26').map((d) => d.freeSlots)).toEqual([0, 3, 0, 1])
    expect(daysToShow([], '2026-11-26')).toHaveLength(1)
  })
  it('begin with the one asked for, if it has places', () => {
    expect(dayToShow(days, '2026-11-29')).toBe('2026-11-29')
    expect(dayToShow(days, '2026-12-01')).toBe('2026-11-27')
    expect(dayToShow([], '2026-12-01')).toBeUndefined()
  })
})

describe('lists to choose from', () => {
  it('put what has no places last, and any doctor first', () => {
    const offer = (title: string, freeSlots: number) => ({ code: title, title, freeSlots, nearest: null })
    expect(specialtyOptions([offer('Кардиолог', 0), offer('Терапевт', 4)], zone).map((o) => o.value)).toEqual([
      'Терапевт',
      'Кардиолог',
    ])
    expect(doctorOptions([], zone)).toEqual([{ value: 'any', label: 'Любой врач — мест нет' }])
  })
})

import { describe, expect, it } from 'vitest'
import { dayToShow, partsOfDay, weeksOf } from './free-times.ts'

const slot = (startsAt: string, staffId = 'a') => ({
  ref: `r${startsAt}${staffId}`,
  staffId,
  doctorName: staffId,
  room: '1',
  startsAt,
  endsAt: startsAt,
  kind: 'any' as const,
  referralNeeded: false,
})

describe('free times of a day', () => {
  it('stand under the part of the day, in the zone of the organisation', () => {
    const parts = partsOfDay(
      [slot('2026-11-27T10:00:00Z'), slot('2026-11-27T02:15:00Z'), slot('2026-11-27T06:00:00Z')],
      'Asia/Novosibirsk',
    )
    expect(parts.map((p) => [p.title, p.times.map((t) => t.time)])).toEqual([
      ['Утро', ['09:15']],
      ['День', ['13:00']],
      ['Вечер', ['17:00']],
    ])
  })
  it('show a time once when several doctors have it', () => {
    const [morning] = partsOfDay(
      [slot('2026-11-27T02:15:00Z', 'b'), slot('2026-11-27T02:15:00Z', 'a')],
      'Asia/Novosibirsk',
    )
    expect(morning?.times).toHaveLength(1)
    expect(morning?.times[0]?.slots).toHaveLength(2)
  })
  it('are nothing when there are none', () => expect(partsOfDay([], 'UTC')).toEqual([]))
})

describe('days on offer', () => {
  const days = [
    { day: '2026-11-26', freeSlots: 0 },
    { day: '2026-11-27', freeSlots: 3 },
    { day: '2026-12-09', freeSlots: 1 },
  ]
  it('fill whole weeks from Monday', () => {
    const weeks = weeksOf(days, '2026-11-26')
    expect(weeks).toHaveLength(3)
    expect(weeks[0]?.[0]?.day).toBe('2026-11-23')
    expect(weeks[2]?.[6]?.day).toBe('2026-12-13')
    expect(weeks[0]?.[4]).toEqual({ day: '2026-11-27', freeSlots: 3 })
  })
  it('never show more than five weeks, whatever is offered', () => {
    expect(weeksOf([{ day: '2028-01-01', freeSlots: 1 }], '2026-11-26')).toHaveLength(5)
    expect(weeksOf([], '2026-11-26')).toHaveLength(1)
  })
  it('open on the asked day while it has places, else on the first that has', () => {
    expect(dayToShow(days, '2026-12-09')).toBe('2026-12-09')
    expect(dayToShow(days, '2026-11-26')).toBe('2026-11-27')
    expect(dayToShow(days, undefined)).toBe('2026-11-27')
    expect(dayToShow([], undefined)).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { agesWords, byWeekday, copiedToWorkdays, hoursWords, timesInWeek } from './weekly-hours.ts'

const monday = { weekday: 1, starts: '08:00', ends: '14:00' }
const evening = { weekday: 1, starts: '15:00', ends: '17:10' }

describe('a weekly timetable', () => {
  it('is told day by day', () => {
    const [first, second] = byWeekday([evening, monday])
    expect(hoursWords(first!)).toBe('08:00–14:00, 15:00–17:10')
    expect(hoursWords(second!)).toBe('—')
  })
  it('counts whole times only', () => {
    expect(timesInWeek([monday, evening], 15)).toBe(24 + 8)
    expect(timesInWeek([monday], 0)).toBe(0)
  })
  it('is copied to working days and leaves the weekend alone', () => {
    const saturday = { weekday: 6, starts: '09:00', ends: '12:00' }
    const copied = copiedToWorkdays([monday, { ...evening, weekday: 2 }, saturday], 1)
    expect(copied.map((h) => h.weekday)).toEqual([1, 2, 3, 4, 5, 6])
    expect(copied[1]).toEqual({ ...monday, weekday: 2 })
  })
  it('says whom it is for', () => {
    expect([agesWords(0, 150), agesWords(18, 150), agesWords(0, 17)]).toEqual([
      'всех возрастов',
      'с 18 лет',
      'до 17 лет включительно',
    ])
  })
})

import { describe, expect, it } from 'vitest'
import { ageInWords, dayInFull, instantIn, plainDate } from './dates-in-words.ts'

describe('dates of a printed document', () => {
  it('are told by the clocks of the organisation', () => {
    const at = new Date('2026-11-23T18:05:00Z')
    expect(dayInFull(at, 'Asia/Novosibirsk')).toBe('24 ноября 2026, 01:05')
    expect(instantIn('Europe/Moscow')(at)).toBe('23.11.2026, 21:05')
    expect(plainDate('1968-03-09')).toBe('09.03.1968')
  })

  it.each([
    ['1968-03-09', '2026-03-08', '57 лет'],
    ['1968-03-09', '2026-03-09', '58 лет'],
    ['2005-11-24', '2026-11-24', '21 год'],
    ['2024-02-29', '2026-02-28', '1 год'],
    ['2022-11-24', '2026-11-24', '4 года'],
    ['2025-12-01', '2026-11-24', '11 месяцев'],
    ['2026-10-24', '2026-11-24', '1 месяц'],
    ['2026-11-22', '2026-11-24', '2 дня'],
    ['2026-11-24', '2026-11-24', '0 дней'],
    ['2027-01-01', '2026-11-24', '0 дней'],
  ])('born %s, on %s: %s', (born, day, age) => expect(ageInWords(born, day)).toBe(age))
})

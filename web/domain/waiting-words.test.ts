import { describe, expect, it } from 'vitest'
import { expectationWords, hoursWords, periodWords, placeWords } from './waiting-words.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('the words of a waiting list', () => {
  it('tell hours and days', () => {
    expect(plain(hoursWords({ fromTime: null, untilTime: null }))).toBe('любое время')
    expect(plain(hoursWords({ fromTime: null, untilTime: '12:00' }))).toBe('до 12:00')
    expect(plain(hoursWords({ fromTime: '12:00', untilTime: '17:00' }))).toBe('с 12:00 до 17:00')
    expect(plain(periodWords({ firstDay: '2026-11-25', lastDay: '2026-12-09' }, 2026))).toBe('25 ноября – 9 декабря')
    expect(plain(periodWords({ firstDay: '2026-12-31', lastDay: '2027-01-09' }, 2026))).toBe(
      '31 декабря – 9 января 2027',
    )
    expect(plain(periodWords({ firstDay: '2026-11-25', lastDay: '2026-11-25' }, 2026))).toBe('25 ноября')
  })
  it('tell the place', () => {
    expect(placeWords({ place: 3, waiting: 8 })).toBe('3-е место из 8')
    expect(placeWords({ place: 1, waiting: 1 })).toBe('В очереди больше никого')
  })
  it('tell the expected wait, or that nobody knows', () => {
    expect(expectationWords(null)).toContain('пока неизвестно')
    expect(expectationWords(1)).toBe('Обычно время освобождается за день')
    expect(plain(expectationWords(21))).toBe('Обычно ждут около 21 дня')
    expect(plain(expectationWords(5))).toBe('Обычно ждут около 5 дней')
    expect(expectationWords(200)).toContain('редко')
  })
})

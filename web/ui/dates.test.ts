import { describe, expect, it } from 'vitest'
import {
  addDays,
  ageWords,
  countdownWords,
  dateDigits,
  dateWords,
  dayOf,
  daysBetween,
  dayWords,
  fullYears,
  momentWords,
  monthWords,
  stampWords,
  timeWords,
  weekdayOf,
  zoneNote,
} from './dates.ts'

/** No-break spaces as plain ones: what a person reads. */
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ')

describe('days and times in words', () => {
  const now = new Date('2026-11-26T03:00:00Z')

  it('says a moment as a person does, in the zone of the organisation', () => {
    expect(plain(momentWords('2026-11-27T02:15:00Z', 'Asia/Novosibirsk', now))).toBe('завтра, пт 27 ноября, 09:15')
    expect(plain(momentWords('2026-11-26T11:00:00Z', 'Asia/Novosibirsk', now))).toBe('сегодня, чт 26 ноября, 18:00')
  })

  it('counts days by the calendar of the organisation, not by hours', () => {
    // 20:30 UTC is already tomorrow in Novosibirsk and still today in Moscow.
    expect(plain(momentWords('2026-11-26T20:30:00Z', 'Asia/Novosibirsk', now))).toBe('завтра, пт 27 ноября, 03:30')
    expect(plain(momentWords('2026-11-26T20:30:00Z', 'Europe/Moscow', now))).toBe('сегодня, чт 26 ноября, 23:30')
  })

  it('names the year only when it is another one', () => {
    expect(plain(dayWords('2026-12-07', '2026-11-26'))).toBe('пн 7 декабря')
    expect(plain(dayWords('2027-01-11', '2026-11-26'))).toBe('пн 11 января 2027')
    expect(plain(dayWords('2026-11-25', '2026-11-26'))).toBe('вчера, ср 25 ноября')
  })

  it('shows midnight as 00:00', () => {
    expect(timeWords('2026-11-26T21:00:00Z', 'Europe/Moscow')).toBe('00:00')
    expect(dayOf('2026-11-26T21:00:00Z', 'Europe/Moscow')).toBe('2026-11-27')
  })

  it('reads an unknown zone as UTC instead of failing', () => {
    expect(timeWords('2026-11-26T21:00:00Z', 'Mars/Olympus')).toBe('21:00')
  })

  it('writes dates for documents, columns and headings', () => {
    expect(plain(stampWords('2026-11-27T02:15:00Z', 'Asia/Novosibirsk'))).toBe('27 ноября 2026, 09:15')
    expect(plain(dateWords('2026-03-01'))).toBe('1 марта 2026')
    expect(dateDigits('2026-03-01')).toBe('01.03.2026')
    expect(monthWords('2026-03-01')).toBe('март 2026')
  })
})

describe('arithmetic of days', () => {
  it('crosses months, leap days and changes of the clock', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
    expect(daysBetween('2026-03-30', '2026-03-28')).toBe(-2)
  })
  it('numbers weekdays from Monday', () => {
    expect(weekdayOf('2026-11-23')).toBe(1)
    expect(weekdayOf('2026-11-29')).toBe(7)
  })
})

describe('ages', () => {
  it('counts full years up to the day of birth', () => {
    expect(fullYears('1990-11-27', '2026-11-26')).toBe(35)
    expect(fullYears('1990-11-26', '2026-11-26')).toBe(36)
    expect(fullYears('2008-02-29', '2026-02-28')).toBe(17)
    expect(fullYears('2008-02-29', '2026-03-01')).toBe(18)
  })
  it('says months and days of the smallest', () => {
    expect(plain(ageWords('1992-05-01', '2026-11-26'))).toBe('34 года')
    expect(plain(ageWords('2025-04-27', '2026-11-26'))).toBe('18 месяцев')
    expect(plain(ageWords('2026-11-14', '2026-11-26'))).toBe('12 дней')
    expect(plain(ageWords('2026-11-26', '2026-11-26'))).toBe('0 дней')
  })
})

describe('clocks', () => {
  it('counts down and never below zero', () => {
    expect(countdownWords(300)).toBe('5:00')
    expect(countdownWords(64.2)).toBe('1:05')
    expect(countdownWords(-3)).toBe('0:00')
  })
  it('says when the clock of the clinic is another one', () => {
    const now = new Date('2026-11-26T11:40:00Z')
    expect(zoneNote('Asia/Novosibirsk', now, 'Europe/Moscow')).toBe('время местное: сейчас там 18:40')
    expect(zoneNote('Asia/Novosibirsk', now, 'Asia/Krasnoyarsk')).toBeUndefined()
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  daysFrom,
  instantOf,
  isTimeZone,
  localDay,
  localTime,
  offsetChanges,
  startOfLocalDay,
  weekdayOf,
} from './time.ts'

const zones = [
  'UTC',
  'Europe/Moscow',
  'Europe/Kaliningrad',
  'Asia/Novosibirsk',
  'Asia/Kamchatka',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Havana',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Asia/Beirut',
]
const anyZone = fc.constantFrom(...zones)
const anyInstant = fc.date({
  min: new Date('1975-01-01T00:00:00Z'),
  max: new Date('2040-01-01T00:00:00Z'),
  noInvalidDate: true,
})

describe('days and times in a zone', () => {
  it('puts every instant between the start of its day and the start of the next', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, instant) => {
        const day = localDay(instant, zone)
        expect(startOfLocalDay(zone, day).getTime()).toBeLessThanOrEqual(instant.getTime())
        expect(startOfLocalDay(zone, addDays(day, 1)).getTime()).toBeGreaterThan(instant.getTime())
      }),
      { numRuns: 500 },
    )
  })

  it('starts a day at its own first moment: a second earlier is the day before', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, instant) => {
        const day = localDay(instant, zone)
        const start = startOfLocalDay(zone, day)
        expect(localDay(start, zone)).toBe(day)
        expect(localDay(new Date(start.getTime() - 1000), zone) < day).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('finds an instant that shows the time asked for, except when the clocks skip it', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, instant) => {
        const [day, time] = [localDay(instant, zone), localTime(instant, zone)]
        const found = instantOf(zone, day, time)
        expect([localDay(found, zone), localTime(found, zone)]).toEqual([day, time])
        expect(found.getTime()).toBeLessThanOrEqual(instant.getTime())
      }),
      { numRuns: 500 },
    )
  })

  it('knows clocks put forward: 02:30 becomes 03:30, and a day has 23 hours', () => {
    expect(instantOf('Europe/Berlin', '2026-03-29', '02:30').toISOString()).toBe('2026-03-29T01:30:00.000Z')
    const length = +startOfLocalDay('Europe/Berlin', '2026-03-30') - +startOfLocalDay('Europe/Berlin', '2026-03-29')
    expect(length / 3_600_000).toBe(23)
  })

  it('knows clocks put back: the first 02:30, and a day of 25 hours', () => {
    expect(instantOf('Europe/Berlin', '2026-10-25', '02:30').toISOString()).toBe('2026-10-25T00:30:00.000Z')
    const length = +startOfLocalDay('Europe/Berlin', '2026-10-26') - +startOfLocalDay('Europe/Berlin', '2026-10-25')
    expect(length / 3_600_000).toBe(25)
  })

  it('starts a day whose midnight is skipped when the clocks were put forward', () => {
    expect(startOfLocalDay('America/Sao_Paulo', '2018-11-04').toISOString()).toBe('2018-11-04T03:00:00.000Z')
    expect(localTime(startOfLocalDay('America/Sao_Paulo', '2018-11-04'), 'America/Sao_Paulo')).toBe('01:00')
  })

  it('knows that Moscow left summer time: +4 in 2013, +3 since 26 October 2014', () => {
    expect(startOfLocalDay('Europe/Moscow', '2013-07-01').toISOString()).toBe('2013-06-30T20:00:00.000Z')
    expect(startOfLocalDay('Europe/Moscow', '2026-07-01').toISOString()).toBe('2026-06-30T21:00:00.000Z')
    const changes = offsetChanges('Europe/Moscow', new Date('2014-01-01T00:00:00Z'), new Date('2015-01-01T00:00:00Z'))
    expect(changes).toEqual([{ at: new Date('2014-10-25T22:00:00Z'), before: 14_400_000, after: 10_800_000 }])
  })

  it('counts days and weekdays across months and leap years', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(weekdayOf('2026-11-24')).toBe(2)
    expect(weekdayOf('2026-11-29')).toBe(7)
    expect(daysFrom('2026-11-29', '2026-12-01')).toEqual(['2026-11-29', '2026-11-30', '2026-12-01'])
    expect(daysFrom('2026-12-01', '2026-11-29')).toEqual([])
  })

  it('tells an unknown zone', () => {
    expect(isTimeZone('Asia/Omsk')).toBe(true)
    expect(isTimeZone('Asia/Nowhere')).toBe(false)
    expect(() => startOfLocalDay('Asia/Nowhere', '2026-01-01')).toThrow(RangeError)
  })
})

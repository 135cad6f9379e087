import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf, localTime, minutesLater } from '../../platform/time.ts'
import { expectedDays, OFFER_MINUTES, offerEnds, timeIsWanted, type Waiter } from './waiting-rules.ts'

const FAR = new Date('2027-06-01T09:00:00Z')
const at = (zone: string, day: string, time: string) => instantOf(zone, day, time)
const ends = (zone: string, day: string, time: string) => offerEnds(FAR, zone, at(zone, day, time))

describe('an offer', () => {
  const zone = 'Europe/Moscow'
  it('waits half an hour by day, also into the evening', () => {
    expect(ends(zone, '2026-11-25', '08:00')).toEqual(at(zone, '2026-11-25', '08:30'))
    expect(ends(zone, '2026-11-25', '14:10')).toEqual(at(zone, '2026-11-25', '14:40'))
    expect(ends(zone, '2026-11-25', '21:59')).toEqual(at(zone, '2026-11-25', '22:29'))
  })
  it('at night waits till half an hour of the morning has passed', () => {
    expect(ends(zone, '2026-11-25', '22:00')).toEqual(at(zone, '2026-11-26', '08:30'))
    expect(ends(zone, '2026-11-30', '23:59')).toEqual(at(zone, '2026-12-01', '08:30'))
    expect(ends(zone, '2026-11-26', '00:00')).toEqual(at(zone, '2026-11-26', '08:30'))
    expect(ends(zone, '2026-11-26', '07:59')).toEqual(at(zone, '2026-11-26', '08:30'))
  })
  it('goes by the clocks of the place in the nights they change', () => {
    // Berlin puts its clocks forward on 29 March 2026 and back on 25 October; Lord Howe by half an hour.
    const cases = [
      ['Europe/Berlin', '2026-03-28', '2026-03-29', 9.5],
      ['Europe/Berlin', '2026-10-24', '2026-10-25', 11.5],
      ['Europe/Berlin', '2026-06-24', '2026-06-25', 10.5],
      ['Australia/Lord_Howe', '2026-04-04', '2026-04-05', 11],
      ['Australia/Lord_Howe', '2026-10-03', '2026-10-04', 10],
    ] as const
    for (const [place, evening, morning, hours] of cases) {
      const end = ends(place, evening, '22:00')!
      expect(end, place).toEqual(at(place, morning, '08:30'))
      expect((end.getTime() - at(place, evening, '22:00').getTime()) / 3600_000, place).toBe(hours)
    }
  })
  it('ends an hour before the visit, and is not made when that is over', () => {
    const visit = at(zone, '2026-11-25', '10:00')
    expect(offerEnds(visit, zone, at(zone, '2026-11-25', '08:45'))).toEqual(at(zone, '2026-11-25', '09:00'))
    expect(offerEnds(visit, zone, at(zone, '2026-11-24', '23:00'))).toEqual(at(zone, '2026-11-25', '08:30'))
    expect(offerEnds(at(zone, '2026-11-25', '07:30'), zone, at(zone, '2026-11-25', '01:00'))).toEqual(
      at(zone, '2026-11-25', '06:30'),
    )
    expect(offerEnds(visit, zone, at(zone, '2026-11-25', '09:00'))).toBeUndefined()
    expect(offerEnds(visit, zone, at(zone, '2026-11-25', '11:00'))).toBeUndefined()
  })
  it('whenever and wherever it is made, ends by day, later than now and within eleven hours and a half', () => {
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'Europe/Moscow',
      'Asia/Kamchatka',
      'Australia/Lord_Howe',
      'America/St_Johns',
    )
    const minute = fc.integer({ min: 0, max: 400 * 24 * 60 })
    fc.assert(
      fc.property(zones, minute, (place, minutes) => {
        const now = minutesLater(new Date('2026-01-01T00:00:00Z'), minutes)
        const end = offerEnds(new Date('2028-01-01T00:00:00Z'), place, now)!
        const wait = (end.getTime() - now.getTime()) / 60_000
        expect(wait).toBeGreaterThanOrEqual(OFFER_MINUTES)
        expect(wait).toBeLessThanOrEqual(11.5 * 60)
        const time = localTime(end, place)
        expect(time >= '08:30' && time < '22:30', `${place} ${now.toISOString()} ${time}`).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a time that is wanted', () => {
  const waiter: Waiter = {
    id: 'entry',
    patientId: 'patient',
    staffId: 'doctor',
    firstDay: '2026-11-25',
    lastDay: '2026-11-26',
    fromTime: '09:00',
    untilTime: '12:00',
    channels: ['portal'],
    earlier: false,
  }
  const wanted = (day: string, time: string, change: Partial<Waiter> = {}, zone = 'Asia/Kamchatka') =>
    timeIsWanted({ staffId: 'doctor', startsAt: at(zone, day, time) }, { ...waiter, ...change }, zone)
  it('is within the days and the hours by the clocks of the place, the last hour excluded', () => {
    expect(wanted('2026-11-25', '09:00')).toBe(true)
    expect(wanted('2026-11-26', '11:59')).toBe(true)
    expect(wanted('2026-11-26', '12:00')).toBe(false)
    expect(wanted('2026-11-25', '08:59')).toBe(false)
    expect(wanted('2026-11-24', '10:00')).toBe(false)
    expect(wanted('2026-11-27', '10:00')).toBe(false)
  })
  it('is with the doctor, or with whomever', () => {
    expect(wanted('2026-11-25', '09:00', { staffId: 'another' })).toBe(false)
    expect(wanted('2026-11-25', '09:00', { staffId: null })).toBe(true)
  })
})

describe('the expected wait', () => {
  it('is the place divided by how many times are given back a day, in whole days', () => {
    expect(expectedDays(1, 28)).toBe(1)
    expect(expectedDays(3, 28)).toBe(3)
    expect(expectedDays(1, 3)).toBe(10)
    expect(expectedDays(2, 56)).toBe(1)
  })
  it('is unknown while fewer than three were given back', () => {
    expect(expectedDays(1, 2)).toBeNull()
    expect(expectedDays(1, 0)).toBeNull()
  })
})

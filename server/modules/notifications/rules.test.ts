import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localTime } from '../../platform/time.ts'
import {
  afterQuietHours,
  cameEarly,
  emailOf,
  isOfUse,
  isWithin,
  masked,
  MAX_ATTEMPTS,
  nextAttempt,
  NIGHT,
  phoneOf,
  remindersOf,
  sendingTime,
} from './rules.ts'

const moscow = 'Europe/Moscow'
const night = { from: '21:00', until: '08:00' }
const at = (text: string) => new Date(text)
/** Moscow's clock, UTC+3. */
const msk = (text: string) => new Date(`${text}:00+03:00`)

describe('quiet hours', () => {
  it.each([
    ['2026-03-02T20:59', '2026-03-02T20:59'],
    ['2026-03-02T21:00', '2026-03-03T08:00'],
    ['2026-03-02T23:59', '2026-03-03T08:00'],
    ['2026-03-03T00:00', '2026-03-03T08:00'],
    ['2026-03-03T07:59', '2026-03-03T08:00'],
    ['2026-03-03T08:00', '2026-03-03T08:00'],
  ])('over midnight: what is made at %s leaves at %s', (made, leaves) => {
    expect(afterQuietHours(msk(made), moscow, night)).toEqual(msk(leaves))
  })

  it('within a day, and none when the ends are equal', () => {
    const nap = { from: '13:00', until: '15:00' }
    expect(afterQuietHours(msk('2026-03-02T14:00'), moscow, nap)).toEqual(msk('2026-03-02T15:00'))
    expect(afterQuietHours(msk('2026-03-02T12:00'), moscow, nap)).toEqual(msk('2026-03-02T12:00'))
    expect(isWithin('03:00', { from: '00:00', until: '00:00' })).toBe(false)
  })

  it('go by the clock of the zone', () => {
    const made = at('2026-03-02T15:00:00Z')
    expect(afterQuietHours(made, moscow, night)).toEqual(made)
    expect(afterQuietHours(made, 'Asia/Novosibirsk', night)).toEqual(at('2026-03-03T01:00:00Z'))
  })

  it('end by the new clock in a night when the clocks change', () => {
    // Berlin: forward on 29 March 2026 at 02:00, back on 25 October at 03:00.
    expect(afterQuietHours(at('2026-03-28T22:00:00Z'), 'Europe/Berlin', night)).toEqual(at('2026-03-29T06:00:00Z'))
    expect(afterQuietHours(at('2026-10-24T21:00:00Z'), 'Europe/Berlin', night)).toEqual(at('2026-10-25T07:00:00Z'))
    // An end that the clock skips is the moment it was put forward past it.
    const until = { from: '21:00', until: '02:30' }
    expect(afterQuietHours(at('2026-03-28T23:00:00Z'), 'Europe/Berlin', until)).toEqual(at('2026-03-29T01:30:00Z'))
  })

  it('never hold a message for longer than a day, nor let it go inside them', () => {
    const minute = fc
      .integer({ min: 0, max: 1439 })
      .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)
    fc.assert(
      fc.property(
        fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2026-12-31T00:00:00Z'), noInvalidDate: true }),
        fc.constantFrom(moscow, 'Asia/Kamchatka', 'Europe/Berlin', 'America/New_York'),
        fc.record({ from: minute, until: minute }),
        (now, zone, hours) => {
          const leaves = afterQuietHours(now, zone, hours)
          expect(leaves.getTime()).toBeGreaterThanOrEqual(now.getTime())
          expect(leaves.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 3_600_000)
        },
      ),
    )
  })

  it('do not hold news that would come too late: somebody would come for nothing', () => {
    const made = msk('2026-03-02T22:00')
    expect(sendingTime(made, moscow, night, msk('2026-03-03T08:30'))).toEqual(made)
    expect(sendingTime(made, moscow, night, msk('2026-03-03T09:00'))).toEqual(msk('2026-03-03T08:00'))
    expect(sendingTime(made, moscow, night, null)).toEqual(msk('2026-03-03T08:00'))
    // A visit that is over is not urgent.
    expect(sendingTime(made, moscow, night, msk('2026-03-02T18:00'))).toEqual(msk('2026-03-03T08:00'))
  })
})

describe('reminders', () => {
  const times = (startsAt: Date, now: Date, zone = moscow) =>
    remindersOf(startsAt, zone, now).map(({ kind, dueAt }) => [kind.replace('visit-reminder-', ''), dueAt])

  it('come at the same time a day before and two hours before', () => {
    expect(times(msk('2026-03-05T12:00'), msk('2026-03-02T09:00'))).toEqual([
      ['day', msk('2026-03-04T12:00')],
      ['hours', msk('2026-03-05T10:00')],
    ])
  })

  it('of an early visit come in the morning of the day before and on its evening', () => {
    const startsAt = msk('2026-03-05T07:30')
    expect(times(startsAt, msk('2026-03-02T09:00'))).toEqual([
      ['day', msk('2026-03-04T08:00')],
      ['hours', msk('2026-03-04T20:45')],
    ])
    expect(cameEarly(msk('2026-03-04T20:45'), startsAt)).toBe(true)
    expect(cameEarly(msk('2026-03-05T05:30'), startsAt)).toBe(false)
  })

  it('that are past already are left out', () => {
    expect(times(msk('2026-03-03T08:30'), msk('2026-03-02T18:00'))).toEqual([['hours', msk('2026-03-02T20:45')]])
    expect(times(msk('2026-03-02T10:00'), msk('2026-03-02T09:00'))).toEqual([])
  })

  it('keep the time of day over a change of the clocks', () => {
    // 10:00 on 29 March in Berlin is 08:00Z, the day before 09:00Z.
    expect(times(at('2026-03-29T08:00:00Z'), at('2026-03-25T00:00:00Z'), 'Europe/Berlin')).toEqual([
      ['day', at('2026-03-28T09:00:00Z')],
      ['hours', at('2026-03-29T06:00:00Z')],
    ])
  })

  it('never come at night, and always before the visit', () => {
    fc.assert(
      fc.property(
        fc.date({ min: at('2026-01-02T00:00:00Z'), max: at('2026-12-30T00:00:00Z'), noInvalidDate: true }),
        fc.constantFrom(moscow, 'Asia/Kamchatka', 'Europe/Berlin', 'America/New_York'),
        (startsAt, zone) => {
          for (const { dueAt } of remindersOf(startsAt, zone, at('2025-12-01T00:00:00Z'))) {
            expect(isWithin(localTime(dueAt, zone), NIGHT)).toBe(false)
            expect(dueAt.getTime()).toBeLessThan(startsAt.getTime() - 3_599_000)
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it('that come late are of use until the next one is due, or the visit begins', () => {
    const startsAt = msk('2026-03-05T12:00')
    expect(isOfUse('visit-reminder-day', startsAt, msk('2026-03-05T09:59'))).toBe(true)
    expect(isOfUse('visit-reminder-day', startsAt, msk('2026-03-05T10:00'))).toBe(false)
    expect(isOfUse('visit-reminder-hours', startsAt, msk('2026-03-05T11:59'))).toBe(true)
    expect(isOfUse('visit-reminder-hours', startsAt, startsAt)).toBe(false)
  })
})

describe('attempts', () => {
  it('are made with growing pauses and given up after about a day', () => {
    const now = at('2026-03-02T00:00:00Z')
    const pauses = Array.from({ length: MAX_ATTEMPTS }, (_, i) => nextAttempt(i + 1, now))
    expect(pauses.at(-1)).toBeUndefined()
    const minutes = pauses.slice(0, -1).map((next) => (next!.getTime() - now.getTime()) / 60_000)
    expect(minutes).toEqual([...minutes].sort((a, b) => a - b))
    const hours = minutes.reduce((sum, m) => sum + m, 0) / 60
    expect(hours).toBeGreaterThan(20)
    expect(hours).toBeLessThan(30)
  })
})

describe('addresses', () => {
  it.each([
    ['8 (900) 123-45-67', '+79001234567'],
    ['+7(900)1234567', '+79001234567'],
    ['+375 29 123-45-67', '+375291234567'],
    ['123', undefined],
    ['', undefined],
    [null, undefined],
  ])('a telephone %s is %s', (text, phone) => expect(phoneOf(text)).toBe(phone))

  it.each([
    [' ivan@example.org ', 'ivan@example.org'],
    ['иван@почта.рф', 'иван@почта.рф'],
    ['ivan@example', undefined],
    ['ivan@example.org, x@y.ru', undefined],
    ['a@b.ru\r\nBcc: c@d.ru', undefined],
    ['<a@b.ru>', undefined],
  ])('an e-mail %j is %s', (text, email) => expect(emailOf(text)).toBe(email))

  it('are masked for the administrator', () => {
    expect(masked('email', 'ivan@example.org')).toBe('i***@example.org')
    expect(masked('sms', '+79001234567')).toBe('+7***67')
    expect(masked('push', '0195a000-0000-7000-8000-000000000001')).toBe('браузер')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, instantOf, localDay, weekdayOf } from '../../platform/time.ts'
import {
  cycleDayOf,
  isoWeekOf,
  overlappingHours,
  stretchesOn,
  templateFlaws,
  timesOf,
  type Hours,
  type Template,
} from './pattern.ts'
import { shareOut } from './quotas.ts'
import { channelsNow, intervalsOverlap } from './rules.ts'

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const kinds = ['primary', 'repeat', 'procedure', 'home-visit', 'telemedicine'] as const
const span = fc
  .record({ from: fc.integer({ min: 0, max: 1380 }), length: fc.integer({ min: 5, max: 600 }) })
  .map(({ from, length }) => ({ starts: clock(from), ends: clock(Math.min(from + length, 1439)) }))
/** Around leap days, ends of years with 52 and 53 weeks, and changes of clocks. */
const day = fc
  .tuple(
    fc.constantFrom('2024-02-26', '2026-12-28', '2020-12-28', '2027-02-26', '2028-02-26', '2026-03-27', '2026-10-23'),
    fc.integer({ min: -10, max: 60 }),
  )
  .map(([from, n]) => addDays(from, n))
const when: fc.Arbitrary<Pick<Hours, 'weekday' | 'on' | 'cycleDay' | 'date'>> = fc.oneof(
  fc.record({
    weekday: fc.integer({ min: 1, max: 7 }),
    on: fc.constantFrom(
      'every' as const,
      'odd-weeks' as const,
      'even-weeks' as const,
      'odd-dates' as const,
      'even-dates' as const,
    ),
  }),
  fc.record({ cycleDay: fc.integer({ min: 1, max: 14 }) }),
  fc.record({ date: day }),
)
const hours: fc.Arbitrary<Hours> = fc
  .tuple(when, span, fc.option(fc.constantFrom(...kinds), { nil: undefined }))
  .map(([a, b, kind]) => ({ ...a, ...b, ...(kind && { kind }) }))
const minutes = fc.integer({ min: 5, max: 240 })
const template: fc.Arbitrary<Template> = fc
  .record({
    slotMinutes: minutes,
    validFrom: day,
    validUntil: fc.constant(null),
    hours: fc.array(hours, { minLength: 1, maxLength: 6 }),
    breaks: fc.array(span, { maxLength: 3 }),
    lengths: fc.record({ primary: minutes, telemedicine: minutes }, { requiredKeys: [] }),
    cycle: fc.option(fc.record({ days: fc.integer({ min: 2, max: 14 }), from: day }), { nil: null }),
  })
  // As templateFlaws lets through: rows with a flaw are left out.
  .map((t) => {
    const flawed = new Set(templateFlaws({ ...t, ageFrom: 0, ageTo: 1 }).map((f) => f.path.split('.')[1]))
    return { ...t, hours: t.hours.filter((_, i) => !flawed.has(String(i))) }
  })
  .filter((t) => t.hours.length > 0)
const zone = fc.constantFrom(
  'Europe/Moscow',
  'Asia/Novosibirsk',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/New_York',
)

describe('the times of any pattern', () => {
  it('do not overlap, keep the length of their kind, and lie within hours and outside breaks', () => {
    fc.assert(
      fc.property(template, day, fc.integer({ min: 0, max: 30 }), zone, (t, first, count, z) => {
        const times = timesOf(t, first, addDays(first, count), z)
        times.forEach((time, i) => {
          if (i > 0) expect(+time.startsAt).toBeGreaterThanOrEqual(+times[i - 1]!.endsAt)
          const length = (time.kind === 'any' ? undefined : t.lengths?.[time.kind]) ?? t.slotMinutes
          expect(+time.endsAt - +time.startsAt).toBe(length * 60_000)
          expect(localDay(time.startsAt, z)).toBe(time.day)
          const within = (s: { starts: string; ends: string }) => ({
            startsAt: instantOf(z, time.day, s.starts),
            endsAt: instantOf(z, time.day, s.ends),
          })
          const around = t.hours.map(within)
          expect(around.some((h) => h.startsAt <= time.startsAt && time.endsAt <= h.endsAt)).toBe(true)
          for (const pause of t.breaks!.filter((b) => b.starts < b.ends))
            expect(intervalsOverlap(within(pause), time)).toBe(false)
        })
      }),
      { numRuns: 300 },
    )
  })

  it('are on the days their rows say, and a date of its own stands instead of what repeats', () => {
    fc.assert(
      fc.property(template, day, (t, d) => {
        const applies = (h: Hours) => {
          if (h.date !== undefined) return h.date === d
          if (h.cycleDay !== undefined) return t.cycle !== null && cycleDayOf(t.cycle!, d) === h.cycleDay
          const odd = h.on?.endsWith('weeks') ? isoWeekOf(d) % 2 === 1 : Number(d.slice(8)) % 2 === 1
          return h.weekday === weekdayOf(d) && (!h.on || h.on === 'every' || h.on.startsWith('odd') === odd)
        }
        const rows = t.hours.filter(applies)
        const own = rows.filter((h) => h.date !== undefined)
        const wanted = own.length > 0 ? own : rows
        const bare = stretchesOn({ ...t, breaks: [] }, d)
        expect(bare.map((s) => s.starts)).toEqual(wanted.map((h) => h.starts).sort())
      }),
      { numRuns: 300 },
    )
  })

  it('are cut alike whether days are asked for one by one or together', () => {
    fc.assert(
      fc.property(template, day, fc.integer({ min: 1, max: 9 }), zone, (t, first, count, z) => {
        const apart = Array.from({ length: count + 1 }, (_, i) => addDays(first, i)).flatMap((d) => timesOf(t, d, d, z))
        expect(apart).toEqual(timesOf(t, first, addDays(first, count), z))
      }),
    )
  })

  it('of two timetables meet only when the comparison says so', () => {
    fc.assert(
      fc.property(template, template, (a, b) => {
        const from = a.validFrom > b.validFrom ? a.validFrom : b.validFrom
        const of = (t: Template) => timesOf(t, from, addDays(from, 60), 'Asia/Novosibirsk')
        const [x, y] = [of(a), of(b)]
        if (x.some((time) => y.some((other) => intervalsOverlap(time, other))))
          expect(overlappingHours(a, b)).toBeDefined()
      }),
      { numRuns: 100 },
    )
  })
})

describe('days', () => {
  it('have the week of ISO 8601: years with 53 weeks have two odd weeks in a row', () => {
    const weeks = ['2026-01-01', '2026-12-31', '2027-01-03', '2027-01-04', '2024-12-30', '2024-02-29', '2023-01-01']
    expect(weeks.map(isoWeekOf)).toEqual([1, 53, 53, 1, 1, 9, 52])
  })
  it('«2 через 2» go on over a leap day and before the anchor', () => {
    const t: Template = {
      slotMinutes: 60,
      validFrom: '2028-01-01',
      validUntil: null,
      cycle: { days: 4, from: '2028-02-28' },
      hours: [1, 2].map((cycleDay) => ({ cycleDay, starts: '08:00', ends: '09:00' })),
    }
    const days = timesOf(t, '2028-02-23', '2028-03-04', 'Europe/Moscow').map((time) => time.day.slice(5))
    expect(days).toEqual(['02-24', '02-25', '02-28', '02-29', '03-03', '03-04'])
  })
})

describe('quotas of channels', () => {
  const shares = fc
    .uniqueArray(fc.constantFrom('portal' as const, 'call-centre' as const, 'registrar' as const), { minLength: 1 })
    .chain((list) =>
      fc
        .array(fc.integer({ min: 1, max: Math.floor(100 / list.length) }), {
          minLength: list.length,
          maxLength: list.length,
        })
        .map((parts) => list.map((channel, i) => ({ channel, share: parts[i]! }))),
    )
  it('keep their share of every day, and all of it is open to all when its hour has come', () => {
    fc.assert(
      fc.property(
        shares,
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 0, max: 72 }),
        (quotas, count, quotaHours) => {
          const all = ['portal' as const, 'call-centre' as const, 'registrar' as const]
          const times = Array.from({ length: count * 2 }, (_, i) => ({
            day: i < count ? '2026-03-02' : '2026-03-03',
            kind: 'any' as const,
            oneOff: false,
            startsAt: new Date(Date.UTC(2026, 2, i < count ? 2 : 3, 0, (i % count) * 15)),
            endsAt: new Date(Date.UTC(2026, 2, i < count ? 2 : 3, 0, (i % count) * 15 + 15)),
          }))
          const shared = shareOut(times, { channels: all, quotas, quotaHours })
          for (const today of ['2026-03-02', '2026-03-03']) {
            const ofDay = shared.filter((t) => t.day === today)
            for (const { channel, share } of quotas) {
              const own = ofDay.filter((t) => t.opensToAllAt && t.channels[0] === channel).length
              expect(Math.abs(own - (share * count) / 100)).toBeLessThan(quotas.length + 1)
            }
          }
          for (const t of shared.filter((x) => x.opensToAllAt)) {
            const slot = { ...t, channelsLater: all }
            expect(+t.startsAt - +t.opensToAllAt!).toBe(quotaHours * 3_600_000)
            expect(channelsNow(slot, new Date(+t.opensToAllAt! - 1))).toEqual(t.channels)
            expect(channelsNow(slot, t.opensToAllAt!)).toEqual(all)
          }
        },
      ),
    )
  })
})

describe('flaws of a pattern', () => {
  const flawsOf = (change: object) =>
    templateFlaws({
      slotMinutes: 20,
      validFrom: '2026-03-02',
      validUntil: null,
      ageFrom: 0,
      ageTo: 150,
      hours: [{ weekday: 1, starts: '09:00', ends: '12:00' }],
      ...change,
    }).map((f) => f.path)
  const row = { starts: '09:00', ends: '12:00' }
  it('are named by their fields', () => {
    expect(flawsOf({ hours: [row] })).toEqual(['hours.0.weekday'])
    expect(flawsOf({ hours: [{ ...row, weekday: 1, date: '2026-03-02' }] })).toEqual(['hours.0.weekday'])
    expect(flawsOf({ hours: [{ ...row, cycleDay: 1 }] })).toEqual(['hours.0.cycleDay'])
    expect(flawsOf({ cycle: { days: 4, from: '2026-03-02' }, hours: [{ ...row, cycleDay: 5 }] })).toEqual([
      'hours.0.cycleDay',
    ])
    expect(flawsOf({ breaks: [{ starts: '12:00', ends: '11:00' }] })).toEqual(['breaks.0.ends'])
    expect(flawsOf({ lengths: { primary: 200 }, hours: [{ ...row, weekday: 1, kind: 'primary' }] })).toEqual([
      'hours.0.ends',
    ])
    const parity = (x: string, y: string) =>
      flawsOf({
        hours: [
          { ...row, weekday: 1, on: x },
          { ...row, weekday: 1, on: y },
        ],
      })
    expect(parity('odd-weeks', 'even-weeks')).toEqual([])
    expect(parity('odd-dates', 'even-dates')).toEqual([])
    expect(parity('odd-weeks', 'odd-dates')).toEqual(['hours.1.starts'])
    expect(parity('every', 'even-dates')).toEqual(['hours.1.starts'])
    const quotas = [
      { channel: 'portal', share: 60 },
      { channel: 'registrar', share: 60 },
    ]
    expect(flawsOf({ quotas, channels: ['portal', 'registrar'] })).toEqual(['quotas'])
    expect(flawsOf({ quotas: quotas.slice(1), channels: ['portal'] })).toEqual(['quotas.0.channel'])
  })
})

describe('a day off', () => {
  const hours = [{ weekday: 1, starts: '08:00', ends: '09:00' }]
  const weekly = { slotMinutes: 20, validFrom: '2026-01-01', validUntil: null, hours, daysOff: ['2026-03-02'] }
  it('has no times, and the weeks around it have theirs', () => {
    const days = timesOf(weekly, '2026-02-23', '2026-03-09', 'Europe/Moscow').map((t) => t.day)
    expect([...new Set(days)]).toEqual(['2026-02-23', '2026-03-09'])
  })
  it('has none when the production calendar gives the date the hours of another weekday, too', () => {
    const calendar = new Map([['2026-03-02', { like: 1 }]])
    expect(timesOf(weekly, '2026-03-02', '2026-03-02', 'Europe/Moscow', calendar)).toEqual([])
  })
  it('cannot have hours of its own', () => {
    const both = { ...weekly, hours: [...hours, { date: '2026-03-02', starts: '10:00', ends: '11:00' }] }
    expect(templateFlaws({ ...both, ageFrom: 0, ageTo: 1 }).map((f) => f.path)).toEqual(['daysOff.0'])
  })
})

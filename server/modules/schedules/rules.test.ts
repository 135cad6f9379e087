import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, instantOf, localDay, weekdayOf } from '../../platform/time.ts'
import { overlappingHours, templateFlaws, timesOf, type Hours, type Template } from './pattern.ts'
import { channelsOf, intervalsOverlap, lastOpenDay, slotIsFree, slotState, withoutOverlaps } from './rules.ts'

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const hours: fc.Arbitrary<Hours> = fc
  .record({
    weekday: fc.integer({ min: 1, max: 7 }),
    from: fc.integer({ min: 0, max: 1400 }),
    length: fc.integer({ min: 1, max: 600 }),
  })
  .map(({ weekday, from, length }) => ({ weekday, starts: clock(from), ends: clock(Math.min(from + length, 1439)) }))
const day = fc.integer({ min: 0, max: 900 }).map((n) => addDays('2025-01-01', n))
/** Zones whose clocks change by an hour or by half, one with a quarter of an hour, and three of Russia's. */
const zone = fc.constantFrom(
  'Europe/Moscow',
  'Asia/Novosibirsk',
  'Asia/Kamchatka',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
)
const template: fc.Arbitrary<Template> = fc
  .record({
    slotMinutes: fc.integer({ min: 5, max: 240 }),
    validFrom: day,
    validDays: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
    hours: fc.array(hours, { minLength: 1, maxLength: 8 }),
  })
  .map(({ validDays, ...rest }) => ({
    ...rest,
    validUntil: validDays === null ? null : addDays(rest.validFrom, validDays),
  }))
/** As `templateFlaws` lets through. */
const good = template.filter((t) => templateFlaws({ ...t, ageFrom: 0, ageTo: 150 }).length === 0)

describe('the times of a template', () => {
  it('do not overlap, are whole, and lie within the hours and the days asked for', () => {
    fc.assert(
      fc.property(good, day, fc.integer({ min: 0, max: 30 }), zone, (t, first, count, z) => {
        const last = addDays(first, count)
        const times = timesOf(t, first, last, z)
        times.forEach(({ startsAt, endsAt }, i) => {
          expect(+endsAt - +startsAt).toBe(t.slotMinutes * 60_000)
          if (i > 0) expect(+startsAt).toBeGreaterThanOrEqual(+times[i - 1]!.endsAt)
          const theirDay = localDay(startsAt, z)
          expect(theirDay >= first && theirDay <= last && theirDay >= t.validFrom).toBe(true)
          expect(t.validUntil === null || theirDay <= t.validUntil).toBe(true)
          const around = t.hours.filter((h) => h.weekday === weekdayOf(theirDay))
          const inside = around.some(
            (h) => instantOf(z, theirDay, h.starts) <= startsAt && endsAt <= instantOf(z, theirDay, h.ends),
          )
          expect(inside).toBe(true)
        })
      }),
    )
  })

  it('leave no room for one more at the end of the hours', () => {
    fc.assert(
      fc.property(good, day, zone, (t, theDay, z) => {
        const times = timesOf(t, theDay, theDay, z)
        if (theDay < t.validFrom || (t.validUntil !== null && theDay > t.validUntil)) return
        for (const h of t.hours.filter((x) => x.weekday === weekdayOf(theDay))) {
          const [from, until] = [+instantOf(z, theDay, h.starts), +instantOf(z, theDay, h.ends)]
          const length = t.slotMinutes * 60_000
          const inside = times.filter(({ startsAt, endsAt }) => +startsAt >= from && +endsAt <= until)
          expect(inside).toHaveLength(Math.max(0, Math.floor((until - from) / length)))
        }
      }),
    )
  })

  it('are cut alike whether days are asked for one by one or together', () => {
    fc.assert(
      fc.property(good, day, fc.integer({ min: 1, max: 14 }), zone, (t, first, count, z) => {
        const together = timesOf(t, first, addDays(first, count), z)
        const apart = Array.from({ length: count + 1 }, (_, i) => addDays(first, i)).flatMap((d) => timesOf(t, d, d, z))
        expect(apart).toEqual(together)
      }),
    )
  })

  it('are fewer on the night when the clocks skip an hour and more when they repeat one, each of its full length', () => {
    const night: Template = {
      slotMinutes: 30,
      validFrom: '2026-01-01',
      validUntil: null,
      hours: [{ weekday: 7, starts: '01:00', ends: '04:00' }],
    }
    const count = (d: string) => timesOf(night, d, d, 'Europe/Berlin').length
    expect(weekdayOf('2026-03-29')).toBe(7)
    expect([count('2026-03-22'), count('2026-03-29'), count('2026-10-25')]).toEqual([6, 4, 8])
  })

  it('follow the clocks of the place: nine in the morning is nine in Moscow and in Novosibirsk', () => {
    const morning: Template = {
      slotMinutes: 60,
      validFrom: '2026-01-01',
      validUntil: null,
      hours: [{ weekday: 1, starts: '09:00', ends: '10:00' }],
    }
    const at = (z: string) => timesOf(morning, '2026-03-02', '2026-03-02', z).map((t) => t.startsAt.toISOString())
    expect(at('Europe/Moscow')).toEqual(['2026-03-02T06:00:00.000Z'])
    expect(at('Asia/Novosibirsk')).toEqual(['2026-03-02T02:00:00.000Z'])
  })
})

describe('two templates', () => {
  it('overlap exactly when some of their times would, given that times fill their hours', () => {
    // With 5-minute hours on a 5-minute raster every shared minute is a shared time.
    const raster = fc.record({
      weekday: fc.integer({ min: 1, max: 3 }),
      from: fc.integer({ min: 0, max: 30 }),
      length: fc.integer({ min: 1, max: 12 }),
    })
    const simple = fc
      .record({
        validFrom: fc.integer({ min: 0, max: 20 }),
        validDays: fc.integer({ min: 0, max: 20 }),
        hours: fc.array(raster, { minLength: 1, maxLength: 3 }),
      })
      .map((t): Template => ({
        slotMinutes: 5,
        validFrom: addDays('2026-03-02', t.validFrom),
        validUntil: addDays('2026-03-02', t.validFrom + t.validDays),
        hours: t.hours.map((h) => ({
          weekday: h.weekday,
          starts: clock(h.from * 5),
          ends: clock((h.from + h.length) * 5),
        })),
      }))
    fc.assert(
      fc.property(simple, simple, (a, b) => {
        const of = (t: Template) => timesOf(t, '2026-03-02', '2026-05-01', 'Europe/Moscow')
        const shared = of(a).some((x) => of(b).some((y) => intervalsOverlap(x, y)))
        expect(overlappingHours(a, b) !== undefined).toBe(shared)
        expect(overlappingHours(b, a) !== undefined).toBe(shared)
      }),
      { numRuns: 200 },
    )
  })
})

describe('leaving out overlaps', () => {
  const occupation = fc
    .record({
      at: fc.integer({ min: 0, max: 3000 }),
      length: fc.integer({ min: 1, max: 240 }),
      doctor: fc.constantFrom('Иванова', 'Орлов'),
      room: fc.constantFrom('101', '102'),
    })
    .map(({ at, length, doctor, room }) => ({
      startsAt: new Date(at * 60_000),
      endsAt: new Date((at + length) * 60_000),
      resources: [doctor, room],
    }))
  type Taken = { startsAt: Date; endsAt: Date; resources: string[] }
  const collide = (a: Taken, b: Taken) => a.resources.some((r) => b.resources.includes(r)) && intervalsOverlap(a, b)

  it('leaves no two times of one doctor or room that overlap, and drops none without a reason', () => {
    fc.assert(
      fc.property(fc.array(occupation), fc.array(occupation, { maxLength: 5 }), (wanted, taken) => {
        const kept = withoutOverlaps(wanted, taken)
        kept.forEach((a, i) => {
          expect(kept.some((b, j) => i !== j && collide(a, b))).toBe(false)
          expect(taken.some((b) => collide(a, b))).toBe(false)
        })
        for (const dropped of wanted.filter((w) => !kept.includes(w)))
          expect([...kept, ...taken].some((b) => collide(dropped, b))).toBe(true)
      }),
    )
  })
})

describe('the horizon', () => {
  it('is fourteen days with today, and the newest day opens at seven by the clocks of the place', () => {
    expect(lastOpenDay(new Date('2026-03-02T03:59:59Z'), 'Europe/Moscow')).toBe('2026-03-14')
    expect(lastOpenDay(new Date('2026-03-02T04:00:00Z'), 'Europe/Moscow')).toBe('2026-03-15')
    expect(lastOpenDay(new Date('2026-03-02T00:00:00Z'), 'Asia/Novosibirsk')).toBe('2026-03-15')
    expect(lastOpenDay(new Date('2026-03-01T23:59:59Z'), 'Asia/Novosibirsk')).toBe('2026-03-14')
  })
})

describe('a time', () => {
  const now = new Date('2026-03-02T06:00:00Z')
  const [before, after] = [new Date(+now - 1), new Date(+now + 1)]

  it('is free again the moment its hold ends', () => {
    expect(slotIsFree({ status: 'free', holdUntil: after }, now)).toBe(false)
    expect(slotIsFree({ status: 'free', holdUntil: now }, now)).toBe(true)
    expect(slotIsFree({ status: 'booked', holdUntil: null }, now)).toBe(false)
  })

  it('is shown as past when nobody came for it', () => {
    expect(slotState({ status: 'free', holdUntil: null, startsAt: before }, now)).toBe('past')
    expect(slotState({ status: 'free', holdUntil: after, startsAt: after }, now)).toBe('held')
    expect(slotState({ status: 'free', holdUntil: before, startsAt: after }, now)).toBe('free')
    expect(slotState({ status: 'booked', holdUntil: null, startsAt: before }, now)).toBe('booked')
  })
})

describe('channels', () => {
  it('follow the role: the portal is for citizens, a doctor may also what the registry may', () => {
    expect(channelsOf('citizen')).toEqual(['portal'])
    expect(channelsOf('registrar')).toEqual(['registrar'])
    expect(channelsOf('doctor')).toEqual(['doctor', 'registrar'])
  })
})

describe('flaws of a typed timetable', () => {
  const flawless = { slotMinutes: 20, validFrom: '2026-03-02', validUntil: null, ageFrom: 0, ageTo: 150 }
  const pathsOf = (change: object) =>
    templateFlaws({ ...flawless, hours: [{ weekday: 1, starts: '09:00', ends: '12:00' }], ...change }).map(
      (f) => f.path,
    )

  it('are named by their fields', () => {
    expect(pathsOf({})).toEqual([])
    expect(pathsOf({ hours: [{ weekday: 1, starts: '12:00', ends: '09:00' }] })).toEqual(['hours.0.ends'])
    expect(pathsOf({ hours: [{ weekday: 1, starts: '09:00', ends: '09:10' }] })).toEqual(['hours.0.ends'])
    const twice = [
      { weekday: 1, starts: '09:00', ends: '12:00' },
      { weekday: 1, starts: '11:00', ends: '13:00' },
    ]
    expect(pathsOf({ hours: twice })).toEqual(['hours.1.starts'])
    expect(pathsOf({ ageFrom: 18, ageTo: 17 })).toEqual(['ageTo'])
    expect(pathsOf({ validUntil: '2026-03-01' })).toEqual(['validUntil'])
  })
})

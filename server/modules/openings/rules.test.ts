import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  drawPlaces,
  isSealed,
  openingAround,
  placeOf,
  QUEUE_FROM,
  readPass,
  turnOf,
  TURNS_PER_SECOND,
  writePass,
  type Board,
} from './rules.ts'

const ids = (count: number): string[] => Array.from({ length: count }, () => randomUUID())
const opensAt = new Date('2026-03-03T04:00:00Z')
const at = (seconds: number): Date => new Date(opensAt.getTime() + seconds * 1000)

describe('places', () => {
  it('are from one to as many as there are guests, each once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 60 }), fc.nat(60), (everyone, early) => {
        const places = drawPlaces(randomBytes(32), everyone.slice(0, early), everyone.slice(early))
        expect([...places.values()].sort((a, b) => a - b)).toEqual(everyone.map((_, i) => i + 1))
      }),
    )
  })

  it('do not depend on who came first before the opening', () => {
    const seed = randomBytes(32)
    const early = ids(50)
    expect(drawPlaces(seed, early, [])).toEqual(drawPlaces(seed, early.toReversed(), []))
  })

  it('of those who come after the opening are behind all others, in the order of coming', () => {
    const [early, late] = [ids(20), ids(5)]
    const places = drawPlaces(randomBytes(32), early, late)
    expect(late.map((id) => places.get(id))).toEqual([21, 22, 23, 24, 25])
  })

  it('are as likely good as bad for everybody', () => {
    const early = ids(10)
    const draws = 4000
    const sum = new Map(early.map((id) => [id, 0]))
    for (let i = 0; i < draws; i++)
      for (const [id, place] of drawPlaces(randomBytes(32), early, [])) sum.set(id, sum.get(id)! + place)
    // Mean 5.5, deviation of the mean 2.87 / √4000 ≈ 0.045: six of them fail once in hundreds of millions of runs.
    for (const total of sum.values()) expect(Math.abs(total / draws - 5.5)).toBeLessThan(0.28)
  })
})

describe('a pass', () => {
  it('is read as it was written, and is true only with the secret it was made with', () => {
    const [organization, account] = ids(2) as [string, string]
    const seed = randomBytes(32)
    const pass = readPass(writePass(organization, opensAt, account, seed))!
    expect(pass).toMatchObject({ organizationId: organization, opensAt, accountId: account })
    expect(isSealed(pass, seed)).toBe(true)
    expect(isSealed(pass, randomBytes(32))).toBe(false)
    expect(isSealed({ ...pass, accountId: randomUUID() }, seed)).toBe(false)
  })

  it('of any other form is no pass', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => readPass(text) === undefined))
  })
})

describe('a place in time', () => {
  const board = (guests: number, free: number | undefined = 100): Board => {
    const everyone = ids(guests)
    const seed = randomBytes(32)
    return {
      opening: { day: '2026-03-16', opensAt },
      seed,
      guests,
      places: drawPlaces(seed, everyone, []),
      free,
    }
  }
  const guestAt = (b: Board, place: number) => [...b.places].find(([, p]) => p === place)![0]

  it('goes from before through drawing and waiting to the turn', () => {
    const b = board(300)
    const last = guestAt(b, 300)
    const states = [-60, 5, 16, 40, 46].map((s) => placeOf(b, last, at(s), 0).state)
    expect(states).toEqual(['before', 'drawing', 'waiting', 'waiting', 'turn'])
    expect(placeOf(b, guestAt(b, 1), at(15), 0).state).toBe('turn')
  })

  it('moves: fewer are ahead every second, and the time expected stays', () => {
    const b = board(300)
    const last = guestAt(b, 300)
    const [a, c] = [placeOf(b, last, at(20), 0), placeOf(b, last, at(30), 0)]
    expect(a.ahead! - c.ahead!).toBe(10 * TURNS_PER_SECOND)
    expect(c.expectedAt).toBe(a.expectedAt)
    expect(c.expectedAt).toBe(turnOf(opensAt, 300, 300).toISOString())
  })

  it('is over when all is taken, and goes on when a time comes back', () => {
    const b = board(300, 0)
    const last = guestAt(b, 300)
    expect(placeOf(b, last, at(20), 0).state).toBe('over')
    expect(placeOf({ ...b, free: 1 }, last, at(20), 0).state).toBe('waiting')
    expect(placeOf({ ...b, free: undefined }, last, at(20), 0).state).toBe('waiting')
  })

  it('does not make the few wait for each other', () => {
    const b = board(QUEUE_FROM - 1)
    expect([...b.places.keys()].every((id) => placeOf(b, id, at(0), 0).state === 'turn')).toBe(true)
  })

  it('sends pages back at moments of their own, never sooner than a second', () => {
    const b = board(1000)
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: -1800, max: 3599 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (place, second, chance) => {
          const { askAgainInSeconds } = placeOf(b, guestAt(b, place), at(second), chance)
          return askAgainInSeconds >= 1 && askAgainInSeconds <= 70
        },
      ),
    )
  })
})

describe('the opening', () => {
  it('is the running one for an hour, then the next morning’s, by the clocks of the place', () => {
    expect(openingAround(new Date('2026-03-03T03:59:59Z'), 'Europe/Moscow')).toEqual({ day: '2026-03-16', opensAt })
    expect(openingAround(new Date('2026-03-03T04:59:59Z'), 'Europe/Moscow')).toEqual({ day: '2026-03-16', opensAt })
    expect(openingAround(new Date('2026-03-03T05:00:00Z'), 'Europe/Moscow').day).toBe('2026-03-17')
    expect(openingAround(opensAt, 'Asia/Vladivostok').opensAt.toISOString()).toBe('2026-03-03T21:00:00.000Z')
  })
})

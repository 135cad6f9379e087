import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Place } from '../../../contracts/openings.ts'
import { addDays, minutesLater } from '../../platform/time.ts'
import { lastOpenDay, openingOf, type Horizon } from '../schedules/index.ts'

/** People gather from so long before a day opens, minutes. */
const JOIN_MINUTES = 30
/** So long after it the queue still orders those who come, minutes. */
const RUNS_MINUTES = 60
/** Fewer guests than this do not wait for each other. */
export const QUEUE_FROM = 30
/** Turns a second: what one small node serves beside its usual work. */
export const TURNS_PER_SECOND = 10
/** From the opening to the first turn, seconds: those who joined at the last moment are written down, times are published. */
export const DRAWING_SECONDS = 15
/** Pages ask for their place within so many seconds, each at a moment of its own. */
const SPREAD_SECONDS = 10

/** A day and the moment it opens for booking. */
export type DayOpening = { day: string; opensAt: Date }

/** The opening that is running, or else the next one. */
export function openingAround(now: Date, zone: string, horizon?: Horizon): DayOpening {
  const newest = lastOpenDay(now, zone, horizon)
  const last = { day: newest, opensAt: openingOf(newest, zone, horizon) }
  if (now < minutesLater(last.opensAt, RUNS_MINUTES)) return last
  const next = addDays(newest, 1)
  return { day: next, opensAt: openingOf(next, zone, horizon) }
}

export const joinFrom = (opensAt: Date): Date => minutesLater(opensAt, -JOIN_MINUTES)
export const queueEnds = (opensAt: Date): Date => minutesLater(opensAt, RUNS_MINUTES)
export const isJoinable = ({ opensAt }: DayOpening, now: Date): boolean =>
  now >= joinFrom(opensAt) && now < queueEnds(opensAt)

const secondsLater = (instant: Date, seconds: number): Date => new Date(instant.getTime() + seconds * 1000)
export const drawnAt = (opensAt: Date): Date => secondsLater(opensAt, DRAWING_SECONDS)

const keyed = (seed: Buffer, what: string, accountId: string): Buffer =>
  createHmac('sha256', seed).update(`${what} ${accountId}`).digest()

/**
 * Places of everybody, from 1. Those who came before the opening are shuffled by a secret made beforehand, so that coming
 * earlier, reloading, or several tabs give nothing; those who came after it follow in the order of coming.
 */
export function drawPlaces(seed: Buffer, early: readonly string[], late: readonly string[]): Map<string, number> {
  const shuffled = early
    .map((id) => ({ id, lot: keyed(seed, 'place', id) }))
    .sort((a, b) => a.lot.compare(b.lot))
    .map(({ id }) => id)
  return new Map([...shuffled, ...late].map((id, i) => [id, i + 1]))
}

/** When the turn of a place comes. */
export const turnOf = (opensAt: Date, place: number, guests: number): Date =>
  guests < QUEUE_FROM ? opensAt : secondsLater(drawnAt(opensAt), (place - 1) / TURNS_PER_SECOND)

export type Pass = { organizationId: string; opensAt: Date; accountId: string; seal: string }

/** A pass is what a page asks its place by: it names the guest and cannot be made without the opening's secret. */
export const writePass = (organizationId: string, opensAt: Date, accountId: string, seed: Buffer): string =>
  [organizationId, opensAt.getTime() / 1000, accountId, sealOf(seed, accountId)].join('.')

const sealOf = (seed: Buffer, accountId: string): string => keyed(seed, 'pass', accountId).toString('base64url')

/** Undefined when the text is no pass at all; whether it is a true one, `isSealed` tells. */
export function readPass(text: string): Pass | undefined {
  const parts = /^([0-9a-f-]{36})\.(\d{9,11})\.([0-9a-f-]{36})\.([\w-]{43})$/.exec(text)
  if (!parts) return undefined
  const [, organizationId, seconds, accountId, seal] = parts as unknown as [string, string, string, string, string]
  return { organizationId, opensAt: new Date(Number(seconds) * 1000), accountId, seal }
}

export const isSealed = (pass: Pass, seed: Buffer): boolean =>
  timingSafeEqual(Buffer.from(pass.seal), Buffer.from(sealOf(seed, pass.accountId)))

/** What a node knows of an opening. `places` is empty until they are drawn; `free` is undefined until times are published. */
export type Board = {
  opening: DayOpening
  seed: Buffer
  guests: number
  places: ReadonlyMap<string, number>
  free: number | undefined
}

/** The place of one guest now; `chance`, in [0, 1), spreads the moments at which pages ask again. */
export function placeOf(board: Board, accountId: string, now: Date, chance: number): Place {
  const { opening, guests, free } = board
  const { opensAt, day } = opening
  const common = { day, opensAt: opensAt.toISOString(), guests }
  const nobody = { place: null, ahead: null, expectedAt: null }
  const spread = chance * SPREAD_SECONDS
  const after = (instant: Date) => Math.max(0, (instant.getTime() - now.getTime()) / 1000)
  const ask = (seconds: number) => ({ askAgainInSeconds: Math.max(1, Math.round(seconds)) })

  if (now < opensAt)
    return { state: 'before', ...common, ...nobody, ...ask(Math.min(after(drawnAt(opensAt)) + spread, 60 + spread)) }
  if (free === 0 && now >= drawnAt(opensAt)) return { state: 'over', ...common, ...nobody, ...ask(60 + spread) }
  if (guests >= QUEUE_FROM && now < drawnAt(opensAt))
    return { state: 'drawing', ...common, ...nobody, ...ask(after(drawnAt(opensAt)) + spread) }
  const place = board.places.get(accountId) ?? guests + 1
  const turn = turnOf(opensAt, place, guests)
  const known = { place, expectedAt: turn.toISOString() }
  if (now >= turn) return { state: 'turn', ...common, ...known, ahead: 0, ...ask(30 + spread) }
  const ahead = Math.ceil(after(turn) * TURNS_PER_SECOND)
  const wait = after(turn) <= 8 ? after(turn) : Math.min(after(turn) / 2, 20) + spread
  return { state: 'waiting', ...common, ...known, ahead, ...ask(wait) }
}

import { DayNotOpen, PassUnknown, QueueAhead, type Place } from '../../../contracts/openings.ts'
import type { Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { Problem } from '../../platform/problem.ts'
import { localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { zonesOfOrganizations } from '../organizations/index.ts'
import { freeOnDay, horizonOf, lastOpenDay, openingOf, type Horizon } from '../schedules/index.ts'
import {
  drawnAt,
  drawPlaces,
  isSealed,
  joinFrom,
  placeOf,
  QUEUE_FROM,
  queueEnds,
  readPass,
  type Board,
  type DayOpening,
} from './rules.ts'
import { countGuests, guestsOf } from './store.ts'

/** What is read from the database at most so often, however many ask, ms. */
const FRESH_MS = 1000
const STALE_MS = 5000
const FORGET_MS = 120_000
const CLOCK_MS = 60_000

/** By what an organisation's days open. */
type Clock = { zone: string; horizon: Horizon }
type Known = { board: Board | undefined; at: number; renewal?: Promise<Board | undefined> }

/**
 * What one node knows of openings: the place of every guest, kept in memory and renewed once a second while somebody
 * asks. Any node answers the same, because places follow from the guests and the secret of the opening.
 */
export class Queue {
  readonly #platform: { readonly db: Kysely<DB>; now(): Date }
  readonly #chance: () => number
  readonly #boards = new Map<string, Known>()
  readonly #clocks = new Map<string, Clock & { at: number }>()

  /** `db` must not be the operations' own pool: they ask the queue while they hold a connection of it. */
  constructor(platform: { readonly db: Kysely<DB>; now(): Date }, chance: () => number = Math.random) {
    this.#platform = platform
    this.#chance = chance
  }

  /** The place of a pass. Throws PassUnknown for a forged or forgotten one. */
  async place(text: string): Promise<Place> {
    const pass = readPass(text)
    const now = this.#platform.now()
    if (!pass || now < joinFrom(pass.opensAt) || now >= queueEnds(pass.opensAt)) throw new Problem(PassUnknown)
    const board = await this.#board(pass.organizationId, pass.opensAt)
    if (!board || !isSealed(pass, board.seed)) throw new Problem(PassUnknown)
    return placeOf(board, pass.accountId, now, this.#chance())
  }

  /** The place of somebody who has just joined. */
  async placeOfGuest(organizationId: string, opening: DayOpening, seed: Buffer, accountId: string): Promise<Place> {
    const known = await this.#board(organizationId, opening.opensAt)
    const board = known ?? { opening, seed, guests: 1, places: new Map<string, number>(), free: undefined }
    return placeOf(board, accountId, this.#platform.now(), this.#chance())
  }

  /**
   * Keeps order on a day that has just opened: a citizen takes a time when their turn has come. Other days, other channels
   * and openings with few guests are not held up. Throws DayNotOpen, QueueAhead.
   */
  async requireTurn(
    work: Work,
    { organizationId, startsAt }: { organizationId: string; startsAt: Date },
  ): Promise<void> {
    if (work.actor.kind !== 'citizen') return
    const clock = await this.#clock(organizationId)
    if (!clock) return
    const opensAt = openingOf(localDay(startsAt, clock.zone), clock.zone, clock.horizon)
    if (work.now < opensAt) throw new Problem(DayNotOpen, { opensAt: opensAt.toISOString() })
    if (work.now >= queueEnds(opensAt)) return
    const board = await this.#board(organizationId, opensAt)
    if (!board || board.guests < QUEUE_FROM) return
    const { state, place, ahead, expectedAt } = placeOf(board, work.actor.id, work.now, 0)
    if (state === 'drawing' || state === 'waiting') throw new Problem(QueueAhead, { place, ahead, expectedAt })
  }

  /** Changes rarely: asked for again after a minute. Undefined when there is no such organisation. */
  async #clock(organizationId: string): Promise<Clock | undefined> {
    const at = this.#platform.now().getTime()
    const known = this.#clocks.get(organizationId)
    if (known && Math.abs(at - known.at) < CLOCK_MS) return known
    const { db } = this.#platform
    const [zones, horizon] = await Promise.all([zonesOfOrganizations(db), horizonOf(db, organizationId)])
    const zone = zones.get(organizationId)
    if (zone) this.#clocks.set(organizationId, { zone, horizon, at })
    return zone ? { zone, horizon } : undefined
  }

  /** The board, at most a second old; up to five while a newer one is being read. */
  async #board(organizationId: string, opensAt: Date): Promise<Board | undefined> {
    const now = this.#platform.now()
    const key = `${organizationId} ${opensAt.getTime()}`
    const known = this.#boards.get(key)
    const age = known ? Math.abs(now.getTime() - known.at) : Infinity
    // Places are drawn once: a board from before that says nothing after it.
    const serves = known !== undefined && known.at >= drawnAt(opensAt).getTime() === now >= drawnAt(opensAt)
    if (serves && age < FRESH_MS) return known.board
    const renewed = known?.renewal ?? this.#renew(key, organizationId, opensAt, now)
    return serves && age < STALE_MS ? known.board : renewed
  }

  #renew(key: string, organizationId: string, opensAt: Date, now: Date): Promise<Board | undefined> {
    const at = now.getTime()
    for (const [old, known] of this.#boards) if (Math.abs(at - known.at) > FORGET_MS) this.#boards.delete(old)
    const renewal = this.#load(organizationId, opensAt, now)
    this.#boards.set(key, { at: 0, board: undefined, ...this.#boards.get(key), renewal })
    renewal.then(
      // Nobody yet: the first guest's pass must be known the moment it is given out.
      (board) => (board ? this.#boards.set(key, { board, at }) : this.#boards.delete(key)),
      // Whoever asks next tries again.
      () => this.#boards.delete(key),
    )
    return renewal
  }

  async #load(organizationId: string, opensAt: Date, now: Date): Promise<Board | undefined> {
    const [clock, counted] = await Promise.all([
      this.#clock(organizationId),
      countGuests(this.#platform.db, organizationId, opensAt),
    ])
    if (!clock || !counted) return undefined
    const { zone, horizon } = clock
    const opening = { day: lastOpenDay(opensAt, zone, horizon), opensAt }
    if (now < drawnAt(opensAt)) return { opening, ...counted, places: new Map(), free: undefined }
    const [{ early, late }, free] = await Promise.all([
      guestsOf(this.#platform.db, organizationId, opensAt),
      freeOnDay(this.#platform.db, organizationId, opening.day, zone, now),
    ])
    const guests = early.length + late.length
    return { opening, seed: counted.seed, guests, places: drawPlaces(counted.seed, early, late), free }
  }
}

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as waiting from '../../../contracts/waiting.ts'
import { MONDAY, Refused, system } from '../../platform/testing/test-app.ts'
import { openClinic, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, polyclinic, specialties, staff } from '../../testing/small-region.ts'
import { endOffers } from './pass-on-offers.ts'

// Six patients, four times of one specialty, and a registrar who is told what to do at random. A reference of a few
// lines says who is booked, who waits, and to whom each freed time is offered; the server must agree after every step,
// and the database with itself.

const { registrar } = actors
const PEOPLE = 6
const TIMES = 4
const OFFER = 30
const HAND_OVER = 1

type Offer = { to: number; slot: number; until: number }
type Entry = { person: number; priority: number; joined: number; had: Set<number>; earlier: boolean }
type World = {
  now: number
  clock: number
  /** Whose the slot is. */
  booked: (number | undefined)[]
  held: ({ person: number; until: number } | undefined)[]
  offers: Offer[]
  queue: Entry[]
}

type Command =
  | { do: 'join' | 'leave' | 'cancel' | 'accept' | 'decline'; who: number }
  | { do: 'raise'; who: number; priority: number }
  | { do: 'book' | 'hold'; who: number; slot: number }
  | { do: 'move'; who: number; slot: number }
  | { do: 'wait'; minutes: number }
  | { do: 'cascade' }

const who = fc.nat({ max: PEOPLE - 1 })
const slot = fc.nat({ max: TIMES - 1 })
const of = <const D extends string>(name: D) => fc.record({ do: fc.constant(name), who })
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 5, arbitrary: of('join') },
  { weight: 2, arbitrary: of('leave') },
  { weight: 5, arbitrary: of('cancel') },
  { weight: 4, arbitrary: of('accept') },
  { weight: 3, arbitrary: of('decline') },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('raise' as const), who, priority: fc.nat({ max: 2 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('book' as const), who, slot }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hold' as const), who, slot }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move' as const), who, slot }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 4, 29, 30, 31) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cascade' as const) }) },
)

// ---- The reference -------------------------------------------------------------------------------------------------

const isFree = (w: World, s: number): boolean =>
  w.booked[s] === undefined &&
  !(w.held[s] && w.held[s].until > w.now) &&
  !w.offers.some((o) => o.slot === s && o.until + HAND_OVER > w.now)
const visitOf = (w: World, person: number): number => w.booked.indexOf(person)
const entryOf = (w: World, person: number): Entry | undefined => w.queue.find((e) => e.person === person)
const offerTo = (w: World, person: number): Offer | undefined => w.offers.find((o) => o.to === person)

/** To whom a freed time goes: the first by priority, then by joining, who may have it and has not had it. */
function freed(w: World, s: number): void {
  if (!isFree(w, s)) return
  w.offers = w.offers.filter((o) => o.slot !== s)
  const order = [...w.queue].sort((a, b) => b.priority - a.priority || a.joined - b.joined)
  const next = order.find((e) => {
    const visit = visitOf(w, e.person)
    return !offerTo(w, e.person) && !e.had.has(s) && (visit < 0 || (e.earlier && s < visit))
  })
  if (!next) return
  next.had.add(s)
  w.offers.push({ to: next.person, slot: s, until: w.now + OFFER })
}

function passOn(w: World, offer: Offer): void {
  w.offers = w.offers.filter((o) => o !== offer)
  freed(w, offer.slot)
}

/** What becomes of the world; undefined when nothing is to be done, else whether the server must agree to it. */
function foretell(w: World, c: Command): boolean | undefined {
  switch (c.do) {
    case 'wait':
      w.now += c.minutes
      return true
    case 'cascade': {
      const due = w.offers.filter((o) => o.until <= w.now).sort((a, b) => a.until - b.until)
      // Ended together, then offered together, the earliest time first.
      w.offers = w.offers.filter((o) => !due.includes(o))
      for (const { slot: s } of due.sort((a, b) => a.slot - b.slot)) freed(w, s)
      return true
    }
    case 'join': {
      if (entryOf(w, c.who)) return false
      w.queue.push({
        person: c.who,
        priority: 0,
        joined: w.clock++,
        had: new Set(),
        earlier: visitOf(w, c.who) >= 0,
      })
      return true
    }
    case 'leave': {
      if (!entryOf(w, c.who)) return false
      const offer = offerTo(w, c.who)
      w.queue = w.queue.filter((e) => e.person !== c.who)
      if (offer) passOn(w, offer)
      return true
    }
    case 'raise': {
      const entry = entryOf(w, c.who)
      if (!entry) return false
      entry.priority = c.priority
      return true
    }
    case 'decline': {
      const offer = offerTo(w, c.who)
      if (!offer) return undefined
      passOn(w, offer)
      return true
    }
    case 'accept': {
      const offer = offerTo(w, c.who)
      if (!offer) return undefined
      const visit = visitOf(w, c.who)
      const entry = entryOf(w, c.who)!
      if (offer.until <= w.now || (visit >= 0 && !entry.earlier)) return false
      w.offers = w.offers.filter((o) => o !== offer)
      w.queue = w.queue.filter((e) => e !== entry)
      letHoldsGo(w, c.who)
      w.booked[offer.slot] = c.who
      if (visit >= 0) {
        w.booked[visit] = undefined
        freed(w, visit)
      }
      return true
    }
    case 'hold':
      if (visitOf(w, c.who) >= 0 || (!isFree(w, c.slot) && w.held[c.slot]?.person !== c.who)) return false
      if (w.held[c.slot] && w.held[c.slot]!.person === c.who && w.held[c.slot]!.until > w.now) return true
      letHoldsGo(w, c.who)
      w.held[c.slot] = { person: c.who, until: w.now + 5 }
      return true
    case 'book':
      if (visitOf(w, c.who) >= 0 || (!isFree(w, c.slot) && w.held[c.slot]?.person !== c.who)) return false
      letHoldsGo(w, c.who)
      w.booked[c.slot] = c.who
      return true
    case 'move': {
      const visit = visitOf(w, c.who)
      if (visit < 0) return undefined
      if (!isFree(w, c.slot)) return false
      w.booked[c.slot] = c.who
      w.booked[visit] = undefined
      freed(w, visit)
      return true
    }
    case 'cancel': {
      const visit = visitOf(w, c.who)
      if (visit < 0) return undefined
      w.booked[visit] = undefined
      freed(w, visit)
      return true
    }
  }
}

function letHoldsGo(w: World, person: number): void {
  w.held = w.held.map((h) => (h?.person === person ? undefined : h))
}

// ---- The server ----------------------------------------------------------------------------------------------------

describe('any sequence of joining, leaving, booking, cancelling, moving, answering and waiting', () => {
  let clinic: Clinic
  let refs: string[]
  let people: string[]
  beforeAll(async () => {
    clinic = await openClinic()
    people = await clinic.addPatients(PEOPLE)
    // Late on Wednesday of the next week: no sequence lasts so long that an offer would be too late.
    refs = (await clinic.times(staff.therapist)).slice(54, 54 + TIMES)
  })
  afterAll(() => clinic.close())

  const app = () => clinic.app
  const visitIdOf = async (person: number) => {
    const row = await clinic.db
      .selectFrom('booking.patient_visit')
      .select('visit_id')
      .where('patient_id', '=', people[person]!)
      .where('state', '=', 'coming')
      .where('held_until', 'is', null)
      .executeTakeFirst()
    return row?.visit_id
  }
  const entryIdOf = async (person: number) => {
    const row = await clinic.db
      .selectFrom('booking.waiting')
      .select('id')
      .where('patient_id', '=', people[person]!)
      .where('state', 'in', ['waiting', 'offered'])
      .executeTakeFirst()
    return row?.id ?? '0195a000-0000-7000-8000-00000000dead'
  }
  const offerIdOf = async (person: number) => {
    const row = await clinic.db
      .selectFrom('booking.waiting_offer')
      .select('id')
      .where('patient_id', '=', people[person]!)
      .where('state', '=', 'open')
      .executeTakeFirst()
    return row?.id
  }

  async function attempt(c: Command): Promise<unknown> {
    if (c.do === 'wait') return app().later(c.minutes)
    if (c.do === 'cascade') return app().work(system, endOffers)
    const patientId = people[c.who]!
    switch (c.do) {
      case 'join':
        // Joined in the order of the clock: a millisecond apart.
        app().later(1 / 60_000)
        return app().call(registrar, waiting.joinWaiting, {
          params: { patientId },
          body: {
            organizationId: polyclinic.id,
            specialtyCode: specialties.therapy,
            staffId: null,
            firstDay: '2026-03-02',
            lastDay: '2026-03-20',
            fromTime: null,
            untilTime: null,
            moving: (await visitIdOf(c.who)) ?? null,
          },
        })
      case 'leave':
        return app().call(registrar, waiting.leaveWaiting, { params: { patientId, entryId: await entryIdOf(c.who) } })
      case 'raise':
        return app().call(registrar, waiting.setWaitingPriority, {
          params: { organizationId: polyclinic.id, entryId: await entryIdOf(c.who) },
          body: { priority: c.priority, reason: 'Проверка' },
        })
      case 'accept':
      case 'decline': {
        const offerId = await offerIdOf(c.who)
        const endpoint = c.do === 'accept' ? waiting.acceptOffer : waiting.declineOffer
        return offerId && app().call(registrar, endpoint, { params: { patientId, offerId } })
      }
      case 'hold':
        return clinic.hold(registrar, patientId, refs[c.slot]!)
      case 'book':
        return clinic.book(registrar, patientId, refs[c.slot]!)
      case 'move': {
        const id = await visitIdOf(c.who)
        if (!id) return undefined
        const hold = await clinic.hold(registrar, patientId, refs[c.slot]!, id)
        return clinic.move(registrar, patientId, id, hold.id)
      }
      case 'cancel': {
        const id = await visitIdOf(c.who)
        return id && clinic.cancel(registrar, patientId, id)
      }
    }
  }

  /** What stands in the database, in the words of the reference. */
  async function seen() {
    const slotOf = (row: { schedule_id: string; starts_at: Date }) =>
      refs.findIndex((ref) => ref.endsWith(`~${row.starts_at.getTime() / 1000}~0`))
    const visits = await clinic.db
      .selectFrom('booking.appointment')
      .selectAll()
      .where('status', '=', 'booked')
      .execute()
    const offers = await clinic.db.selectFrom('booking.waiting_offer').selectAll().where('state', '=', 'open').execute()
    const queue = await clinic.db
      .selectFrom('booking.waiting')
      .select('patient_id')
      .where('state', 'in', ['waiting', 'offered'])
      .execute()
    return {
      booked: visits.map((v) => `${people.indexOf(v.patient_id)} has ${slotOf(v)}`).sort(),
      offers: offers.map((o) => `${slotOf(o)} to ${people.indexOf(o.patient_id)}`).sort(),
      queue: queue.map((e) => `${people.indexOf(e.patient_id)} waits`).sort(),
    }
  }

  const told = (w: World) => ({
    booked: w.booked.flatMap((person, s) => (person === undefined ? [] : [`${person} has ${s}`])).sort(),
    offers: w.offers.map((o) => `${o.slot} to ${o.to}`).sort(),
    queue: w.queue.map((e) => `${e.person} waits`).sort(),
  })

  const refusedTypes = (error: unknown): false => {
    if (!(error instanceof Refused) || error.problem.status >= 500) throw error
    return false
  }

  it('goes as the reference says, and everything agrees after every step', async () => {
    const property = fc.asyncProperty(fc.array(command, { minLength: 8, maxLength: 40 }), async (commands) => {
      await clinic.reset(MONDAY)
      // A night in between would make half an hour into ten: the clinic's clock begins at noon.
      app().later(3 * 60)
      const world: World = { now: 0, clock: 0, booked: Array(TIMES).fill(undefined), held: [], offers: [], queue: [] }
      world.held = Array(TIMES).fill(undefined)
      let waited = 0
      for (const c of commands) {
        if (c.do === 'wait' && (waited += c.minutes) > 9 * 60) continue
        const expected = foretell(world, c)
        const answer = await attempt(c).then(() => true, refusedTypes)
        expect({ c, answer }).toEqual({ c, answer: expected ?? true })
        expect({ c, ...(await seen()) }).toEqual({ c, ...told(world) })
        expect(await clinic.disagreements()).toEqual([])
      }
      await neverTwice()
    })
    await fc.assert(property, { numRuns: 10 })
  }, 240_000)

  it('keeps everything in agreement also when four of them run at once', async () => {
    const fours = fc.array(fc.array(command, { minLength: 4, maxLength: 4 }), { minLength: 3, maxLength: 8 })
    const property = fc.asyncProperty(fours, async (rounds) => {
      await clinic.reset(MONDAY)
      app().later(3 * 60)
      for (const [i, id] of people.entries()) if (i < TIMES) await clinic.book(registrar, id, refs[i]!)
      for (const round of rounds) {
        await Promise.all(round.map((c) => attempt(c).catch(refusedTypes)))
        expect(await clinic.disagreements()).toEqual([])
      }
      await neverTwice()
      // Whoever is told anything is told it by an event: one for each offer made.
      const news = await clinic.db.selectFrom('platform.outbox').select('type').execute()
      const offers = await clinic.db.selectFrom('booking.waiting_offer').select('state').execute()
      expect(news.filter((n) => n.type === 'booking.offer-made')).toHaveLength(offers.length)
    })
    await fc.assert(property, { numRuns: 10 })
  }, 240_000)

  /** No time was offered to one entry twice, or to two at once. */
  async function neverTwice(): Promise<void> {
    const offers = await clinic.db.selectFrom('booking.waiting_offer').selectAll().orderBy('made_at').execute()
    const pairs = offers.map((o) => `${o.entry_id} ${o.starts_at.getTime()}`)
    expect(new Set(pairs).size).toBe(pairs.length)
    for (const a of offers)
      for (const b of offers)
        if (a.id < b.id && a.starts_at.getTime() === b.starts_at.getTime())
          expect((a.ended_at ?? app().now) <= b.made_at || (b.ended_at ?? app().now) <= a.made_at).toBe(true)
  }
})

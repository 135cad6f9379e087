import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as booking from '../../../contracts/booking.ts'
import { MONDAY, Refused } from '../../platform/testing/test-app.ts'
import { openClinic, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, patients, staff } from '../../testing/small-region.ts'

// Three patients, six times of two specialties (three moments of Tuesday), and a registrar who is told what to do at
// random. A model that is too simple to be wrong says what must be answered; the database must agree with itself after
// every step.

const people = [patients.petrov, patients.sidorova, patients.kim] as const
const { registrar } = actors

type Visit = { id: string; slot: number; heldUntil: number | null; moving: string | null }
/** What is true, by patient; times in minutes since the beginning. */
type Model = { now: number; visits: Visit[][] }
type Command =
  | { do: 'hold' | 'hold-to-move' | 'book-at-once'; patient: number; slot: number }
  | { do: 'confirm' | 'move' | 'cancel' | 'release'; patient: number }
  | { do: 'wait'; minutes: number }

const specialtyOf = (slot: number): number => Math.floor(slot / 3)
const momentOf = (slot: number): number => slot % 3
const isLive = (model: Model, visit: Visit): boolean => visit.heldUntil === null || visit.heldUntil > model.now
const booked = (model: Model, patient: number): Visit | undefined =>
  model.visits[patient]!.find((visit) => visit.heldUntil === null)
const lastHold = (model: Model, patient: number): Visit | undefined =>
  model.visits[patient]!.findLast((visit) => visit.heldUntil !== null)
const taken = (model: Model, slot: number, except?: Visit): boolean =>
  model.visits.flat().some((visit) => visit !== except && visit.slot === slot && isLive(model, visit))

const isHeldAlready = (model: Model, patient: number, slot: number, moving: string | null): boolean =>
  model.visits[patient]!.some((v) => v.heldUntil !== null && isLive(model, v) && v.slot === slot && v.moving === moving)

/** Why the hold must be refused, if it must. */
function refusalToHold(model: Model, patient: number, slot: number, moving: Visit | undefined): string | undefined {
  const own = model.visits[patient]!
  const givingWay = own.find((visit) => visit.heldUntil !== null && visit.slot === slot)
  if (taken(model, slot, givingWay)) return booking.SlotTaken.type
  const standing = own
    .filter((visit) => visit.heldUntil === null && visit.id !== moving?.id)
    .sort((a, b) => momentOf(a.slot) - momentOf(b.slot))
  for (const visit of standing) {
    if (specialtyOf(visit.slot) === specialtyOf(slot)) return booking.AlreadyBooked.type
    if (momentOf(visit.slot) === momentOf(slot)) return booking.VisitsOverlap.type
  }
  return undefined
}

const patient = fc.nat({ max: 2 })
const slot = fc.nat({ max: 5 })
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('hold' as const), patient, slot }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('hold-to-move' as const), patient, slot }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('book-at-once' as const), patient, slot }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('confirm' as const), patient }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move' as const), patient }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), patient }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), patient }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 6 }) }) },
)

describe('any sequence of holds, confirmations, moves, cancellations and waiting', () => {
  let clinic: Clinic
  let refs: string[]
  beforeAll(async () => {
    clinic = await openClinic()
    const tuesday = async (staffId: string) => (await clinic.times(staffId)).slice(6, 9)
    refs = [...(await tuesday(staff.therapist)), ...(await tuesday(staff.cardiologist))]
  })
  afterAll(() => clinic.close())

  it('is answered as the model says and keeps everything in agreement', async () => {
    const property = fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 30 }), async (commands) => {
      await clinic.reset(MONDAY)
      const model: Model = { now: 0, visits: [[], [], []] }
      for (const each of commands) {
        await step(model, each)
        expect(await clinic.disagreements()).toEqual([])
      }
    })
    await fc.assert(property, { numRuns: 20 })
  }, 120_000)

  it('keeps everything in agreement also when four of them run at once', async () => {
    const fours = fc.array(fc.array(command, { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 6 })
    const property = fc.asyncProperty(fours, async (rounds) => {
      await clinic.reset(MONDAY)
      const model: Model = { now: 0, visits: [[], [], []] }
      for (const round of rounds) {
        await Promise.all(round.map((each) => attempt(model, each).catch(onlyRefusals)))
        expect(await clinic.disagreements()).toEqual([])
        await learn(model)
      }
    })
    await fc.assert(property, { numRuns: 12 })
  }, 120_000)

  const onlyRefusals = (error: unknown) => {
    if (!(error instanceof Refused) || error.problem.status >= 500) throw error
  }

  /** Does a command as the model knows the world; says what was answered. Nothing to do is done by doing nothing. */
  async function attempt(model: Model, c: Command): Promise<unknown> {
    if (c.do === 'wait') {
      model.now += c.minutes
      return clinic.app.later(c.minutes)
    }
    const id = people[c.patient]!
    const old = booked(model, c.patient)
    const hold = lastHold(model, c.patient)
    switch (c.do) {
      case 'hold':
        return clinic.hold(registrar, id, refs[c.slot]!)
      case 'hold-to-move':
        return old && clinic.hold(registrar, id, refs[c.slot]!, old.id)
      case 'book-at-once':
        return clinic.book(registrar, id, refs[c.slot]!)
      case 'confirm':
        return hold && clinic.confirm(registrar, id, hold.id)
      case 'move':
        return hold?.moving && clinic.move(registrar, id, hold.moving, hold.id)
      case 'cancel':
        return old && clinic.cancel(registrar, id, old.id)
      case 'release':
        return (
          hold &&
          clinic.app.call(registrar, booking.releaseHold, { params: { holdId: hold.id }, query: { patientId: id } })
        )
    }
  }

  /** Does a command and checks the answer against the model, which learns what has happened. */
  async function step(model: Model, c: Command): Promise<void> {
    const expected = c.do === 'wait' ? undefined : foretell(model, c)
    const answer = await attempt(model, c).catch((error: unknown) => {
      onlyRefusals(error)
      return error as Refused
    })
    const refused = answer instanceof Refused ? answer.problem.type : undefined
    expect(refused, JSON.stringify({ c, model })).toBe(expected)
    if (c.do !== 'wait') await learn(model)
  }

  function foretell(model: Model, c: Exclude<Command, { do: 'wait' }>): string | undefined {
    const old = booked(model, c.patient)
    const hold = lastHold(model, c.patient)
    switch (c.do) {
      case 'hold':
      case 'book-at-once':
        return isHeldAlready(model, c.patient, c.slot, null)
          ? undefined
          : refusalToHold(model, c.patient, c.slot, undefined)
      case 'hold-to-move':
        return old && !isHeldAlready(model, c.patient, c.slot, old.id)
          ? refusalToHold(model, c.patient, c.slot, old)
          : undefined
      case 'confirm':
        if (!hold) return undefined
        if (hold.moving) return booking.HoldNotFound.type
        return taken(model, hold.slot, hold) ? booking.HoldExpired.type : undefined
      case 'move':
        return foretellMove(model, c.patient, hold)
      default:
        return undefined
    }
  }

  function foretellMove(model: Model, patient: number, hold: Visit | undefined): string | undefined {
    if (!hold?.moving) return undefined
    if (!model.visits[patient]!.some((visit) => visit.id === hold.moving && visit.heldUntil === null))
      return booking.AppointmentIsOver.type
    const others = model.visits[patient]!.filter(
      (visit) => visit !== hold && visit.id !== hold.moving && visit.moving === null && isLive(model, visit),
    ).sort((a, b) => momentOf(a.slot) - momentOf(b.slot))
    for (const visit of others) {
      if (specialtyOf(visit.slot) === specialtyOf(hold.slot)) return booking.AlreadyBooked.type
      if (momentOf(visit.slot) === momentOf(hold.slot)) return booking.VisitsOverlap.type
    }
    return taken(model, hold.slot, hold) ? booking.HoldExpired.type : undefined
  }

  /** Reads what stands now: ids are the server's. */
  async function learn(model: Model): Promise<void> {
    const rows = await clinic.db
      .selectFrom('booking.patient_visit')
      .selectAll()
      .where('state', 'in', ['coming', 'moving'])
      .orderBy('visit_id')
      .execute()
    const indexOf = (row: (typeof rows)[number]) =>
      refs.findIndex((ref) => ref.includes(row.schedule_id) && ref.endsWith(`~${row.starts_at.getTime() / 1000}~0`))
    model.visits = people.map((id) =>
      rows
        .filter((row) => row.patient_id === id)
        .map((row) => ({
          id: row.visit_id,
          slot: indexOf(row),
          heldUntil: row.held_until && (row.held_until.getTime() - MONDAY.getTime()) / 60_000,
          moving: row.replaces,
        })),
    )
  }
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { SlotTaken } from '../../../contracts/booking.ts'
import {
  DayNotOpen,
  joinOpening,
  PassUnknown,
  QueueAhead,
  QueueClosed,
  showOpening,
  showPlace,
} from '../../../contracts/openings.ts'
import { newId } from '../../platform/ids.ts'
import { actorOf, system } from '../../platform/testing/test-app.ts'
import type { Actor } from '../../platform/work.ts'
import { openClinic, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, hospital, patients, polyclinic, staff } from '../../testing/small-region.ts'
import { DRAWING_SECONDS, Queue, QUEUE_FROM, TURNS_PER_SECOND } from '../openings/index.ts'
import { scheduleJobs } from '../schedules/jobs.ts'
import { offerFreedTimes } from './offer-freed-times.ts'

const { petrov, registrar } = actors
const params = { organizationId: polyclinic.id }
/** Tuesday, 07:00 in Moscow. Every test has a morning of its own: what a node remembers must not reach the next one. */
const FIRST = Date.parse('2026-03-03T04:00:00Z')
const DAY_MS = 86_400_000
const citizens = (count: number): Actor[] => Array.from({ length: count }, () => actorOf({ role: 'citizen' }))

describe('when a new day opens', () => {
  let clinic: Clinic
  beforeAll(async () => {
    clinic = await openClinic({ openings: true, max: 16 })
  })
  afterAll(() => clinic.close())
  let opening = FIRST - DAY_MS
  beforeEach(async () => {
    opening += DAY_MS
    await clinic.reset(at(-20 * 60))
    // What opened before this morning is published; the new day is not yet.
    clinic.app.now = at(-60 * 60)
    await publish()
    goTo(-20 * 60)
  })
  const at = (seconds: number): Date => new Date(opening + seconds * 1000)
  const goTo = (seconds: number) => (clinic.app.now = at(seconds))
  /** The day that opens: thirteen days after the morning. */
  const newDay = () => new Date(opening + 13 * DAY_MS).toISOString().slice(0, 10)
  const join = (actor: Actor) => clinic.app.call(actor, joinOpening, { params })
  const joinAll = (all: readonly Actor[]) => Promise.all(all.map(join))
  const place = (pass: string) => clinic.app.call(undefined, showPlace, { params: { pass } })
  const publish = () => clinic.app.work(system, (work) => scheduleJobs(offerFreedTimes)[0]!.run(work))
  const newTime = async () => (await clinic.times(staff.therapist)).at(-1)!

  it('people gather from half an hour before it, and are told when', async () => {
    goTo(-31 * 60)
    expect(await clinic.app.call(petrov, showOpening, { params })).toEqual({
      day: newDay(),
      opensAt: at(0).toISOString(),
      joinFrom: at(-30 * 60).toISOString(),
      joinable: false,
    })
    expect((await clinic.app.refusal(petrov, joinOpening, { params })).type).toBe(QueueClosed.type)
    goTo(-30 * 60 + 1)
    expect((await join(petrov)).place).toMatchObject({ state: 'before', day: newDay(), guests: 1, place: null })
  })

  it('the first guest’s pass is known at once', async () => {
    expect((await place((await join(petrov)).pass)).state).toBe('before')
  })

  it('one person has one place, from any number of tabs at once', async () => {
    const passes = await Promise.all(Array.from({ length: 50 }, () => join(petrov)))
    expect(new Set(passes.map((p) => p.pass)).size).toBe(1)
    await joinAll(citizens(60))
    goTo(DRAWING_SECONDS)
    expect((await place(passes[0]!.pass)).guests).toBe(61)
  })

  it('nothing on the day can be taken before it', async () => {
    const ref = (await newTime()).replace(/~\d+~0$/, `~${Date.parse(`${newDay()}T07:00:00Z`) / 1000}~0`)
    expect((await clinic.refusedHold(petrov, patients.petrov, ref)).type).toBe(DayNotOpen.type)
  })

  it('a time is held by whose turn has come, and by nobody sooner', async () => {
    const mine = await join(petrov)
    await joinAll(citizens(QUEUE_FROM + 20))
    goTo(1)
    await publish()
    const ref = await newTime()
    expect(await place(mine.pass)).toMatchObject({ state: 'drawing', place: null })
    expect((await clinic.refusedHold(petrov, patients.petrov, ref)).type).toBe(QueueAhead.type)

    goTo(DRAWING_SECONDS)
    const mineNow = await place(mine.pass)
    const turn = (Date.parse(mineNow.expectedAt!) - opening) / 1000
    expect(turn).toBeCloseTo(DRAWING_SECONDS + (mineNow.place! - 1) / TURNS_PER_SECOND, 3)
    if (mineNow.place! > 1) {
      clinic.app.now = at(turn - 0.05)
      const refused = await clinic.refusedHold(petrov, patients.petrov, ref)
      expect(refused).toMatchObject({ type: QueueAhead.type, place: mineNow.place })
    }
    goTo(turn + 1)
    expect((await place(mine.pass)).state).toBe('turn')
    expect((await clinic.hold(petrov, patients.petrov, ref)).ref).toBe(ref)
  })

  it('whoever did not join waits until all who did have had their turn', async () => {
    await joinAll(citizens(200))
    goTo(1)
    await publish()
    const ref = await newTime()
    goTo(DRAWING_SECONDS + 1)
    expect((await clinic.refusedHold(petrov, patients.petrov, ref)).type).toBe(QueueAhead.type)
    goTo(DRAWING_SECONDS + 200 / TURNS_PER_SECOND + 1)
    expect((await clinic.hold(petrov, patients.petrov, ref)).ref).toBe(ref)
  })

  it('those who come after the opening follow in the order of coming', async () => {
    await joinAll(citizens(40))
    goTo(DRAWING_SECONDS)
    await publish()
    const late = citizens(3)
    const passes: string[] = []
    for (const [i, actor] of late.entries()) {
      goTo(DRAWING_SECONDS + 1 + i * 2)
      passes.push((await join(actor)).pass)
    }
    goTo(DRAWING_SECONDS + 20)
    expect(await Promise.all(passes.map(async (pass) => (await place(pass)).place))).toEqual([41, 42, 43])
  })

  it('any node gives the same places', async () => {
    const passes = (await joinAll(citizens(80))).map((p) => p.pass)
    goTo(DRAWING_SECONDS + 1)
    await publish()
    const other = new Queue({ db: clinic.db, now: () => clinic.app.now })
    const here = await Promise.all(passes.map(async (pass) => (await place(pass)).place))
    const there = await Promise.all(passes.map(async (pass) => (await other.place(pass)).place))
    expect(there).toEqual(here)
    expect(new Set(here).size).toBe(80)
  })

  it('registrars and other days are not held up', async () => {
    await joinAll(citizens(100))
    goTo(2)
    await publish()
    expect((await clinic.hold(registrar, patients.sidorova, await newTime())).id).toBeTruthy()
    const earlier = (await clinic.times(staff.cardiologist))[3]!
    expect((await clinic.hold(petrov, patients.petrov, earlier)).ref).toBe(earlier)
  })

  it('says that all is taken, and calls people again when a time comes back', async () => {
    const mine = await join(petrov)
    await joinAll(citizens(40))
    goTo(1)
    await publish()
    await sql`update schedules.slot set hold_until = ${at(600)}, hold_id = ${newId()} where starts_at > ${`${newDay()}T00:00:00+03`}::timestamptz`.execute(
      clinic.db,
    )
    goTo(DRAWING_SECONDS + 60)
    expect((await place(mine.pass)).state).toBe('over')
    goTo(601)
    expect((await place(mine.pass)).state).toBe('turn')
  })

  it('does not take an unpublished day for a day that is full', async () => {
    const mine = await join(petrov)
    await joinAll(citizens(40))
    goTo(DRAWING_SECONDS + 60)
    expect((await place(mine.pass)).state).toBe('turn')
  })

  it('a forged pass, another opening’s and an old one are unknown', async () => {
    const { pass } = await join(petrov)
    const [organization, seconds, account, seal] = pass.split('.') as [string, string, string, string]
    const forged = [
      [organization, seconds, newId(), seal],
      [organization, seconds, account, 'A'.repeat(43)],
      [hospital.id, seconds, account, seal],
      [organization, String(Number(seconds) + 86_400), account, seal],
    ].map((parts) => parts.join('.'))
    for (const text of [...forged, 'anything'])
      expect((await clinic.app.refusal(undefined, showPlace, { params: { pass: text } })).type).toBe(PassUnknown.type)
    goTo(61 * 60)
    expect((await clinic.app.refusal(undefined, showPlace, { params: { pass } })).type).toBe(PassUnknown.type)
  })

  it('those whose turn is at once still get one time each', async () => {
    goTo(1)
    await publish()
    const ref = await newTime()
    await clinic.hold(registrar, patients.kim, ref)
    expect((await clinic.refusedHold(petrov, patients.petrov, ref)).type).toBe(SlotTaken.type)
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as booking from '../../../contracts/booking.ts'
import { Unavailable } from '../../../contracts/problems.ts'
import * as waiting from '../../../contracts/waiting.ts'
import { MONDAY, Refused, system } from '../../platform/testing/test-app.ts'
import { openClinic, timetable, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, hospital, specialties, staff } from '../../testing/small-region.ts'
import { endOffers } from './pass-on-offers.ts'

// Everything of the waiting list at the same moment, over a pool of sixteen connections.

const registrar = actors.hospitalRegistrar

async function patiently<T>(run: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.type !== Unavailable.type) throw error
    }
  }
}

/** Runs everything at once; refusals come back as their types, anything else fails the test. */
const race = (runs: readonly (() => Promise<unknown>)[]): Promise<string[]> =>
  Promise.all(
    runs.map((run) =>
      patiently(run).then(
        () => 'done',
        (error: unknown) => {
          if (error instanceof Refused) return error.problem.type
          throw error
        },
      ),
    ),
  )

describe('at the same moment', () => {
  let clinic: Clinic
  let times: string[]
  let crowd: string[]
  let waiters: string[]
  beforeAll(async () => {
    // The neurologist also sees a patient every five minutes from 12:00.
    const extra = timetable({
      organizationId: hospital.id,
      staffId: staff.neurologist,
      specialtyCode: specialties.neurology,
      roomId: hospital.rooms[0],
      slotMinutes: 5,
      hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '12:00', ends: '18:00' })),
    })
    clinic = await openClinic({ max: 16, extra: [extra] })
    // From Tuesday on, so that no offer is too late.
    times = (await clinic.times(staff.neurologist)).filter((ref) => Number(ref.split('~')[2]) * 1000 > +MONDAY + 864e5)
    crowd = await clinic.addPatients(100)
    waiters = await clinic.addPatients(100)
  }, 60_000)
  beforeEach(() => clinic.reset(MONDAY))
  afterAll(() => clinic.close())

  const join = async (patientId: string) =>
    clinic.app.call(registrar, waiting.joinWaiting, {
      params: { patientId },
      body: {
        organizationId: hospital.id,
        specialtyCode: specialties.neurology,
        staffId: null,
        firstDay: '2026-03-02',
        lastDay: '2026-03-20',
        fromTime: null,
        untilTime: null,
        moving: null,
      },
    })
  const accept = (patientId: string, offerId: string) => () =>
    clinic.app.call(registrar, waiting.acceptOffer, { params: { patientId, offerId } })
  const decline = (patientId: string, offerId: string) => () =>
    clinic.app.call(registrar, waiting.declineOffer, { params: { patientId, offerId } })
  const cascade = () => clinic.app.work(system, endOffers)
  const offers = (state?: string) => {
    const rows = clinic.db.selectFrom('booking.waiting_offer').selectAll().orderBy('made_at').orderBy('id')
    return (state ? rows.where('state', '=', state) : rows).execute()
  }
  const agrees = async () => expect(await clinic.disagreements()).toEqual([])
  const retries = async () => (await clinic.app.platform.metrics.retries.get()).values[0]?.value ?? 0

  /** So many patients with a time each. */
  const book = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, i) => patiently(() => clinic.book(registrar, crowd[i]!, times[i]!))))
  /** The first `count` of those who wait have joined one after another, a second apart. */
  const queueUp = async (count: number) => {
    await sql`insert into booking.waiting (organization_id, id, patient_id, specialty_code, first_day, last_day, channels, earlier,
        joined_by, joined_at)
      select ${hospital.id}, gen_random_uuid(), w.id, ${specialties.neurology}, '2026-03-02', '2026-03-20', '{registrar}', false,
        ${registrar.id}, ${clinic.app.now}::timestamptz + w.n * interval '1 second'
      from unnest(${waiters.slice(0, count)}::uuid[]) with ordinality as w (id, n)`.execute(clinic.db)
    clinic.app.later(count / 60)
  }

  it('100 times are freed and 100 wait: each time goes to one, each gets one', async () => {
    const visits = await book(100)
    await queueUp(100)
    const done = await race(visits.map((visit, i) => () => clinic.cancel(registrar, crowd[i]!, visit.id)))
    expect(new Set(done)).toEqual(new Set(['done']))
    const made = await offers()
    expect(made).toHaveLength(100)
    expect(new Set(made.map((o) => o.starts_at.getTime())).size).toBe(100)
    expect(new Set(made.map((o) => o.patient_id)).size).toBe(100)
    await agrees()
    expect(await retries()).toBe(0)
  }, 120_000)

  it('40 times are freed and 100 wait: the first 40 get them, in whatever order they are freed', async () => {
    const visits = await book(40)
    await queueUp(100)
    await race(visits.map((visit, i) => () => clinic.cancel(registrar, crowd[i]!, visit.id)))
    const made = await offers()
    expect(new Set(made.map((o) => o.patient_id))).toEqual(new Set(waiters.slice(0, 40)))
    await agrees()
  }, 120_000)

  it('an offer is taken, declined, runs out and is wanted by others: one thing comes of it', async () => {
    for (let round = 0; round < 12; round++) {
      await clinic.reset(MONDAY)
      const [visit] = await book(1)
      await queueUp(2)
      await clinic.cancel(registrar, crowd[0]!, visit!.id)
      const [offer] = await offers('open')
      const [first, second] = waiters as [string, string]
      // Just run out, or not yet, or free for all already.
      clinic.app.later([29, 30, 31][round % 3]!)
      const answers = await race([
        accept(first, offer!.id),
        decline(first, offer!.id),
        accept(first, offer!.id),
        cascade,
        cascade,
        ...crowd.slice(1, 4).map((id) => () => clinic.book(registrar, id, times[0]!)),
      ])
      await agrees()
      const live = await clinic.db
        .selectFrom('booking.appointment')
        .selectAll()
        .where('status', '=', 'booked')
        .execute()
      expect(live.length, answers.join(' ')).toBeLessThanOrEqual(1)
      const open = await offers('open')
      expect(open.every((o) => o.patient_id === second)).toBe(true)
      // Somebody has it, or it is offered to the next: nothing is lost.
      expect(live.length + open.length, answers.join(' ')).toBe(1)
      const [ended] = (await offers()).filter((o) => o.id === offer!.id)
      expect(ended!.state === 'accepted').toBe(live.some((a) => a.patient_id === first))
      for (const answer of answers)
        expect(['done', waiting.OfferExpired.type, waiting.OfferGone.type, booking.SlotTaken.type]).toContain(answer)
    }
  }, 120_000)

  it('is joined twice, left and offered: one entry, and no time hangs on one who left', async () => {
    for (let round = 0; round < 8; round++) {
      await clinic.reset(MONDAY)
      const [visit] = await book(1)
      const [first, second] = waiters as [string, string]
      const joined = await race([() => join(first), () => join(first), () => join(first)])
      expect(joined.toSorted()).toEqual([waiting.AlreadyWaiting.type, waiting.AlreadyWaiting.type, 'done'])
      clinic.app.later(1)
      await join(second)
      const entry = (
        await clinic.db.selectFrom('booking.waiting').selectAll().where('patient_id', '=', first).execute()
      )[0]!
      const leave = () =>
        clinic.app.call(registrar, waiting.leaveWaiting, { params: { patientId: first, entryId: entry.id } })
      expect(await race([leave, () => clinic.cancel(registrar, crowd[0]!, visit!.id)])).toEqual(['done', 'done'])
      await agrees()
      expect((await offers('open')).map((o) => o.patient_id)).toEqual([second])
    }
  }, 120_000)

  it('offers run out on every node: each time goes on once', async () => {
    const visits = await book(20)
    await queueUp(40)
    for (const [i, visit] of visits.entries()) await clinic.cancel(registrar, crowd[i]!, visit.id)
    clinic.app.later(30)
    await race([cascade, cascade, cascade, cascade, cascade])
    await agrees()
    expect(await offers('expired')).toHaveLength(20)
    const open = await offers('open')
    expect(open).toHaveLength(20)
    expect(new Set(open.map((o) => o.starts_at.getTime())).size).toBe(20)
  }, 120_000)
})

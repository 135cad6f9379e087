import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as booking from '../../../contracts/booking.ts'
import type { Appointment, Hold } from '../../../contracts/booking.ts'
import { Unavailable } from '../../../contracts/problems.ts'
import { newId } from '../../platform/ids.ts'
import { MONDAY, Refused } from '../../platform/testing/test-app.ts'
import { openClinic, timetable, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, hospital, patients, polyclinic, specialties, staff } from '../../testing/small-region.ts'
import { appointmentOf, beginVisit } from './index.ts'

const { petrov, registrar, hospitalRegistrar } = actors

/** A server that is over its limits says so and may be asked again, as browsers do; nothing is lost or doubled by it. */
async function patiently<T>(run: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.type !== Unavailable.type) throw error
    }
  }
}

/** Runs everything at once and tells successes from refusals; anything else that goes wrong fails the test. */
async function race<T>(runs: readonly (() => Promise<T>)[]): Promise<{ done: T[]; refused: string[] }> {
  const results = await Promise.allSettled(runs.map(patiently))
  const done: T[] = []
  const refused: string[] = []
  for (const result of results) {
    if (result.status === 'fulfilled') done.push(result.value)
    else if (result.reason instanceof Refused) refused.push(result.reason.problem.type)
    else throw result.reason
  }
  return { done, refused }
}

const many = <T>(count: number, of: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => of(i))

describe('at the same moment', () => {
  let clinic: Clinic
  let therapist: string[]
  let cardiologist: string[]
  let crowd: string[]
  beforeAll(async () => {
    // The neurologist also sees a patient every five minutes from 12:00: 500 times and more in a fortnight.
    const extra = timetable({
      organizationId: hospital.id,
      staffId: staff.neurologist,
      specialtyCode: specialties.neurology,
      roomId: hospital.rooms[0],
      slotMinutes: 5,
      hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '12:00', ends: '18:00' })),
    })
    clinic = await openClinic({ max: 16, extra: [extra] })
    therapist = await clinic.times(staff.therapist)
    cardiologist = await clinic.times(staff.cardiologist)
    crowd = await clinic.addPatients(500)
  })
  beforeEach(() => clinic.reset(MONDAY))
  afterAll(() => clinic.close())
  /** How often the database ended a transaction because of a deadlock or a serialization failure. */
  const retries = async () => (await clinic.app.platform.metrics.retries.get()).values[0]?.value ?? 0

  it('500 ask for one time: one is booked, 499 are told it is taken', async () => {
    const ref = therapist[3]!
    const { done, refused } = await race(crowd.map((id) => () => clinic.book(registrar, id, ref)))
    expect(done).toHaveLength(1)
    expect(new Set(refused)).toEqual(new Set([booking.SlotTaken.type]))
    expect(refused).toHaveLength(499)
    expect(await clinic.disagreements()).toEqual([])
    expect(await retries()).toBe(0)
  }, 180_000)

  it('500 ask for 500 times: all are booked', async () => {
    const times = (await clinic.times(staff.neurologist)).slice(0, 500)
    expect(times).toHaveLength(500)
    const { done, refused } = await race(crowd.map((id, i) => () => clinic.book(hospitalRegistrar, id, times[i]!)))
    expect(refused).toEqual([])
    expect(new Set(done.map((a) => a.startsAt + a.staffId)).size).toBe(500)
    expect(new Set(done.map((a) => a.ticketToken)).size).toBe(500)
    expect(await clinic.disagreements()).toEqual([])
    expect(await retries()).toBe(0)
  }, 180_000)

  it('a patient asks for all times of one specialty: one hold stands, and one visit can be made', async () => {
    const { done } = await race(many(12, (i) => () => clinic.hold(petrov, patients.petrov, therapist[i]!)))
    expect(await clinic.disagreements()).toEqual([])
    const visits = await clinic.db.selectFrom('booking.patient_visit').select('visit_id').execute()
    expect(visits).toHaveLength(1)
    const made = await race(done.map((hold) => () => clinic.confirm(petrov, patients.petrov, hold.id)))
    expect(made.done.map((a) => a.id)).toEqual([visits[0]!.visit_id])
    expect(await clinic.disagreements()).toEqual([])
  })

  it('a patient and a registrar ask for overlapping times of two specialties: one wins, the other is told of it', async () => {
    for (let round = 0; round < 10; round++) {
      const { done, refused } = await race([
        () => clinic.hold(petrov, patients.petrov, therapist[round]!),
        () => clinic.hold(registrar, patients.petrov, cardiologist[round]!),
      ])
      expect(done).toHaveLength(1)
      expect(refused).toEqual([booking.VisitsOverlap.type])
      expect(await clinic.disagreements()).toEqual([])
      clinic.app.later(5)
    }
  })

  it('a patient is booked by two people to overlapping times: one visit is made', async () => {
    const { done, refused } = await race([
      () => clinic.book(petrov, patients.petrov, therapist[9]!),
      () => clinic.book(registrar, patients.petrov, cardiologist[9]!),
      () => clinic.book(actors.therapist, patients.petrov, therapist[9]!),
    ])
    expect(done).toHaveLength(1)
    expect(refused).toHaveLength(2)
    expect(await clinic.disagreements()).toEqual([])
  })

  it('a patient asks for all times of two doctors to move one visit to: one time is held', async () => {
    const { id } = await clinic.book(petrov, patients.petrov, therapist[0]!)
    const wishes = [...therapist.slice(1, 25), ...cardiologist.slice(1, 25)]
    await race(wishes.map((ref) => () => clinic.hold(petrov, patients.petrov, ref, id)))
    const held = () =>
      clinic.db.selectFrom('schedules.slot').select('hold_id').where('hold_until', '>', clinic.app.now).execute()
    expect(await held()).toHaveLength(1)
    await clinic.hold(petrov, patients.petrov, cardiologist[30]!, id)
    expect(await held()).toHaveLength(1)
    expect(await clinic.disagreements()).toEqual([])
  })

  it('two who hold each other’s wish change their minds: nobody waits for ever', async () => {
    const [one, other] = crowd as [string, string]
    for (let round = 0; round < 10; round++) {
      const [a, b] = [therapist[round * 2]!, therapist[round * 2 + 1]!]
      await race([() => clinic.hold(registrar, one, a), () => clinic.hold(registrar, other, b)])
      await race([() => clinic.hold(registrar, one, b), () => clinic.hold(registrar, other, a)])
      expect(await clinic.disagreements()).toEqual([])
    }
    expect(await retries()).toBe(0)
  })

  it('a patient holds the same time twice in two tabs: both get the same hold', async () => {
    const { done } = await race(many(8, () => () => clinic.hold(petrov, patients.petrov, therapist[0]!)))
    expect(new Set(done.map((hold) => hold.id)).size).toBe(1)
    expect(done).toHaveLength(8)
  })

  describe('a hold is confirmed', () => {
    let hold: Hold
    beforeEach(async () => {
      hold = await clinic.hold(petrov, patients.petrov, therapist[9]!)
    })
    const confirm = (key?: string) => () => clinic.confirm(petrov, patients.petrov, hold.id, key)

    it('twice by a double click with one key, and twenty times with different ones: one appointment', async () => {
      const key = newId()
      const { done, refused } = await race([confirm(key), confirm(key), ...many(20, () => confirm())])
      expect(refused).toEqual([])
      expect(new Set(done.map((a) => JSON.stringify(a))).size).toBe(1)
      expect(await clinic.db.selectFrom('booking.appointment').select('id').execute()).toHaveLength(1)
      const events = await clinic.db.selectFrom('platform.outbox').select('type').execute()
      expect(events.filter((e) => e.type === 'booking.booked')).toHaveLength(1)
    })

    it('while it runs out and somebody else asks for the time: one of them has it', async () => {
      for (let round = 0; round < 10; round++) {
        await clinic.reset(MONDAY)
        hold = await clinic.hold(petrov, patients.petrov, therapist[9]!)
        clinic.app.later(5)
        const theirs = () => clinic.book(registrar, patients.kim, therapist[9]!)
        const { done, refused } = await race<Appointment>([confirm(), theirs])
        expect(done).toHaveLength(1)
        expect([booking.HoldExpired.type, booking.SlotTaken.type]).toContain(refused[0])
        expect(await clinic.disagreements()).toEqual([])
      }
    })

    it('while it is let go: it is either an appointment or nothing', async () => {
      for (let round = 0; round < 10; round++) {
        await clinic.reset(MONDAY)
        hold = await clinic.hold(petrov, patients.petrov, therapist[9]!)
        const release = () =>
          clinic.app.call(petrov, booking.releaseHold, {
            params: { holdId: hold.id },
            query: { patientId: patients.petrov },
          })
        await race<unknown>([confirm(), release])
        expect(await clinic.disagreements()).toEqual([])
      }
    })

    it('while another tab chooses another time: one of the two stands', async () => {
      for (let round = 0; round < 10; round++) {
        await clinic.reset(MONDAY)
        hold = await clinic.hold(petrov, patients.petrov, therapist[9]!)
        await race<unknown>([confirm(), () => clinic.hold(petrov, patients.petrov, therapist[10]!)])
        expect(await clinic.disagreements()).toEqual([])
        const visits = await clinic.db.selectFrom('booking.patient_visit').select('visit_id').execute()
        expect(visits).toHaveLength(1)
      }
    })

    it('and the answer is lost: the same key and another key both give what was made', async () => {
      const key = newId()
      // The reply never arrives: the caller knows nothing and asks again.
      await clinic.app.send(
        petrov,
        booking.confirmHold,
        { body: { patientId: patients.petrov, holdId: hold.id } },
        { key },
      )
      const [same, other] = [await confirm(key)(), await confirm()()]
      expect(same).toEqual(other)
      expect(await clinic.disagreements()).toEqual([])
    })

    it('and the connection to the database breaks before the commit: asking again makes it once', async () => {
      const key = newId()
      const { pool } = clinic.app.database
      const killer = await pool.connect()
      const [blocked] = [clinic.confirm(petrov, patients.petrov, hold.id, key).catch((e: unknown) => e)]
      await killer.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state like '%transaction%'`)
      killer.release()
      const first = await blocked
      const second = await confirm(key)()
      if (!(first instanceof Refused)) expect(second).toEqual(first)
      expect(await clinic.db.selectFrom('booking.appointment').select('id').execute()).toHaveLength(1)
      expect(await clinic.disagreements()).toEqual([])
    })
  })

  describe('a visit', () => {
    it('is cancelled, moved and begun: one of these happens', async () => {
      for (let round = 0; round < 10; round++) {
        await clinic.reset(MONDAY)
        const made = await clinic.book(registrar, patients.petrov, therapist[9]!)
        const hold = await clinic.hold(registrar, patients.petrov, therapist[11]!, made.id)
        const begin = () =>
          clinic.app
            .work(actors.therapist, async (work) =>
              beginVisit(work, (await appointmentOf(work, polyclinic.id, made.id))!),
            )
            .catch((e: Error) => {
              throw new Refused({ type: e.name, status: 409, title: e.message })
            })
        const { done } = await race<unknown>([
          () => clinic.cancel(registrar, patients.petrov, made.id),
          () => clinic.cancel(petrov, patients.petrov, made.id),
          () => clinic.move(registrar, patients.petrov, made.id, hold.id),
          begin,
        ])
        expect(done).toHaveLength(1)
        expect(await clinic.disagreements()).toEqual([])
      }
    })

    it('is moved twice to one time by a double click: one visit stands', async () => {
      const made = await clinic.book(petrov, patients.petrov, therapist[9]!)
      const hold = await clinic.hold(petrov, patients.petrov, therapist[11]!, made.id)
      const { done } = await race(many(8, () => () => clinic.move(petrov, patients.petrov, made.id, hold.id)))
      expect(new Set(done.map((a) => a.id))).toEqual(new Set([hold.id]))
      expect(done).toHaveLength(8)
      expect(await clinic.disagreements()).toEqual([])
    })

    it('is exchanged by two patients whose times are each other’s wish after one lets go: no deadlock', async () => {
      const [one, other] = crowd as [string, string]
      for (let round = 0; round < 5; round++) {
        await clinic.reset(MONDAY)
        const a = await clinic.book(registrar, one, therapist[6]!)
        const b = await clinic.book(registrar, other, therapist[7]!)
        const [ha, hb] = [
          await clinic.hold(registrar, one, therapist[9]!, a.id),
          await clinic.hold(registrar, other, therapist[8]!, b.id),
        ]
        const { done } = await race([
          () => clinic.move(registrar, one, a.id, ha.id),
          () => clinic.move(registrar, other, b.id, hb.id),
        ])
        expect(done).toHaveLength(2)
        expect(await clinic.disagreements()).toEqual([])
      }
      expect(await retries()).toBe(0)
    })
  })
})

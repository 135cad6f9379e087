import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as booking from '../../../contracts/booking.ts'
import type { InputOf } from '../../../contracts/endpoint.ts'
import { Invalid } from '../../../contracts/problems.ts'
import { PatientNotFound } from '../../../contracts/patients.ts'
import * as waiting from '../../../contracts/waiting.ts'
import { addSlot, closeSlot, openSlot } from '../../../contracts/schedules.ts'
import { newId } from '../../platform/ids.ts'
import { MONDAY, system } from '../../platform/testing/test-app.ts'
import type { Actor } from '../../platform/work.ts'
import { openClinic, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, hospital, patients, polyclinic, specialties, staff } from '../../testing/small-region.ts'
import { scheduleRoutes } from '../schedules/routes.ts'
import { offerFreedTimes } from './index.ts'
import { endOffers } from './pass-on-offers.ts'

const { petrov, registrar, hospitalRegistrar, stranger } = actors

const unasked = () => {
  throw new Error('no patient is named')
}
type Wish = InputOf<typeof waiting.joinWaiting>['body']
const therapy: Wish = {
  organizationId: polyclinic.id,
  specialtyCode: specialties.therapy,
  staffId: null,
  firstDay: '2026-03-02',
  lastDay: '2026-03-20',
  fromTime: null,
  untilTime: null,
  moving: null,
}

describe('the waiting list', () => {
  let clinic: Clinic
  let times: string[]
  let others: string[]
  beforeAll(async () => {
    const ports = {
      ageOf: unasked,
      sexOf: unasked,
      attachmentOf: unasked,
      mayActFor: unasked,
      timesFreed: offerFreedTimes,
    }
    clinic = await openClinic({ routes: scheduleRoutes(ports) })
    times = await clinic.times(staff.therapist)
    others = await clinic.addPatients(4)
  })
  beforeEach(() => clinic.reset(MONDAY))
  afterAll(() => clinic.close())

  const join = (actor: Actor, patientId: string, wish: Partial<Wish> = {}) =>
    clinic.app.call(actor, waiting.joinWaiting, { params: { patientId }, body: { ...therapy, ...wish } })
  const joinRefused = (actor: Actor, patientId: string, wish: Partial<Wish> = {}) =>
    clinic.app.refusal(actor, waiting.joinWaiting, { params: { patientId }, body: { ...therapy, ...wish } })
  const listOf = async (actor: Actor, patientId: string) =>
    (await clinic.app.call(actor, waiting.listPatientWaiting, { params: { patientId } })).entries
  const offerOf = async (actor: Actor, patientId: string) => (await listOf(actor, patientId))[0]?.offer ?? undefined
  const accept = (actor: Actor, patientId: string, offerId: string) =>
    clinic.app.call(actor, waiting.acceptOffer, { params: { patientId, offerId } })
  const acceptRefused = (actor: Actor, patientId: string, offerId: string) =>
    clinic.app.refusal(actor, waiting.acceptOffer, { params: { patientId, offerId } })
  const decline = (actor: Actor, patientId: string, offerId: string) =>
    clinic.app.call(actor, waiting.declineOffer, { params: { patientId, offerId } })
  const leave = (actor: Actor, patientId: string, entryId: string) =>
    clinic.app.call(actor, waiting.leaveWaiting, { params: { patientId, entryId } })
  const cascade = () => clinic.app.work(system, endOffers)
  const agrees = async () => expect(await clinic.disagreements()).toEqual([])

  /** Somebody has the time and gives it back. */
  const free = async (ref: string, patientId = others[0]!) => {
    const visit = await clinic.book(registrar, patientId, ref)
    await clinic.cancel(registrar, patientId, visit.id)
  }

  it('offers a cancelled time to the one who waits, who takes it', async () => {
    const entry = await join(petrov, patients.petrov)
    expect(entry).toMatchObject({ place: 1, waiting: 1, expectedDays: null, earlier: false, offer: null })
    await free(times[4]!)
    const offer = (await offerOf(petrov, patients.petrov))!
    expect(offer).toMatchObject({ staffId: staff.therapist, expiresAt: '2026-03-02T06:30:00.000Z' })
    await agrees()
    expect((await clinic.refusedHold(registrar, patients.kim, times[4]!)).type).toBe(booking.SlotTaken.type)

    const appointment = await accept(petrov, patients.petrov, offer.id)
    expect(appointment).toMatchObject({ id: offer.id, status: 'booked', startsAt: offer.startsAt })
    expect(await accept(petrov, patients.petrov, offer.id)).toEqual(appointment)
    expect(await listOf(petrov, patients.petrov)).toEqual([])
    await agrees()
  })

  it('tells the patient of an offer made, run out and declined by events that name nobody to strangers', async () => {
    await join(petrov, patients.petrov)
    await free(times[4]!)
    await decline(petrov, patients.petrov, (await offerOf(petrov, patients.petrov))!.id)
    await free(times[5]!)
    clinic.app.later(30)
    await cascade()
    const news = await clinic.db.selectFrom('platform.outbox').selectAll().orderBy('id').execute()
    const told = news.filter((n) => n.type.startsWith('booking.offer-'))
    expect(told.map((n) => n.type)).toEqual([
      'booking.offer-made',
      'booking.offer-declined',
      'booking.offer-made',
      'booking.offer-expired',
    ])
    for (const n of told) expect(n.topics).toEqual([`patient/${patients.petrov}`])
    for (const n of news.filter((x) => !x.topics.every((t) => t.startsWith('patient/'))))
      expect(JSON.stringify(n.payload)).not.toContain(patients.petrov)
  })

  it('goes by the order of joining, and a declined or expired offer to the next, each time once to each', async () => {
    for (const id of [patients.sidorova, patients.kim, others[1]!]) await join(registrar, id)
    expect((await listOf(registrar, patients.kim))[0]).toMatchObject({ place: 2, waiting: 3 })
    await free(times[4]!)
    const first = (await offerOf(registrar, patients.sidorova))!
    expect(await offerOf(registrar, patients.kim)).toBeUndefined()
    expect(await decline(registrar, patients.sidorova, first.id)).toEqual({ declined: true })
    expect(await decline(registrar, patients.sidorova, first.id)).toEqual({ declined: false })
    const second = (await offerOf(registrar, patients.kim))!
    expect(second.startsAt).toBe(first.startsAt)
    clinic.app.later(30)
    expect((await acceptRefused(registrar, patients.kim, second.id)).type).toBe(waiting.OfferExpired.type)
    await cascade()
    await cascade()
    expect((await acceptRefused(registrar, patients.kim, second.id)).type).toBe(waiting.OfferExpired.type)
    expect((await acceptRefused(registrar, patients.sidorova, first.id)).type).toBe(waiting.OfferGone.type)
    const third = (await offerOf(registrar, others[1]!))!
    expect(third.startsAt).toBe(first.startsAt)
    await agrees()
    await decline(registrar, others[1]!, third.id)
    // Everybody has had it: it is everybody's.
    await clinic.book(registrar, others[2]!, times[4]!)
    await agrees()
    expect(await clinic.db.selectFrom('booking.waiting_offer').select('id').execute()).toHaveLength(3)
  })

  it('frees the time for everybody a minute after an offer ran out, though nobody noted its end', async () => {
    await join(registrar, patients.sidorova)
    await join(registrar, patients.kim)
    await free(times[4]!)
    clinic.app.later(30.5)
    expect((await clinic.refusedHold(registrar, others[1]!, times[4]!)).type).toBe(booking.SlotTaken.type)
    clinic.app.later(0.5)
    const visit = await clinic.book(registrar, others[1]!, times[4]!)
    // It comes back before the job has looked: the forgotten offer is ended, the next has it.
    await clinic.cancel(registrar, others[1]!, visit.id)
    expect(await offerOf(registrar, patients.sidorova)).toBeUndefined()
    expect((await offerOf(registrar, patients.kim))!.startsAt).toBe(visit.startsAt)
    await agrees()
    await cascade()
    expect(await offerOf(registrar, patients.kim)).toBeDefined()
    await agrees()
  })

  it('queues a job for the last instant of an offer, in the same transaction', async () => {
    await clinic.app.database.pool.query('delete from graphile_worker._private_jobs')
    await join(petrov, patients.petrov)
    await free(times[4]!)
    const { rows } = await clinic.app.database.pool.query<{ key: string; run_at: Date }>(
      `select key, run_at from graphile_worker.jobs where task_identifier = 'booking:end-offers'`,
    )
    expect(rows).toEqual([
      { key: 'booking:end-offers:2026-03-02T06:30:00.000Z', run_at: new Date('2026-03-02T06:30:00Z') },
    ])
  })

  describe('offers only what was asked for:', () => {
    it.each([
      ['another doctor', { staffId: staff.secondTherapist }],
      ['a later day', { firstDay: '2026-03-04' }],
      ['an earlier day', { lastDay: '2026-03-02' }],
      ['a later hour', { fromTime: '11:21' }],
      ['an earlier hour', { untilTime: '11:20' }],
    ])('not to who waits for %s', async (_what, wish) => {
      await join(petrov, patients.petrov, wish)
      // Tuesday 3 March, 11:20 in Moscow.
      await free(times[10]!)
      expect(await offerOf(petrov, patients.petrov)).toBeUndefined()
      await agrees()
    })
    it('but to who waits for this doctor, this day and this hour', async () => {
      const exact = { staffId: staff.therapist, firstDay: '2026-03-03', lastDay: '2026-03-03', fromTime: '11:20' }
      await join(petrov, patients.petrov, { ...exact, untilTime: '11:21' })
      await free(times[10]!)
      expect((await offerOf(petrov, patients.petrov))!.startsAt).toBe('2026-03-03T08:20:00.000Z')
    })
  })

  it('passes over whom the rules would not let book: channel, age, another visit at that time', async () => {
    const [, cardiology] = await clinic.times(staff.cardiologist)
    const heart = { specialtyCode: specialties.cardiology }
    await join(petrov, patients.masha, heart)
    await join(registrar, patients.kim, heart)
    await join(registrar, patients.sidorova, heart)
    await clinic.book(registrar, patients.kim, times[1]!)
    await free(cardiology!)
    // Masha is a child; Kim is with the therapist at that moment.
    expect(await offerOf(petrov, patients.masha)).toBeUndefined()
    expect(await offerOf(registrar, patients.kim)).toBeUndefined()
    expect(await offerOf(registrar, patients.sidorova)).toBeDefined()

    const second = (await clinic.times(staff.secondTherapist))[3]!
    await join(petrov, patients.petrov)
    await free(second)
    expect(await offerOf(petrov, patients.petrov)).toBeUndefined()
    await agrees()
  })

  it('lets a citizen take in the cabinet what a registrar put them on the list for, though only the desk may book it', async () => {
    await join(registrar, patients.petrov)
    await free((await clinic.times(staff.secondTherapist))[3]!)
    const offer = (await offerOf(petrov, patients.petrov))!
    expect(await accept(petrov, patients.petrov, offer.id)).toMatchObject({ staffId: staff.secondTherapist })
    await agrees()
  })

  describe('for a sooner time', () => {
    const late = () => clinic.book(petrov, patients.petrov, times[20]!)

    it('keeps the old visit until the offer is taken, and swaps them in one step, whose old time goes to the next', async () => {
      const old = await late()
      expect(await joinRefused(petrov, patients.petrov)).toMatchObject({
        type: booking.AlreadyBooked.type,
        appointmentId: old.id,
      })
      const entry = await join(petrov, patients.petrov, { moving: old.id })
      expect(entry).toMatchObject({ earlier: true, visit: { appointmentId: old.id, startsAt: old.startsAt } })
      await join(registrar, patients.kim)
      await free(times[22]!)
      expect(await offerOf(petrov, patients.petrov)).toBeUndefined()
      await decline(registrar, patients.kim, (await offerOf(registrar, patients.kim))!.id)
      await free(times[4]!)
      const offer = (await offerOf(petrov, patients.petrov))!
      await agrees()
      const taken = await accept(petrov, patients.petrov, offer.id)
      expect(taken.startsAt).toBe(offer.startsAt)
      await agrees()
      const { coming } = await clinic.app.call(petrov, booking.listPatientAppointments, {
        params: { patientId: patients.petrov },
      })
      expect(coming.map((a) => a.id)).toEqual([taken.id])
      expect((await offerOf(registrar, patients.kim))!.startsAt).toBe(old.startsAt)
    })

    it('books the time plainly when the old visit was cancelled meanwhile', async () => {
      const old = await late()
      await join(petrov, patients.petrov, { moving: old.id })
      await free(times[4]!)
      const offer = (await offerOf(petrov, patients.petrov))!
      await clinic.cancel(petrov, patients.petrov, old.id)
      expect(await accept(petrov, patients.petrov, offer.id)).toMatchObject({ status: 'booked' })
      await agrees()
    })

    it('leaves in peace who found a time without the list', async () => {
      await join(petrov, patients.petrov)
      const found = await late()
      await free(times[4]!)
      const [entry] = await listOf(petrov, patients.petrov)
      expect(entry).toMatchObject({ offer: null, visit: { appointmentId: found.id } })
    })

    it('is refused for a visit of somebody else, of another specialty, or of nobody', async () => {
      const foreign = await clinic.book(registrar, patients.kim, times[20]!)
      for (const moving of [foreign.id, newId()])
        expect((await joinRefused(petrov, patients.petrov, { moving })).type).toBe(booking.AppointmentNotFound.type)
    })
  })

  describe('hears of times that schedules frees', () => {
    const close = (ref: string) =>
      clinic.app.call(registrar, closeSlot, { params: { ref }, body: { reason: 'Ремонт' } })

    it('when a closed time is opened', async () => {
      await close(times[4]!)
      await join(petrov, patients.petrov)
      await clinic.app.call(registrar, openSlot, { params: { ref: times[4]! }, body: {} })
      expect(await offerOf(petrov, patients.petrov)).toBeDefined()
      await agrees()
    })

    it('when a time is added', async () => {
      await join(petrov, patients.petrov)
      const [, scheduleId] = times[0]!.split('~') as [string, string]
      await clinic.app.call(registrar, addSlot, {
        params: { scheduleId },
        body: { day: '2026-03-03', time: '15:00', minutes: 20, reason: 'Дополнительный приём' },
      })
      expect((await offerOf(petrov, patients.petrov))!.startsAt).toBe('2026-03-03T12:00:00.000Z')
      await agrees()
    })
  })

  it('does not offer what is past, what begins within the hour, or what is somebody’s', async () => {
    await join(petrov, patients.petrov)
    const visit = await clinic.book(registrar, patients.kim, times[0]!)
    clinic.app.now = new Date('2026-03-02T06:05:00Z')
    await clinic.cancel(registrar, patients.kim, visit.id)
    expect(await offerOf(petrov, patients.petrov)).toBeUndefined()
    const held = await clinic.hold(registrar, patients.kim, times[9]!)
    await clinic.app.work(system, (work) =>
      offerFreedTimes(work, [
        {
          organizationId: polyclinic.id,
          scheduleId: times[9]!.split('~')[1]!,
          startsAt: new Date(held.startsAt),
          seq: 0,
        },
      ]),
    )
    expect(await offerOf(petrov, patients.petrov)).toBeUndefined()
    await agrees()
  })

  it('is left, also with an offer in hand, which goes to the next', async () => {
    const entry = await join(petrov, patients.petrov)
    await join(registrar, patients.kim)
    await free(times[4]!)
    const offer = (await offerOf(petrov, patients.petrov))!
    expect(await leave(petrov, patients.petrov, entry.id)).toEqual({ left: true })
    expect((await offerOf(registrar, patients.kim))!.startsAt).toBe(offer.startsAt)
    expect((await acceptRefused(petrov, patients.petrov, offer.id)).type).toBe(waiting.OfferGone.type)
    const again = { params: { patientId: patients.petrov, entryId: entry.id } }
    expect((await clinic.app.refusal(petrov, waiting.leaveWaiting, again)).type).toBe(waiting.WaitingNotFound.type)
    await agrees()
    await join(petrov, patients.petrov)
  })

  it('is joined once for a specialty of an organisation, and again when the days are over', async () => {
    await join(petrov, patients.petrov, { lastDay: '2026-03-03' })
    expect((await joinRefused(registrar, patients.petrov)).type).toBe(waiting.AlreadyWaiting.type)
    await join(petrov, patients.petrov, { specialtyCode: specialties.cardiology })
    await join(petrov, patients.petrov, { organizationId: hospital.id, specialtyCode: specialties.neurology })
    clinic.app.now = new Date('2026-03-03T21:00:00Z')
    expect((await listOf(petrov, patients.petrov)).map((e) => e.specialtyCode)).not.toContain(specialties.therapy)
    await join(petrov, patients.petrov)
  })

  it('is not joined for what is not there or cannot be', async () => {
    const type = async (wish: Partial<Wish>) => (await joinRefused(petrov, patients.petrov, wish)).type
    expect(await type({ specialtyCode: '9999' })).toBe(waiting.NobodyToWaitFor.type)
    expect(await type({ organizationId: newId() })).toBe(waiting.NobodyToWaitFor.type)
    expect(await type({ staffId: staff.cardiologist })).toBe(waiting.NobodyToWaitFor.type)
    expect(await type({ firstDay: '2026-03-10', lastDay: '2026-03-09' })).toBe(Invalid.type)
    expect(await type({ firstDay: '2026-02-01', lastDay: '2026-03-01' })).toBe(Invalid.type)
    expect(await type({ lastDay: '2026-09-01' })).toBe(Invalid.type)
    expect(await type({ fromTime: '12:00', untilTime: '12:00' })).toBe(Invalid.type)
    expect(await type({ fromTime: '25:00' })).toBe(Invalid.type)
    expect(await type({ lastDay: '2026-02-30' })).toBe(Invalid.type)
  })

  it('is nobody else’s: strangers and other organisations see and do nothing', async () => {
    const entry = await join(petrov, patients.petrov)
    await free(times[4]!)
    const offer = (await offerOf(petrov, patients.petrov))!
    const asked = { params: { patientId: patients.petrov, offerId: offer.id } }
    for (const endpoint of [waiting.acceptOffer, waiting.declineOffer]) {
      expect((await clinic.app.refusal(stranger, endpoint, asked)).type).toBe(PatientNotFound.type)
      expect((await clinic.app.refusal(hospitalRegistrar, endpoint, asked)).type).toBe(waiting.WaitingNotFound.type)
      const wrong = { params: { patientId: patients.masha, offerId: offer.id } }
      expect((await clinic.app.refusal(petrov, endpoint, wrong)).type).toBe(waiting.WaitingNotFound.type)
    }
    const left = { params: { patientId: patients.petrov, entryId: entry.id } }
    expect((await clinic.app.refusal(hospitalRegistrar, waiting.leaveWaiting, left)).status).toBe(404)
    expect(await listOf(hospitalRegistrar, patients.petrov)).toEqual([])
    expect(await joinRefused(hospitalRegistrar, patients.kim)).toMatchObject({
      type: booking.SlotClosedToChannel.type,
    })
    const list = { params: { organizationId: polyclinic.id }, query: {} }
    expect((await clinic.app.refusal(hospitalRegistrar, waiting.listWaiting, list)).status).toBe(404)
    expect((await clinic.app.refusal(petrov, waiting.listWaiting, list)).status).toBe(403)
  })

  it('is shown to the desk in its order, which a registrar may change with a reason that is kept', async () => {
    await join(petrov, patients.petrov)
    clinic.app.later(1)
    const entry = await join(registrar, patients.kim)
    await join(registrar, patients.sidorova, { specialtyCode: specialties.cardiology })
    const list = (specialtyCode?: string) =>
      clinic.app.call(registrar, waiting.listWaiting, {
        params: { organizationId: polyclinic.id },
        query: specialtyCode ? { specialtyCode } : {},
      })
    const before = await list(specialties.therapy)
    expect(before.lines.map((l) => l.patient.id)).toEqual([patients.petrov, patients.kim])
    expect(before.specialties).toMatchObject([
      { code: specialties.cardiology, waiting: 1 },
      { code: specialties.therapy, waiting: 2 },
    ])
    expect((await list()).lines).toHaveLength(3)
    const raise = (priority: number, actor = registrar) => ({
      actor,
      input: {
        params: { organizationId: actor.organizationId!, entryId: entry.id },
        body: { priority, reason: 'Участник войны' },
      },
    })
    const done = raise(5)
    await clinic.app.call(done.actor, waiting.setWaitingPriority, done.input)
    expect((await list(specialties.therapy)).lines.map((l) => l.patient.id)).toEqual([patients.kim, patients.petrov])
    const foreign = raise(9, hospitalRegistrar)
    const refused = await clinic.app.refusal(foreign.actor, waiting.setWaitingPriority, foreign.input)
    expect(refused.type).toBe(waiting.WaitingNotFound.type)
    expect(await clinic.db.selectFrom('booking.waiting_priority').selectAll().execute()).toMatchObject([
      { entry_id: entry.id, before: 0, after: 5, reason: 'Участник войны', actor_id: registrar.id },
    ])
    const journal = await clinic.app.journal('booking.set-waiting-priority')
    expect(journal[0]).toMatchObject({ patient_id: patients.kim, object_type: 'waiting', object_id: entry.id })
    await free(times[4]!)
    expect(await offerOf(registrar, patients.kim)).toBeDefined()
  })

  it('tells the expected time from how often times were given back, and nothing when that is seldom', async () => {
    for (const n of [0, 1, 2, 3]) await free(times[4 + n]!)
    expect(await join(petrov, patients.petrov)).toMatchObject({ place: 1, expectedDays: 7 })
    expect(await join(registrar, patients.kim)).toMatchObject({ place: 2, expectedDays: 14 })
  })
})

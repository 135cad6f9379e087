import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as edits from '../../../contracts/schedule-edits.ts'
import { listAbsences, removeAbsence, type ScheduleEdit } from '../../../contracts/schedules.ts'
import { joinWaiting, listPatientWaiting } from '../../../contracts/waiting.ts'
import { newId } from '../../platform/ids.ts'
import { system } from '../../platform/perform.ts'
import { MONDAY, Refused } from '../../platform/testing/test-app.ts'
import type { Actor } from '../../platform/work.ts'
import { openClinic, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, patients, polyclinic, specialties, staff } from '../../testing/small-region.ts'
import { ageOf, attachmentOf, mayActFor, sexOf } from '../patients/index.ts'
import { publishAhead } from '../schedules/publish-ahead.ts'
import { scheduleRoutes } from '../schedules/routes.ts'
import { offerFreedTimes } from './index.ts'

// Two therapists, ten to twelve by twenty minutes every day, in Moscow's zone. It is Monday, nine.
const { petrov, registrar, stranger } = actors
const TUESDAY = '2026-03-03'
let clinic: Clinic
let therapist: string[]
let crowd: string[]

beforeAll(async () => {
  clinic = await openClinic({
    routes: scheduleRoutes({ ageOf, sexOf, attachmentOf, mayActFor, timesFreed: offerFreedTimes }),
  })
  crowd = await clinic.addPatients(8)
})
afterAll(() => clinic.close())
beforeEach(async () => {
  await clinic.reset(MONDAY)
  await sql`truncate schedules.absence cascade`.execute(clinic.db)
  await sql`delete from schedules.slot`.execute(clinic.db)
  await sql`update schedules.schedule set published_until = null`.execute(clinic.db)
  await clinic.app.work(system, (work) => publishAhead(work, async () => {}))
  therapist = await clinic.times(staff.therapist)
})

const sick = (more: object = {}): ScheduleEdit => ({
  kind: 'sick-leave',
  id: newId(),
  staffId: staff.therapist,
  substituteId: null,
  from: TUESDAY,
  until: TUESDAY,
  fromTime: null,
  untilTime: null,
  ...more,
})
const preview = (edit: ScheduleEdit) => clinic.app.call(registrar, edits.previewScheduleEdit, { body: { edit } })
const apply = (edit: ScheduleEdit, version: string, decisions: edits.Decision[]) =>
  clinic.app.call(registrar, edits.applyScheduleEdit, { body: { edit, version, decisions, reason: 'Врач болеет' } })
const offersOf = async (actor: Actor, patientId: string) =>
  (await clinic.app.call(actor, edits.listChangeOffers, { params: { patientId } })).offers
const accept = (actor: Actor, patientId: string, appointmentId: string) =>
  clinic.app.call(actor, edits.acceptChange, { params: { patientId, appointmentId }, body: {} })
const refusedAccept = (actor: Actor, patientId: string, appointmentId: string) =>
  clinic.app.refusal(actor, edits.acceptChange, { params: { patientId, appointmentId }, body: {} })
const asked = async () => (await clinic.app.call(registrar, edits.listAsked, {})).offers
const agrees = async () => expect(await clinic.disagreements()).toEqual([])

/** A time of the same doctor that many days and times after the first of Monday. */
const timeOf = (day: number, n: number) => therapist[day * 6 + n]!

/** Books on Tuesday, the doctor falls ill, the patient is offered a time of the same doctor on Thursday. */
async function offered(patientId: string = patients.petrov, to = timeOf(3, 0)) {
  const before = await clinic.book(registrar, patientId, timeOf(1, 0))
  const edit = sick()
  const { version } = await preview(edit)
  const done = await apply(edit, version, [{ appointmentId: before.id, action: 'offer', ref: to }])
  expect(done).toMatchObject({ moved: 0, offered: 1, cancelled: 0 })
  const [offer] = await offersOf(registrar, patientId)
  return { before, offer: offer! }
}

describe('a patient who is offered another time', () => {
  it('has it at once, is asked, and agrees', async () => {
    const { before, offer } = await offered()
    expect(offer).toMatchObject({
      before: { id: before.id, status: 'moved', startsAt: before.startsAt },
      appointment: { status: 'booked', startsAt: '2026-03-05T07:00:00.000Z', patientId: patients.petrov },
      reason: 'Врач болеет',
      answer: null,
    })
    expect(offer.answerBy).toBe(offer.appointment.changeUntil)
    expect(await offersOf(petrov, patients.petrov)).toEqual([offer])
    expect(
      await clinic.app.refusal(stranger, edits.listChangeOffers, { params: { patientId: patients.petrov } }),
    ).toMatchObject({ status: 404 })
    expect((await refusedAccept(stranger, patients.petrov, offer.appointment.id)).status).toBe(404)
    expect(await accept(petrov, patients.petrov, offer.appointment.id)).toMatchObject({ id: offer.appointment.id })
    // Twice is once.
    expect(await accept(petrov, patients.petrov, offer.appointment.id)).toMatchObject({ status: 'booked' })
    expect(await offersOf(petrov, patients.petrov)).toEqual([])
    expect(await asked()).toMatchObject([{ answer: 'accepted' }])
    await agrees()
  })

  it('chooses another time, or cancels, also past the usual deadline', async () => {
    // The new time is in an hour: the organisation's deadline is over before the question is asked.
    await sql`update organizations.organization set change_deadline_minutes = 600 where id = ${polyclinic.id}`.execute(
      clinic.db,
    )
    const { offer } = await offered(patients.petrov, timeOf(0, 3))
    const { id } = offer.appointment
    expect(offer.appointment.changeUntil).toBeNull()
    expect(offer.answerBy).toBe(offer.appointment.startsAt)
    const hold = await clinic.hold(petrov, patients.petrov, timeOf(4, 0), id)
    const chosen = await clinic.move(petrov, patients.petrov, id, hold.id)
    expect(await asked()).toMatchObject([{ answer: 'moved' }])
    expect((await refusedAccept(petrov, patients.petrov, id)).type).toBe('/problems/change-is-answered')
    await clinic.cancel(registrar, patients.petrov, chosen.id)
    await clinic.app.call(registrar, removeAbsence, {
      params: { absenceId: (await clinic.app.call(registrar, listAbsences, {})).absences[0]!.id },
    })
    const second = await offered(patients.petrov, timeOf(0, 3))
    await clinic.cancel(petrov, patients.petrov, second.offer.appointment.id)
    expect(new Set((await asked()).map((o) => o.answer))).toEqual(new Set(['cancelled', 'moved']))
    await agrees()
    await sql`update organizations.organization set change_deadline_minutes = 60 where id = ${polyclinic.id}`.execute(
      clinic.db,
    )
  })

  it('who does not answer keeps the new time, and is no longer asked', async () => {
    const { offer } = await offered()
    clinic.app.now = new Date(offer.answerBy)
    expect(await offersOf(petrov, patients.petrov)).toEqual([])
    expect(await asked()).toMatchObject([{ answer: null, appointment: { status: 'booked' } }])
    expect(await accept(petrov, patients.petrov, offer.appointment.id)).toMatchObject({ status: 'booked' })
    await agrees()
  })

  it('is asked anew when the next edit moves the visit again', async () => {
    const { offer } = await offered()
    const next = sick({ from: '2026-03-05', until: '2026-03-05' })
    const seen = await preview(next)
    expect(seen.visits.map((v) => v.appointmentId)).toEqual([offer.appointment.id])
    await apply(next, seen.version, [{ appointmentId: offer.appointment.id, action: 'offer', ref: timeOf(4, 1) }])
    expect(await offersOf(petrov, patients.petrov)).toMatchObject([{ before: { id: offer.appointment.id } }])
    expect(new Set((await asked()).map((o) => o.answer))).toEqual(new Set(['overtaken', null]))
    await agrees()
  })
})

describe('a patient who is moved to another doctor', () => {
  it('is asked, whatever the desk decided', async () => {
    const before = await clinic.book(registrar, patients.petrov, timeOf(1, 0))
    const edit = sick()
    const { version, visits } = await preview(edit)
    const { ref } = visits[0]!.slots.find((slot) => slot.staffId === staff.secondTherapist)!
    expect(await apply(edit, version, [{ appointmentId: before.id, action: 'move', ref }])).toMatchObject({
      moved: 0,
      offered: 1,
    })
    expect(await offersOf(petrov, patients.petrov)).toMatchObject([
      { before: { staffId: staff.therapist }, appointment: { staffId: staff.secondTherapist } },
    ])
    const events = await sql<{
      payload: { asked?: boolean }
    }>`select payload from platform.outbox where type = 'booking.moved'`.execute(clinic.db)
    expect(events.rows).toMatchObject([{ payload: { asked: true } }])
  })

  it('is not asked when the same doctor sees them at another time that was agreed on', async () => {
    const before = await clinic.book(registrar, patients.petrov, timeOf(1, 0))
    const edit = sick()
    const { version } = await preview(edit)
    const done = await apply(edit, version, [{ appointmentId: before.id, action: 'move', ref: timeOf(3, 0) }])
    expect(done).toMatchObject({ moved: 1, offered: 0 })
    expect(await offersOf(petrov, patients.petrov)).toEqual([])
  })
})

describe('times that reopen', () => {
  const join = (patientId: string) =>
    clinic.app.call(registrar, joinWaiting, {
      params: { patientId },
      body: {
        organizationId: polyclinic.id,
        specialtyCode: specialties.therapy,
        staffId: staff.therapist,
        firstDay: TUESDAY,
        lastDay: TUESDAY,
        fromTime: null,
        untilTime: null,
        moving: null,
      },
    })
  const waits = async (patientId: string) =>
    (await clinic.app.call(registrar, listPatientWaiting, { params: { patientId } })).entries[0]!

  it('when an absence is removed go to those who wait, one each', async () => {
    const edit = sick()
    await apply(edit, (await preview(edit)).version, [])
    await join(patients.petrov)
    await join(patients.kim)
    const params = { absenceId: (await clinic.app.call(registrar, listAbsences, {})).absences[0]!.id }
    expect(await clinic.app.call(registrar, removeAbsence, { params })).toEqual({ opened: 6, closed: 0 })
    const [one, other] = [await waits(patients.petrov), await waits(patients.kim)]
    expect(new Set([one.offer?.startsAt, other.offer?.startsAt])).toEqual(
      new Set(['2026-03-03T07:00:00.000Z', '2026-03-03T07:20:00.000Z']),
    )
    await agrees()
  })

  it('by new hours go to those who wait; those that were free before do not', async () => {
    await join(patients.petrov)
    const edit: ScheduleEdit = {
      kind: 'hours',
      scheduleId: timeOf(0, 0).split('~')[1]!,
      from: TUESDAY,
      changes: { hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '11:40', ends: '12:20' })) },
    }
    await apply(edit, (await preview(edit)).version, [])
    expect((await waits(patients.petrov)).offer).toMatchObject({ startsAt: '2026-03-03T09:00:00.000Z' })
    await agrees()
    await sql`update schedules.working_hours set starts = '10:00', ends = '12:00'`.execute(clinic.db)
  })
})

describe('at the same moment', () => {
  const attempt = async <T>(run: () => Promise<T>): Promise<T | Refused> => {
    try {
      return await run()
    } catch (error) {
      if (error instanceof Refused) return error
      throw error
    }
  }

  it('one of two answers counts: agreeing, choosing another time, cancelling', async () => {
    for (let round = 0; round < 5; round++) {
      await clinic.reset(MONDAY)
      await sql`update schedules.absence set removed_at = ${MONDAY}, removed_by = ${registrar.id}`.execute(clinic.db)
      const { offer } = await offered()
      const { id } = offer.appointment
      const hold = await clinic.hold(petrov, patients.petrov, timeOf(5, round), id)
      const results = await Promise.all([
        attempt(() => accept(petrov, patients.petrov, id)),
        attempt(() => clinic.move(petrov, patients.petrov, id, hold.id)),
        attempt(() => clinic.cancel(petrov, patients.petrov, id)),
        attempt(() => accept(registrar, patients.petrov, id)),
      ])
      expect(results.some((r) => !(r instanceof Refused))).toBe(true)
      const known = ['change-is-answered', 'appointment-is-over', 'hold-not-found', 'hold-expired']
      const refused = results.filter((r) => r instanceof Refused).map((r) => r.problem.type.slice('/problems/'.length))
      expect(refused.filter((type) => !known.includes(type))).toEqual([])
      const [one] = await asked()
      // Whoever agreed first may still have moved or cancelled afterwards, as with any visit.
      expect(one!.answer).not.toBeNull()
      if (one!.appointment.status === 'booked') expect(one!.answer).toBe('accepted')
      clinic.app.later(6)
      await agrees()
    }
  })

  it('of two registrars with one absence one is done, and a patient who leaves meanwhile is not moved', async () => {
    const made: { id: string }[] = []
    for (let i = 0; i < 6; i++) made.push(await clinic.book(registrar, crowd[i]!, timeOf(1, i)))
    const [first, second] = [sick(), sick()]
    const [a, b] = [await preview(first), await preview(second)]
    const decide = (seen: typeof a): edits.Decision[] =>
      seen.visits.map((v, i) => ({
        appointmentId: v.appointmentId,
        action: i % 2 ? 'move' : 'offer',
        ref: v.slots[0]!.ref,
      }))
    const results = await Promise.all([
      attempt(() => apply(first, a.version, decide(a))),
      attempt(() => apply(second, b.version, decide(b))),
      attempt(() => clinic.cancel(registrar, crowd[0]!, made[0]!.id)),
    ])
    const known = ['schedule-edit-is-stale', 'appointment-is-over', 'slot-taken']
    const refused = results.filter((r) => r instanceof Refused).map((r) => r.problem.type.slice('/problems/'.length))
    expect(refused.filter((type) => !known.includes(type))).toEqual([])
    expect(results.slice(0, 2).filter((r) => !(r instanceof Refused)).length).toBeLessThanOrEqual(1)
    await agrees()
    // Nobody is lost: each has a coming visit, or was told of its end.
    const { rows } = await sql<{ patients: number; told: number }>`select
      (select count(distinct patient_id)::int from booking.patient_visit where state = 'coming') as patients,
      (select count(*)::int from platform.outbox where type = 'booking.cancelled') as told`.execute(clinic.db)
    expect(rows[0]!.patients + rows[0]!.told).toBeGreaterThanOrEqual(6)
  })
})

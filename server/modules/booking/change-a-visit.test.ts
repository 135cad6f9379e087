import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as booking from '../../../contracts/booking.ts'
import { downloadCalendar, downloadTicket, showTicketQr } from '../../../contracts/tickets.ts'
import { newId } from '../../platform/ids.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import type { Actor } from '../../platform/work.ts'
import { openClinic, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, patients, staff } from '../../testing/small-region.ts'
import { beginVisit, appointmentOf } from './index.ts'

const { petrov, registrar } = actors

describe('a booked visit', () => {
  let clinic: Clinic
  /** Six times of Monday from 10:00 to 12:00, then those of Tuesday, and so on. */
  let therapist: string[]
  let cardiologist: string[]
  let neurologist: string[]
  beforeAll(async () => {
    clinic = await openClinic()
    therapist = await clinic.times(staff.therapist)
    cardiologist = await clinic.times(staff.cardiologist)
    neurologist = await clinic.times(staff.neurologist)
  })
  beforeEach(() => clinic.reset(MONDAY))
  afterAll(() => clinic.close())
  const later = (minutes: number) => clinic.app.later(minutes)
  const refusedCancel = (actor: Actor, patientId: string, appointmentId: string) =>
    clinic.app.refusal(actor, booking.cancelAppointment, {
      params: { patientId, appointmentId },
      body: { reason: null },
    })
  const refusedMove = (actor: Actor, patientId: string, appointmentId: string, holdId: string) =>
    clinic.app.refusal(actor, booking.moveAppointment, { params: { patientId, appointmentId }, body: { holdId } })

  describe('is cancelled', () => {
    it('by the patient until the deadline; its time is free at once', async () => {
      const made = await clinic.book(petrov, patients.petrov, therapist[4]!)
      // Monday 11:20, two hours before which is 09:20.
      expect(made.changeUntil).toBe('2026-03-02T06:20:00.000Z')
      later(19)
      const cancelled = await clinic.cancel(petrov, patients.petrov, made.id, 'Выздоровел')
      expect(cancelled).toMatchObject({ status: 'cancelled', cancelReason: 'Выздоровел', changeUntil: null })
      await clinic.book(registrar, patients.kim, therapist[4]!)
      await clinic.book(petrov, patients.petrov, therapist[5]!)
      expect(await clinic.disagreements()).toEqual([])
    })

    it('not by the patient after the deadline, who is told whom to call; by a registrar until its time is over', async () => {
      const made = await clinic.book(petrov, patients.petrov, therapist[4]!)
      later(20)
      expect(await refusedCancel(petrov, patients.petrov, made.id)).toMatchObject({
        type: booking.TooLateToChange.type,
        advice: 'Позвоните в регистратуру: +7 495 000-00-01.',
      })
      later(125)
      await clinic.cancel(registrar, patients.petrov, made.id)
      const second = await clinic.book(registrar, patients.petrov, therapist[7]!)
      later(24 * 60)
      expect(await refusedCancel(registrar, patients.petrov, second.id)).toMatchObject(booking.AppointmentIsOver)
      expect(await clinic.disagreements()).toEqual([])
    })

    it('once', async () => {
      const made = await clinic.book(petrov, patients.petrov, therapist[9]!)
      await clinic.cancel(petrov, patients.petrov, made.id)
      expect(await refusedCancel(petrov, patients.petrov, made.id)).toMatchObject(booking.AppointmentIsOver)
    })

    it('by nobody once the doctor has begun', async () => {
      const made = await clinic.book(registrar, patients.petrov, therapist[0]!)
      await clinic.app.work(actors.therapist, async (work) =>
        beginVisit(work, (await appointmentOf(work, made.organizationId, made.id))!),
      )
      expect(await refusedCancel(registrar, patients.petrov, made.id)).toMatchObject(booking.AppointmentIsOver)
    })

    it('not by those who may not see it: another citizen, another organisation, under another patient', async () => {
      const made = await clinic.book(petrov, patients.petrov, therapist[9]!)
      expect(await refusedCancel(actors.stranger, patients.petrov, made.id)).toMatchObject({ status: 404 })
      expect(await refusedCancel(actors.hospitalRegistrar, patients.petrov, made.id)).toMatchObject({
        type: booking.AppointmentNotFound.type,
      })
      expect(await refusedCancel(petrov, patients.masha, made.id)).toMatchObject({
        type: booking.AppointmentNotFound.type,
      })
      const hold = await clinic.hold(petrov, patients.masha, therapist[8]!)
      expect(await refusedCancel(petrov, patients.masha, hold.id)).toMatchObject({
        type: booking.AppointmentNotFound.type,
      })
      const [row] = await clinic.app.journal('booking.cancel')
      expect(row).toMatchObject({
        outcome: 'refused',
        patient_id: patients.petrov,
        object_id: made.id,
        actor_id: actors.stranger.id,
      })
    })
  })

  describe('is moved', () => {
    it('to another time in one step; the calendar event goes on under its UID', async () => {
      const old = await clinic.book(petrov, patients.petrov, therapist[9]!)
      const hold = await clinic.hold(petrov, patients.petrov, therapist[10]!, old.id)
      // Until it is confirmed the old visit stands, and the held time is nobody else's.
      expect(await clinic.refusedHold(registrar, patients.kim, therapist[9]!)).toMatchObject(booking.SlotTaken)
      expect(await clinic.refusedHold(registrar, patients.kim, therapist[10]!)).toMatchObject(booking.SlotTaken)
      const moved = await clinic.move(petrov, patients.petrov, old.id, hold.id)
      expect(moved).toMatchObject({ id: hold.id, status: 'booked', startsAt: hold.startsAt })
      const rows = await clinic.db.selectFrom('booking.appointment').selectAll().orderBy('sequence').execute()
      expect(rows.map((r) => [r.id, r.status, r.calendar_uid, r.sequence, r.moved_from])).toEqual([
        [old.id, 'moved', old.id, 0, null],
        [hold.id, 'booked', old.id, 1, old.id],
      ])
      expect(await clinic.disagreements()).toEqual([])
      await clinic.hold(registrar, patients.kim, therapist[9]!)
    })

    it('to a time that overlaps its own', async () => {
      const old = await clinic.book(petrov, patients.petrov, therapist[9]!)
      const hold = await clinic.hold(petrov, patients.petrov, cardiologist[9]!, old.id)
      await clinic.move(petrov, patients.petrov, old.id, hold.id)
      expect(await clinic.disagreements()).toEqual([])
    })

    it('and asking again gives the same', async () => {
      const old = await clinic.book(petrov, patients.petrov, therapist[9]!)
      const hold = await clinic.hold(petrov, patients.petrov, therapist[10]!, old.id)
      const moved = await clinic.move(petrov, patients.petrov, old.id, hold.id)
      expect(await clinic.move(petrov, patients.petrov, old.id, hold.id)).toEqual(moved)
    })

    it('only by a hold made for it, and such a hold is not confirmed by itself', async () => {
      const old = await clinic.book(petrov, patients.petrov, therapist[9]!)
      const other = await clinic.hold(petrov, patients.petrov, cardiologist[8]!)
      expect(await refusedMove(petrov, patients.petrov, old.id, other.id)).toMatchObject({
        type: booking.HoldNotFound.type,
      })
      expect(await refusedMove(petrov, patients.petrov, old.id, newId())).toMatchObject({
        type: booking.HoldNotFound.type,
      })
      const hold = await clinic.hold(petrov, patients.petrov, therapist[10]!, old.id)
      expect(
        await clinic.app.refusal(petrov, booking.confirmHold, {
          body: { patientId: patients.petrov, holdId: hold.id },
        }),
      ).toMatchObject({ type: booking.HoldNotFound.type })
    })

    it('not after the deadline, nor when it is cancelled, nor to a time somebody took', async () => {
      const old = await clinic.book(petrov, patients.petrov, therapist[4]!)
      const hold = await clinic.hold(petrov, patients.petrov, therapist[10]!, old.id)
      later(25)
      expect(await refusedMove(petrov, patients.petrov, old.id, hold.id)).toMatchObject({
        type: booking.TooLateToChange.type,
      })
      await clinic.book(registrar, patients.kim, therapist[10]!)
      expect(await refusedMove(petrov, patients.petrov, old.id, hold.id)).toMatchObject({
        type: booking.TooLateToChange.type,
      })
      const again = await clinic.hold(registrar, patients.petrov, therapist[11]!, old.id)
      later(6)
      await clinic.book(registrar, patients.sidorova, therapist[11]!)
      expect(await refusedMove(registrar, patients.petrov, old.id, again.id)).toMatchObject(booking.HoldExpired)
      await clinic.cancel(registrar, patients.petrov, old.id)
      expect(await refusedMove(registrar, patients.petrov, old.id, again.id)).toMatchObject(booking.AppointmentIsOver)
      expect(await clinic.disagreements()).toEqual([])
    })

    it('not onto a visit that the patient was booked to in the meantime', async () => {
      const old = await clinic.book(petrov, patients.petrov, therapist[9]!)
      const hold = await clinic.hold(petrov, patients.petrov, therapist[12]!, old.id)
      const other = await clinic.book(petrov, patients.petrov, cardiologist[12]!)
      expect(await refusedMove(petrov, patients.petrov, old.id, hold.id)).toMatchObject({
        type: booking.HoldNotFound.type,
      })
      const held = await clinic.hold(registrar, patients.petrov, therapist[11]!, old.id)
      await clinic.cancel(petrov, patients.petrov, other.id)
      await clinic.book(petrov, patients.petrov, cardiologist[11]!)
      expect(await refusedMove(registrar, patients.petrov, old.id, held.id)).toMatchObject(booking.VisitsOverlap)
      expect(await clinic.disagreements()).toEqual([])
    })

    it('not when there is nothing to move', async () => {
      expect(await clinic.refusedHold(petrov, patients.petrov, therapist[9]!, newId())).toMatchObject({
        type: booking.AppointmentNotFound.type,
      })
    })
  })

  describe('is seen', () => {
    it('by the patient with all others, those to come first and the past ones after', async () => {
      const first = await clinic.book(petrov, patients.petrov, therapist[0]!)
      later(24 * 60)
      const next = await clinic.book(petrov, patients.petrov, therapist[13]!)
      const elsewhere = await clinic.book(petrov, patients.petrov, neurologist[20]!)
      const dropped = await clinic.book(petrov, patients.petrov, cardiologist[15]!)
      await clinic.cancel(petrov, patients.petrov, dropped.id)
      const hold = await clinic.hold(petrov, patients.petrov, therapist[14]!, next.id)
      const moved = await clinic.move(petrov, patients.petrov, next.id, hold.id)
      const list = (actor: Actor) =>
        clinic.app.call(actor, booking.listPatientAppointments, { params: { patientId: patients.petrov } })
      const own = await list(petrov)
      expect(own.coming.map((a) => a.id)).toEqual([moved.id, elsewhere.id])
      expect(own.past.map((a) => [a.id, a.status])).toEqual([
        [dropped.id, 'cancelled'],
        [first.id, 'booked'],
      ])
      expect((await list(registrar)).coming.map((a) => a.id)).toEqual([moved.id])
      expect((await list(actors.hospitalRegistrar)).coming.map((a) => a.id)).toEqual([elsewhere.id])
    })

    it('by itself, by those who may', async () => {
      const made = await clinic.book(petrov, patients.petrov, therapist[0]!)
      const params = { patientId: patients.petrov, appointmentId: made.id }
      expect(await clinic.app.call(petrov, booking.showAppointment, { params })).toEqual(made)
      expect(await clinic.app.call(actors.therapist, booking.showAppointment, { params })).toMatchObject({
        id: made.id,
      })
      for (const actor of [actors.stranger, actors.neurologist, actors.hospitalRegistrar])
        expect(await clinic.app.refusal(actor, booking.showAppointment, { params })).toMatchObject({ status: 404 })
      const rows = await clinic.app.journal('booking.show')
      expect(rows.map((r) => [r.outcome, r.grounds])).toEqual([
        ['done', 'self'],
        ['done', 'appointment'],
        ['refused', null],
        ['refused', null],
        ['refused', 'registration'],
      ])
      expect(rows.every((r) => r.patient_id === patients.petrov)).toBe(true)
    })

    it('as a ticket in every form, until it is moved', async () => {
      const made = await clinic.book(petrov, patients.petrov, therapist[9]!)
      const params = { patientId: patients.petrov, appointmentId: made.id }
      const pdf = await clinic.app.send(petrov, downloadTicket, { params })
      expect(pdf.headers['content-type']).toBe('application/pdf')
      expect(pdf.headers['content-disposition']).toContain(encodeURIComponent('Талон 2026-03-03 11-00.pdf'))
      expect(JSON.parse(pdf.text)).toMatchObject({
        code: made.code,
        birthDate: '1985-04-12',
        calendarUid: made.id,
        sequence: 0,
        department: 'Терапевтическое отделение',
      })
      const ics = await clinic.app.send(petrov, downloadCalendar, { params })
      expect(ics.headers['content-type']).toBe('text/calendar')
      const qr = await clinic.app.send(registrar, showTicketQr, { params })
      expect(qr.text).toBe(made.ticketToken)
      expect((await clinic.app.send(actors.stranger, downloadTicket, { params })).status).toBe(404)
      const hold = await clinic.hold(petrov, patients.petrov, therapist[10]!, made.id)
      await clinic.move(petrov, patients.petrov, made.id, hold.id)
      expect((await clinic.app.send(petrov, downloadTicket, { params })).status).toBe(404)
    })
  })
})

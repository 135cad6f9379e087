import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as booking from '../../../contracts/booking.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import { newId } from '../../platform/ids.ts'
import { openClinic, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, hospital, patients, polyclinic, staff } from '../../testing/small-region.ts'

const { petrov } = actors

describe('booking a visit', () => {
  let clinic: Clinic
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

  it('holds a time for five minutes and makes an appointment of it', async () => {
    const hold = await clinic.hold(petrov, patients.petrov, therapist[0]!)
    expect(hold).toMatchObject({ ref: therapist[0], startsAt: '2026-03-02T07:00:00.000Z', patientId: patients.petrov })
    expect(Date.parse(hold.expiresAt) - MONDAY.getTime()).toBe(5 * 60_000)
    const made = await clinic.confirm(petrov, patients.petrov, hold.id)
    expect(made).toMatchObject({
      id: hold.id,
      organizationId: polyclinic.id,
      organizationName: 'Поликлиника № 1',
      address: 'г. Энск, ул. Садовая, д. 5',
      timeZone: 'Europe/Moscow',
      patientName: 'Петров Пётр Петрович',
      doctorName: 'Иванова Анна Сергеевна',
      room: '101',
      startsAt: '2026-03-02T07:00:00.000Z',
      status: 'booked',
      // 120 minutes before 10:00 is past at 09:00.
      changeUntil: null,
      cancelReason: null,
    })
    expect(made.code).toMatch(/^[0-9CHKMPTX]{6}$/)
    expect(made.ticketToken).toMatch(/^[\w-]{43}$/)
    expect(await clinic.disagreements()).toEqual([])
  })

  it('lets a parent book for a child, and names both in the journal', async () => {
    const made = await clinic.book(petrov, patients.masha, therapist[1]!)
    expect(made.patientName).toBe('Петрова Мария Петровна')
    const [held] = await clinic.app.journal('booking.hold')
    expect(held).toMatchObject({
      actor_id: petrov.id,
      patient_id: patients.masha,
      grounds: 'representative',
      object_type: 'hold',
    })
    const [booked] = await clinic.app.journal('booking.confirm')
    expect(booked).toMatchObject({
      patient_id: patients.masha,
      grounds: 'representative',
      object_type: 'appointment',
      object_id: made.id,
    })
  })

  it('announces without naming the patient to those who only listen for free times', async () => {
    const made = await clinic.book(petrov, patients.petrov, therapist[0]!)
    const events = await clinic.db
      .selectFrom('platform.outbox')
      .select(['type', 'topics', 'payload'])
      .orderBy('id')
      .execute()
    expect(events.map((e) => e.type)).toEqual(['booking.held', 'booking.booked'])
    expect(events[1]!.topics.sort()).toEqual(
      [`day/${staff.therapist}`, `patient/${patients.petrov}`, `slots/${polyclinic.id}`].sort(),
    )
    expect(events[1]!.payload).toMatchObject({ organizationId: polyclinic.id, appointmentId: made.id })
    expect(JSON.stringify(events.map((e) => e.payload))).not.toContain(patients.petrov)
  })

  describe('a time is refused, and the refusal says why, when', () => {
    it('somebody else holds it or is booked to it', async () => {
      await clinic.hold(actors.registrar, patients.kim, therapist[0]!)
      expect(await clinic.refusedHold(petrov, patients.petrov, therapist[0]!)).toMatchObject(booking.SlotTaken)
      await clinic.book(actors.registrar, patients.sidorova, therapist[1]!)
      expect(await clinic.refusedHold(petrov, patients.petrov, therapist[1]!)).toMatchObject(booking.SlotTaken)
    })

    it('it has passed', async () => {
      later(61)
      expect(await clinic.refusedHold(petrov, patients.petrov, therapist[0]!)).toMatchObject(booking.SlotInThePast)
    })

    it('it is not open to this channel', async () => {
      const [onlyRegistrars] = await clinic.times(staff.secondTherapist)
      expect(await clinic.refusedHold(petrov, patients.petrov, onlyRegistrars!)).toMatchObject(
        booking.SlotClosedToChannel,
      )
      await clinic.hold(actors.registrar, patients.petrov, onlyRegistrars!)
    })

    it('it is at an organisation that the registrar does not work at', async () => {
      expect(await clinic.refusedHold(actors.registrar, patients.kim, neurologist[0]!)).toMatchObject(
        booking.SlotClosedToChannel,
      )
    })

    it('the doctor does not see patients of this age', async () => {
      expect(await clinic.refusedHold(petrov, patients.masha, cardiologist[0]!)).toMatchObject(booking.AgeDoesNotFit)
    })

    it('there is no such time, or the reference is nonsense', async () => {
      const missing = therapist[0]!.replace(/~0$/, '~1')
      expect((await clinic.refusedHold(petrov, patients.petrov, missing)).type).toBe('/problems/slot-not-found')
      expect((await clinic.refusedHold(petrov, patients.petrov, 'when it suits')).type).toBe('/problems/invalid')
    })

    it('the patient has a coming visit of that specialty, which is named', async () => {
      const made = await clinic.book(petrov, patients.petrov, therapist[0]!)
      expect(await clinic.refusedHold(petrov, patients.petrov, therapist[9]!)).toMatchObject({
        ...booking.AlreadyBooked,
        appointmentId: made.id,
        startsAt: made.startsAt,
      })
    })

    it('the patient has another visit at that time, which is named', async () => {
      const made = await clinic.book(petrov, patients.petrov, therapist[0]!)
      expect(await clinic.refusedHold(petrov, patients.petrov, cardiologist[0]!)).toMatchObject({
        ...booking.VisitsOverlap,
        appointmentId: made.id,
        startsAt: made.startsAt,
      })
      await clinic.book(petrov, patients.petrov, cardiologist[1]!)
    })

    it('it is for a patient whom this citizen may not act for: not found, and journalled', async () => {
      const refusal = await clinic.refusedHold(petrov, patients.sidorova, therapist[0]!)
      expect(refusal).toMatchObject({ type: '/problems/patient-not-found', status: 404 })
      const [row] = await clinic.app.journal('booking.hold')
      expect(row).toMatchObject({ outcome: 'refused', patient_id: patients.sidorova, actor_id: petrov.id })
      expect(await clinic.disagreements()).toEqual([])
    })
  })

  describe('an earlier hold of the patient', () => {
    it('of the same specialty gives way, and its time is free at once', async () => {
      const first = await clinic.hold(petrov, patients.petrov, therapist[0]!)
      await clinic.hold(petrov, patients.petrov, therapist[1]!)
      expect(await clinic.disagreements()).toEqual([])
      await clinic.hold(actors.registrar, patients.kim, therapist[0]!)
      expect(
        await clinic.app.refusal(petrov, booking.confirmHold, {
          body: { patientId: patients.petrov, holdId: first.id },
        }),
      ).toMatchObject({ type: booking.HoldNotFound.type })
    })

    it('at an overlapping time gives way when it is a change of mind, and stands when it is somebody else’s', async () => {
      await clinic.hold(petrov, patients.petrov, therapist[0]!)
      const second = await clinic.hold(petrov, patients.petrov, cardiologist[0]!)
      const refusal = await clinic.refusedHold(actors.registrar, patients.petrov, therapist[0]!)
      expect(refusal).toMatchObject({ type: booking.VisitsOverlap.type, startsAt: second.startsAt })
      // There is no appointment to open yet.
      expect(refusal).not.toHaveProperty('appointmentId')
      expect(await clinic.disagreements()).toEqual([])
    })

    it('of the very same time is given again', async () => {
      const first = await clinic.hold(petrov, patients.petrov, therapist[0]!)
      later(1)
      expect(await clinic.hold(petrov, patients.petrov, therapist[0]!)).toEqual(first)
    })

    it('is taken over by a registrar whom the patient has called', async () => {
      await clinic.hold(petrov, patients.petrov, therapist[0]!)
      await clinic.book(actors.registrar, patients.petrov, therapist[0]!)
      expect(await clinic.disagreements()).toEqual([])
    })

    it('that has run out stands in nobody’s way', async () => {
      await clinic.hold(petrov, patients.petrov, therapist[0]!)
      later(5)
      await clinic.hold(actors.registrar, patients.kim, therapist[0]!)
      await clinic.hold(actors.registrar, patients.petrov, cardiologist[0]!)
      expect(await clinic.disagreements()).toEqual([])
    })

    it('is let go when asked, once', async () => {
      const hold = await clinic.hold(petrov, patients.petrov, therapist[0]!)
      const release = () =>
        clinic.app.call(petrov, booking.releaseHold, {
          params: { holdId: hold.id },
          query: { patientId: patients.petrov },
        })
      expect(await release()).toEqual({ released: true })
      expect(await release()).toEqual({ released: false })
      await clinic.hold(actors.registrar, patients.kim, therapist[0]!)
      expect(await clinic.disagreements()).toEqual([])
    })

    it('is not let go by somebody else', async () => {
      const hold = await clinic.hold(petrov, patients.petrov, therapist[0]!)
      const input = { params: { holdId: hold.id }, query: { patientId: patients.petrov } }
      expect(await clinic.app.call(actors.registrar, booking.releaseHold, input)).toEqual({ released: false })
      expect(await clinic.app.refusal(actors.stranger, booking.releaseHold, input)).toMatchObject({ status: 404 })
    })
  })

  describe('confirming', () => {
    it('gives the same appointment however often it is asked, with the same key or another', async () => {
      const hold = await clinic.hold(petrov, patients.petrov, therapist[0]!)
      const key = newId()
      const first = await clinic.confirm(petrov, patients.petrov, hold.id, key)
      expect(await clinic.confirm(petrov, patients.petrov, hold.id, key)).toEqual(first)
      expect(await clinic.confirm(petrov, patients.petrov, hold.id)).toEqual(first)
      expect(await clinic.db.selectFrom('booking.appointment').selectAll().execute()).toHaveLength(1)
    })

    it('refuses a used key with another body', async () => {
      const first = await clinic.hold(petrov, patients.petrov, therapist[0]!)
      const second = await clinic.hold(petrov, patients.masha, therapist[1]!)
      const key = newId()
      await clinic.confirm(petrov, patients.petrov, first.id, key)
      expect(
        await clinic.app.refusal(
          petrov,
          booking.confirmHold,
          { body: { patientId: patients.masha, holdId: second.id } },
          { key },
        ),
      ).toMatchObject({ type: '/problems/idempotency-key-reused', status: 422 })
    })

    it('honours a hold that ran out while the person typed, if nobody took the time', async () => {
      const hold = await clinic.hold(petrov, patients.petrov, therapist[5]!)
      later(20)
      await clinic.confirm(petrov, patients.petrov, hold.id)
      expect(await clinic.disagreements()).toEqual([])
    })

    it('refuses a hold that ran out when somebody took the time, or when the time has passed', async () => {
      const hold = await clinic.hold(petrov, patients.petrov, therapist[0]!)
      later(6)
      await clinic.hold(actors.registrar, patients.kim, therapist[0]!)
      const confirm = { body: { patientId: patients.petrov, holdId: hold.id } }
      expect(await clinic.app.refusal(petrov, booking.confirmHold, confirm)).toMatchObject(booking.HoldExpired)
      later(120)
      expect(await clinic.app.refusal(petrov, booking.confirmHold, confirm)).toMatchObject(booking.HoldExpired)
    })

    it('knows no hold of another person, patient or kind', async () => {
      const hold = await clinic.hold(petrov, patients.petrov, therapist[0]!)
      const refusal = (actor: typeof petrov, patientId: string, holdId: string) =>
        clinic.app.refusal(actor, booking.confirmHold, { body: { patientId, holdId } })
      expect(await refusal(petrov, patients.masha, hold.id)).toMatchObject({ type: booking.HoldNotFound.type })
      expect(await refusal(actors.registrar, patients.petrov, hold.id)).toMatchObject({
        type: booking.HoldNotFound.type,
      })
      expect(await refusal(petrov, patients.petrov, newId())).toMatchObject({ type: booking.HoldNotFound.type })
      expect(await refusal(actors.stranger, patients.petrov, hold.id)).toMatchObject({ status: 404 })
    })

    it('shows the appointment made of it to nobody at another organisation', async () => {
      const { id } = await clinic.book(petrov, patients.petrov, therapist[0]!)
      const body = { patientId: patients.petrov, holdId: id }
      expect((await clinic.app.call(actors.registrar, booking.confirmHold, { body })).id).toBe(id)
      expect(await clinic.app.refusal(actors.hospitalRegistrar, booking.confirmHold, { body })).toMatchObject({
        status: 404,
      })
    })
  })

  it('lets several patients of one account be booked', async () => {
    await clinic.book(petrov, patients.petrov, therapist[0]!)
    await clinic.book(petrov, patients.masha, therapist[1]!)
    expect(await clinic.disagreements()).toEqual([])
  })

  it('lets a doctor book a patient who is attached to the organisation or comes to this doctor', async () => {
    await clinic.book(actors.therapist, patients.petrov, therapist[7]!)
    expect((await clinic.refusedHold(actors.therapist, patients.kim, therapist[8]!)).status).toBe(404)
    await clinic.book(actors.registrar, patients.kim, therapist[1]!)
    // A cardiologist's time is open to doctors of the same organisation.
    await clinic.book(actors.therapist, patients.kim, cardiologist[6]!)
    expect((await clinic.refusedHold(actors.neurologist, patients.kim, neurologist[6]!)).status).toBe(404)
  })

  it('does not let a visit whose time has come keep the patient from the next one of that specialty', async () => {
    await clinic.book(petrov, patients.petrov, therapist[0]!)
    later(65)
    await clinic.book(petrov, patients.petrov, therapist[8]!)
    expect(await clinic.disagreements()).toEqual([])
  })

  it('shows a day by the clocks of the organisation', async () => {
    // 10:00 in Novosibirsk on Tuesday is 03:00 UTC.
    const ref = neurologist.find((time) => time.includes(`~${Date.parse('2026-03-03T03:00:00Z') / 1000}~`))!
    const made = await clinic.book(petrov, patients.petrov, ref)
    expect(made).toMatchObject({ organizationId: hospital.id, timeZone: 'Asia/Novosibirsk' })
    expect(made.changeUntil).toBe('2026-03-03T02:00:00.000Z')
  })
})

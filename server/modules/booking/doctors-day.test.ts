import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as booking from '../../../contracts/booking.ts'
import { findByTicket } from '../../../contracts/tickets.ts'
import { listDayVisits, markArrived, markNoShow } from '../../../contracts/day-visits.ts'
import { newToken } from '../../platform/ids.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import type { Actor } from '../../platform/work.ts'
import { openClinic, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, hospital, patients, polyclinic, staff } from '../../testing/small-region.ts'
import { appointmentOf, beginVisit, finishVisit, hasAppointmentAt } from './index.ts'

const { petrov, registrar } = actors
const organizationId = polyclinic.id

describe('the day of a doctor', () => {
  let clinic: Clinic
  let therapist: string[]
  let cardiologist: string[]
  beforeAll(async () => {
    clinic = await openClinic()
    therapist = await clinic.times(staff.therapist)
    cardiologist = await clinic.times(staff.cardiologist)
  })
  beforeEach(() => clinic.reset(MONDAY))
  afterAll(() => clinic.close())
  const later = (minutes: number) => clinic.app.later(minutes)
  const day = (actor: Actor, query: { day: string; staffId?: string }, where = organizationId) =>
    clinic.app.call(actor, listDayVisits, { params: { organizationId: where }, query })
  const refusedDay = (actor: Actor, query: { day: string; staffId?: string }, where = organizationId) =>
    clinic.app.refusal(actor, listDayVisits, { params: { organizationId: where }, query })
  const arrived = (actor: Actor, appointmentId: string, value = true) => ({
    input: { params: { organizationId, appointmentId }, body: { arrived: value } },
    actor,
  })
  const mark = ({ actor, input }: ReturnType<typeof arrived>) => clinic.app.call(actor, markArrived, input)
  const refusedMark = ({ actor, input }: ReturnType<typeof arrived>) => clinic.app.refusal(actor, markArrived, input)
  const noShow = (appointmentId: string, value = true) =>
    clinic.app.call(registrar, markNoShow, {
      params: { organizationId, appointmentId },
      body: { noShow: value },
    })
  const refusedNoShow = (appointmentId: string, value = true) =>
    clinic.app.refusal(registrar, markNoShow, {
      params: { organizationId, appointmentId },
      body: { noShow: value },
    })
  const begin = (id: string) =>
    clinic.app.work(actors.therapist, async (work) =>
      beginVisit(work, (await appointmentOf(work, organizationId, id))!),
    )
  const finish = (id: string) => clinic.app.work(actors.therapist, (work) => finishVisit(work, organizationId, id))
  const statusOf = async (id: string) =>
    (await clinic.app.work(registrar, (work) => appointmentOf(work, organizationId, id)))!.status

  it('lists who is expected, in order, and journals each patient shown', async () => {
    const second = await clinic.book(petrov, patients.masha, therapist[1]!)
    const first = await clinic.book(petrov, patients.petrov, therapist[0]!)
    const gone = await clinic.book(registrar, patients.kim, therapist[2]!)
    await clinic.cancel(registrar, patients.kim, gone.id)
    await clinic.book(registrar, patients.sidorova, therapist[9]!)
    const other = await clinic.book(registrar, patients.kim, cardiologist[0]!)
    const own = await day(actors.therapist, { day: '2026-03-02' })
    expect(own.timeZone).toBe('Europe/Moscow')
    expect(own.visits.map((v) => [v.appointmentId, v.patient.name, v.room, v.status])).toEqual([
      [first.id, 'Петров Пётр Петрович', '101', 'booked'],
      [second.id, 'Петрова Мария Петровна', '101', 'booked'],
    ])
    const rows = await clinic.app.journal('booking.list-day')
    expect(new Map(rows.map((r) => [r.patient_id, r.grounds]))).toEqual(
      new Map([
        [patients.petrov, 'appointment'],
        [patients.masha, 'appointment'],
      ]),
    )
    expect(rows).toHaveLength(2)
    expect((await day(registrar, { day: '2026-03-02' })).visits.map((v) => v.appointmentId)).toEqual([
      first.id,
      other.id,
      second.id,
    ])
    expect((await day(actors.head, { day: '2026-03-02', staffId: staff.cardiologist })).visits).toHaveLength(1)
    expect((await day(registrar, { day: '2026-03-03' })).visits).toHaveLength(1)
    expect((await day(registrar, { day: '2026-03-04' })).visits).toEqual([])
  })

  it('is not there for another doctor or another organisation', async () => {
    expect(await refusedDay(actors.therapist, { day: '2026-03-02', staffId: staff.cardiologist })).toMatchObject({
      status: 404,
    })
    expect(await refusedDay(actors.hospitalRegistrar, { day: '2026-03-02' })).toMatchObject({ status: 404 })
    expect(await refusedDay(registrar, { day: '2026-03-02' }, hospital.id)).toMatchObject({ status: 404 })
    expect(await refusedDay(petrov, { day: '2026-03-02' })).toMatchObject({ status: 403 })
    expect(await refusedDay(registrar, { day: '2026-02-31' })).toMatchObject({ status: 422 })
  })

  it('notes that a patient has come, and takes it back', async () => {
    const made = await clinic.book(petrov, patients.petrov, therapist[0]!)
    expect(await mark(arrived(registrar, made.id))).toEqual({ status: 'arrived' })
    expect(await mark(arrived(actors.therapist, made.id))).toEqual({ status: 'arrived' })
    expect(await mark(arrived(registrar, made.id, false))).toEqual({ status: 'booked' })
    const [row] = await clinic.app.journal('booking.mark-arrived')
    expect(row).toMatchObject({ patient_id: patients.petrov, grounds: 'registration', object_id: made.id })
  })

  it('does not note an arrival before the day, after the end, or by those whose patient it is not', async () => {
    const tomorrow = await clinic.book(petrov, patients.petrov, therapist[9]!)
    expect(await refusedMark(arrived(registrar, tomorrow.id))).toMatchObject(booking.VisitIsAhead)
    const today = await clinic.book(registrar, patients.kim, therapist[0]!)
    for (const actor of [actors.cardiologist, actors.hospitalRegistrar])
      expect(await refusedMark(arrived(actor, today.id))).toMatchObject({ type: booking.AppointmentNotFound.type })
    await clinic.cancel(registrar, patients.kim, today.id)
    expect(await refusedMark(arrived(registrar, today.id))).toMatchObject(booking.AppointmentIsOver)
  })

  it('notes that a patient has not come, once the time has, and takes it back', async () => {
    const made = await clinic.book(petrov, patients.petrov, therapist[0]!)
    expect(await refusedNoShow(made.id)).toMatchObject(booking.VisitIsAhead)
    later(65)
    expect(await noShow(made.id)).toEqual({ status: 'no-show' })
    expect(await noShow(made.id)).toEqual({ status: 'no-show' })
    expect(await clinic.disagreements()).toEqual([])
    expect(await noShow(made.id, false)).toEqual({ status: 'booked' })
    expect(await clinic.disagreements()).toEqual([])
  })

  it('does not take a no-show back when the patient went elsewhere at that time', async () => {
    const made = await clinic.book(petrov, patients.petrov, therapist[1]!)
    later(80)
    await noShow(made.id)
    // A visit at the very same time: made by hand, since a time that has begun cannot be booked.
    const visit = await clinic.db.selectFrom('booking.patient_visit').selectAll().executeTakeFirstOrThrow()
    await clinic.db
      .insertInto('booking.patient_visit')
      .values({ ...visit, visit_id: patients.kim, specialty_code: '118', state: 'began' })
      .execute()
    expect(await refusedNoShow(made.id, false)).toMatchObject({ type: booking.VisitsOverlap.type })
    expect(await statusOf(made.id)).toBe('no-show')
  })

  it('goes from booked over begun to fulfilled, and each step can be repeated', async () => {
    const made = await clinic.book(petrov, patients.petrov, therapist[0]!)
    await mark(arrived(registrar, made.id))
    await begin(made.id)
    await begin(made.id)
    expect(await statusOf(made.id)).toBe('in-progress')
    expect(await clinic.disagreements()).toEqual([])
    expect(await refusedMark(arrived(registrar, made.id))).toMatchObject(booking.AppointmentIsOver)
    later(65)
    expect(await refusedNoShow(made.id)).toMatchObject(booking.AppointmentIsOver)
    await finish(made.id)
    await finish(made.id)
    expect(await statusOf(made.id)).toBe('fulfilled')
    expect(await clinic.disagreements()).toEqual([])
    await expect(begin(made.id)).rejects.toThrow('уже завершена')
  })

  it('does not begin a visit that was cancelled or noted as a no-show', async () => {
    const gone = await clinic.book(registrar, patients.kim, therapist[0]!)
    await clinic.cancel(registrar, patients.kim, gone.id)
    await expect(begin(gone.id)).rejects.toThrow('уже завершена')
    const absent = await clinic.book(petrov, patients.petrov, therapist[1]!)
    later(85)
    await noShow(absent.id)
    await expect(begin(absent.id)).rejects.toThrow('снимите отметку')
    await finish(gone.id)
    expect(await statusOf(gone.id)).toBe('cancelled')
  })

  it('finds a visit by its ticket at the own organisation only, and journals on what grounds', async () => {
    const made = await clinic.book(petrov, patients.petrov, therapist[0]!)
    const params = { token: made.ticketToken }
    expect(await clinic.app.call(registrar, findByTicket, { params })).toMatchObject({ id: made.id })
    expect(await clinic.app.refusal(actors.hospitalRegistrar, findByTicket, { params })).toMatchObject({
      status: 404,
    })
    expect(await clinic.app.refusal(registrar, findByTicket, { params: { token: newToken() } })).toMatchObject({
      status: 404,
    })
    const [row] = await clinic.app.journal('booking.find-by-ticket')
    expect(row).toMatchObject({ patient_id: patients.petrov, grounds: 'ticket', object_id: made.id })
  })

  it('ties the doctor to the patient from the booking until thirty days after the visit', async () => {
    const tied = (staffId: string) =>
      clinic.app.work(registrar, (work) =>
        hasAppointmentAt(work, { patientId: patients.petrov, organizationId, staffId }),
      )
    expect(await tied(staff.therapist)).toBe(false)
    await clinic.hold(petrov, patients.petrov, therapist[0]!)
    expect(await tied(staff.therapist)).toBe(false)
    const made = await clinic.book(petrov, patients.petrov, therapist[0]!)
    expect(await tied(staff.therapist)).toBe(true)
    expect(await tied(staff.cardiologist)).toBe(false)
    later(30 * 24 * 60)
    expect(await tied(staff.therapist)).toBe(true)
    later(2 * 60)
    expect(await tied(staff.therapist)).toBe(false)
    await clinic.reset(MONDAY)
    const other = await clinic.book(petrov, patients.petrov, therapist[9]!)
    await clinic.cancel(petrov, patients.petrov, other.id)
    expect(await tied(staff.therapist)).toBe(false)
    expect(made.id).not.toBe(other.id)
  })
})

import { describe, expect, it } from 'vitest'
import {
  listBookableOrganizations,
  listDays,
  listDoctors,
  listFreeSlots,
  listSpecialties,
} from '../../../contracts/schedules.ts'
import { actors, hospital, patients, polyclinic, specialties, staff } from '../../testing/small-region.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import { minutesLater } from '../../platform/time.ts'
import type { Actor } from '../../platform/work.ts'
import { ageOf, attachmentOf, mayActFor, sexOf } from '../patients/index.ts'
import { parseSlotRef } from './slot-ref.ts'
import { bookSlots, claimSlot, freeSlot } from './store-slot.ts'
import { schedules, useScheduleApp } from './test-region.ts'

const therapy = { organizationId: polyclinic.id, code: specialties.therapy }
const NOBODY = '0195a000-0000-7000-8000-0000000000ff'

describe('whoever looks for a free time', () => {
  const app = useScheduleApp({ ports: { ageOf, sexOf, attachmentOf, mayActFor, timesFreed: async () => {} } })
  const slots = async (actor: Actor, query: { patientId?: string; staffId?: string; day?: string } = {}) =>
    (await app().call(actor, listFreeSlots, { params: therapy, query })).slots

  it('sees organisations: the patient’s own first, the rest by name', async () => {
    const of = async (query: { patientId?: string }) =>
      (await app().call(actors.petrov, listBookableOrganizations, { query })).organizations.map((o) => ({
        name: o.shortName,
        attached: o.attached,
        free: o.freeSlots,
      }))
    expect(await of({})).toEqual([
      { name: 'Больница № 2', attached: false, free: 6 },
      { name: 'Поликлиника № 1', attached: false, free: 71 },
    ])
    expect(await of({ patientId: patients.petrov })).toEqual([
      { name: 'Поликлиника № 1', attached: true, free: 59 },
      { name: 'Больница № 2', attached: false, free: 6 },
    ])
    // A child: only the cardiologist sees children.
    expect(await of({ patientId: patients.masha })).toEqual([{ name: 'Поликлиника № 1', attached: false, free: 12 }])
  })

  it('sees specialties in plain words, each with what is open to the patient', async () => {
    const of = async (query: { patientId?: string }) =>
      (await app().call(actors.petrov, listSpecialties, { params: { organizationId: polyclinic.id }, query }))
        .specialties
    expect(await of({})).toEqual([
      { code: specialties.cardiology, title: 'Кардиолог', freeSlots: 12, nearest: '2026-03-03T07:00:00.000Z' },
      { code: specialties.therapy, title: 'Терапевт', freeSlots: 59, nearest: '2026-03-02T06:30:00.000Z' },
    ])
    expect((await of({ patientId: patients.petrov })).map((s) => s.code)).toEqual([specialties.therapy])
    expect((await of({ patientId: patients.masha })).map((s) => s.code)).toEqual([specialties.cardiology])
  })

  it('sees doctors, the soonest free first, and through the registry also those that the portal does not offer', async () => {
    const of = async (actor: Actor) =>
      (await app().call(actor, listDoctors, { params: therapy, query: {} })).doctors.map((d) => [
        d.name,
        d.room,
        d.freeSlots,
        d.nearest,
      ])
    const ivanova = ['Иванова Анна Сергеевна', '101', 59, '2026-03-02T06:30:00.000Z']
    const sokolov = ['Соколов Егор Ильич', '102', 4, '2026-03-02T10:00:00.000Z']
    expect(await of(actors.petrov)).toEqual([ivanova])
    expect(await of(actors.registrar)).toEqual([ivanova, sokolov])
    expect(await of(actors.therapist)).toEqual([ivanova, sokolov])
  })

  it('sees a published fortnight and no day more', async () => {
    const { days } = await app().call(actors.petrov, listDays, { params: therapy, query: {} })
    expect(days[0]).toEqual({ day: '2026-03-02', freeSlots: 5 })
    expect(days.map((d) => d.day)).toEqual(
      ['02', '03', '04', '05', '06', '09', '10', '11', '12', '13'].map((d) => `2026-03-${d}`),
    )
    expect((await slots(actors.petrov)).length).toBe(59)
  })

  it('sees the times of a doctor’s day by the clocks of the place', async () => {
    const neurology = { organizationId: hospital.id, code: specialties.neurology }
    const { days } = await app().call(actors.petrov, listDays, { params: neurology, query: {} })
    // Half past midnight of Tuesday in Novosibirsk is Monday evening in UTC.
    expect(days).toEqual([
      { day: '2026-03-03', freeSlots: 3 },
      { day: '2026-03-10', freeSlots: 3 },
    ])
    const on = async (day: string) => app().call(actors.petrov, listFreeSlots, { params: neurology, query: { day } })
    expect((await on('2026-03-02')).slots).toEqual([])
    const { slots: tuesday, timeZone } = await on('2026-03-03')
    expect(timeZone).toBe('Asia/Novosibirsk')
    expect(tuesday.map((s) => [s.startsAt, s.endsAt, s.room, s.doctorName])).toEqual([
      ['2026-03-02T17:00:00.000Z', '2026-03-02T17:20:00.000Z', '201', 'Снегирёва Нина Львовна'],
      ['2026-03-02T17:20:00.000Z', '2026-03-02T17:40:00.000Z', '201', 'Снегирёва Нина Львовна'],
      ['2026-03-02T17:40:00.000Z', '2026-03-02T18:00:00.000Z', '201', 'Снегирёва Нина Львовна'],
    ])
  })

  it('chooses a doctor or any', async () => {
    const monday = { day: '2026-03-09' }
    expect(await slots(actors.registrar, monday)).toHaveLength(8)
    expect(await slots(actors.registrar, { ...monday, staffId: staff.therapist })).toHaveLength(6)
    expect(await slots(actors.registrar, { ...monday, staffId: staff.secondTherapist })).toHaveLength(2)
    expect(await slots(actors.registrar, { ...monday, staffId: staff.cardiologist })).toEqual([])
  })

  it('may not ask for a patient of somebody else, and learns nothing of whether there is one', async () => {
    for (const patientId of [patients.petrov, NOBODY]) {
      const query = { patientId }
      const refusals = await Promise.all([
        app().refusal(actors.stranger, listBookableOrganizations, { query }),
        app().refusal(actors.stranger, listSpecialties, { params: { organizationId: polyclinic.id }, query }),
        app().refusal(actors.stranger, listDoctors, { params: therapy, query }),
        app().refusal(actors.stranger, listDays, { params: therapy, query }),
        app().refusal(actors.stranger, listFreeSlots, { params: therapy, query }),
      ])
      expect(refusals.map((r) => [r.status, r.type])).toEqual(refusals.map(() => [404, '/problems/patient-not-found']))
    }
  })

  it('is journalled with the patient asked for', async () => {
    await slots(actors.petrov, { patientId: patients.petrov })
    const rows = await app().journal('schedules.list-free-slots')
    expect(rows.at(-1)).toMatchObject({
      actor_id: actors.petrov.id,
      object_type: 'patient',
      object_id: patients.petrov,
      outcome: 'done',
    })
  })

  it('is told that an organisation does not exist, and which input is wrong', async () => {
    const params = { organizationId: NOBODY, code: specialties.therapy }
    const lost = await Promise.all([
      app().refusal(actors.petrov, listSpecialties, { params: { organizationId: NOBODY }, query: {} }),
      app().refusal(actors.petrov, listDoctors, { params, query: {} }),
      app().refusal(actors.petrov, listDays, { params, query: {} }),
      app().refusal(actors.petrov, listFreeSlots, { params, query: {} }),
    ])
    expect(lost.map((r) => r.status)).toEqual([404, 404, 404, 404])
    const wrong = { day: '2026-02-31', staffId: 'не число', patientId: "' or 1=1" }
    const refusal = await app().refusal(actors.petrov, listFreeSlots, { params: therapy, query: wrong })
    expect(refusal.status).toBe(422)
    expect(refusal.fields?.map((f) => f.path).sort()).toEqual(['day', 'patientId', 'staffId'])
    expect((await app().refusal(undefined, listFreeSlots, { params: therapy, query: {} })).status).toBe(401)
    const unknown = await app().call(actors.petrov, listFreeSlots, {
      params: { ...therapy, code: 'нет такой' },
      query: { day: '2199-12-31' },
    })
    expect(unknown.slots).toEqual([])
  })
})

describe('a time', () => {
  const app = useScheduleApp()
  const refs = async (day: string) =>
    (await app().call(actors.petrov, listFreeSlots, { params: therapy, query: { day } })).slots.map((s) => s.ref)

  it('disappears while it is held and is back the moment the hold ends, though nobody did anything', async () => {
    app().now = MONDAY
    const [ref] = await refs('2026-03-04')
    const until = minutesLater(MONDAY, 5)
    await app().work(actors.petrov, (work) => claimSlot(work, parseSlotRef(ref!), { holdId: NOBODY, until }))
    expect(await refs('2026-03-04')).toHaveLength(5)
    app().now = new Date(+until - 1)
    expect(await refs('2026-03-04')).not.toContain(ref)
    app().now = until
    expect(await refs('2026-03-04')).toContain(ref)
    const counts = await app().call(actors.petrov, listDays, { params: therapy, query: {} })
    expect(counts.days.find((d) => d.day === '2026-03-04')?.freeSlots).toBe(6)
  })

  it('disappears when it is booked and comes back when the booking is given up', async () => {
    app().now = MONDAY
    const [ref] = await refs('2026-03-05')
    const key = parseSlotRef(ref!)
    await bookSlots(app().db, [{ ...key, appointmentId: NOBODY }])
    expect(await refs('2026-03-05')).not.toContain(ref)
    await app().work(actors.petrov, (work) => freeSlot(work, key, NOBODY))
    expect(await refs('2026-03-05')).toContain(ref)
  })

  it('disappears when it begins', async () => {
    app().now = MONDAY
    expect(await refs('2026-03-02')).toHaveLength(5)
    app().now = new Date('2026-03-02T06:29:59Z')
    expect(await refs('2026-03-02')).toHaveLength(5)
    app().now = new Date('2026-03-02T06:30:00Z')
    expect(await refs('2026-03-02')).toHaveLength(4)
    app().now = new Date('2026-03-02T20:00:00Z')
    expect(await refs('2026-03-02')).toEqual([])
    const { doctors } = await app().call(actors.petrov, listDoctors, { params: therapy, query: {} })
    expect(doctors[0]?.nearest).toBe('2026-03-03T06:00:00.000Z')
    app().now = new Date('2026-03-20T20:00:00Z')
    const empty = await app().call(actors.petrov, listDoctors, { params: therapy, query: {} })
    expect(empty.doctors).toMatchObject([{ freeSlots: 0, nearest: null, room: '101' }])
  })

  it('belongs to the timetable it was made from', async () => {
    app().now = MONDAY
    expect(parseSlotRef((await refs('2026-03-06'))[0]!).scheduleId).toBe(schedules.therapist)
  })
})

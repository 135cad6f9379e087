import { describe, expect, it } from 'vitest'
import type { InputOf } from '../../../contracts/endpoint.ts'
import { addSlot, createSchedule, listDays, listSchedules } from '../../../contracts/schedules.ts'
import { newId } from '../../platform/ids.ts'
import { actorOf, MONDAY, type Refused } from '../../platform/testing/test-app.ts'
import { localTime } from '../../platform/time.ts'
import { actors, hospital, polyclinic, specialties, staff } from '../../testing/small-region.ts'
import { importTimetables } from './import-timetables.ts'
import { intervalsOverlap } from './rules.ts'
import { USUAL_CONDITIONS } from './store-timetable.ts'
import { allSlots, onDays, timetables, useScheduleApp, zones } from './test-region.ts'

type Body = InputOf<typeof createSchedule>['body']
const good: Body = {
  staffId: staff.therapist,
  specialtyCode: specialties.therapy,
  roomId: polyclinic.rooms[0],
  slotMinutes: 20,
  channels: ['portal', 'registrar'],
  ageFrom: 18,
  ageTo: 150,
  validFrom: '2026-03-02',
  validUntil: null,
  hours: onDays([1, 3], '08:00', '10:00'),
}

describe('a new timetable', () => {
  const app = useScheduleApp({ withTimetables: false })
  const create = (change: Partial<Body> = {}, actor = actors.registrar) =>
    app().call(actor, createSchedule, { body: { ...good, ...change } })
  const refusal = (change: Partial<Body> = {}, actor = actors.registrar) =>
    app().refusal(actor, createSchedule, { body: { ...good, ...change } })

  it('publishes the times of fourteen days that are still ahead, and keeps who made it', async () => {
    const made = await create()
    expect(made).toEqual({ ...USUAL_CONDITIONS, ...good, id: made.id, publishedUntil: '2026-03-15' })
    const slots = await allSlots(app(), made.id)
    // Monday from 09:00 on (it is nine now: that time has begun), Wednesday, Monday, Wednesday.
    const of = (day: string) =>
      slots.filter((s) => s.starts_at.toISOString().startsWith(day)).map((s) => localTime(s.starts_at, 'Europe/Moscow'))
    expect(of('2026-03-02')).toEqual(['09:20', '09:40'])
    expect(of('2026-03-04')).toEqual(['08:00', '08:20', '08:40', '09:00', '09:20', '09:40'])
    expect(slots).toHaveLength(2 + 3 * 6)
    expect(slots[0]).toMatchObject({
      practitioner_role_id: staff.therapist,
      specialty_code: specialties.therapy,
      channels: ['portal', 'registrar'],
      age_from: 18,
      status: 'free',
      version: 0,
    })
    const change = await app().db.selectFrom('schedules.change').selectAll().executeTakeFirstOrThrow()
    expect(change).toMatchObject({
      schedule_id: made.id,
      kind: 'created',
      actor_id: actors.registrar.id,
      at: MONDAY,
      before: null,
      after: made,
    })
    const { days } = await app().call(actors.petrov, listDays, {
      params: { organizationId: polyclinic.id, code: specialties.therapy },
      query: {},
    })
    expect(days.map((d) => d.freeSlots)).toEqual([2, 6, 6, 6])
  })

  it('is listed for the doctor it is of, to those who work there', async () => {
    const { schedules } = await app().call(actors.head, listSchedules, { query: { staffId: staff.therapist } })
    expect(schedules).toMatchObject([{ staffId: staff.therapist, hours: good.hours, publishedUntil: '2026-03-15' }])
    const query = { staffId: staff.therapist }
    expect((await app().refusal(actors.hospitalRegistrar, listSchedules, { query })).status).toBe(404)
    expect((await app().refusal(actors.registrar, listSchedules, { query: { staffId: newId() } })).status).toBe(404)
    expect((await app().refusal(actors.therapist, listSchedules, { query })).status).toBe(403)
  })

  it('is refused when the doctor or the room has a timetable for these hours, and says whose', async () => {
    expect(await refusal({ roomId: polyclinic.rooms[1], hours: onDays([3], '09:30', '11:00') })).toMatchObject({
      status: 409,
      type: '/problems/times-overlap',
      title: 'В это время у врача или кабинета уже есть приём',
      detail: 'По средам с 08:00 до 10:00 уже есть приём: Иванова А. С., кабинет 101.',
    })
    const another = { staffId: staff.secondTherapist, hours: onDays([1], '09:30', '11:00') }
    expect((await refusal(another)).detail).toBe(
      'По понедельникам с 08:00 до 10:00 уже есть приём: Иванова А. С., кабинет 101.',
    )
    // Its neighbour in time, and another doctor in another room at the same hours, get along with it.
    await create({ hours: onDays([3], '10:00', '11:00') })
    await create({ ...another, roomId: polyclinic.rooms[1] })
  })

  it('gets along with one that has ended before it begins', async () => {
    const cardiologist = {
      staffId: staff.cardiologist,
      specialtyCode: specialties.cardiology,
      roomId: polyclinic.rooms[2],
    }
    await create({ ...cardiologist, validUntil: '2026-03-10' })
    expect((await refusal({ ...cardiologist, validFrom: '2026-03-09' })).type).toBe('/problems/times-overlap')
    const next = await create({ ...cardiologist, validFrom: '2026-03-11' })
    expect((await allSlots(app(), next.id)).map((s) => s.starts_at.toISOString().slice(0, 10))).toEqual(
      Array(6).fill('2026-03-11'),
    )
    const far = await create({ ...cardiologist, hours: onDays([6], '08:00', '10:00'), validFrom: '2026-04-01' })
    expect(far.publishedUntil).toBeNull()
    expect(await allSlots(app(), far.id)).toEqual([])
  })

  it('is refused when a time that was added by hand stands in its way', async () => {
    const made = await create({ hours: onDays([5], '08:00', '09:00') })
    const body = { day: '2026-03-12', time: '16:00', minutes: 30, reason: 'По просьбе заведующего' }
    await app().call(actors.registrar, addSlot, { params: { scheduleId: made.id }, body })
    expect((await refusal({ hours: onDays([4], '15:00', '18:00') })).detail).toBe(
      'Мешает приём 12.03.2026 с 16:00 до 16:30: Иванова А. С., кабинет 101.',
    )
  })

  it('is refused when somebody of the same name and person works then in another position', async () => {
    const cardiologist = await app()
      .db.selectFrom('organizations.practitioner_role')
      .selectAll()
      .where('id', '=', staff.cardiologist)
      .executeTakeFirstOrThrow()
    const second = { ...cardiologist, id: newId(), specialty_code: specialties.therapy }
    await app().db.insertInto('organizations.practitioner_role').values(second).execute()
    const clash = { staffId: second.id, roomId: polyclinic.rooms[1], hours: onDays([3], '08:00', '09:00') }
    expect((await refusal(clash)).detail).toMatch(/^По средам с 08:00 до 10:00 уже есть приём: Орлов О. И./)
  })

  it('names every field that is wrong', async () => {
    const fieldsOf = async (change: Partial<Body>) => (await refusal(change)).fields?.map((f) => f.path)
    const free = { hours: onDays([7], '08:00', '09:00') }
    expect(await fieldsOf({ ...free, staffId: newId() })).toEqual(['staffId'])
    expect(await fieldsOf({ ...free, staffId: staff.neurologist, specialtyCode: specialties.neurology })).toEqual([
      'staffId',
    ])
    expect(await fieldsOf({ ...free, roomId: hospital.rooms[0] })).toEqual(['roomId'])
    expect((await refusal({ ...free, specialtyCode: specialties.cardiology })).fields).toEqual([
      { path: 'specialtyCode', message: 'Специальность врача другая: Терапевт' },
    ])
    expect(await fieldsOf({ ...free, validFrom: '2026-01-01', validUntil: '2026-03-01' })).toEqual(['validUntil'])
    expect(await fieldsOf({ hours: onDays([7], '10:00', '09:00'), ageFrom: 90, ageTo: 2 })).toEqual([
      'hours.0.ends',
      'ageTo',
    ])
    const malformed = { hours: [{ weekday: 8, starts: '9:00', ends: '25:00' }], channels: ['телефон'] as never }
    expect((await fieldsOf({ ...malformed, slotMinutes: 4, validFrom: '2026-02-31' }))?.sort()).toEqual([
      'channels.0',
      'hours.0.ends',
      'hours.0.starts',
      'hours.0.weekday',
      'slotMinutes',
      'validFrom',
    ])
    await app()
      .db.updateTable('organizations.practitioner_role')
      .set({ until: '2026-03-01' })
      .where('id', '=', staff.secondTherapist)
      .execute()
    expect((await refusal({ ...free, staffId: staff.secondTherapist })).fields).toEqual([
      { path: 'staffId', message: 'Этот сотрудник здесь больше не работает' },
    ])
  })

  it('is made by those who keep timetables, where they work', async () => {
    expect((await refusal({}, actors.therapist)).status).toBe(403)
    expect((await refusal({}, actors.petrov)).status).toBe(403)
    expect((await refusal({}, actorOf({ role: 'administrator' }))).status).toBe(404)
    expect((await refusal({}, actors.hospitalRegistrar)).fields?.map((f) => f.path)).toEqual(['staffId', 'roomId'])
  })
})

describe('timetables made at once', () => {
  const app = useScheduleApp({ withTimetables: false })
  const attempt = (body: Body) =>
    app()
      .call(actors.registrar, createSchedule, { body })
      .then(
        () => 'made',
        (error: unknown) => (error as Refused).problem.type,
      )

  it('for the same hours of one doctor: one is made, the others are refused', async () => {
    const bodies = Array.from({ length: 8 }, (_, i) => ({
      ...good,
      roomId: polyclinic.rooms[i % 3]!,
      hours: onDays([1], '08:00', `${10 + (i % 3)}:00`),
    }))
    const outcomes = await Promise.all(bodies.map(attempt))
    expect(outcomes.toSorted()).toEqual([...Array(7).fill('/problems/times-overlap'), 'made'])
  })

  it('for one room by different doctors: one is made, the others are refused', async () => {
    const bodies = [staff.therapist, staff.secondTherapist, staff.therapist, staff.secondTherapist].map(
      (staffId, i) => ({
        ...good,
        staffId,
        hours: onDays([2], `0${8 + (i % 2)}:00`, '11:00'),
      }),
    )
    const outcomes = await Promise.all(bodies.map(attempt))
    expect(outcomes.filter((o) => o === 'made')).toHaveLength(1)
  })

  it('and an added time: whichever comes second is refused', async () => {
    await importTimetables(app().db, app().now, [{ ...timetables[2]!, hours: onDays([6], '08:00', '09:00') }], zones)
    for (const day of ['03', '04', '05', '06']) {
      const weekday = Number(day) - 1
      const hours = onDays([weekday], '14:00', '16:00')
      const doctor = { staffId: staff.cardiologist, specialtyCode: specialties.cardiology, roomId: polyclinic.rooms[2] }
      const body = { day: `2026-03-${day}`, time: '15:00', minutes: 30, reason: 'Срочно' }
      const adding = app()
        .call(actors.head, addSlot, { params: { scheduleId: timetables[2]!.id }, body })
        .then(
          () => 'added',
          (error: unknown) => (error as Refused).problem.type,
        )
      const outcomes = await Promise.all([adding, attempt({ ...good, ...doctor, hours })])
      expect(outcomes.filter((o) => o === '/problems/times-overlap')).toHaveLength(1)
    }
    const times = (await allSlots(app())).map((s) => ({ ...s, startsAt: s.starts_at, endsAt: s.ends_at }))
    for (const [i, a] of times.entries())
      for (const b of times.slice(i + 1))
        if (a.practitioner_role_id === b.practitioner_role_id) expect(intervalsOverlap(a, b)).toBe(false)
  })
})

describe('a new timetable with days off', () => {
  const app = useScheduleApp({ withTimetables: false })

  it('has no times on them, and keeps them', async () => {
    const made = await app().call(actors.registrar, createSchedule, { body: { ...good, daysOff: ['2026-03-04'] } })
    expect(made.daysOff).toEqual(['2026-03-04'])
    const days = (await allSlots(app(), made.id)).map((s) => s.starts_at.toISOString().slice(0, 10))
    expect([...new Set(days)].sort()).toEqual(['2026-03-02', '2026-03-09', '2026-03-11'])
  })
})

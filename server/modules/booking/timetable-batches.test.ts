import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listDepartmentTimetables, showScheduleHistory, type TimetableState } from '../../../contracts/schedules.ts'
import {
  resumeTimetableBatch,
  showTimetableBatch,
  startTimetableBatch,
  type TimetableBatch,
} from '../../../contracts/timetable-batches.ts'
import type { InputOf } from '../../../contracts/endpoint.ts'
import { newId } from '../../platform/ids.ts'
import { system } from '../../platform/perform.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import { openClinic, timetable, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, hospital, polyclinic, specialties, staff } from '../../testing/small-region.ts'
import { ageOf, attachmentOf, mayActFor, sexOf } from '../patients/index.ts'
import { publishAhead } from '../schedules/publish-ahead.ts'
import { scheduleRoutes } from '../schedules/routes.ts'
import { runTimetableBatches } from './run-timetable-batches.ts'

// Ten to twelve by twenty minutes, every day; the therapist also sees patients in the afternoon, by another timetable.
const { registrar } = actors
const week = (starts: string, ends: string) => [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts, ends }))
const afternoon = timetable({
  staffId: staff.therapist,
  specialtyCode: specialties.therapy,
  roomId: polyclinic.rooms[0],
  hours: week('13:00', '15:00'),
})
let clinic: Clinic
let patient: string
let states: TimetableState[]

beforeAll(async () => {
  clinic = await openClinic({
    extra: [afternoon],
    routes: scheduleRoutes({ ageOf, sexOf, attachmentOf, mayActFor, timesFreed: async () => {} }),
  })
  patient = (await clinic.addPatients(1))[0]!
})
afterAll(() => clinic.close())
beforeEach(async () => {
  await clinic.reset(MONDAY)
  await sql`truncate booking.timetable_batch cascade`.execute(clinic.db)
  await sql`delete from schedules.slot`.execute(clinic.db)
  await sql`delete from schedules.change`.execute(clinic.db)
  await sql`update schedules.schedule set published_until = null, version = 0`.execute(clinic.db)
  await sql`update schedules.working_hours set starts = '10:00', ends = '12:00' where schedule_id <> ${afternoon.id}`.execute(
    clinic.db,
  )
  await sql`update schedules.working_hours set starts = '13:00', ends = '15:00' where schedule_id = ${afternoon.id}`.execute(
    clinic.db,
  )
  await clinic.app.work(system, (work) => publishAhead(work, async () => {}))
  states = (
    await clinic.app.call(registrar, listDepartmentTimetables, { params: { departmentId: polyclinic.departmentId } })
  ).timetables
})

const of = (staffId: string) => states.find((s) => s.schedule.staffId === staffId && s.schedule.id !== afternoon.id)!
type Item = InputOf<typeof startTimetableBatch>['body']['items'][number]
const item = (state: TimetableState, starts: string, ends: string): Item => ({
  scheduleId: state.schedule.id,
  version: state.version,
  changes: { hours: week(starts, ends) },
})
const batch = (items: Item[], id = newId()) => ({
  body: { id, from: '2026-03-03', reason: 'Новое расписание отделения', items },
})
const start = (items: Item[], id?: string) => clinic.app.call(registrar, startTimetableBatch, batch(items, id))
const run = () => runTimetableBatches(clinic.app.platform)
const show = ({ id }: TimetableBatch, actor = registrar) =>
  clinic.app.call(actor, showTimetableBatch, { params: { batchId: id } })
const outcome = async (of: TimetableBatch) => (await show(of)).items.map((i) => i.state)
const history = (scheduleId: string) =>
  clinic.app.call(registrar, showScheduleHistory, { params: { scheduleId } }).then(({ changes }) => changes)
const startsOf = async (staffId: string) => {
  const { rows } = await sql<{
    at: string
  }>`select distinct to_char(s.starts_at at time zone 'Europe/Moscow', 'HH24:MI') as at
    from schedules.slot s where practitioner_role_id = ${staffId} and status = 'free' and starts_at > '2026-03-03' order by 1`.execute(
    clinic.db,
  )
  return rows.map((row) => row.at)
}

describe('timetables of a department, edited at once', () => {
  it('wait, and are then edited one by one in the name of who asked', async () => {
    const made = await start([
      item(of(staff.cardiologist), '09:00', '10:00'),
      item(of(staff.secondTherapist), '15:00', '16:00'),
    ])
    expect(made).toMatchObject({ author: registrar.name, from: '2026-03-03' })
    expect(made.items.map((i) => i.state)).toEqual(['waiting', 'waiting'])
    expect(await startsOf(staff.cardiologist)).toContain('10:00')
    await run()
    expect(await outcome(made)).toEqual(['done', 'done'])
    expect(await startsOf(staff.cardiologist)).toEqual(['09:00', '09:20', '09:40'])
    const [change] = await history(of(staff.cardiologist).schedule.id)
    expect(change).toMatchObject({ kind: 'edited', author: registrar.name, reason: 'Новое расписание отделения' })
    const [row] = await clinic.app.journal('booking.apply-timetable')
    expect(row).toMatchObject({ actor_id: registrar.id, outcome: 'done', object_type: 'schedule' })
    await run()
    expect(await history(of(staff.cardiologist).schedule.id)).toHaveLength(1)
  })

  it('leave one alone whose edit touches a booked visit, tell how many, and edit it when they have gone', async () => {
    const times = await clinic.times(staff.cardiologist)
    const visit = await clinic.book(registrar, patient, times[12]!)
    const made = await start([
      item(of(staff.cardiologist), '14:00', '15:00'),
      item(of(staff.secondTherapist), '15:00', '16:00'),
    ])
    await run()
    expect((await show(made)).items).toMatchObject([
      {
        state: 'touches-visits',
        visits: 1,
        doctorName: expect.any(String),
        changes: { hours: week('14:00', '15:00') },
      },
      { state: 'done', visits: 0 },
    ])
    expect(await startsOf(staff.cardiologist)).toContain('10:00')
    expect(await history(of(staff.cardiologist).schedule.id)).toEqual([])
    await sql`delete from booking.appointment where id = ${visit.id}`.execute(clinic.db)
    await sql`update schedules.slot set status = 'free', appointment_id = null where appointment_id = ${visit.id}`.execute(
      clinic.db,
    )
    await clinic.app.call(registrar, resumeTimetableBatch, { params: { batchId: made.id }, body: {} })
    await run()
    expect(await outcome(made)).toEqual(['done', 'done'])
  })

  it('refuse one that somebody has edited meanwhile, and one that cannot be, in words', async () => {
    const stale = { ...item(of(staff.cardiologist), '14:00', '15:00'), version: 7 }
    const made = await start([stale, item(of(staff.secondTherapist), '15:00', '15:10')])
    await run()
    expect((await show(made)).items.map((i) => [i.state, i.problem?.title, i.problem?.detail])).toEqual([
      ['refused', 'График изменили, пока вы работали над черновиком', null],
      ['refused', 'Проверьте введённые данные', expect.stringContaining('не помещается ни один приём')],
    ])
  })

  it('take a room or a doctor’s time that another of them leaves, in whatever order', async () => {
    const late = states.find((s) => s.schedule.id === afternoon.id)!
    const made = await start([item(late, '10:00', '12:00'), item(of(staff.therapist), '16:00', '17:00')])
    await run()
    expect(await outcome(made)).toEqual(['done', 'done'])
    expect((await startsOf(staff.therapist)).map((at) => at.slice(0, 2))).toEqual([
      '10',
      '10',
      '10',
      '11',
      '11',
      '11',
      '16',
      '16',
      '16',
    ])
  })

  it('are refused when they need a time that nobody leaves', async () => {
    const late = states.find((s) => s.schedule.id === afternoon.id)!
    const made = await start([item(late, '11:00', '13:00'), item(of(staff.cardiologist), '09:00', '10:00')])
    await run()
    expect((await show(made)).items.map((i) => [i.state, i.problem?.title])).toEqual([
      ['refused', 'В это время у врача или кабинета уже есть приём'],
      ['done', undefined],
    ])
  })

  it('are each edited once, however many runners there are', async () => {
    const items = [staff.therapist, staff.secondTherapist, staff.cardiologist].map((id) =>
      item(of(id), '09:00', '10:00'),
    )
    const made = await start(items)
    await Promise.all([run(), run(), run(), run()])
    // Whoever found an item taken may have gone before it was put back.
    await run()
    expect(await outcome(made)).toEqual(['done', 'done', 'done'])
    for (const { scheduleId } of items) expect(await history(scheduleId)).toHaveLength(1)
  })

  it('are begun once when asked for twice, also at the same time', async () => {
    const id = newId()
    const items = [item(of(staff.cardiologist), '09:00', '10:00')]
    const made = await Promise.all([start(items, id), start(items, id), start(items, id)])
    expect(made.map((m) => m.items.length)).toEqual([1, 1, 1])
    await run()
    expect(await outcome(made[0])).toEqual(['done'])
    expect((await start(items, id)).items[0]!.state).toBe('done')
  })
})

describe('what is refused at once', () => {
  it('are timetables of others, the same one twice, and none', async () => {
    const foreign = await clinic.app.call(actors.hospitalRegistrar, listDepartmentTimetables, {
      params: { departmentId: hospital.departmentId },
    })
    const refused = (items: Item[]) => clinic.app.refusal(registrar, startTimetableBatch, batch(items))
    expect(await refused([item(foreign.timetables[0]!, '09:00', '10:00')])).toMatchObject({ status: 404 })
    const mine = item(of(staff.cardiologist), '09:00', '10:00')
    expect(await refused([mine, mine])).toMatchObject({ status: 422, fields: [{ path: 'items.1.scheduleId' }] })
    expect(await refused([])).toMatchObject({ status: 422 })
  })
  it('is a batch of another organisation, and a department of another', async () => {
    const made = await start([item(of(staff.cardiologist), '09:00', '10:00')])
    const params = { batchId: made.id }
    expect(await clinic.app.refusal(actors.hospitalRegistrar, showTimetableBatch, { params })).toMatchObject({
      type: '/problems/batch-not-found',
    })
    expect(
      await clinic.app.refusal(actors.hospitalRegistrar, resumeTimetableBatch, { params, body: {} }),
    ).toMatchObject({ status: 404 })
    expect(
      await clinic.app.refusal(registrar, listDepartmentTimetables, {
        params: { departmentId: hospital.departmentId },
      }),
    ).toMatchObject({ status: 404 })
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { applyScheduleEdit, previewScheduleEdit, type Decision } from '../../../contracts/schedule-edits.ts'
import {
  compareSchedule,
  listAbsences,
  removeAbsence,
  showScheduleHistory,
  type ScheduleEdit,
} from '../../../contracts/schedules.ts'
import { newId } from '../../platform/ids.ts'
import { MONDAY, Refused } from '../../platform/testing/test-app.ts'
import { system } from '../../platform/perform.ts'
import { openClinic, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, polyclinic, staff } from '../../testing/small-region.ts'
import { publishAhead } from '../schedules/publish-ahead.ts'
import { parseSlotRef } from '../schedules/index.ts'
import { scheduleRoutes } from '../schedules/routes.ts'
import { ageOf, attachmentOf, mayActFor, sexOf } from '../patients/index.ts'

// Ten to twelve by twenty minutes, every day, in Moscow's zone: six times a day. It is Monday, nine.
const { registrar } = actors
let clinic: Clinic
let therapist: string[]
let scheduleId: string
let crowd: string[]

beforeAll(async () => {
  clinic = await openClinic({
    routes: scheduleRoutes({ ageOf, sexOf, attachmentOf, mayActFor, timesFreed: async () => {} }),
  })
  crowd = await clinic.addPatients(20)
})
afterAll(() => clinic.close())
const published = async () => {
  await sql`truncate schedules.absence, schedules.calendar_day cascade`.execute(clinic.db)
  await sql`delete from schedules.slot`.execute(clinic.db)
  await sql`delete from schedules.change`.execute(clinic.db)
  await sql`update schedules.schedule set published_until = null, slot_minutes = 20, valid_until = null`.execute(
    clinic.db,
  )
  await sql`delete from schedules.working_hours h using schedules.schedule t where t.id = h.schedule_id and t.valid_from > '2026-01-01'`.execute(
    clinic.db,
  )
  await sql`delete from schedules.schedule where valid_from > '2026-01-01'`.execute(clinic.db)
  await sql`update schedules.working_hours set starts = '10:00', ends = '12:00'`.execute(clinic.db)
  await clinic.app.work(system, (work) => publishAhead(work, async () => {}))
}
beforeEach(async () => {
  await clinic.reset(MONDAY)
  await published()
  therapist = await clinic.times(staff.therapist)
  scheduleId = parseSlotRef(therapist[0]!).scheduleId
})

const preview = (edit: ScheduleEdit, actor = registrar) =>
  clinic.app.call(actor, previewScheduleEdit, { body: { edit } })
const apply = (edit: ScheduleEdit, version: string, decisions: Decision[] = []) =>
  clinic.app.call(registrar, applyScheduleEdit, { body: { edit, version, decisions, reason: 'Так решил заведующий' } })
const refusal = (edit: ScheduleEdit, version: string, decisions: Decision[] = []) =>
  clinic.app.refusal(registrar, applyScheduleEdit, {
    body: { edit, version, decisions, reason: 'Так решил заведующий' },
  })
const hoursEdit = (
  changes: Extract<ScheduleEdit, { kind: 'hours' }>['changes'],
  from = '2026-03-03',
): ScheduleEdit => ({
  kind: 'hours',
  scheduleId,
  from,
  changes,
})
const week = (starts: string, ends: string) => [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts, ends }))
const sick = (more: object = {}): ScheduleEdit => ({
  kind: 'sick-leave',
  id: newId(),
  staffId: staff.therapist,
  substituteId: null,
  from: '2026-03-03',
  until: '2026-03-05',
  fromTime: null,
  untilTime: null,
  ...more,
})
const states = async (who = staff.therapist) => {
  const { rows } = await sql<{
    at: string
    status: string
  }>`select to_char(starts_at at time zone 'Europe/Moscow', 'DD HH24:MI') as at,
      coalesce(closed_for, status) as status from schedules.slot where practitioner_role_id = ${who} order by starts_at`.execute(
    clinic.db,
  )
  return rows
}
const count = async (status: string, who = staff.therapist) =>
  (await states(who)).filter((s) => s.status === status).length
/** References of the therapist's times of the n-th day from Monday; on Monday all six are ahead. */
const timeOf = (dayIndex: number, n: number) => therapist[dayIndex * 6 + n]!
const moveAll = (visits: { appointmentId: string; slots: { ref: string }[] }[]): Decision[] =>
  visits.map((v) => ({ appointmentId: v.appointmentId, action: 'move', ref: v.slots[0]!.ref }))

describe('an edit of published hours', () => {
  it('shows whom it touches with the nearest times, its own new ones among them, and changes nothing', async () => {
    const one = await clinic.book(registrar, crowd[0]!, timeOf(1, 0))
    await clinic.book(registrar, crowd[1]!, timeOf(1, 5))
    const before = await states()
    const seen = await preview(hoursEdit({ hours: week('11:00', '13:00') }))
    expect(seen).toMatchObject({ timeZone: 'Europe/Moscow', closes: 13 * 3 - 1, opens: 13 * 3 })
    expect(seen.visits.map((v) => v.appointmentId)).toEqual([one.id])
    // The other therapist is free at that very hour.
    expect(seen.visits[0]).toMatchObject({
      room: '101',
      specialtyTitle: 'Терапевт',
      startsAt: '2026-03-03T07:00:00.000Z',
    })
    expect(seen.visits[0]!.slots[0]).toMatchObject({
      staffId: staff.secondTherapist,
      startsAt: '2026-03-03T07:00:00.000Z',
    })
    expect(seen.visits[0]!.slots).toHaveLength(5)
    expect(await states()).toEqual(before)
    expect((await clinic.app.journal()).at(-1)).toMatchObject({
      operation: 'booking.preview-schedule-edit',
      patient_id: crowd[0],
    })
  })

  it('moves and cancels as was decided, in one go, and tells the patients', async () => {
    const [moving, leaving] = [
      await clinic.book(registrar, crowd[0]!, timeOf(1, 0)),
      await clinic.book(registrar, crowd[1]!, timeOf(2, 0)),
    ]
    const edit = hoursEdit({ hours: week('11:00', '13:00') })
    const { version } = await preview(edit)
    // To noon of the same day: a time that is not there before the edit.
    const noon = `${timeOf(1, 0).split('~').slice(0, 2).join('~')}~${Date.parse('2026-03-03T09:00:00Z') / 1000}~0`
    const done = await apply(edit, version, [
      { appointmentId: moving.id, action: 'move', ref: noon },
      { appointmentId: leaving.id, action: 'cancel', reason: 'Врач принимает позже' },
    ])
    expect(done).toMatchObject({ moved: 1, cancelled: 1 })
    const rows = await sql<{ id: string; status: string; cancelReason: string | null; sequence: number }>`
      select id, status, cancel_reason as "cancelReason", sequence from booking.appointment order by status`.execute(
      clinic.db,
    )
    expect(rows.rows).toMatchObject([
      { status: 'booked', sequence: 1 },
      { id: leaving.id, status: 'cancelled', cancelReason: 'Врач принимает позже' },
      { id: moving.id, status: 'moved' },
    ])
    const day = (await states()).filter((s) => s.at.startsWith('03'))
    expect(day.filter((s) => s.status !== 'edit').map((s) => `${s.at.slice(3)} ${s.status}`)).toEqual([
      '11:00 free',
      '11:20 free',
      '11:40 free',
      '12:00 booked',
      '12:20 free',
      '12:40 free',
    ])
    expect((await states()).filter((s) => s.at.startsWith('02')).map((s) => s.at.slice(3))).toEqual([
      '10:00',
      '10:20',
      '10:40',
      '11:00',
      '11:20',
      '11:40',
    ])
    expect(await clinic.disagreements()).toEqual([])
    const change = await clinic.db
      .selectFrom('schedules.change')
      .selectAll()
      .where('kind', '=', 'edited')
      .executeTakeFirstOrThrow()
    expect(change).toMatchObject({ actor_id: registrar.id, reason: 'Так решил заведующий', at: MONDAY })
    expect((change.before as { hours: unknown[] }).hours).toEqual(week('10:00', '12:00'))
    expect((change.after as { hours: unknown[] }).hours).toEqual(week('11:00', '13:00'))
    const events = await sql<{
      type: string
    }>`select type from platform.outbox where type like 'booking.%' order by type`.execute(clinic.db)
    expect(events.rows.map((e) => e.type)).toEqual(expect.arrayContaining(['booking.cancelled', 'booking.moved']))
    // What is published later has the new hours.
    clinic.app.now = new Date(+MONDAY + 86_400_000)
    await clinic.app.work(system, (work) => publishAhead(work, async () => {}))
    expect((await states()).at(-1)!.at).toBe('16 12:40')
  })

  it('keeps a visit whose time begins as before, and gives back what an earlier edit closed', async () => {
    const made = await clinic.book(registrar, crowd[0]!, timeOf(1, 3))
    const longer = hoursEdit({ slotMinutes: 30 })
    const seen = await preview(longer)
    expect(seen.visits).toEqual([])
    await apply(longer, seen.version)
    const day = async () =>
      (await states()).filter((s) => s.at.startsWith('03')).map((s) => `${s.at.slice(3)} ${s.status}`)
    // 11:00–11:20 stays; what is left is cut by half-hours around it.
    expect(await day()).toEqual(['10:00 free', '10:30 free', '11:00 booked', '11:30 free'])
    await clinic.cancel(registrar, crowd[0]!, made.id)
    const later = hoursEdit({ hours: week('11:30', '12:30') })
    await apply(later, (await preview(later)).version)
    expect(await day()).toEqual(['11:00 edit', '11:30 free', '12:00 free'])
    const back = hoursEdit({ hours: week('11:00', '12:00') })
    await apply(back, (await preview(back)).version)
    expect(await day()).toEqual(['11:00 free', '11:30 free'])
    expect(await clinic.disagreements()).toEqual([])
  })

  it('is refused, and nothing of it is done', async () => {
    const made = await clinic.book(registrar, crowd[0]!, timeOf(1, 0))
    const edit = hoursEdit({ hours: week('11:00', '13:00') })
    const { version } = await preview(edit)
    const before = await states()
    const cancel: Decision = { appointmentId: made.id, action: 'cancel', reason: 'Нет приёма' }
    expect(await refusal(edit, version)).toMatchObject({ status: 422, fields: [{ path: 'decisions' }] })
    expect(await refusal(edit, version, [cancel, cancel])).toMatchObject({ status: 422 })
    expect(await refusal(edit, 'x', [cancel])).toMatchObject({ type: '/problems/schedule-edit-is-stale', status: 409 })
    const to = (ref: string): Decision[] => [{ appointmentId: made.id, action: 'move', ref }]
    expect(await refusal(edit, version, to(timeOf(2, 0)))).toMatchObject({ status: 404, appointmentId: made.id })
    const [cardiologist] = await clinic.times(staff.cardiologist)
    expect(await refusal(edit, version, to(cardiologist!))).toMatchObject({ status: 404 })
    await clinic.book(registrar, crowd[1]!, timeOf(1, 4))
    expect(await refusal(edit, version, to(timeOf(1, 4)))).toMatchObject({
      type: '/problems/slot-taken',
      appointmentId: made.id,
    })
    expect(await refusal(hoursEdit({ hours: week('11:00', '13:00') }, '2026-03-01'), version)).toMatchObject({
      status: 422,
      fields: [{ path: 'from' }],
    })
    expect(await refusal(hoursEdit({}, '2026-04-01'), version)).toMatchObject({ fields: [{ path: 'from' }] })
    expect(await refusal(hoursEdit({ slotMinutes: 200 }), version)).toMatchObject({
      fields: [{ path: 'hours.0.ends' }, {}, {}, {}, {}, {}, {}],
    })
    expect((await clinic.app.refusal(actors.hospitalRegistrar, previewScheduleEdit, { body: { edit } })).status).toBe(
      404,
    )
    expect((await clinic.app.refusal(actors.therapist, previewScheduleEdit, { body: { edit } })).status).toBe(403)
    expect((await states()).filter((s) => s.status !== 'booked')).toEqual(
      before.filter((s) => s.status !== 'booked' && s.at !== '03 11:20'),
    )
    expect(await clinic.disagreements()).toEqual([])
  })

  it('is stale when somebody books a touched time after the preview', async () => {
    const edit = hoursEdit({ hours: week('11:00', '13:00') })
    const { version } = await preview(edit)
    await clinic.book(registrar, crowd[0]!, timeOf(1, 0))
    expect(await refusal(edit, version)).toMatchObject({ type: '/problems/schedule-edit-is-stale' })
    // A booking of a time that stays does not matter.
    const again = await preview(edit)
    await clinic.book(registrar, crowd[1]!, timeOf(1, 3))
    await apply(edit, again.version, moveAll(again.visits))
    expect(await clinic.disagreements()).toEqual([])
  })
})

describe('the history of a timetable', () => {
  it('has every state with author, time and reason, and tells what it was at any two moments', async () => {
    const params = () => ({ scheduleId })
    expect((await clinic.app.call(registrar, showScheduleHistory, { params: params() })).changes).toEqual([])
    const later = (minutes: number) => (clinic.app.now = new Date(+MONDAY + minutes * 60_000))
    for (const [minutes, slotMinutes] of [
      [10, 30],
      [20, 40],
    ] as const) {
      later(minutes)
      const edit = hoursEdit({ slotMinutes })
      await apply(edit, (await preview(edit)).version)
    }
    const { changes } = await clinic.app.call(registrar, showScheduleHistory, { params: params() })
    expect(changes).toMatchObject([
      {
        kind: 'edited',
        author: registrar.name,
        reason: 'Так решил заведующий',
        before: { slotMinutes: 30 },
        after: { slotMinutes: 40 },
      },
      { at: new Date(+MONDAY + 600_000).toISOString(), before: { slotMinutes: 20 }, after: { slotMinutes: 30 } },
    ])
    const compare = (a: number, b: number) =>
      clinic.app.call(registrar, compareSchedule, {
        params: params(),
        query: {
          earlier: new Date(+MONDAY + a * 60_000).toISOString(),
          later: new Date(+MONDAY + b * 60_000).toISOString(),
        },
      })
    expect(await compare(9, 10)).toMatchObject({
      earlier: { slotMinutes: 20 },
      later: { slotMinutes: 30 },
      differ: ['slotMinutes'],
    })
    expect(await compare(10, 19)).toMatchObject({ later: { slotMinutes: 30 }, differ: [] })
    expect(await compare(-60 * 24 * 400, 30)).toMatchObject({ earlier: null, later: { slotMinutes: 40 } })
    expect((await clinic.app.refusal(actors.hospitalRegistrar, showScheduleHistory, { params: params() })).status).toBe(
      404,
    )
  })
})

describe('an absence', () => {
  it('closes the published times, is left out of later ones, and opens them again when it is removed', async () => {
    const edit = sick({ until: '2026-03-20' })
    const seen = await preview(edit)
    expect(seen).toMatchObject({ closes: 13 * 6, opens: 0, visits: [] })
    await apply(edit, seen.version)
    expect([await count('free'), await count('absence')]).toEqual([6, 13 * 6])
    clinic.app.now = new Date(+MONDAY + 86_400_000)
    await clinic.app.work(system, (work) => publishAhead(work, async () => {}))
    expect([await count('free'), await count('absence')]).toEqual([6, 14 * 6])
    const { absences } = await clinic.app.call(registrar, listAbsences, {})
    expect(absences).toMatchObject([
      { kind: 'sick-leave', staffName: 'Иванова Анна Сергеевна', reason: 'Так решил заведующий', roomId: null },
    ])
    expect((await clinic.app.call(actors.hospitalRegistrar, listAbsences, {})).absences).toEqual([])
    const params = { absenceId: absences[0]!.id }
    expect((await clinic.app.refusal(actors.hospitalRegistrar, removeAbsence, { params })).status).toBe(404)
    expect(await clinic.app.call(registrar, removeAbsence, { params })).toEqual({ opened: 14 * 6, closed: 0 })
    expect(await count('absence')).toBe(0)
    expect((await clinic.app.refusal(registrar, removeAbsence, { params })).status).toBe(404)
  })

  it('with a substitute gives every patient the same hour with the other doctor, in the same room', async () => {
    // The substitute has no hours of their own in these days.
    const { scheduleId: theirs } = parseSlotRef((await clinic.times(staff.secondTherapist))[0]!)
    const end: ScheduleEdit = {
      kind: 'hours',
      scheduleId: theirs,
      from: '2026-03-03',
      changes: { validUntil: '2026-03-02' },
    }
    await apply(end, (await preview(end)).version)
    const made = []
    for (let i = 0; i < 6; i++) made.push(await clinic.book(registrar, crowd[i]!, timeOf(1, i)))
    const edit = sick({ substituteId: staff.secondTherapist })
    const seen = await preview(edit)
    expect(seen.opens).toBe(18)
    expect(seen.visits.map((v) => v.slots[0]!.startsAt)).toEqual(made.map((m) => m.startsAt))
    expect(new Set(seen.visits.map((v) => v.slots[0]!.staffId))).toEqual(new Set([staff.secondTherapist]))
    expect(await apply(edit, seen.version, moveAll(seen.visits))).toMatchObject({ moved: 0, offered: 6, cancelled: 0 })
    expect(await count('booked', staff.secondTherapist)).toBe(6)
    expect(await count('free', staff.secondTherapist)).toBe(6 + 12)
    const rooms = await sql<{
      room: string
    }>`select distinct room_id as room from booking.appointment where status = 'booked'`.execute(clinic.db)
    expect(rooms.rows).toEqual([{ room: polyclinic.rooms[0] }])
    expect(await clinic.disagreements()).toEqual([])
    // The absence ends early: the substitute's times stand in the same room, so the doctor's stay closed.
    const [absence] = (await clinic.app.call(registrar, listAbsences, {})).absences
    expect(absence).toMatchObject({ substituteName: 'Соколов Егор Ильич' })
    expect(await clinic.app.call(registrar, removeAbsence, { params: { absenceId: absence!.id } })).toEqual({
      opened: 0,
      closed: 18,
    })
  })

  it('is refused with a substitute who is busy, of another specialty, elsewhere, or for a part of a day', async () => {
    const refused = (more: object) => refusal(sick(more), 'x')
    expect(await refused({ substituteId: staff.secondTherapist })).toMatchObject({ type: '/problems/times-overlap' })
    expect(await refused({ substituteId: staff.cardiologist })).toMatchObject({ fields: [{ path: 'substituteId' }] })
    expect(await refused({ substituteId: staff.neurologist })).toMatchObject({ fields: [{ path: 'substituteId' }] })
    expect(await refused({ substituteId: staff.therapist })).toMatchObject({ fields: [{ path: 'substituteId' }] })
    expect(await refused({ substituteId: staff.secondTherapist, fromTime: '10:00' })).toMatchObject({
      fields: [{ path: 'substituteId' }],
    })
    expect(await refused({ until: '2026-03-02' })).toMatchObject({ fields: [{ path: 'until' }] })
    expect(await refused({ staffId: staff.neurologist })).toMatchObject({ fields: [{ path: 'staffId' }] })
  })

  it('of an hour closes that hour; of a room, its times; of the organisation, all of them', async () => {
    const hour = sick({ until: '2026-03-03', fromTime: '10:30', untilTime: '11:00' })
    await apply(hour, (await preview(hour)).version)
    expect((await states()).filter((s) => s.status === 'absence').map((s) => s.at)).toEqual(['03 10:20', '03 10:40'])
    const away = { id: newId(), from: '2026-03-04', until: '2026-03-04', fromTime: null, untilTime: null }
    const room: ScheduleEdit = { kind: 'room-closed', ...away, roomId: polyclinic.rooms[2] }
    await apply(room, (await preview(room)).version)
    expect(await count('absence', staff.cardiologist)).toBe(6)
    expect(await count('absence', staff.secondTherapist)).toBe(0)
    const all: ScheduleEdit = { kind: 'organization-closed', ...away, id: newId(), until: '2026-03-05' }
    await apply(all, (await preview(all)).version)
    expect(await count('absence', staff.secondTherapist)).toBe(12)
    expect(await count('absence', staff.neurologist)).toBe(0)
    // The room stays closed when the organisation opens again.
    await clinic.app.call(registrar, removeAbsence, { params: { absenceId: (all as { id: string }).id } })
    expect(await count('absence', staff.cardiologist)).toBe(6)
    expect(await count('absence', staff.secondTherapist)).toBe(0)
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
  it('an edit, bookings, a publication and an absence leave nothing half done', async () => {
    for (let round = 0; round < 6; round++) {
      await clinic.reset(MONDAY)
      await published()
      const times = await clinic.times(staff.therapist)
      const on = (n: number) => times[6 + n]!
      scheduleId = parseSlotRef(times[0]!).scheduleId
      await clinic.book(registrar, crowd[0]!, on(0))
      const held = await clinic.hold(registrar, crowd[1]!, on(1))
      clinic.app.now = new Date(+MONDAY + 60_000)
      const edit = hoursEdit({ hours: week('11:00', '13:00') })
      const leave = sick({ from: '2026-03-03', until: '2026-03-04' })
      const [a, b] = [await preview(edit), await preview(leave)]
      const results = await Promise.all([
        attempt(() => apply(edit, a.version, moveAll(a.visits))),
        attempt(() =>
          apply(leave, b.version, [{ appointmentId: b.visits[0]!.appointmentId, action: 'cancel', reason: 'Болезнь' }]),
        ),
        attempt(() => clinic.confirm(registrar, crowd[1]!, held.id)),
        ...[2, 3, 4].map((n) => attempt(() => clinic.book(registrar, crowd[n]!, on(n)))),
        clinic.app.work(system, (work) => publishAhead(work, async () => {})),
      ])
      expect(results.some((r) => !(r instanceof Refused))).toBe(true)
      // A hold on a time that left cannot be confirmed any more; on the patient's side it runs out by itself.
      const refused = results.filter((r) => r instanceof Refused).map((r) => r.problem.type)
      const known = ['schedule-edit-is-stale', 'hold-expired', 'slot-taken', 'slot-not-found', 'invalid']
      expect(refused.filter((type) => !known.includes(type.slice('/problems/'.length)))).toEqual([])
      expect((await clinic.disagreements()).filter((flaw) => !flaw.startsWith('slot and hold'))).toEqual([])
      clinic.app.later(6)
      expect(await clinic.disagreements()).toEqual([])
      const flaws =
        await sql`select a.starts_at from schedules.slot a join schedules.slot b on b.practitioner_role_id = a.practitioner_role_id
        and (b.schedule_id, b.starts_at) > (a.schedule_id, a.starts_at) and a.starts_at < b.ends_at and b.starts_at < a.ends_at
        where a.closed_for is null and b.closed_for is null`.execute(clinic.db)
      expect(flaws.rows).toEqual([])
      // Whoever was booked has a visit or was told: an event for each that ended.
      const { rows } = await sql<{ ended: number; told: number }>`select
        (select count(*)::int from booking.appointment where status in ('moved', 'cancelled')) as ended,
        (select count(*)::int from platform.outbox where type in ('booking.moved', 'booking.cancelled')) as told`.execute(
        clinic.db,
      )
      expect(rows[0]!.told).toBe(rows[0]!.ended)
    }
  })
})

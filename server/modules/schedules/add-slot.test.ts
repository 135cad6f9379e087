import { describe, expect, it } from 'vitest'
import { addSlot, listFreeSlots } from '../../../contracts/schedules.ts'
import { newId } from '../../platform/ids.ts'
import { MONDAY, type Refused } from '../../platform/testing/test-app.ts'
import { actors, hospital, polyclinic, specialties, staff } from '../../testing/small-region.ts'
import { importTimetables } from './import-timetables.ts'
import { intervalsOverlap } from './rules.ts'
import { allSlots, onDays, schedules, timetables, useScheduleApp, zones } from './test-region.ts'

describe('adding a time', () => {
  const app = useScheduleApp()
  const wish = { day: '2026-03-03', time: '13:00', minutes: 30, reason: 'Много желающих' }
  const add = (change: Partial<typeof wish> = {}, scheduleId: string = schedules.therapist, actor = actors.registrar) =>
    app().call(actor, addSlot, { params: { scheduleId }, body: { ...wish, ...change } })
  const refusal = (
    change: Partial<typeof wish> = {},
    scheduleId: string = schedules.therapist,
    actor = actors.registrar,
  ) => app().refusal(actor, addSlot, { params: { scheduleId }, body: { ...wish, ...change } })

  it('offers it at once, with a line in the history', async () => {
    const slot = await add()
    expect(slot).toMatchObject({
      startsAt: '2026-03-03T10:00:00.000Z',
      endsAt: '2026-03-03T10:30:00.000Z',
      state: 'free',
    })
    const params = { organizationId: polyclinic.id, code: specialties.therapy }
    const { slots } = await app().call(actors.petrov, listFreeSlots, { params, query: { day: wish.day } })
    expect(slots.at(-1)).toMatchObject({ ref: slot.ref, staffId: staff.therapist, room: '101' })
    const change = await app().db.selectFrom('schedules.change').selectAll().executeTakeFirstOrThrow()
    expect(change).toMatchObject({
      kind: 'added',
      schedule_id: schedules.therapist,
      starts_at: new Date(slot.startsAt),
      reason: wish.reason,
      before: null,
      after: { startsAt: slot.startsAt, endsAt: slot.endsAt, status: 'free' },
      actor_id: actors.registrar.id,
    })
    const event = await app().db.selectFrom('platform.outbox').selectAll().executeTakeFirstOrThrow()
    expect(event).toMatchObject({
      type: 'schedules.slot-changed',
      topics: [`slots/${polyclinic.id}`, `day/${staff.therapist}`],
    })
  })

  it('is by the clocks of the place', async () => {
    const slot = await add({ day: '2026-03-02', time: '14:00' }, schedules.neurologist, actors.hospitalRegistrar)
    expect(slot.startsAt).toBe('2026-03-02T07:00:00.000Z')
  })

  it('is refused when the doctor sees somebody then, and says when', async () => {
    expect(await refusal({ time: '11:45' })).toMatchObject({
      status: 409,
      type: '/problems/times-overlap',
      detail: 'Мешает приём 03.03.2026 с 11:30 до 12:00: Иванова А. С., кабинет 101.',
    })
    // Just before and just after is free.
    await add({ day: '2026-03-04', time: '08:30' })
    await add({ day: '2026-03-04', time: '12:00' })
    // A time that would swallow shorter ones.
    expect((await refusal({ day: '2026-03-05', time: '08:00', minutes: 240 })).type).toBe('/problems/times-overlap')
  })

  it('is refused when the room is taken, and when the same person is busy in another position', async () => {
    const sameRoom = {
      ...timetables[2]!,
      id: newId(),
      roomId: polyclinic.rooms[0],
      hours: onDays([2], '15:00', '16:00'),
    }
    await importTimetables(app().db, app().now, [sameRoom], zones)
    expect(await refusal({ time: '15:10' })).toMatchObject({
      detail: 'Мешает приём 03.03.2026 с 15:00 до 15:20: Орлов О. И., кабинет 101.',
    })

    const therapist = await app()
      .db.selectFrom('organizations.practitioner_role')
      .selectAll()
      .where('id', '=', staff.therapist)
      .executeTakeFirstOrThrow()
    const secondPosition = { ...therapist, id: newId(), specialty_code: specialties.cardiology }
    await app().db.insertInto('organizations.practitioner_role').values(secondPosition).execute()
    const elsewhere = {
      ...timetables[2]!,
      id: newId(),
      staffId: secondPosition.id,
      roomId: polyclinic.rooms[2],
      hours: onDays([4], '18:00', '19:00'),
    }
    await importTimetables(app().db, app().now, [elsewhere], zones)
    expect(await refusal({ day: '2026-03-05', time: '18:30' })).toMatchObject({
      detail: 'Мешает приём 05.03.2026 с 18:20 до 18:40: Иванова А. С., кабинет 103.',
    })
  })

  it('is refused for the past and beyond the days that are open', async () => {
    const fields = async (change: Partial<typeof wish>) => (await refusal(change)).fields
    expect(await fields({ day: '2026-03-01' })).toEqual([{ path: 'day', message: 'Это время уже прошло' }])
    expect(await fields({ day: '2026-03-02', time: '09:00' })).toEqual([
      { path: 'time', message: 'Это время уже прошло' },
    ])
    await add({ day: '2026-03-15', time: '10:00' })
    expect(await fields({ day: '2026-03-16', time: '10:00' })).toEqual([
      { path: 'day', message: 'Запись открыта по 15.03.2026: на более поздний день пока нельзя' },
    ])
    app().now = new Date('2026-03-03T03:59:00Z')
    expect((await fields({ day: '2026-03-16', time: '10:00' }))?.[0]?.path).toBe('day')
    app().now = new Date('2026-03-03T04:00:00Z')
    await add({ day: '2026-03-16', time: '13:00' })
    app().now = MONDAY
  })

  it('is refused for a time that the clocks skip', async () => {
    await app()
      .db.updateTable('organizations.organization')
      .set({ time_zone: 'Europe/Berlin' })
      .where('id', '=', hospital.id)
      .execute()
    app().now = new Date('2026-03-27T12:00:00Z')
    const skipped = { day: '2026-03-29', time: '02:30' }
    expect(await refusal(skipped, schedules.neurologist, actors.hospitalRegistrar)).toMatchObject({
      status: 422,
      fields: [{ path: 'time' }],
    })
    app().now = MONDAY
  })

  it('finds no timetable of another organisation, and names what is wrong in the input', async () => {
    expect((await refusal({}, schedules.therapist, actors.hospitalRegistrar)).status).toBe(404)
    expect((await refusal({}, newId())).status).toBe(404)
    expect((await refusal({}, schedules.therapist, actors.therapist)).status).toBe(403)
    const bad = await refusal({ day: '2026-02-31', time: '24:00', minutes: 241, reason: '' })
    expect(bad.fields?.map((f) => f.path).sort()).toEqual(['day', 'minutes', 'reason', 'time'])
  })

  it('by many registrars at once: of those that overlap one stays, and nothing else is lost', async () => {
    // Ten wishes a quarter of an hour apart and 40 minutes long: any two within 40 minutes collide.
    const wishes = Array.from({ length: 10 }, (_, i) => ({
      day: '2026-03-11',
      time: `${15 + Math.floor(i / 4)}:${String((i % 4) * 15).padStart(2, '0')}`,
      minutes: 40,
    }))
    const outcomes = await Promise.all(
      wishes.map((w) =>
        add(w).then(
          () => true,
          (error: unknown) => {
            expect((error as Refused).problem.type).toBe('/problems/times-overlap')
            return false
          },
        ),
      ),
    )
    const times = (await allSlots(app(), schedules.therapist)).filter(
      (s) => s.starts_at >= new Date('2026-03-11T12:00:00Z') && s.starts_at < new Date('2026-03-11T16:00:00Z'),
    )
    expect(times).toHaveLength(outcomes.filter(Boolean).length)
    const intervals = times.map((s) => ({ startsAt: s.starts_at, endsAt: s.ends_at }))
    intervals.forEach((a, i) => expect(intervals.some((b, j) => i !== j && intervalsOverlap(a, b))).toBe(false))
    // Every refused one has a winner in its way.
    wishes.forEach((w, i) => {
      if (outcomes[i]) return
      const startsAt = new Date(`2026-03-11T${w.time}:00+03:00`)
      const wanted = { startsAt, endsAt: new Date(+startsAt + 40 * 60_000) }
      expect(intervals.some((t) => intervalsOverlap(wanted, t))).toBe(true)
    })
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../platform/ids.ts'
import { MONDAY, openTestApp, system, type TestApp } from '../../platform/testing/test-app.ts'
import { addDays, daysFrom, localDay } from '../../platform/time.ts'
import { fillSmallRegion, polyclinic, staff } from '../../testing/small-region.ts'
import { importTimetables } from './import-timetables.ts'
import { scheduleJobs } from './jobs.ts'
import { publishAhead } from './publish-ahead.ts'
import { timesOf } from './pattern.ts'
import { bookSlots, freeSlot, lockSlot, setSlotStatus } from './store-slot.ts'
import { allSlots, onDays, schedules, timetables, zones } from './test-region.ts'

/** Every timetable works every day, so that a gap shows. */
const daily = timetables.map((t) => ({
  ...t,
  hours: onDays([1, 2, 3, 4, 5, 6, 7], t.hours[0]!.starts, t.hours[0]!.ends),
}))

const open = () =>
  openTestApp({
    routes: () => [],
    fill: async (app) => {
      await fillSmallRegion(app.db)
      await importTimetables(app.db, app.now, daily, zones)
    },
  })

let app: TestApp
beforeAll(async () => void (app = await open()))
afterAll(async () => {
  await app.app.close()
  await app.database.drop()
})

const publish = () => app.work(system, (work) => publishAhead(work, async () => {}))
const zoneOf = (organizationId: string) => zones.get(organizationId)!
const keysOf = (slots: Awaited<ReturnType<typeof allSlots>>) =>
  slots.map((s) => ({
    organizationId: s.organization_id,
    scheduleId: s.schedule_id,
    startsAt: s.starts_at,
    seq: s.seq,
  }))

/** What must be there: the templates cut by hand from a day to a day, times that begin after `after`. */
const expected = (first: string, last: string, after: Date) =>
  daily
    .flatMap((t) =>
      timesOf(t, first, last, zoneOf(t.organizationId))
        .filter((time) => time.startsAt > after)
        .map((time) => `${t.id} ${time.startsAt.toISOString()}`),
    )
    .sort()
const published = async () => (await allSlots(app)).map((s) => `${s.schedule_id} ${s.starts_at.toISOString()}`).sort()

describe('the daily publication', () => {
  it('opens the next day at seven by the clocks of each place, and not a moment earlier', async () => {
    const newest = async (organizationId: string) =>
      (await allSlots(app))
        .filter((s) => s.organization_id === organizationId)
        .map((s) => localDay(s.starts_at, zoneOf(organizationId)))
        .sort()
        .at(-1)
    const hospitalId = daily[3]!.organizationId
    expect([await newest(polyclinic.id), await newest(hospitalId)]).toEqual(['2026-03-15', '2026-03-15'])
    app.now = new Date('2026-03-02T23:59:59Z')
    expect(await publish()).toBe(0)
    app.now = new Date('2026-03-03T00:00:00Z')
    expect(await publish()).toBe(3)
    expect([await newest(polyclinic.id), await newest(hospitalId)]).toEqual(['2026-03-15', '2026-03-16'])
    app.now = new Date('2026-03-03T04:00:00Z')
    expect(await publish()).toBe(6 + 2 + 6)
    expect(await newest(polyclinic.id)).toBe('2026-03-16')
    expect(await publish()).toBe(0)
  })

  it('tells the pages of the organisation, once', async () => {
    const events = await app.db.selectFrom('platform.outbox').selectAll().orderBy('id').execute()
    expect(events.map((e) => [e.type, e.topics])).toEqual([
      ['schedules.day-opened', [`slots/${daily[3]!.organizationId}`]],
      ['schedules.day-opened', [`slots/${polyclinic.id}`]],
    ])
  })

  it('by several nodes at once leaves no time twice and none out', async () => {
    for (const day of daysFrom('2026-03-04', '2026-03-08')) {
      app.now = new Date(`${day}T04:00:00Z`)
      const counts = await Promise.all(Array.from({ length: 6 }, publish))
      // One of them does the work of an organisation; which one does not matter.
      expect(counts.reduce((sum, n) => sum + n, 0)).toBe(6 + 2 + 6 + 3)
    }
    expect(await published()).toEqual(expected('2026-03-02', '2026-03-21', MONDAY))
  })

  it('makes up for days of standstill, but makes no times that have passed', async () => {
    app.now = new Date('2026-04-20T09:00:00Z')
    const before = new Set(await published())
    await Promise.all([publish(), publish(), publish()])
    const added = (await published()).filter((time) => !before.has(time))
    expect(added).toEqual(expected('2026-04-20', '2026-05-03', app.now))
    const rows = await app.db.selectFrom('schedules.schedule').select('published_until').execute()
    expect(new Set(rows.map((r) => r.published_until))).toEqual(new Set(['2026-05-03']))
  })

  it('stops at the end of a timetable and at the last day of a doctor’s work, and goes on when that is put off', async () => {
    await app.db
      .updateTable('schedules.schedule')
      .set({ valid_until: '2026-05-05' })
      .where('id', '=', schedules.therapist)
      .execute()
    const leaves = (until: string | null) =>
      app.db
        .updateTable('organizations.practitioner_role')
        .set({ until })
        .where('id', '=', staff.cardiologist)
        .execute()
    await leaves('2026-05-04')
    app.now = new Date('2026-04-27T09:00:00Z')
    await publish()
    const daysOf = async (id: string) =>
      [...new Set((await allSlots(app, id)).map((s) => localDay(s.starts_at, 'Europe/Moscow')))].at(-1)
    expect(await daysOf(schedules.therapist)).toBe('2026-05-05')
    expect(await daysOf(schedules.cardiologist)).toBe('2026-05-04')
    expect(await daysOf(schedules.secondTherapist)).toBe('2026-05-10')
    expect(await publish()).toBe(0)
    await leaves(null)
    expect(await publish()).toBe(6 * 6)
    expect(await daysOf(schedules.cardiologist)).toBe('2026-05-10')
  })

  it('leaves out what overlaps a time that is there already', async () => {
    const day = '2026-05-11'
    const startsAt = new Date(`${day}T10:30:00Z`)
    await app.db
      .insertInto('schedules.slot')
      .values({
        organization_id: polyclinic.id,
        schedule_id: schedules.secondTherapist,
        starts_at: startsAt,
        ends_at: new Date(+startsAt + 15 * 60_000),
        practitioner_role_id: staff.secondTherapist,
        specialty_code: '27',
        channels: ['registrar'],
        age_from: 0,
        age_to: 150,
      })
      .execute()
    app.now = new Date('2026-04-28T09:00:00Z')
    await publish()
    const times = (await allSlots(app, schedules.secondTherapist))
      .map((s) => s.starts_at.toISOString())
      .filter((t) => t.startsWith(day))
    expect(times).toEqual([startsAt.toISOString(), `${day}T11:00:00.000Z`])
  })

  it('passes by an organisation that is closed', async () => {
    const close = (closed_at: Date | null) =>
      app.db.updateTable('organizations.organization').set({ closed_at }).where('id', '=', polyclinic.id).execute()
    await close(app.now)
    app.now = new Date('2026-04-29T09:00:00Z')
    expect(await publish()).toBe(3)
    await close(null)
    expect(await publish()).toBeGreaterThan(3)
  })
})

describe('the nightly deletion', () => {
  it('removes past times that nobody ever had, and nothing else, on several nodes at once', async () => {
    app.now = new Date('2026-04-29T21:10:00Z')
    const past = keysOf((await allSlots(app, schedules.therapist)).filter((s) => s.starts_at < new Date('2026-04-24')))
    const [booked, released, closed] = past as [(typeof past)[0], (typeof past)[0], (typeof past)[0]]
    const appointmentId = newId()
    await bookSlots(app.db, [
      { ...booked, appointmentId: newId() },
      { ...released, appointmentId },
    ])
    await app.work(system, async (work) => {
      await freeSlot(work, released, appointmentId)
      await lockSlot(work, closed)
      await setSlotStatus(work, closed, 'closed')
    })
    const job = scheduleJobs(async () => {}).find((j) => j.name === 'schedules.delete-unused')!
    const before = await published()
    await Promise.all(Array.from({ length: 4 }, () => app.work(system, (work) => job.run(work))))
    const left = await published()
    const limit = addDays('2026-04-29', -1)
    const kept = new Set([booked, released, closed].map((k) => `${k.scheduleId} ${k.startsAt.toISOString()}`))
    const wanted = before.filter((time) => kept.has(time) || time.split(' ')[1]! >= `${limit}T21:10:00.000Z`)
    expect(left).toEqual(wanted)
    expect(left.length).toBeLessThan(before.length)
    await app.work(system, (work) => job.run(work))
    expect(await published()).toEqual(left)
  })

  it('and the publication are run by the clock, each under its own name', () => {
    expect(scheduleJobs(async () => {}).map((j) => [j.name, j.cron])).toEqual([
      ['schedules.publish', '*/15 * * * *'],
      ['schedules.delete-unused', '10 21 * * *'],
    ])
  })
})

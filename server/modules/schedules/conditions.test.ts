import { describe, expect, it } from 'vitest'
import {
  changePublication,
  createSchedule,
  listFreeSlots,
  listSchedules,
  showPublication,
} from '../../../contracts/schedules.ts'
import { localDay, localTime } from '../../platform/time.ts'
import { actorOf } from '../../platform/testing/test-app.ts'
import { system } from '../../platform/perform.ts'
import { actors, hospital, patients, polyclinic, specialties, staff } from '../../testing/small-region.ts'
import { ageOf, attachmentOf, mayActFor, sexOf } from '../patients/index.ts'
import { publishAhead } from './publish-ahead.ts'
import { channelsNow } from './rules.ts'
import { describeSlot } from './store-slot.ts'
import { allSlots, useScheduleApp } from './test-region.ts'

const body = {
  staffId: staff.therapist,
  specialtyCode: specialties.therapy,
  roomId: polyclinic.rooms[0],
  slotMinutes: 30,
  channels: ['portal' as const, 'registrar' as const],
  ageFrom: 0,
  ageTo: 150,
  validFrom: '2026-03-03',
  validUntil: null,
}
const zone = 'Europe/Moscow'
const app = useScheduleApp({
  withTimetables: false,
  ports: { ageOf, sexOf, attachmentOf, mayActFor, timesFreed: async () => {} },
})
const free = async (actor: typeof actors.petrov, query = {}) =>
  (
    await app().call(actor, listFreeSlots, {
      params: { organizationId: polyclinic.id, code: specialties.therapy },
      query,
    })
  ).slots.map((s) => ({ ...s, day: localDay(new Date(s.startsAt), zone), time: localTime(new Date(s.startsAt), zone) }))
const forget = async () => {
  for (const table of ['slot', 'working_hours', 'change', 'schedule', 'publication'] as const)
    await app().db.deleteFrom(`schedules.${table}`).execute()
}

describe('a timetable with a pattern', () => {
  it('is published by it: odd and even weeks, a break, a date of its own, lengths by kind', async () => {
    const hours = [
      { weekday: 2, on: 'even-weeks' as const, starts: '09:00', ends: '13:00', kind: 'primary' as const },
      { weekday: 4, on: 'odd-dates' as const, starts: '09:00', ends: '11:00' },
      { date: '2026-03-14', starts: '10:00', ends: '11:00', kind: 'telemedicine' as const },
    ]
    const conditions = { breaks: [{ starts: '11:00', ends: '11:30' }], lengths: { telemedicine: 15 }, cycle: null }
    const made = await app().call(actors.registrar, createSchedule, { body: { ...body, hours, ...conditions } })
    // The 10th is in the eleventh week, which is odd; the 12th is even.
    expect((await free(actors.registrar)).map((s) => `${s.day.slice(8)} ${s.time} ${s.kind}`)).toEqual([
      ...['09:00', '09:30', '10:00', '10:30', '11:30', '12:00', '12:30'].map((t) => `03 ${t} primary`),
      ...['09:00', '09:30', '10:00', '10:30'].map((t) => `05 ${t} any`),
      ...['10:00', '10:15', '10:30', '10:45'].map((t) => `14 ${t} telemedicine`),
    ])
    const { schedules } = await app().call(actors.head, listSchedules, { query: { staffId: staff.therapist } })
    expect(schedules).toEqual([made])
    expect((await free(actors.registrar, { kind: 'telemedicine' })).map((s) => s.kind)).toEqual([
      ...Array.from({ length: 4 }, () => 'any'),
      ...Array.from({ length: 4 }, () => 'telemedicine'),
    ])
    // Hours of an even week and of an odd one never meet; those of every week meet both.
    const another = { ...body, staffId: staff.secondTherapist }
    const at = (on: 'odd-weeks' | 'even-weeks') => ({
      ...another,
      hours: [{ weekday: 2, on, starts: '09:00', ends: '10:00' }],
    })
    expect(await app().refusal(actors.registrar, createSchedule, { body: at('even-weeks') })).toMatchObject({
      type: '/problems/times-overlap',
      detail: '03.03.2026 с 09:00 до 11:00 уже есть приём: Иванова А. С., кабинет 101.',
    })
    await app().call(actors.registrar, createSchedule, { body: at('odd-weeks') })
    await forget()
  })

  it('keeps channels to their quotas until the hour when all is open to all', async () => {
    const hours = [{ weekday: 3, starts: '09:00', ends: '14:00' }]
    const quotas = [
      { channel: 'portal' as const, share: 50 },
      { channel: 'registrar' as const, share: 30 },
    ]
    await app().call(actors.registrar, createSchedule, { body: { ...body, hours, quotas, quotaHours: 24 } })
    const seen = async () => [
      (await free(actors.petrov, { day: '2026-03-04' })).length,
      (await free(actors.registrar, { day: '2026-03-04' })).length,
    ]
    expect(await seen()).toEqual([5 + 2, 3 + 2])
    const [first] = (await allSlots(app())).filter((s) => s.opens_to_all_at)
    const key = { organizationId: polyclinic.id, scheduleId: first!.schedule_id, startsAt: first!.starts_at, seq: 0 }
    const channels = () => app().work(system, async (work) => (await describeSlot(work, key))!.channels)
    const was = app().now
    expect(await channels()).toEqual(first!.channels)
    app().now = new Date('2026-03-03T08:00:00Z') // 11:00: times up to eleven tomorrow have come within the day
    expect(await channels()).toEqual(['portal', 'registrar'])
    expect(channelsNow({ channels: [], channelsLater: ['portal'], opensToAllAt: app().now }, app().now)).toEqual([
      'portal',
    ])
    const [portal, registrar] = (await seen()) as [number, number]
    expect(portal + registrar).toBeGreaterThan(7 + 5)
    app().now = new Date('2026-03-03T11:00:00Z')
    expect(await seen()).toEqual([10, 10])
    app().now = was
    await forget()
  })

  it('keeps its restrictions: sex, attachment; and says when a referral is needed', async () => {
    const hours = [{ weekday: 3, starts: '09:00', ends: '09:30' }]
    const of = async (conditions: object) => {
      await app().call(actors.registrar, createSchedule, { body: { ...body, hours, ...conditions } })
      const seen = []
      for (const patientId of [patients.petrov, patients.masha, patients.sidorova])
        seen.push((await free(actors.registrar, { patientId, day: '2026-03-04' })).length)
      const [anybody] = await free(actors.registrar, { day: '2026-03-04' })
      await forget()
      return [...seen, anybody?.referralNeeded]
    }
    expect(await of({ sex: 'male' })).toEqual([1, 0, 0, false])
    expect(await of({ sex: 'female', referralNeeded: true })).toEqual([0, 1, 1, true])
    expect(await of({ attachedOnly: true })).toEqual([1, 0, 0, false])
  })
})

describe('the horizon of an organisation', () => {
  const days = async () => [...new Set((await allSlots(app())).map((s) => localDay(s.starts_at, zone)))]
  const params = { organizationId: polyclinic.id }
  const head = actorOf({ role: 'head', organizationId: polyclinic.id, id: actors.head.id, name: 'Громов' })

  it('is fourteen days from seven until it is changed; the next publication follows the change', async () => {
    expect(await app().call(head, showPublication, { params })).toEqual({ days: 14, opensAt: '07:00' })
    const hours = [{ weekday: 3, starts: '09:00', ends: '09:30' }]
    await app().call(actors.registrar, createSchedule, { body: { ...body, hours } })
    expect(await days()).toEqual(['2026-03-04', '2026-03-11'])
    await app().call(head, changePublication, { params, body: { days: 24, opensAt: '10:00' } })
    const publish = () => app().work(system, (work) => publishAhead(work, async () => {}))
    // It is nine: the 25th is the twenty-fourth day and opens at ten.
    expect(await publish()).toBe(1)
    app().later(60)
    await Promise.all([publish(), publish()])
    expect(await days()).toEqual(['2026-03-04', '2026-03-11', '2026-03-18', '2026-03-25'])
    await app().call(head, changePublication, { params, body: { days: 7, opensAt: '07:00' } })
    expect(await publish()).toBe(0)
    expect(await days()).toHaveLength(4)
  })

  it('is one’s own, and within bounds', async () => {
    const elsewhere = { organizationId: hospital.id }
    expect((await app().refusal(head, showPublication, { params: elsewhere })).status).toBe(404)
    const change = (actor: typeof head, body: { days: number; opensAt: string }, to = params) =>
      app().refusal(actor, changePublication, { params: to, body })
    expect((await change(head, { days: 14, opensAt: '07:00' }, elsewhere)).status).toBe(404)
    expect((await change(head, { days: 91, opensAt: '07:00' })).status).toBe(422)
    expect((await change(head, { days: 14, opensAt: '25:00' })).status).toBe(422)
    expect((await change(actors.registrar, { days: 14, opensAt: '07:00' })).status).toBe(403)
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contract from '../../../contracts/calendars.ts'
import type { InputOf } from '../../../contracts/endpoint.ts'
import { openClinic, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, patients, polyclinic, staff } from '../../testing/small-region.ts'
import { newId } from '../../platform/ids.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import type { SlotKey } from '../schedules/index.ts'
import { calendarJobs } from './jobs.ts'
import type { CalendarSettings, ExternalSource, Reading } from './index.ts'
import { calendarRoutes } from './routes.ts'

let clinic: Clinic
/** What the other side answers, and what it was asked. */
let answer: () => Reading | Promise<Reading>
const asked: ExternalSource[] = []
const freed: SlotKey[] = []
const settings: CalendarSettings = {
  addressOf: (token) => token,
  server: '',
  qrOf: async (text) => text,
  secret: '5e'.repeat(32),
  timesFreed: async (_work, slots) => void freed.push(...slots),
  readCalendar: async (source) => {
    asked.push(source)
    return answer()
  },
}
const read = () => calendarJobs(settings)[0]!.runOutside(clinic.app.platform)

beforeAll(async () => {
  clinic = await openClinic({ routes: calendarRoutes(settings) })
})
beforeEach(async () => {
  await clinic.reset(MONDAY)
  await sql`truncate calendars.source, schedules.external_busy`.execute(clinic.db)
  asked.length = freed.length = 0
  answer = () => busy()
})
afterAll(() => clinic.close())

type NewCalendar = InputOf<typeof contract.addExternalCalendar>['body']
const body = (more: Partial<NewCalendar> = {}): NewCalendar => ({
  staffId: staff.therapist,
  name: 'Личный',
  kind: 'ics' as const,
  address: 'https://calendar.example/secret-address.ics',
  username: null as string | null,
  password: null as string | null,
  ...more,
})
const add = (actor = actors.therapist, given = body()) =>
  clinic.app.call(actor, contract.addExternalCalendar, { body: given })
const list = (actor = actors.therapist) => clinic.app.call(actor, contract.listExternalCalendars, {})
const remove = (calendarId: string, actor = actors.therapist) =>
  clinic.app.call(actor, contract.removeExternalCalendar, { params: { calendarId } })

/** The therapist's times ahead: [start, status, what closed it]. */
const times = async (staffId: string = staff.therapist) =>
  (
    await sql<{ startsAt: Date; endsAt: Date; state: string }>`select starts_at as "startsAt", ends_at as "endsAt",
      coalesce(closed_for, status) as state from schedules.slot where practitioner_role_id = ${staffId}
      and starts_at > ${clinic.app.now} order by starts_at`.execute(clinic.db)
  ).rows
const states = async (count: number) => (await times()).slice(0, count).map(({ state }) => state)
/** Busy from the beginning of the n-th time for so many of them, and away otherwise. */
let all: { startsAt: Date; endsAt: Date }[] = []
const busy = (first = 0, count = 0): Reading => ({
  outcome: 'read',
  times: count === 0 ? [] : [{ startsAt: all[first]!.startsAt, endsAt: all[first + count - 1]!.endsAt }],
  etag: '"1"',
  lastModified: null,
})
beforeEach(async () => void (all = await times()))

describe('a calendar outside', () => {
  it('closes the free times that conflict, and opens them when the reason is gone, for who waits first', async () => {
    await add()
    answer = () => busy(1, 2)
    await read()
    expect(await states(4)).toEqual(['free', 'external', 'external', 'free'])
    answer = () => busy(2, 1)
    clinic.app.later(16)
    const before = await times()
    await read()
    expect(before.map(({ state }) => state).filter((s) => s === 'external')).toHaveLength(2)
    expect((await times()).filter(({ state }) => state === 'external').map(({ startsAt }) => startsAt)).toEqual([
      all[2]!.startsAt,
    ])
    expect(freed.map(({ startsAt }) => startsAt)).toEqual([all[1]!.startsAt])
  })

  it('changes nothing when it is read again', async () => {
    await add()
    answer = () => busy(1, 2)
    for (let i = 0; i < 3; i++) {
      await read()
      clinic.app.later(1)
      await sql`update calendars.source set next_at = ${clinic.app.now}`.execute(clinic.db)
    }
    const { rows } = await sql<{
      version: number
    }>`select version from schedules.slot where closed_for = 'external'`.execute(clinic.db)
    expect(rows).toHaveLength(2)
    expect(freed).toEqual([])
  })

  it('never drops a booked visit: it is listed with its patient until a person decides', async () => {
    const visit = await clinic.book(actors.registrar, patients.petrov, (await clinic.times(staff.therapist))[1]!)
    await add()
    answer = () => busy(0, 3)
    await read()
    expect(await states(3)).toEqual(['external', 'booked', 'external'])
    for (const actor of [actors.therapist, actors.registrar, actors.head]) {
      const { conflicts } = await list(actor)
      expect(conflicts).toEqual([
        expect.objectContaining({ appointmentId: visit.id, patientId: patients.petrov, staffId: staff.therapist }),
      ])
    }
    expect((await list(actors.cardiologist)).conflicts).toEqual([])
    expect((await list(actors.hospitalRegistrar)).conflicts).toEqual([])
    const { rows } = await sql`select from platform.action where operation = 'calendars.list-external'
      and patient_id = ${patients.petrov}`.execute(clinic.db)
    expect(rows).toHaveLength(3)
    await clinic.cancel(actors.registrar, patients.petrov, visit.id, null)
    expect((await list()).conflicts).toEqual([])
  })

  it('takes no time from the hands of who is choosing it, and has it when they let it go', async () => {
    await clinic.hold(actors.petrov, patients.petrov, (await clinic.times(staff.therapist))[1]!)
    await add()
    answer = () => busy(0, 3)
    await read()
    expect(await states(3)).toEqual(['external', 'free', 'external'])
    clinic.app.later(20)
    answer = () => ({ outcome: 'unchanged' })
    await read()
    expect((await times()).filter(({ state }) => state === 'external').length).toBe(3)
  })

  it('that fails, or answers rubbish, loses nothing of what is known, and says since when', async () => {
    await add()
    answer = () => busy(1, 2)
    await read()
    const since = new Date(clinic.app.now.getTime() + 16 * 60_000).toISOString()
    for (const failing of [
      () => ({ outcome: 'failed', failure: 'unreadable' }) as const,
      () => ({ outcome: 'failed', failure: 'timeout' }) as const,
      () => Promise.reject(new Error('a bug of ours')),
    ]) {
      answer = failing
      clinic.app.later(16)
      await sql`update calendars.source set next_at = ${clinic.app.now}`.execute(clinic.db)
      await read()
      expect((await times()).filter(({ state }) => state === 'external')).toHaveLength(2)
    }
    const [calendar] = (await list()).calendars
    expect(calendar).toMatchObject({ failingSince: since, failure: 'unreadable', readAt: MONDAY.toISOString() })
    // Booking goes on meanwhile.
    await clinic.book(actors.registrar, patients.petrov, (await clinic.times(staff.therapist))[4]!)
    answer = () => busy(1, 2)
    clinic.app.later(61)
    await read()
    expect((await list()).calendars[0]).toMatchObject({ failingSince: null, failure: null })
  })

  it('is asked less often while it fails, and whether it changed only while enough of it is known', async () => {
    await add()
    answer = () => ({ outcome: 'failed', failure: 'unreachable' })
    const minutes: number[] = []
    for (let minute = 0; minute < 200; minute++) {
      const before = asked.length
      await read()
      if (asked.length > before) minutes.push(minute)
      clinic.app.later(1)
    }
    expect(minutes).toEqual([0, 5, 15, 35, 75, 135, 195])
    answer = () => busy()
    clinic.app.later(61)
    await read()
    clinic.app.later(16)
    await read()
    expect(asked.at(-1)!.etag).toBe('"1"')
    clinic.app.later(29 * 24 * 60)
    await read()
    expect(asked.at(-1)!.etag).toBeNull()
  })

  it('opens its times again when it is disconnected, but not what an absence or a person closed', async () => {
    const { id } = await add()
    answer = () => busy(0, 3)
    await read()
    await sql`insert into schedules.absence (organization_id, id, kind, staff_id, staff_ids, starts_at, ends_at, reason, created_by, created_at)
      values (${polyclinic.id}, ${newId()}, 'training', ${staff.therapist}, ${[staff.therapist]}::uuid[], ${all[0]!.startsAt},
        ${all[0]!.endsAt}, 'учёба', ${id}, ${MONDAY})`.execute(clinic.db)
    try {
      expect(await remove(id)).toEqual({ opened: 2 })
      expect(await states(3)).toEqual(['absence', 'free', 'free'])
      expect((await list()).calendars).toEqual([])
      expect(
        await clinic.app.refusal(actors.therapist, contract.removeExternalCalendar, { params: { calendarId: id } }),
      ).toMatchObject({ status: 404 })
    } finally {
      await sql`delete from schedules.absence`.execute(clinic.db)
    }
  })

  it('that is disconnected while it is being read leaves nothing behind', async () => {
    const { id } = await add()
    answer = async () => {
      await remove(id)
      return busy(0, 3)
    }
    await read()
    expect(await states(3)).toEqual(['free', 'free', 'free'])
  })

  it('is read by one node at a time', async () => {
    await add()
    await Promise.all([read(), read(), read(), read()])
    expect(asked).toHaveLength(1)
  })

  it('is read now when that is asked for', async () => {
    const { id } = await add()
    await read()
    await clinic.app.call(actors.registrar, contract.readExternalCalendar, { params: { calendarId: id } })
    await read()
    expect(asked).toHaveLength(2)
  })
})

describe('connecting a calendar', () => {
  it('keeps its address and password sealed, and shows the host alone', async () => {
    const shown = await add(actors.registrar, body({ kind: 'caldav', username: 'doctor', password: 'pass-word' }))
    expect(shown).toMatchObject({ host: 'calendar.example', staffName: expect.stringContaining('Иванова') })
    const { rows } = await sql<{ row: string }>`select s::text as row from calendars.source s`.execute(clinic.db)
    const kept = rows[0]!.row + Buffer.from(/\\\\x([0-9a-f]+)/.exec(rows[0]!.row)![1]!, 'hex').toString('latin1')
    for (const secret of ['secret-address', 'pass-word', 'doctor']) expect(kept).not.toContain(secret)
    expect(JSON.stringify(await list())).not.toContain('secret-address')
    await read()
    expect(asked[0]).toMatchObject({ address: 'https://calendar.example/secret-address.ics', password: 'pass-word' })
  })

  it('takes webcal addresses and refuses what is none', async () => {
    await add(actors.therapist, body({ address: 'webcal://calendar.example/a.ics' }))
    await read()
    expect(asked[0]!.address).toBe('https://calendar.example/a.ics')
    for (const address of [
      'file:///etc/passwd',
      'https://user:secret@calendar.example/',
      'calendar.example',
      'javascript:alert(1)',
    ])
      expect(
        await clinic.app.refusal(actors.therapist, contract.addExternalCalendar, { body: body({ address }) }),
      ).toMatchObject({ status: 422 })
  })

  it('is for doctors of one’s own organisation, and a doctor’s own', async () => {
    const refused = (actor: typeof actors.therapist, staffId: string) =>
      clinic.app.refusal(actor, contract.addExternalCalendar, { body: body({ staffId }) })
    expect(await refused(actors.registrar, staff.neurologist)).toMatchObject({ status: 404 })
    expect(await refused(actors.therapist, staff.cardiologist)).toMatchObject({ status: 404 })
    expect(await refused(actors.petrov, staff.therapist)).toMatchObject({ status: 403 })
    const { id } = await add()
    for (const actor of [actors.cardiologist, actors.hospitalRegistrar])
      expect(
        await clinic.app.refusal(actor, contract.removeExternalCalendar, { params: { calendarId: id } }),
      ).toMatchObject({ status: 404 })
  })

  it('twelve times at once makes five', async () => {
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => add()))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    expect((await list()).calendars).toHaveLength(5)
    expect(await clinic.app.refusal(actors.therapist, contract.addExternalCalendar, { body: body() })).toMatchObject({
      type: '/problems/too-many-calendars',
    })
  })
})

describe('booking and a calendar at once', () => {
  it('end with the time booked or closed, never both', async () => {
    const patientIds = await clinic.addPatients(6)
    const refs = (await clinic.times(staff.therapist)).slice(0, 6)
    await add()
    answer = () => busy(0, 6)
    await Promise.allSettled([read(), ...refs.map((ref, i) => clinic.book(actors.registrar, patientIds[i]!, ref))])
    expect(await clinic.disagreements()).toEqual([])
    const after = await states(6)
    for (const state of after) expect(['booked', 'external', 'free']).toContain(state)
    await sql`update calendars.source set next_at = ${clinic.app.now}, claimed_until = null`.execute(clinic.db)
    clinic.app.later(6)
    await read()
    expect((await list()).conflicts).toHaveLength(after.filter((state) => state === 'booked').length)
  })
})

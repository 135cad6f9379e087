import ICAL from 'ical.js'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contract from '../../../contracts/calendars.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import type { Clinic } from '../../testing/booking-clinic.ts'
import { accounts, actors, patients, staff } from '../../testing/small-region.ts'
import { fetchFeed, newAddress, openClinicWithCalendars } from './testing/clinic-with-calendars.ts'

let clinic: Clinic
beforeAll(async () => {
  clinic = await openClinicWithCalendars()
})
beforeEach(async () => {
  await clinic.reset(MONDAY)
  await sql`truncate calendars.feed`.execute(clinic.db)
})
afterAll(() => clinic.close())

/** Events of a calendar as another program reads them. */
const eventsOf = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    return {
      uid: event.uid,
      sequence: event.sequence,
      summary: event.summary,
      location: event.location,
      status: String(component.getFirstPropertyValue('status')),
      startsAt: event.startDate.toString(),
      zone: event.startDate.zone.tzid,
    }
  })
const eventsAt = async (path: string) => eventsOf((await fetchFeed(clinic, path)).text)
const bookFirst = async (patientId = patients.petrov, staffId = staff.therapist, n = 0) =>
  clinic.book(actors.registrar, patientId, (await clinic.times(staffId))[n]!)

describe('a calendar address', () => {
  it('shows the citizen’s visits and those of a child by the clocks of the place', async () => {
    const { path } = await newAddress(clinic, actors.petrov)
    await bookFirst()
    await bookFirst(patients.masha, staff.therapist, 1)
    const events = await eventsAt(path)
    expect(events.map((e) => [e.summary, e.status, e.zone])).toEqual([
      ['Приём у врача', 'CONFIRMED', 'Europe/Moscow'],
      ['Приём у врача: Мария', 'CONFIRMED', 'Europe/Moscow'],
    ])
    expect(events[0]!.startsAt).toMatch(/T10:\d\d:00$/)
  })

  it('keeps the UID through a move, with a greater SEQUENCE, and tells a cancellation', async () => {
    const { path } = await newAddress(clinic, actors.petrov)
    const visit = await bookFirst()
    const [before] = await eventsAt(path)
    const hold = await clinic.hold(
      actors.registrar,
      patients.petrov,
      (await clinic.times(staff.therapist))[3]!,
      visit.id,
    )
    const moved = await clinic.move(actors.registrar, patients.petrov, visit.id, hold.id)
    const [after, ...none] = await eventsAt(path)
    expect(none).toEqual([])
    expect(after).toMatchObject({ uid: before!.uid, sequence: before!.sequence + 1, status: 'CONFIRMED' })
    expect(after!.startsAt).not.toBe(before!.startsAt)
    await clinic.cancel(actors.registrar, patients.petrov, moved.id, 'заболел')
    expect(await eventsAt(path)).toEqual([{ ...after, sequence: after!.sequence + 1, status: 'CANCELLED' }])
  })

  it('keeps what is over or was cancelled for four weeks after its time', async () => {
    const { path } = await newAddress(clinic, actors.petrov)
    const visit = await bookFirst()
    await clinic.cancel(actors.registrar, patients.petrov, visit.id, null)
    clinic.app.later(27 * 24 * 60)
    expect(await eventsAt(path)).toHaveLength(1)
    clinic.app.later(2 * 24 * 60)
    expect(await eventsAt(path)).toHaveLength(0)
  })

  it('of a doctor shows the room and no patient, and initials when the doctor says so', async () => {
    const { path } = await newAddress(clinic, actors.therapist)
    await bookFirst()
    const { text } = await fetchFeed(clinic, path)
    expect(eventsOf(text).map((e) => e.summary)).toEqual(['Приём, каб. 101'])
    for (const secret of ['Петров', 'Пётр', 'Код талона']) expect(text.replaceAll('\r\n ', '')).not.toContain(secret)
    await clinic.app.call(actors.therapist, contract.changeCalendarFeed, { body: { showsInitials: true } })
    expect((await eventsAt(path))[0]!.summary).toBe('Приём, каб. 101, П. П. П.')
  })

  it('of a doctor whose patient was moved to another doctor shows the visit as cancelled', async () => {
    const { path } = await newAddress(clinic, actors.therapist)
    const visit = await bookFirst()
    const [before] = await eventsAt(path)
    const other = (await clinic.times(staff.secondTherapist))[2]!
    const hold = await clinic.hold(actors.registrar, patients.petrov, other, visit.id)
    await clinic.move(actors.registrar, patients.petrov, visit.id, hold.id)
    expect(await eventsAt(path)).toEqual([{ ...before, status: 'CANCELLED', sequence: before!.sequence + 1 }])
  })

  it('works no more when it is revoked or another is made, and says neither who nor why', async () => {
    const first = await newAddress(clinic, actors.petrov)
    const second = await newAddress(clinic, actors.petrov)
    expect((await fetchFeed(clinic, first.path)).status).toBe(404)
    expect((await fetchFeed(clinic, second.path)).status).toBe(200)
    await clinic.app.call(actors.petrov, contract.revokeCalendarFeed, {})
    const { status, text } = await fetchFeed(clinic, second.path)
    expect(status).toBe(404)
    expect(text).not.toMatch(/Петров|BEGIN/)
    expect(await clinic.app.call(actors.petrov, contract.showCalendarFeed, {})).toEqual({ feed: null })
    expect(await clinic.app.refusal(actors.petrov, contract.revokeCalendarFeed, {})).toMatchObject({ status: 404 })
  })

  it('made twenty times at once works in one form only', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => newAddress(clinic, actors.petrov)))
    const answers = await Promise.all(made.map(({ path }) => fetchFeed(clinic, path)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(new Set(made.map(({ password }) => password)).size).toBe(20)
  })

  it.each(['/calendar/x.ics', `/calendar/${'A'.repeat(43)}.ics`, `/calendar/${'A'.repeat(43)}`, '/calendar/%00.ics'])(
    'that nobody was given (%s) is not there',
    async (path) => {
      expect((await fetchFeed(clinic, path)).status).toBe(404)
    },
  )

  it('is kept as a hash: the database does not have it', async () => {
    const { password } = await newAddress(clinic, actors.petrov)
    const { rows } = await sql<{ row: string }>`select f::text as row from calendars.feed f`.execute(clinic.db)
    expect(rows[0]!.row).not.toContain(password)
    expect(Buffer.from(password, 'base64url')).toHaveLength(32)
  })

  it('closes with the account, and with the doctor’s position', async () => {
    const doctors = await newAddress(clinic, actors.therapist)
    const citizens = await newAddress(clinic, actors.petrov)
    await sql`update access.account set blocked_at = ${clinic.app.now} where id = ${accounts.petrov}`.execute(clinic.db)
    await sql`update access.assignment set until = ${clinic.app.now} where account_id = ${actors.therapist.id}`.execute(
      clinic.db,
    )
    try {
      expect((await fetchFeed(clinic, citizens.path)).status).toBe(404)
      expect((await fetchFeed(clinic, doctors.path)).status).toBe(404)
    } finally {
      await sql`update access.account set blocked_at = null`.execute(clinic.db)
      await sql`update access.assignment set until = null`.execute(clinic.db)
    }
  })

  it('is of a citizen or a doctor: a registrar and nobody have none', async () => {
    expect(await clinic.app.refusal(actors.registrar, contract.renewCalendarFeed, {})).toMatchObject({ status: 403 })
    expect(await clinic.app.refusal(undefined, contract.renewCalendarFeed, {})).toMatchObject({ status: 401 })
    expect(
      await clinic.app.refusal(actors.petrov, contract.changeCalendarFeed, { body: { showsInitials: true } }),
    ).toMatchObject({ status: 403 })
  })
})

describe('a calendar program that comes again', () => {
  it('is told that nothing changed, by the tag and by the date, until something did', async () => {
    const { path } = await newAddress(clinic, actors.petrov)
    const visit = await bookFirst()
    const first = await fetchFeed(clinic, path)
    expect(first.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-cache',
    })
    const etag = String(first.headers.etag)
    const modified = String(first.headers['last-modified'])
    clinic.app.later(60)
    for (const headers of [
      { 'if-none-match': etag },
      { 'if-none-match': `"x", W/${etag}` },
      { 'if-modified-since': modified },
    ]) {
      const again = await fetchFeed(clinic, path, headers as Record<string, string>)
      expect([again.status, again.text]).toEqual([304, ''])
    }
    expect((await fetchFeed(clinic, path, { 'if-none-match': '"other"', 'if-modified-since': modified })).status).toBe(
      200,
    )
    await clinic.cancel(actors.registrar, patients.petrov, visit.id, null)
    const changed = await fetchFeed(clinic, path, { 'if-modified-since': modified })
    expect(changed.status).toBe(200)
    expect(changed.headers.etag).not.toBe(etag)
    expect((await fetchFeed(clinic, path, { 'if-none-match': etag })).status).toBe(200)
  })

  it('is seen by the owner as the last time it came', async () => {
    const { path, feed } = await newAddress(clinic, actors.petrov)
    expect(feed.fetchedAt).toBeNull()
    clinic.app.later(5)
    await fetchFeed(clinic, path)
    const shown = await clinic.app.call(actors.petrov, contract.showCalendarFeed, {})
    expect(shown.feed!.fetchedAt).toBe(clinic.app.now.toISOString())
  })

  it('stands in the journal as its owner, with the patients it was shown', async () => {
    const { path } = await newAddress(clinic, actors.petrov)
    await bookFirst(patients.masha)
    const { headers } = await fetchFeed(clinic, path)
    await fetchFeed(clinic, path, { 'if-none-match': String(headers.etag) })
    const { rows } = await sql<{ patient: string | null; actor: string; grounds: string }>`
      select patient_id as patient, actor_id as actor, grounds from platform.action
      where operation = 'calendars.fetch' order by id`.execute(clinic.db)
    expect(rows).toEqual([
      { patient: patients.masha, actor: accounts.petrov, grounds: 'representative' },
      { patient: null, actor: accounts.petrov, grounds: 'self' },
    ])
  })

  it('loses a child whom the parent represents no more', async () => {
    const { path } = await newAddress(clinic, actors.petrov)
    await bookFirst(patients.masha)
    expect(await eventsAt(path)).toHaveLength(1)
    const { rows } = await sql<{ until: string }>`select until from patients.representation`.execute(clinic.db)
    await sql`update patients.representation set until = '2026-03-01'`.execute(clinic.db)
    try {
      expect(await eventsAt(path)).toHaveLength(0)
    } finally {
      await sql`update patients.representation set until = ${rows[0]!.until}`.execute(clinic.db)
    }
  })

  it('reads a doctor’s own visits only', async () => {
    const { path } = await newAddress(clinic, actors.therapist)
    await bookFirst(patients.petrov, staff.cardiologist)
    expect(await eventsAt(path)).toEqual([])
  })
})

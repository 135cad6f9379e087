import fc from 'fast-check'
import { sql } from 'kysely'
import { createDAVClient } from 'tsdav'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MONDAY } from '../../platform/testing/test-app.ts'
import type { Clinic } from '../../testing/booking-clinic.ts'
import { actors, patients, staff } from '../../testing/small-region.ts'
import { newAddress, openClinicWithCalendars } from './testing/clinic-with-calendars.ts'

let clinic: Clinic
let base: string
beforeAll(async () => {
  clinic = await openClinicWithCalendars()
  base = await clinic.app.app.listen({ port: 0, host: '127.0.0.1' })
})
beforeEach(async () => {
  await clinic.reset(MONDAY)
  await sql`truncate calendars.feed`.execute(clinic.db)
})
afterAll(() => clinic.close())

const bookFirst = async (patientId = patients.petrov, n = 0) =>
  clinic.book(actors.registrar, patientId, (await clinic.times(staff.therapist))[n]!)
const basic = (password: string, name = 'rmis') => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
})
const ask = async (method: string, path: string, headers: Record<string, string>, body?: string) => {
  const reply = await fetch(base + path, { method, headers, redirect: 'manual', ...(body !== undefined && { body }) })
  return { status: reply.status, text: await reply.text(), headers: reply.headers }
}
const connect = (password: string) =>
  createDAVClient({
    serverUrl: base,
    credentials: { username: 'anything', password },
    authMethod: 'Basic',
    defaultAccountType: 'caldav',
  })
const VISITS = '/caldav/calendars/visits/'
const query = (filter: string, props = '<d:getetag/><c:calendar-data/>') =>
  `<?xml version="1.0"?><c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop>${props}</d:prop>
  <c:filter><c:comp-filter name="VCALENDAR">${filter}</c:comp-filter></c:filter></c:calendar-query>`

describe('CalDAV, as its client library speaks it', () => {
  it('is found, lists one calendar, and gives the visits of a time', async () => {
    const { password } = await newAddress(clinic, actors.petrov)
    const visit = await bookFirst()
    await bookFirst(patients.masha, 1)
    const client = await connect(password)
    const [calendar, ...others] = await client.fetchCalendars()
    expect(others).toEqual([])
    expect(calendar).toMatchObject({ displayName: 'Приёмы у врачей', components: ['VEVENT'], url: `${base}${VISITS}` })
    const all = await client.fetchCalendarObjects({ calendar: calendar! })
    expect(all.map(({ data }) => /SUMMARY:(.*)\r/.exec(String(data))?.[1])).toEqual([
      'Приём у врача',
      'Приём у врача: Мария',
    ])
    expect(new Set(all.map(({ etag }) => etag)).size).toBe(2)
    const timeRange = { start: visit.startsAt, end: new Date(Date.parse(visit.startsAt) + 60_000).toISOString() }
    expect(await client.fetchCalendarObjects({ calendar: calendar!, timeRange })).toHaveLength(1)
  })

  it('tells by its tag that something changed, and by the event what', async () => {
    const { password } = await newAddress(clinic, actors.petrov)
    const visit = await bookFirst()
    const client = await connect(password)
    const [before] = await client.fetchCalendars()
    const objects = await client.fetchCalendarObjects({ calendar: before! })
    expect(await client.isCollectionDirty({ collection: before! })).toMatchObject({ isDirty: false })
    await clinic.cancel(actors.registrar, patients.petrov, visit.id, null)
    expect(await client.isCollectionDirty({ collection: before! })).toMatchObject({ isDirty: true })
    const [changed] = await client.calendarMultiGet({
      url: before!.url,
      props: { 'd:getetag': {}, 'c:calendar-data': {} },
      objectUrls: [new URL(objects[0]!.url).pathname],
      depth: '1',
    })
    expect(changed!.props!['getetag']).not.toBe(objects[0]!.etag)
    expect(JSON.stringify(changed!.props!['calendarData'])).toContain('STATUS:CANCELLED')
  })

  it('does not write: the client is told so and nothing changes', async () => {
    const { password } = await newAddress(clinic, actors.petrov)
    await bookFirst()
    const client = await connect(password)
    const [calendar] = await client.fetchCalendars()
    const reply = await client.createCalendarObject({
      calendar: calendar!,
      filename: 'x.ics',
      iCalString: 'BEGIN:VCALENDAR',
    })
    expect(reply.status).toBe(403)
    const [object] = await client.fetchCalendarObjects({ calendar: calendar! })
    expect((await client.deleteCalendarObject({ calendarObject: object! })).status).toBe(403)
    expect(await client.fetchCalendarObjects({ calendar: calendar! })).toHaveLength(1)
  })

  it('lets nobody in with a wrong, a revoked or no password', async () => {
    await expect(connect('A'.repeat(43))).rejects.toThrow()
    const first = await newAddress(clinic, actors.petrov)
    await newAddress(clinic, actors.petrov)
    const headers: Record<string, string>[] = [{}, basic(''), basic(first.password), { authorization: 'Basic %%%' }]
    for (const header of headers) {
      const { status, headers: got, text } = await ask('PROPFIND', VISITS, { ...header, depth: '1' })
      expect([status, text]).toEqual([401, ''])
      expect(got.get('www-authenticate')).toMatch(/^Basic realm=/)
    }
  })
})

describe('CalDAV, word by word', () => {
  let auth: Record<string, string>
  beforeEach(async () => {
    auth = basic((await newAddress(clinic, actors.petrov)).password)
  })

  it('says what it can, to anybody', async () => {
    const { status, headers } = await ask('OPTIONS', VISITS, {})
    expect(status).toBe(200)
    expect(headers.get('dav')).toContain('calendar-access')
    expect(headers.get('allow')).toBe('OPTIONS, GET, HEAD, PROPFIND, REPORT')
  })

  it.each(['GET', 'PROPFIND'])('is discovered by %s of the well-known address', async (method) => {
    const { status, headers } = await ask(method, '/.well-known/caldav', {})
    expect([status, headers.get('location')]).toEqual([301, '/caldav/'])
  })

  it('answers what it knows and what it does not, each with its status', async () => {
    const { status, text } = await ask(
      'PROPFIND',
      VISITS,
      { ...auth, depth: '0' },
      '<propfind xmlns="DAV:"><prop><displayname/><quota-used-bytes/><color xmlns="http://apple.com/ns/ical/"/></prop></propfind>',
    )
    expect(status).toBe(207)
    expect(text).toMatch(
      /<D:displayname>Приёмы у врачей<\/D:displayname>[\s\S]*200 OK[\s\S]*quota-used-bytes[\s\S]*404 Not Found/,
    )
    expect(text).toContain('<x:color xmlns:x="http://apple.com/ns/ical/"/>')
  })

  it('gives an event by its address, with a tag', async () => {
    const visit = await bookFirst()
    const { text } = await ask('PROPFIND', VISITS, { ...auth, depth: '1' })
    const href = /<D:href>(\S+\.ics)<\/D:href>/.exec(text)![1]!
    const got = await ask('GET', href, auth)
    expect(got.status).toBe(200)
    expect(got.text).toContain(visit.code)
    const etag = got.headers.get('etag')!
    expect((await ask('GET', href, { ...auth, 'if-none-match': etag })).status).toBe(304)
    expect((await ask('GET', `${VISITS}no.ics`, auth)).status).toBe(404)
    expect((await ask('GET', VISITS, auth)).status).toBe(405)
    expect((await ask('PROPFIND', '/caldav/elsewhere/', { ...auth, depth: '0' })).status).toBe(404)
  })

  it('asks for a depth that ends', async () => {
    for (const depth of ['infinity', '', '2']) {
      const { status, text } = await ask('PROPFIND', VISITS, { ...auth, ...(depth && { depth }) })
      expect(status).toBe(403)
      expect(text).toContain('propfind-finite-depth')
    }
  })

  it('has no tasks, and refuses filters that it cannot keep instead of ignoring them', async () => {
    await bookFirst()
    const events = await ask('REPORT', VISITS, auth, query('<c:comp-filter name="VEVENT"/>'))
    expect(events.text.match(/<D:response>/g)).toHaveLength(1)
    const tasks = await ask('REPORT', VISITS, auth, query('<c:comp-filter name="VTODO"/>'))
    expect([tasks.status, tasks.text.includes('response>')]).toEqual([207, false])
    for (const filter of [
      '<c:comp-filter name="VEVENT"><c:prop-filter name="SUMMARY"><c:text-match>x</c:text-match></c:prop-filter></c:comp-filter>',
      '<c:comp-filter name="VEVENT"><c:comp-filter name="VALARM"/></c:comp-filter>',
      '<c:comp-filter name="VEVENT"/><c:comp-filter name="VTODO"/>',
    ]) {
      const { status, text } = await ask('REPORT', VISITS, auth, query(filter))
      expect(status).toBe(403)
      expect(text).toContain('supported-filter')
    }
    const unknown = await ask('REPORT', VISITS, auth, '<sync-collection xmlns="DAV:"/>')
    expect([unknown.status, unknown.text.includes('supported-report')]).toEqual([403, true])
  })

  it('tells times without zones when asked to expand', async () => {
    await bookFirst()
    const expand = '<c:calendar-data><c:expand start="20260301T000000Z" end="20260401T000000Z"/></c:calendar-data>'
    const { text } = await ask('REPORT', VISITS, auth, query('<c:comp-filter name="VEVENT"/>', expand))
    expect(text).toMatch(/DTSTART:\d{8}T\d{6}Z/)
    expect(text).not.toContain('VTIMEZONE')
  })

  it('says of an event that is not there that it is not there', async () => {
    const body = `<c:calendar-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/></d:prop>
      <d:href>${VISITS}nobody.ics</d:href><d:href>/etc/passwd</d:href><d:href>http://[</d:href></c:calendar-multiget>`
    const { status, text } = await ask('REPORT', VISITS, auth, body)
    expect(status).toBe(207)
    expect(text.match(/404 Not Found/g)).toHaveLength(3)
  })

  it('notes in the journal whom it showed, and nobody for tags alone', async () => {
    await bookFirst(patients.masha)
    await ask('PROPFIND', VISITS, { ...auth, depth: '1' })
    await ask('REPORT', VISITS, auth, query('<c:comp-filter name="VEVENT"/>'))
    const { rows } = await sql<{ patient: string | null }>`select patient_id as patient from platform.action
      where operation = 'calendars.fetch' order by id`.execute(clinic.db)
    expect(rows.map(({ patient }) => patient)).toEqual([null, patients.masha])
  })

  it('refuses rubbish with a status and never breaks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 60 }),
          fc.constantFrom(
            '<!DOCTYPE a [<!ENTITY x "y">]><propfind xmlns="DAV:"/>',
            '<a/>',
            query('<c:comp-filter name="VEVENT"><c:time-range start="yesterday"/></c:comp-filter>'),
            query('<c:comp-filter name="VEVENT"><c:time-range start="20269999T000000Z"/></c:comp-filter>'),
          ),
        ),
        fc.constantFrom('PROPFIND', 'REPORT'),
        async (body, method) => {
          const { status } = await ask(method, VISITS, { ...auth, depth: '0' }, body)
          expect([400, 403, ...(body === '' ? [207] : [])]).toContain(status)
        },
      ),
      { numRuns: 60 },
    )
  })
})

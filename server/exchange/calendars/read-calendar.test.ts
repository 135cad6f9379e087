import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ExternalSource, Reading } from '../../modules/calendars/index.ts'
import type { Clinic } from '../../testing/booking-clinic.ts'
import { actors, patients, staff } from '../../testing/small-region.ts'
import { isPublicAddress } from './public-address.ts'
import { readCalendarOver } from './read-calendar.ts'
import { newAddress, openClinicWithCalendars } from './testing/clinic-with-calendars.ts'

const window = {
  from: new Date('2026-03-01T00:00:00Z'),
  until: new Date('2026-04-01T00:00:00Z'),
  zone: 'Europe/Moscow',
}
const ICS = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:x',
  'BEGIN:VEVENT',
  'UID:a',
  'DTSTAMP:20260101T000000Z',
  'DTSTART:20260303T090000',
  'DTEND:20260303T100000',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n')
const NINE = [{ startsAt: new Date('2026-03-03T06:00:00Z'), endsAt: new Date('2026-03-03T07:00:00Z') }]

let server: Server
let base: string
let answer: RequestListener
const seen: { url: string; authorization: string | undefined }[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({ url: request.url!, authorization: request.headers.authorization })
    answer(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
beforeEach(() => void (seen.length = 0))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const usual = { allowPrivate: true, timeoutMs: 10_000, maxBytes: 100_000 }
const read = (more: Partial<ExternalSource> = {}, outside: Parameters<typeof readCalendarOver>[0] = usual) =>
  readCalendarOver(outside)(
    {
      kind: 'ics',
      address: `${base}/busy.ics`,
      username: null,
      password: null,
      etag: null,
      lastModified: null,
      ...more,
    },
    window,
  )
const failure = async (reading: Promise<Reading>) => {
  const got = await reading
  return got.outcome === 'failed' ? got.failure : got.outcome
}

describe('a calendar at an address', () => {
  it('is read, and asked next time whether it has changed', async () => {
    answer = (request, response) => {
      if (request.headers['if-none-match'] === '"1"') return response.writeHead(304).end()
      response.writeHead(200, { etag: '"1"', 'content-type': 'text/calendar' }).end(ICS)
    }
    expect(await read()).toEqual({ outcome: 'read', times: NINE, etag: '"1"', lastModified: null })
    expect(await read({ etag: '"1"' })).toEqual({ outcome: 'unchanged' })
    expect(await read({ etag: '"0"' })).toMatchObject({ outcome: 'read' })
  })

  it('is followed to where it went, and the password goes to nobody else', async () => {
    answer = (request, response) => {
      if (request.url === '/busy.ics') return response.writeHead(302, { location: '/moved.ics' }).end()
      if (request.url === '/moved.ics')
        return response.writeHead(307, { location: base.replace('127.0.0.1', 'localhost') + '/end.ics' }).end()
      response.end(ICS)
    }
    expect(await read({ username: 'doctor', password: 'secret' })).toMatchObject({ outcome: 'read', times: NINE })
    expect(seen.map(({ url, authorization }) => [url, Boolean(authorization)])).toEqual([
      ['/busy.ics', true],
      ['/moved.ics', true],
      ['/end.ics', false],
    ])
  })

  it.each([
    ['not-found', 404],
    ['not-found', 410],
    ['not-allowed', 401],
    ['not-allowed', 403],
    ['server-error', 500],
    ['server-error', 304],
  ])('says %s for %i', async (expected, status) => {
    answer = (_request, response) => response.writeHead(status).end()
    expect(await failure(read())).toBe(expected)
  })

  it('fails and does not wait, take in or go round for ever', async () => {
    answer = () => {}
    expect(await failure(read({}, { ...usual, timeoutMs: 300 }))).toBe('timeout')
    answer = (_request, response) => void response.end('x'.repeat(100_001))
    expect(await failure(read())).toBe('too-large')
    answer = (_request, response) => void response.writeHead(302, { location: '/busy.ics' }).end()
    expect(await failure(read())).toBe('server-error')
    expect(await failure(read({ address: 'http://127.0.0.1:1/' }))).toBe('unreachable')
    answer = (_request, response) => void response.destroy()
    expect(await failure(read())).toBe('unreachable')
  })

  it.each([
    ['a page', '<!doctype html><html></html>'],
    ['nothing', ''],
    ['other letters', Buffer.from(ICS.replace('UID:a', 'UID:\u00e9'), 'latin1')],
  ])('with %s in it is unreadable', async (_name, body) => {
    answer = (_request, response) => void response.end(body)
    expect(await failure(read())).toBe('unreadable')
  })
})

describe('an address that somebody named', () => {
  const strict = { ...usual, allowPrivate: false }
  it.each([
    'http://example.org/a.ics',
    'https://127.0.0.1/a.ics',
    'https://[::1]/a.ics',
    'https://[::ffff:10.0.0.1]/a.ics',
    'https://169.254.169.254/latest/meta-data',
    'https://2130706433/a.ics',
    'https://0x7f.1/a.ics',
  ])('is not asked when it is private or without TLS: %s', async (address) => {
    expect(await failure(read({ address }, strict))).toBe('private-address')
  })

  it('is judged by what its name leads to, at the moment of connecting', async () => {
    const asked: string[] = []
    const resolve = async (hostname: string) => {
      asked.push(hostname)
      return [{ address: '10.1.2.3', family: 4 }]
    }
    expect(await failure(read({ address: 'https://calendar.example/a.ics' }, { ...strict, resolve }))).toBe(
      'private-address',
    )
    // Once: nobody looks it up again between the check and the connection.
    expect(asked).toEqual(['calendar.example'])
    expect(
      await failure(read({ address: 'https://calendar.example/a.ics' }, { ...strict, resolve: async () => [] })),
    ).toBe('unreachable')
  })

  it.each([
    ['8.8.8.8', true],
    ['100.64.0.1', false],
    ['172.31.255.255', false],
    ['172.32.0.1', true],
    ['192.168.1.1', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['2a02:6b8::1', true],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::', false],
    ['::ffff:8.8.8.8', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['calendar.example', false],
  ])('%s is public: %s', (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected)
  })
})

describe('a calendar by CalDAV', () => {
  let clinic: Clinic
  let dav: string
  beforeAll(async () => {
    clinic = await openClinicWithCalendars()
    dav = await clinic.app.app.listen({ port: 0, host: '127.0.0.1' })
  })
  afterAll(() => clinic.close())

  it('is found from the site, the account or itself, and read: our own server is asked', async () => {
    const { password } = await newAddress(clinic, actors.therapist)
    const [first] = await clinic.times(staff.therapist)
    const visit = await clinic.book(actors.registrar, patients.petrov, first!)
    const times = [{ startsAt: new Date(visit.startsAt), endsAt: new Date(visit.endsAt) }]
    for (const path of ['/', '/caldav/', '/caldav/me/', '/caldav/calendars/visits/']) {
      const reading = await read({ kind: 'caldav', address: dav + path, username: 'rmis', password })
      expect(reading, path).toEqual({ outcome: 'read', times, etag: null, lastModified: null })
    }
    expect(await failure(read({ kind: 'caldav', address: `${dav}/caldav/`, username: 'rmis', password: 'x' }))).toBe(
      'not-allowed',
    )
    expect(await failure(read({ kind: 'caldav', address: `${dav}/caldav/nowhere/`, username: 'a', password }))).toBe(
      'not-found',
    )
  })

  it.each(['<a/>', 'nothing', '<!DOCTYPE a [<!ENTITY x "y">]><D:multistatus xmlns:D="DAV:"/>'])(
    'that answers with %s is unreadable',
    async (body) => {
      answer = (_request, response) => void response.writeHead(207).end(body)
      expect(await failure(read({ kind: 'caldav', password: 'x' }))).toBe('unreadable')
    },
  )

  it('that has no calendar says so', async () => {
    answer = (_request, response) => void response.writeHead(207).end('<D:multistatus xmlns:D="DAV:"/>')
    expect(await failure(read({ kind: 'caldav', password: 'x' }))).toBe('no-calendar')
    answer = (_request, response) => void response.writeHead(200).end('hello')
    expect(await failure(read({ kind: 'caldav', password: 'x' }))).toBe('no-calendar')
  })
})

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import type { TObject } from 'typebox'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { revokeExternalSystem } from '../../../contracts/other-systems.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import type { Clinic } from '../../testing/booking-clinic.ts'
import { actors, hospital, patients, polyclinic, specialties, staff } from '../../testing/small-region.ts'
import { connect, openClinicWithSystems } from '../other-systems/testing/clinic-with-systems.ts'
import { BASE, gorzdravOperations } from './service.ts'
import * as shapes from './shapes.ts'

let clinic: Clinic
let address: string
let portal: { id: string; token: string; name: string }
let lpuId: number

// oxlint-disable-next-line typescript/no-explicit-any -- replies are read as the client of another system reads them
type Answer = { status: number; token: string | null; json: any }

/** A request as the portal's clients make it. */
async function ask(
  method: 'GET' | 'POST',
  at: string,
  {
    token = portal.token,
    headers = {},
    body,
  }: {
    token?: string
    headers?: Record<string, string>
    body?: unknown
  } = {},
): Promise<Answer> {
  const reply = await fetch(`${address}${BASE}${at}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && {
      body: typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body),
    }),
  })
  return { status: reply.status, token: reply.headers.get('token'), json: await reply.json() }
}

/** The result of a request that must succeed. */
async function get(at: string) {
  const { status, json } = await ask('GET', at)
  expect(json).toMatchObject({ success: true, errorCode: 0, message: null, stackTrace: null })
  expect(status).toBe(200)
  return json.result
}

const petrov = { lastName: 'Петров', firstName: 'Пётр', middleName: 'Петрович', birthdate: '1985-04-12T00:00:00' }
const search = (person: object = petrov, token = portal.token) =>
  ask('GET', `/patient/search?${new URLSearchParams({ lpuId: `${lpuId}`, ...person })}`, { token })
const slots = (doctor: string = staff.therapist): Promise<{ id: string; visitStart: string }[]> =>
  get(`/schedule/lpu/${lpuId}/doctor/${doctor}/appointments`)
const wish = (appointmentId: string, patientId = patients.petrov) => ({
  esiaId: null,
  lpuId: `${lpuId}`,
  patientId,
  appointmentId,
  referralId: null,
  ipmpiCardId: null,
  recipientEmail: '',
  patientLastName: 'Петров',
  patientFirstName: 'Пётр',
  patientBirthdate: '1985-04-12T00:00:00',
  visitDate: '2026-03-02T10:00:00',
})
const book = (
  appointmentId: string,
  { patientId, token, headers }: { patientId?: string; token?: string; headers?: Record<string, string> } = {},
) =>
  ask('POST', '/appointment/create', {
    body: wish(appointmentId, patientId),
    ...(token && { token }),
    ...(headers && { headers }),
  })

beforeAll(async () => {
  const opened = await openClinicWithSystems()
  clinic = opened.clinic
  address = opened.address
  portal = await connect(clinic, 'gorzdrav-rest')
  const lpus: { id: number; lpuShortName: string }[] = await get('/shared/lpus')
  lpuId = lpus.find((lpu) => lpu.lpuShortName === 'Поликлиника № 1')!.id
})
beforeEach(() => clinic.reset(MONDAY))
afterAll(() => clinic.close())

describe('the portal', () => {
  it('leads from the district to the visit and back, as its clients walk', async () => {
    const [district] = await get('/shared/districts')
    expect(district).toEqual({ id: '1', name: 'Весь регион', okato: null })
    const lpus = await get(`/shared/district/${district.id}/lpus`)
    expect(lpus).toContainEqual(
      expect.objectContaining({ id: lpuId, lpuType: 'Поликлиника', organization: polyclinic.id }),
    )
    expect(await get(`/shared/lpu/${lpuId}`)).toMatchObject({ id: lpuId, address: 'г. Энск, ул. Садовая, д. 5' })
    const found = await get(`/schedule/lpu/${lpuId}/specialties`)
    expect(found).toContainEqual(expect.objectContaining({ id: specialties.therapy, name: 'Терапевт' }))
    const doctors = await get(`/schedule/lpu/${lpuId}/speciality/${specialties.therapy}/doctors`)
    expect(doctors).toEqual([
      expect.objectContaining({ id: staff.therapist, name: 'Иванова Анна Сергеевна', lastName: 'Иванова' }),
    ])
    const free = await slots()
    expect(doctors[0].freeTicketCount).toBe(free.length)
    const { json, token } = await search()
    expect(json.result).toBe(patients.petrov)
    const last = free.at(-1)!.id
    expect(await book(last, { headers: { token: token! } })).toMatchObject({
      status: 200,
      json: { success: true, result: true },
    })
    expect(await slots()).toHaveLength(free.length - 1)
    const visits = await get(`/appointments?lpuId=${lpuId}&patientId=${patients.petrov}`)
    expect(visits).toEqual([expect.objectContaining({ appointmentId: last, visitStart: free.at(-1)!.visitStart })])
    const cancelled = await ask('POST', '/appointment/cancel', { body: wish(last) })
    expect(cancelled.json).toMatchObject({ success: true, result: true })
    expect(await slots()).toHaveLength(free.length)
    expect(await get(`/appointments?lpuId=${lpuId}&patientId=${patients.petrov}`)).toEqual([])
    expect(await clinic.disagreements()).toEqual([])
  })

  it('shows each published day of a doctor with its hours, and why a day is closed', async () => {
    const days = await get(`/schedule/lpu/${lpuId}/doctor/${staff.therapist}/timetable`)
    expect(days[0]).toMatchObject({
      visitStart: '2026-03-02T10:00:00',
      visitEnd: '2026-03-02T12:00:00',
      recordableDay: true,
      denyCause: null,
    })
    expect(days.flatMap((day: { appointments: unknown[] }) => day.appointments)).toEqual(await slots())
    await sql`update schedules.slot set status = 'closed', closed_for = 'absence', closed_by = ${staff.therapist}
      where practitioner_role_id = ${staff.therapist}
      and starts_at between '2026-03-03T00:00+03' and '2026-03-04T00:00+03'`.execute(clinic.db)
    const after = await get(`/schedule/lpu/${lpuId}/doctor/${staff.therapist}/timetable`)
    expect(after[1]).toMatchObject({
      visitStart: '2026-03-03T10:00:00',
      recordableDay: false,
      denyCause: 'Врач в этот день не принимает',
      appointments: [],
    })
  })

  it('books once however often and at once it is asked, and anew after a cancellation', async () => {
    await search()
    const time = (await slots())[3]!.id
    const replies = await Promise.all(Array.from({ length: 16 }, () => book(time)))
    expect(new Set(replies.map(({ json }) => json.success))).toEqual(new Set([true]))
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from booking.appointment`.execute(clinic.db)
    expect(rows[0]!.n).toBe(1)
    await ask('POST', '/appointment/cancel', { body: wish(time) })
    expect((await book(time)).json.success).toBe(true)
    expect(await clinic.disagreements()).toEqual([])
  })

  it('gives the one time to one of a portal, another system and a citizen who ask at once', async () => {
    const [mine, theirs] = [await connect(clinic, 'gorzdrav-rest'), await connect(clinic, 'gorzdrav-rest')]
    const kim = { lastName: 'Ким', firstName: 'Алла', birthdate: '1990-01-01' }
    await sql`update patients.patient set last_name = 'Ким', first_name = 'Алла', middle_name = null, birth_date = '1990-01-01',
      name_search = 'ким алла' where patient_id = ${patients.kim}`.execute(clinic.db)
    await Promise.all([search(petrov, mine.token), search(kim, theirs.token)])
    const time = (await slots())[5]!.id
    const outcomes = await Promise.all([
      book(time, { token: mine.token }).then(({ json }) => json.success),
      book(time, { token: theirs.token, patientId: patients.kim }).then(({ json }) => json.success),
      clinic.book(actors.petrov, patients.masha, time).then(
        () => true,
        () => false,
      ),
    ])
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect(await clinic.disagreements()).toEqual([])
  })

  it('says with the codes of the Concentrator that there is nothing to choose from', async () => {
    await sql`update schedules.slot set status = 'closed' where practitioner_role_id = ${staff.therapist}`.execute(
      clinic.db,
    )
    expect(await ask('GET', `/schedule/lpu/${lpuId}/doctor/${staff.therapist}/appointments`)).toMatchObject({
      status: 200,
      json: { success: false, errorCode: 39, requestId: expect.any(String) },
    })
    expect((await ask('GET', `/schedule/lpu/${lpuId}/speciality/999/doctors`)).json.errorCode).toBe(38)
    expect((await ask('GET', `/schedule/lpu/${lpuId}/doctor/${staff.neurologist}/appointments`)).json.errorCode).toBe(
      645,
    )
    expect((await ask('GET', `/schedule/lpu/${lpuId}/doctor/nobody/timetable`)).json.errorCode).toBe(645)
  })

  it('refuses by the rules of everybody, each with its number', async () => {
    const refused = async (request: Promise<Answer>) => {
      const { status, json } = await request
      expect(status).toBe(200)
      return json.errorCode as number
    }
    expect(await refused(search({ ...petrov, firstName: 'Павел' }))).toBe(1004)
    for (const birthdate of ['1985-02-31', '0000-01-01', '9999-12-31T24:00:00', '0001-01-01'])
      expect(await refused(search({ ...petrov, birthdate }))).toBe(1004)
    await search()
    const free = await slots()
    expect(await refused(book(free[0]!.id.replace(polyclinic.id, hospital.id)))).toBe(1005)
    expect(await refused(book(`${free[0]!.id}1`))).toBe(1006)
    await clinic.book(actors.registrar, patients.sidorova, free[1]!.id)
    expect(await refused(book(free[1]!.id))).toBe(1007)
    const [registrarsOnly] = await clinic.times(staff.secondTherapist)
    expect(await refused(book(registrarsOnly!))).toBe(1009)
    expect(await refused(book(free[0]!.id, { patientId: patients.sidorova }))).toBe(1004)
    await book(free[4]!.id)
    expect(await refused(book(free[6]!.id))).toBe(1011)
    expect(await refused(ask('POST', '/appointment/cancel', { body: wish(free[6]!.id) }))).toBe(1013)
    clinic.app.now = new Date('2026-03-02T09:59:00+03:00')
    expect(await refused(ask('POST', '/appointment/cancel', { body: wish(free[4]!.id) }))).toBe(1015)
  })

  it('keeps to the session that came with the patient: an hour, this system and this person', async () => {
    const { token } = await search()
    const time = (await slots())[2]!.id
    const other = await connect(clinic, 'gorzdrav-rest')
    await search(petrov, other.token)
    const withToken = (by?: string) => book(time, { headers: { token: token! }, ...(by && { token: by }) })
    expect((await withToken(other.token)).json).toMatchObject({ success: false, errorCode: 1016 })
    expect((await book(time, { headers: { token: 'broken' } })).json.errorCode).toBe(1016)
    clinic.app.now = new Date(MONDAY.getTime() + 61 * 60_000)
    expect((await withToken()).json.errorCode).toBe(1016)
    expect((await book(time)).json.success).toBe(true)
  })

  it('is for systems with the protocol and the organisation, and is journalled under their names', async () => {
    expect(await ask('GET', '/shared/lpus', { token: 'nobody' })).toMatchObject({
      status: 401,
      json: { errorCode: 1001 },
    })
    const soap = await connect(clinic, 'hub-soap')
    expect(await ask('GET', '/shared/lpus', { token: soap.token })).toMatchObject({
      status: 403,
      json: { errorCode: 1002 },
    })
    const elsewhere = await connect(clinic, 'gorzdrav-rest', { organizationIds: [hospital.id] })
    expect((await ask('GET', `/shared/lpu/${lpuId}`, { token: elsewhere.token })).status).toBe(403)
    const slow = await connect(clinic, 'gorzdrav-rest', { requestsPerMinute: 1 })
    await ask('GET', '/shared/lpus', { token: slow.token })
    expect((await ask('GET', '/shared/lpus', { token: slow.token })).status).toBe(429)
    await clinic.app.call(actors.administrator, revokeExternalSystem, { params: { systemId: elsewhere.id } })
    expect((await ask('GET', '/shared/districts', { token: elsewhere.token })).status).toBe(401)
    const { rows } = await sql<{ operation: string; outcome: string }>`select operation, outcome from platform.action
      where actor_id = ${slow.id}`.execute(clinic.db)
    expect(rows).toContainEqual({ operation: 'other-systems.list-organizations', outcome: 'done' })
  })

  it('describes itself in OpenAPI, with a page for people', async () => {
    const openApi = (await (await fetch(`${address}/exchange/gorzdrav/openapi.json`)).json()) as { paths: object }
    expect(Object.keys(openApi.paths)).toHaveLength(gorzdravOperations.length)
    expect(Object.keys(openApi.paths)).toContain(`${BASE}/schedule/lpu/{lpuId}/doctor/{doctorId}/timetable`)
    const page = await (await fetch(`${address}/exchange/gorzdrav/docs`)).text()
    expect(page).toContain('/exchange/gorzdrav/docs/start.js')
  })
})

describe('what is no request of the portal', () => {
  const bodies: [string, string | Buffer, Record<string, string>, number][] = [
    ['no JSON', 'lpuId=1&patientId=2', { 'content-type': 'application/x-www-form-urlencoded' }, 400],
    ['half of a JSON', '{"lpuId": ', {}, 400],
    ['a list', '[1]', {}, 400],
    ['nothing', '', {}, 400],
    ['windows-1251 declared', '{}', { 'content-type': 'application/json; charset=windows-1251' }, 400],
    ['bytes of windows-1251', Buffer.from([0x7b, 0x22, 0xcf, 0x22, 0x3a, 0x31, 0x7d]), {}, 400],
    ['a field missing', '{"lpuId": 1}', {}, 400],
    ['a NUL in a field', JSON.stringify({ lpuId: 1, patientId: 'a\0b', appointmentId: 'x' }), {}, 400],
    ['an object for a text', '{"lpuId": 1, "patientId": {"a": 1}, "appointmentId": "x"}', {}, 400],
    ['a prototype', '{"__proto__": {"lpuId": 1}, "constructor": {"prototype": {}}}', {}, 400],
    ['deep nesting', `{"lpuId": 1, "x": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`, {}, 400],
    ['too much', JSON.stringify({ x: 'я'.repeat(70_000) }), {}, 413],
  ]
  it.each(bodies)('is refused: %s', async (_name, body, headers, status) => {
    const { status: given, json } = await ask('POST', '/appointment/create', { body, headers })
    expect(given).toBe(status)
    expect(json).toMatchObject({ success: false, errorCode: expect.any(Number), requestId: expect.any(String) })
  })

  it('is refused at an unknown address and by an unknown method, in JSON', async () => {
    expect(await ask('GET', '/covid/vaccination')).toMatchObject({ status: 404, json: { success: false } })
    expect(await ask('POST', '/shared/districts', { body: {} })).toMatchObject({
      status: 404,
      json: { success: false },
    })
    expect((await ask('GET', '/schedule/lpu/%ff/specialties')).status).toBe(400)
    expect((await ask('GET', '/schedule/lpu/99999999999999999999/specialties')).json.errorCode).toBe(1005)
    expect((await ask('GET', '/patient/search?lpuId=1&lpuId=2&lastName=x')).status).toBe(400)
    expect(
      (await ask('GET', `/patient/search?LPUID=${lpuId}&lastname=a%00b&firstname=b&birthdate=2000-01-01`)).status,
    ).toBe(400)
  })

  it('never fails, whatever comes in', async () => {
    const word = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('-1', '1', '~', "'", '%', 'NaN', '1e9'))
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...gorzdravOperations),
        fc.array(word, { minLength: 4, maxLength: 4 }),
        fc.jsonValue(),
        async (operation, words, body) => {
          let i = 0
          const next = () => encodeURIComponent(words[i++ % 4] ?? '') || '0'
          const at = operation.path.replace(/:\w+/g, next)
          const names = Object.keys((operation.query as TObject | undefined)?.properties ?? {})
          const { status, json } = await ask(
            operation.method,
            `${at}?${names.map((n) => `${n}=${next()}`).join('&')}`,
            {
              ...(operation.method === 'POST' && { body: JSON.stringify(body) }),
            },
          )
          expect(status).toBeLessThan(500)
          expect(typeof json.success).toBe('boolean')
        },
      ),
      { numRuns: 150 },
    )
  })
})

const captured = path.resolve('../shared/data/schedules/gorzdrav-spb')
describe.skipIf(!existsSync(captured))('what the real portal answered', () => {
  it.each([
    ['DistrictListResponse_example', shapes.District],
    ['DistrictResponse_example', shapes.Lpu],
    ['SpecialtyListResponse_example', shapes.Specialty],
    ['SpecialtyDoctorsListResponse_example', shapes.Doctor],
    ['DoctorTimetableResponse_example', shapes.TimetableDay],
    ['DoctorAppointmentsResponse_example', shapes.Appointment],
  ])('has only fields that we send too: %s', (name, shape) => {
    const { result } = JSON.parse(readFileSync(path.join(captured, `${name}.json`), 'utf8')) as { result: object[] }
    const ours = new Set(Object.keys(shape.properties))
    expect(result.length).toBeGreaterThan(0)
    for (const one of result)
      expect(
        Object.keys(one).filter((field) => !ours.has(field) && !field.startsWith('covidVaccinationTicket')),
      ).toEqual([])
    if (shape === shapes.TimetableDay || shape === shapes.Appointment)
      expect(result.filter((one) => !Check(shape, one) && !JSON.stringify(one).includes('"room":null'))).toEqual([])
  })
})

import { randomUUID } from 'node:crypto'
import { createClientAsync, BearerSecurity, BasicAuthSecurity, type Client } from 'soap'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MONDAY } from '../../platform/testing/test-app.ts'
import type { Clinic } from '../../testing/booking-clinic.ts'
import { actors, hospital, patients, polyclinic, staff, therapistSnils } from '../../testing/small-region.ts'
import { connect, envelope, openClinicWithSystems, post } from '../other-systems/testing/clinic-with-systems.ts'

let clinic: Clinic
let url: string
let portal: { id: string; token: string; name: string }
let client: Client

const polyclinicOid = '1.2.643.5.1.13.13.12.2.77.1001'
const petrov = {
  OMS_Number: '2657020837000348',
  SNILS: '000-000-600 06',
  First_Name: 'ПЕТР',
  Last_Name: 'Петров',
  Middle_Name: 'Петрович',
  Birth_Date: '1985-04-12',
  Sex: 'M',
}

/** Calls an operation of the real client and gives the reply as it reads it. */
// oxlint-disable-next-line typescript/no-explicit-any -- the client's replies have no types
const call = async (name: string, request: object, by = client): Promise<any> => (await by[`${name}Async`](request))[0]
const faultOf = (work: Promise<unknown>): Promise<{ code: string; words: string }> =>
  work.then(
    () => Promise.reject(new Error('no fault')),
    (error) => {
      const { faultcode, faultstring } = error.root.Envelope.Body.Fault
      return { code: faultcode, words: faultstring.$value ?? faultstring }
    },
  )

async function newClient(token: string): Promise<Client> {
  const made = await createClientAsync(`${url}?wsdl`)
  made.setSecurity(new BearerSecurity(token))
  return made
}

/** A session about Petrov. */
async function session(by = client): Promise<string> {
  const id = randomUUID()
  const reply = await call('GetPatientInfo', { Session_ID: id, Patient_Data: petrov }, by)
  expect(reply).toMatchObject({ Session_ID: id, Patient_Id: patients.petrov })
  return id
}

async function freeSlots(id: string): Promise<{ Slot_Id: string; VisitTime: string; Room: string }[]> {
  const reply = await call('GetScheduleInfo', {
    Session_ID: id,
    Specialist_SNILS: therapistSnils,
    MO_OID: polyclinicOid,
    Service_Post: { Post: [{ Post_Id: '109' }] },
    Start_Date_Range: '2026-03-02',
    End_Date_Range: '2026-03-02',
  })
  return reply.Schedule.Slots
}

beforeAll(async () => {
  const opened = await openClinicWithSystems()
  clinic = opened.clinic
  url = `${opened.address}/exchange/fer`
  portal = await connect(clinic, 'fer-soap')
  client = await newClient(portal.token)
})
beforeEach(() => clinic.reset(MONDAY))
afterAll(() => clinic.close())

describe('КУ ФЭР', () => {
  it('walks from the person to the visit and back, as its client library does', async () => {
    const id = await session()
    const { MO_List } = await call('GetMOInfoExtended', { Session_ID: id, Booking_Type: 'APPOINTMENT', Post_Id: '109' })
    expect(MO_List.MO).toEqual([
      expect.objectContaining({ MO_Id: polyclinic.id, MO_OID: polyclinicOid, MO_Name: 'Поликлиника № 1' }),
    ])
    const { Service_Posts } = await call('GetServicePostSpecsInfo', { Session_ID: id, MO_Id: polyclinic.id })
    expect(Service_Posts.Post.map((p: { Post_Id: string }) => p.Post_Id).sort()).toEqual(['109', '34'])
    const { MO_Resource_List } = await call('GetMOResourceInfo', {
      Session_ID: id,
      Service_Posts: { Post: [{ Post_Id: '109' }] },
      MO_OID_List: { MO_OID: [polyclinicOid] },
      Start_Date_Range: '2026-03-02',
      End_Date_Range: '2026-03-03',
    })
    const [resource] = MO_Resource_List.MO_Available[0].Resource_Available.Resource
    expect(resource.Specialist).toEqual({
      Last_Name: 'Иванова',
      First_Name: 'Анна',
      Middle_Name: 'Сергеевна',
      SNILS: therapistSnils,
    })
    expect(resource.Available_Dates.Available_Date.map(dayIn)).toEqual(['2026-03-02', '2026-03-03'])
    const slots = await freeSlots(id)
    expect(slots).toHaveLength(6)
    const Slot_Id = slots.at(-1)!.Slot_Id
    const booked = await call('CreateAppointment', { Session_ID: id, Slot_Id, MO_OID: polyclinicOid })
    expect(booked).toMatchObject({ Status: { Status_Code: 'SUCCESS' }, Slot_Id, Room: '101' })
    expect(await freeSlots(await session())).toHaveLength(5)
    const cancelled = await call('CancelAppointment', {
      Book_Id_Mis: booked.Book_Id_Mis,
      Canceled_Reason: 'CANCELED_BY_PATIENT',
    })
    expect(cancelled.Status.Status_Code).toBe('SUCCESS')
    expect(await freeSlots(await session())).toHaveLength(6)
    expect(await clinic.disagreements()).toEqual([])
  })

  it('reads the time of a visit by the clock on the wall of the organisation', async () => {
    const raw = await post(
      url,
      envelope(`<GetPatientInfoRequest xmlns="http://www.rt-eu.ru/med/er/v2_0"><Session_ID>${randomUUID()}</Session_ID>
        <Patient_Data><OMS_Number>${petrov.OMS_Number}</OMS_Number><First_Name>Пётр</First_Name><Last_Name>ПЕТРОВ</Last_Name>
        <Birth_Date>1985-04-12</Birth_Date></Patient_Data></GetPatientInfoRequest>`),
      { authorization: `Bearer ${portal.token}` },
    )
    expect(raw.text).toContain(`<Patient_Id>${patients.petrov}</Patient_Id>`)
    const id = /<Session_ID>([^<]+)</.exec(raw.text)![1]!
    const times = await post(
      url,
      envelope(`<v:GetScheduleInfoRequest xmlns:v="http://www.rt-eu.ru/med/er/v2_0"><v:Session_ID>${id}</v:Session_ID>
        <v:Specialist_SNILS>${therapistSnils}</v:Specialist_SNILS><v:MO_OID>${polyclinicOid}</v:MO_OID>
        <v:Start_Date_Range>2026-03-02</v:Start_Date_Range><v:End_Date_Range>2026-03-02</v:End_Date_Range>
        <v:Start_Time_Range>10:30:00</v:Start_Time_Range><v:End_Time_Range>11:00:00</v:End_Time_Range></v:GetScheduleInfoRequest>`),
      { authorization: `Bearer ${portal.token}` },
    )
    expect([...times.text.matchAll(/<VisitTime>([^<]+)</g)].map((m) => m[1])).toEqual([
      '2026-03-02T10:40:00',
      '2026-03-02T11:00:00',
    ])
  })

  it('may be an older build: the wrapper qualified, its fields not; the answer is in the same manner', async () => {
    const id = await session()
    const raw = await post(
      url,
      envelope(`<n:GetMOInfoExtendedRequest xmlns:n="http://www.rt-eu.ru/med/er/"><Session_ID>${id}</Session_ID>
        </n:GetMOInfoExtendedRequest>`),
      { authorization: `Bearer ${portal.token}` },
    )
    expect(raw.text).toContain('<w:GetMOInfoExtendedResponse xmlns:w="http://www.rt-eu.ru/med/er/"')
    expect(raw.text).toContain(`<MO_OID>${polyclinicOid}</MO_OID>`)
    expect(raw.text).not.toContain('v2_0')
  })

  it('gets one appointment for one session and time, however often and at once it asks', async () => {
    const id = await session()
    const slot = (await freeSlots(id)).at(-1)
    const request = { Session_ID: id, Slot_Id: slot!.Slot_Id }
    const replies = await Promise.all(Array.from({ length: 24 }, () => call('CreateAppointment', request)))
    expect(new Set(replies.map((r) => r.Status.Status_Code))).toEqual(new Set(['SUCCESS']))
    expect(new Set(replies.map((r) => r.Book_Id_Mis)).size).toBe(1)
    expect(await clinic.db.selectFrom('booking.appointment').select('id').execute()).toHaveLength(1)
    await call('CancelAppointment', { Book_Id_Mis: replies[0].Book_Id_Mis })
    expect((await call('CreateAppointment', request)).Status.Status_Code).toBe('APPOINTMENT_IS_OVER')
    expect(await clinic.disagreements()).toEqual([])
  })

  it('hears why not in its own codes', async () => {
    const id = await session()
    const [first, second] = await freeSlots(id)
    const [other] = await clinic.addPatients(1)
    const therapist = await clinic.times(staff.therapist)
    await clinic.book(actors.registrar, other!, first!.Slot_Id)
    const codeOf = async (Slot_Id: string) =>
      (await call('CreateAppointment', { Session_ID: id, Slot_Id })).Status.Status_Code
    expect(await codeOf(first!.Slot_Id)).toBe('APPOINT_TIME_IS_BUSY')
    expect(await codeOf(second!.Slot_Id)).toBe('SUCCESS')
    expect(await codeOf(therapist[4]!)).toBe('APPOINT_PATIENT_REGISTERED_SPECIALIST')
    const cardiologist = await clinic.times(staff.cardiologist)
    expect(await codeOf(cardiologist[1]!)).toBe('APPOINT_PATIENT_REGISTERED_OTHER_SPECIALIST')
    expect(await codeOf('no such slot')).toBe('SLOT_NOT_FOUND')
    const secondTherapist = await clinic.times(staff.secondTherapist)
    expect(await codeOf(secondTherapist[0]!)).toBe('SLOT_CLOSED_TO_CHANNEL')
    clinic.app.later(90)
    const late = await session()
    const past = await call('CreateAppointment', { Session_ID: late, Slot_Id: therapist[1] })
    expect(past.Status).toMatchObject({ Status_Code: 'APPOINT_VISIT_TIME_HAS_PASSED', Comment: 'Это время уже прошло' })
  })

  it('is told that there is nobody when anything it says of the person differs', async () => {
    for (const wrong of [
      { SNILS: '112-233-445 95' },
      { OMS_Number: '2657020837000355' },
      { Last_Name: 'Иванов' },
      { Birth_Date: '1985-04-13' },
      { Sex: 'F' },
    ]) {
      const request = { Session_ID: randomUUID(), Patient_Data: { ...petrov, ...wrong } }
      expect((await call('GetPatientInfo', request)).Error, JSON.stringify(wrong)).toMatchObject({
        Error_Code: 'PATIENT_NOT_FOUND',
      })
    }
  })

  it('works under its own name: in the journal, and in what the patient reads', async () => {
    const id = await session()
    const [slot] = await freeSlots(id)
    await call('CreateAppointment', { Session_ID: id, Slot_Id: slot!.Slot_Id })
    expect(await clinic.app.journal('other-systems.book')).toEqual([
      expect.objectContaining({
        actor_id: portal.id,
        actor_name: portal.name,
        actor_role: 'external-system',
        session_id: id,
        patient_id: patients.petrov,
        grounds: 'external-system',
        outcome: 'done',
      }),
    ])
  })
})

describe('what is no booking matter is a fault', () => {
  const schedule = (id: string, by = client) => call('GetMOInfoExtended', { Session_ID: id }, by)

  it('of a session that is unknown, another’s, over, or no UUID', async () => {
    const id = await session()
    const other = await newClient((await connect(clinic, 'fer-soap')).token)
    for (const asked of [schedule(randomUUID()), schedule(id, other)])
      expect((await faultOf(asked)).words).toBe('Такого сеанса нет или он закончился')
    clinic.app.later(61)
    expect((await faultOf(schedule(id))).words).toBe('Такого сеанса нет или он закончился')
    expect((await faultOf(schedule('my session'))).words).toBe('Поле Session_ID не похоже на UUID.')
  })

  it('of a token that is missing, unknown, revoked, of another protocol, or used up', async () => {
    const id = randomUUID()
    for (const token of ['', randomUUID(), (await connect(clinic, 'hub-soap')).token])
      expect((await faultOf(schedule(id, await newClient(token)))).code, token).toBe('s:Client')
    const slow = await newClient((await connect(clinic, 'fer-soap', { requestsPerMinute: 1 })).token)
    await session(slow)
    expect((await faultOf(schedule(id, slow))).words).toBe('Слишком много запросов')
    expect(await clinic.app.journal('other-systems.list-organizations')).toContainEqual(
      expect.objectContaining({ actor_role: 'anonymous', outcome: 'refused', problem: '/problems/not-signed-in' }),
    )
  })

  it('of an organisation that the system was not given', async () => {
    const limited = await newClient((await connect(clinic, 'fer-soap', { organizationIds: [hospital.id] })).token)
    const id = await session(limited)
    const { MO_List } = await schedule(id, limited)
    expect(MO_List.MO.map((mo: { MO_Id: string }) => mo.MO_Id)).toEqual([hospital.id])
    const [slot] = await clinic.times(staff.therapist)
    const foreign = call('GetServicePostSpecsInfo', { Session_ID: id, MO_Id: polyclinic.id }, limited)
    expect((await faultOf(foreign)).words).toBe('Эта организация системе не разрешена.')
    expect((await call('CreateAppointment', { Session_ID: id, Slot_Id: slot }, limited)).Status.Status_Code).toBe(
      'SLOT_CLOSED_TO_CHANNEL',
    )
  })

  it('another system’s booking is not there to cancel', async () => {
    const id = await session()
    const [slot] = await freeSlots(id)
    const { Book_Id_Mis } = await call('CreateAppointment', { Session_ID: id, Slot_Id: slot!.Slot_Id })
    const other = await newClient((await connect(clinic, 'fer-soap')).token)
    const refused = await call('CancelAppointment', { Book_Id_Mis }, other)
    expect(refused.Status.Status_Code).toBe('APPOINTMENT_NOT_FOUND')
    const late = await call('CancelAppointment', { Book_Id_Mis })
    expect(late.Status.Status_Code).toBe('TOO_LATE_TO_CHANGE')
  })

  it('of a message that is not one', async () => {
    const authorization = `Basic ${Buffer.from(`portal:${portal.token}`).toString('base64')}`
    const send = async (body: string, headers = {}) => post(url, body, { authorization, ...headers })
    const doctype = `<!DOCTYPE e [<!ENTITY x SYSTEM "file:///etc/passwd">]>${envelope('<a>&x;</a>')}`
    const billion = `<!DOCTYPE e [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${envelope('<a>&b;</a>')}`
    for (const [body, words] of [
      ['', 'not well-formed'],
      ['<a', 'not well-formed'],
      [doctype, 'document type'],
      [billion, 'document type'],
      [envelope('<a>&x;</a>'), 'not well-formed'],
      ['<a/>', 'not a SOAP envelope'],
      [envelope('<a/>', 'urn:x'), 'Only SOAP 1.1 and 1.2'],
      [envelope(''), 'one element'],
      [envelope('<a/><b/>'), 'one element'],
      [envelope('<Drop xmlns="http://www.rt-eu.ru/med/er/v2_0"/>'), 'Операции Drop здесь нет'],
      [envelope('<CreateAppointmentRequest/>'), 'Поле Session_ID не заполнено'],
      [
        envelope(
          '<GetMOInfoExtendedRequest><Session_ID>a</Session_ID><Session_ID>b</Session_ID></GetMOInfoExtendedRequest>',
        ),
        'больше одного раза',
      ],
    ] as const) {
      const reply = await send(body)
      expect(reply.status, body.slice(0, 80)).toBe(500)
      expect(reply.text).toContain('<faultcode>s:')
      expect(reply.text, body.slice(0, 80)).toContain(words)
      expect(reply.text).not.toContain('root:')
    }
    const large = await send(envelope(`<a>${'x'.repeat(300_000)}</a>`))
    expect(large.text).toContain('Сообщение слишком большое')
    const header = '<e:Header><t:T xmlns:t="urn:t" e:mustUnderstand="1"/></e:Header>'
    const must = await send(envelope('<a/>').replace('<e:Body>', `${header}<e:Body>`))
    expect(must.text).toContain('s:MustUnderstand')
    const in12 = await send(envelope('<Drop/>', 'http://www.w3.org/2003/05/soap-envelope'), {
      'content-type': 'application/soap+xml',
    })
    expect(in12).toMatchObject({ status: 400, type: expect.stringContaining('application/soap+xml') })
    expect(in12.text).toContain('<s:Value>s:Sender</s:Value>')
  })

  it('and Basic works as Bearer does, the token as the password', async () => {
    const made = await createClientAsync(`${url}?wsdl`)
    made.setSecurity(new BasicAuthSecurity('portal', portal.token))
    await session(made)
  })
})

const dayIn = (value: string | Date): string => (typeof value === 'string' ? value : value.toISOString()).slice(0, 10)

import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MONDAY } from '../../platform/testing/test-app.ts'
import type { Clinic } from '../../testing/booking-clinic.ts'
import { patients, polyclinic, staff, therapistSnils } from '../../testing/small-region.ts'
import { ferService } from '../fer-soap/service.ts'
import { hubService } from '../hub-soap/service.ts'
import { fieldsOf, type SoapType } from '../../standards/soap/index.ts'
import { connect, envelope, openClinicWithSystems } from './testing/clinic-with-systems.ts'

// What an attacker, a broken program or a tired developer sends to the SOAP services: a clear answer, and never a failure.

let clinic: Clinic
let address: string
let fer: string
let hub: string

beforeAll(async () => {
  const opened = await openClinicWithSystems()
  clinic = opened.clinic
  address = opened.address
  fer = (await connect(clinic, 'fer-soap')).token
  hub = (await connect(clinic, 'hub-soap')).token
})
beforeEach(() => clinic.reset(MONDAY))
afterAll(() => clinic.close())

const FER = 'http://www.rt-eu.ru/med/er/v2_0'
const HUB = 'http://tempuri.org/'
type Sent = { body: string | Buffer<ArrayBuffer>; headers?: Record<string, string> }

async function send(door: 'fer' | 'hub', { body, headers }: Sent) {
  const reply = await fetch(`${address}/exchange/${door}`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8', authorization: `Bearer ${fer}`, ...headers },
    body,
  })
  return { status: reply.status, type: reply.headers.get('content-type') ?? '', text: await reply.text() }
}

const lpus = (inner = '') => envelope(`<GetLPUList xmlns="${HUB}"><guid>${hub}</guid>${inner}</GetLPUList>`)
/** A fault of the sender's, in words, that tells nothing of us. */
async function expectFault(door: 'fer' | 'hub', sent: Sent, words: string): Promise<void> {
  const { text, type } = await send(door, sent)
  expect(type).toMatch(/^(text\/xml|application\/soap\+xml)/)
  expect(text).toContain(words)
  expect(text).toMatch(/<faultcode>s:(Client|VersionMismatch|MustUnderstand)|<s:Value>s:Sender/)
  expect(text).not.toMatch(/unexpected|Внутренняя ошибка|node_modules|root:/)
}

describe('a message that is an attack', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a0 "ha">${Array.from(
    { length: 30 },
    (_, i) => `<!ENTITY a${i + 1} "&a${i};&a${i};&a${i};&a${i};">`,
  ).join('')}]>${envelope('<a>&a30;</a>')}`
  const files = ['file:///etc/passwd', 'http://127.0.0.1:1/x', 'php://filter/x', '//host/share'].map(
    (where) => `<!DOCTYPE b [<!ENTITY x SYSTEM "${where}">]>${envelope('<a>&x;</a>')}`,
  )
  const parameter = `<!DOCTYPE b [<!ENTITY % p SYSTEM "http://127.0.0.1:1/evil.dtd"> %p;]>${envelope('<a/>')}`
  const quadratic = `<!DOCTYPE b [<!ENTITY x "${'x'.repeat(50_000)}">]>${envelope(`<a>${'&x;'.repeat(2_000)}</a>`)}`

  it.each<[string, string, string]>([
    ['a thousand million laughs', bomb, 'document type'],
    ['quadratic growth', quadratic, 'document type'],
    ['a parameter entity', parameter, 'document type'],
    ...files.map((body, i): [string, string, string] => [`a file of ours, way ${i + 1}`, body, 'document type']),
    [
      'a stylesheet',
      `<?xml-stylesheet href="http://127.0.0.1:1/x.xsl" type="text/xsl"?>${lpus('<zzz')}`,
      'not well-formed',
    ],
    ['depth', envelope(`${'<a>'.repeat(1_000)}${'</a>'.repeat(1_000)}`), 'not'],
    ['elements without end', envelope(`<a>${'<b/>'.repeat(6_000)}</a>`), 'too many elements'],
    ['a namespace that is not bound', envelope('<x:GetLPUList/>'), 'not'],
    ['NUL as a reference', lpus('<idDistrict>&#0;</idDistrict>'), 'not well-formed'],
    ['half of a surrogate pair', lpus('<idDistrict>&#xD800;</idDistrict>'), 'not well-formed'],
  ])('is refused: %s', async (_name, body, words) => {
    await expectFault('hub', { body }, words)
    await expectFault('fer', { body }, words)
  })

  it('is refused when it is huge, before it is read whole', async () => {
    await expectFault('hub', { body: Buffer.alloc(2_000_000, 0x20) }, 'слишком большое')
  })

  it('is refused in another encoding, declared or not', async () => {
    const russian = '<a>Петров</a>'
    const windows1251 = Buffer.from([...russian].map((c) => (c < '\u0100' ? c.charCodeAt(0) : c.charCodeAt(0) - 0x350)))
    const declared = '<?xml version="1.0" encoding="windows-1251"?>'
    const inBytes = (text: Buffer<ArrayBuffer>) => Buffer.concat([Buffer.from('<e:Envelope xmlns:e="x">'), text])
    await expectFault('hub', { body: inBytes(windows1251) }, 'UTF-8')
    await expectFault('hub', { body: declared + lpus() }, 'UTF-8')
    await expectFault('hub', { body: lpus(), headers: { 'content-type': 'text/xml; charset=windows-1251' } }, 'UTF-8')
    await expectFault('hub', { body: Buffer.from(`\ufeff${lpus()}`, 'utf16le') }, 'UTF-8')
    await expectFault('hub', { body: Buffer.from(lpus().replace('<guid>', '<guid>\0')) }, 'not well-formed')
  })
})

describe('a message in another manner', () => {
  it('is understood: SOAP 1.2, a mark of the order of bytes, any prefix, a SOAPAction that is wrong or missing', async () => {
    const in12 = envelope(
      `<q:GetLPUList xmlns:q="${HUB}"><q:guid>${hub}</q:guid></q:GetLPUList>`,
      'http://www.w3.org/2003/05/soap-envelope',
    )
    const reply = await send('hub', {
      body: in12,
      headers: { 'content-type': 'application/soap+xml; charset=utf-8; action="x"' },
    })
    expect(reply).toMatchObject({ status: 200, type: expect.stringContaining('application/soap+xml') })
    expect(reply.text).toContain('<LPUShortName>Поликлиника № 1</LPUShortName>')
    for (const sent of [
      { body: `\ufeff${lpus()}` },
      { body: lpus(), headers: { soapaction: '"http://tempuri.org/IHubService/SetAppointment"' } },
      { body: lpus(), headers: { soapaction: '' } },
      { body: lpus().replaceAll('e:', 'SOAP-ENV:').replace('xmlns:e', 'xmlns:SOAP-ENV') },
      { body: lpus().replace(HUB, 'urn:another') },
      { body: `<?xml version="1.0" encoding="UTF-8" standalone="no"?><!-- hello -->${lpus()}` },
    ])
      expect((await send('hub', sent)).text, sent.body.slice(0, 90)).toContain('true</Success>')
  })

  it('is no message by GET, by another method, or at another address', async () => {
    expect((await fetch(`${address}/exchange/hub`)).status).toBe(405)
    expect((await fetch(`${address}/exchange/hub`, { method: 'PUT', body: lpus() })).status).toBe(404)
    expect((await fetch(`${address}/exchange/nothing`, { method: 'POST', body: lpus() })).status).toBe(404)
    expect((await fetch(`${address}/exchange/fer?WSDL`)).status).toBe(200)
  })
})

describe('a field that is no such thing', () => {
  const guids = ['', ' ', '{}', '0e7a5d0c', "' or 1=1 --", '../..', 'ё'.repeat(200), 'f'.repeat(36)]
  it('is a refusal or a fault: a guid, a session, a time', async () => {
    for (const guid of guids) {
      const body = envelope(`<GetLPUList xmlns="${HUB}"><guid>${guid}</guid></GetLPUList>`)
      expect((await send('hub', { body })).text, guid).toContain('false</Success>')
      const session = envelope(
        `<GetMOInfoExtendedRequest xmlns="${FER}"><Session_ID>${guid}</Session_ID></GetMOInfoExtendedRequest>`,
      )
      expect((await send('fer', { body: session })).text, guid).toMatch(/<faultcode>s:Client/)
    }
  })

  it('is a refusal or a fault: days and hours at the ends of calendars', async () => {
    const session = '0e7a5d0c-0000-4000-8000-000000000001'
    const born = (
      day: string,
    ) => `<GetPatientInfoRequest xmlns="${FER}"><Session_ID>${session}</Session_ID><Patient_Data>
      <Last_Name>Петров</Last_Name><First_Name>Пётр</First_Name><Birth_Date>${day}</Birth_Date></Patient_Data></GetPatientInfoRequest>`
    await send('fer', { body: envelope(born('1985-04-12')) })
    const days = ['0000-01-01', '0001-01-01', '0099-12-31', '9999-12-31', '1985-04-12+14:00', '1985-04-12Z']
    const clocks = ['T00:00:00', 'T24:00:00', 'T99:99:99', 'T23:59:60', 'T00:00:00.999999999Z', 'T00:00:00+99:99']
    const { rows } = await sql<{ number: number }>`select number from organizations.organization
      where id = ${polyclinic.id}`.execute(clinic.db)
    const seen = (from: string, until: string) => `<GetAvaibleAppointments xmlns="${HUB}"><guid>${hub}</guid>
      <idDoc>${staff.therapist}</idDoc><idLpu>${rows[0]!.number}</idLpu><visitStart>${from}</visitStart>
      <visitEnd>${until}</visitEnd></GetAvaibleAppointments>`
    const asked = (
      from: string,
      until: string,
    ) => `<GetScheduleInfoRequest xmlns="${FER}"><Session_ID>${session}</Session_ID>
      <Specialist_SNILS>${therapistSnils}</Specialist_SNILS><MO_OID>1.2.643.5.1.13.13.12.2.77.1001</MO_OID>
      <Start_Date_Range>${from}</Start_Date_Range><End_Date_Range>${until}</End_Date_Range></GetScheduleInfoRequest>`
    const whole: { door: 'fer' | 'hub'; body: string }[] = []
    for (const day of days) {
      whole.push({ door: 'fer', body: envelope(born(day)) }, { door: 'fer', body: envelope(asked(day, day)) })
      const pat = `<pat><Birthday>${day.slice(0, 10)}T00:00:00</Birthday><Name>Пётр</Name><Surname>Петров</Surname></pat>`
      const check = `<CheckPatient xmlns="${HUB}">${pat}<idLpu>${rows[0]!.number}</idLpu><guid>${hub}</guid></CheckPatient>`
      whole.push({ door: 'hub', body: envelope(check) })
      for (const clock of clocks)
        whole.push({ door: 'hub', body: envelope(seen(day.slice(0, 10) + clock, `2026-03-09${clock}`)) })
    }
    for (const { door, body } of whole) {
      const { text } = await send(door, { body })
      expect(text, body).toContain(':Envelope')
      expect(text, body).not.toContain('unexpected')
    }
  })

  it('is a refusal or a fault, whatever stands in any field of any operation', async () => {
    const odd = fc.constantFrom(
      '0000-01-01',
      '0001-01-01',
      '9999-12-31',
      '2026-02-30',
      '2026-03-02T99:99:99',
      '9999-12-31T23:59:59+14:00',
      '2026-03-02T00:00:00',
      '0000-00-00T00:00:00',
      '24:00:00',
      '2147483647',
      '-1',
      'true',
      '\u0001'.slice(1),
      `${polyclinic.id}~${polyclinic.id}~99999999999~9999`,
      `${polyclinic.id}~${polyclinic.id}~0~0`,
      polyclinic.id,
      patients.petrov,
      staff.therapist,
      therapistSnils,
      '1.2.643.5.1.13.13.12.2.77.1001',
      'Петров',
      'Пётр',
      '1985-04-12',
      '1985-04-12T00:00:00',
      '1',
      "'",
      '%',
      '\\',
      '𝕏'.repeat(60),
      '&lt;a&gt;',
      'x'.repeat(5_000),
    )
    const text = fc.oneof(
      { weight: 4, arbitrary: odd },
      fc.string({ maxLength: 30 }).map((s) => s.replace(/[<&\p{C}]/gu, '')),
    )
    const filled = (type: SoapType, depth = 0): fc.Arbitrary<string> =>
      fc
        .tuple(
          ...fieldsOf(type).map(({ field }) => {
            const inner =
              typeof field.type === 'object' ? (depth > 4 ? fc.constant('') : filled(field.type, depth + 1)) : text
            return fc.option(
              inner.map((value) => `<${field.name}>${value}</${field.name}>`),
              { nil: '', freq: 8 },
            )
          }),
        )
        .map((parts) => parts.join(''))
    const messages = (['fer', 'hub'] as const).flatMap((door) =>
      (door === 'fer' ? ferService : hubService).operations.map(({ request }) =>
        filled(request).map((inner) => ({
          door,
          body: envelope(
            `<${request.name} xmlns="${door === 'fer' ? FER : HUB}">${inner.replace(/<guid>[^<]*<\/guid>/, '')}${door === 'hub' ? `<guid>${hub}</guid>` : ''}</${request.name}>`,
          ),
        })),
      ),
    )
    await fc.assert(
      fc.asyncProperty(fc.oneof(...messages), async ({ door, body }) => {
        const { text: answer } = await send(door, { body })
        expect(answer).toContain(':Envelope')
        expect(answer).not.toContain('unexpected')
      }),
      { numRuns: 400 },
    )
  }, 60_000)
})

import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openApp } from '../../../platform/http/open-app.ts'
import { openLog } from '../../../platform/log.ts'
import { newKey } from '../../../standards/cades/index.ts'
import { readConfig } from '../../../config.ts'
import { signerOf } from '../keys.ts'
import { readPerson } from '../person.ts'
import { authorizationAddress, esiaTimestamp, signOutAddress, tokenForm, type SignedParts } from '../request.ts'
import { defaultScope } from '../settings.ts'
import { citizens, newcomer, petrov, unconfirmed } from '../testing/citizens.ts'
import { Clock, relyingParty, SECRET, standIn } from '../testing/node.ts'
import type { DemoCitizen } from './demo-citizen.ts'
import { mountEsiaStandIn } from './mount-stand-in.ts'
import { standInSettings } from './stand-in-settings.ts'

const OWN = 'https://rmis.example'
const { signer } = relyingParty()
const clock = new Clock()

let app: FastifyInstance

async function openStandIn(people: readonly DemoCitizen[] = citizens): Promise<FastifyInstance> {
  const opened = await openApp({ log: openLog('silent'), trustProxy: false, requestsPerMinute: 1_000_000 })
  const settings = standIn(clock, { citizens: people })
  await mountEsiaStandIn(opened, { ...settings, client: { ...settings.client, url: OWN } })
  await opened.ready()
  return opened
}
beforeAll(async () => {
  app = await openStandIn()
})
afterAll(() => app.close())
beforeEach(() => {
  clock.now = new Date('2026-03-02T06:00:00Z')
})

const parts = (changes: Partial<SignedParts> = {}): SignedParts => ({
  clientId: 'TEST_RMIS',
  scope: defaultScope,
  timestamp: esiaTimestamp(clock.now),
  state: '5f1f0a0e-0000-4000-8000-000000000000',
  redirectUri: `${OWN}/esia/callback`,
  ...changes,
})

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })
const post = (form: URLSearchParams | string, on = app) =>
  on.inject({
    method: 'POST',
    url: '/aas/oauth2/v3/te',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: form.toString(),
  })

/** The query of a redirect back to the relying party. */
const sentBack = (location: unknown): Record<string, string> => {
  expect(location).toMatch(`${OWN}/esia/callback?`)
  return Object.fromEntries(new URL(location as string).searchParams)
}

async function codeFor(citizen: DemoCitizen, scope = defaultScope, on = app): Promise<string> {
  const page = await on.inject({ url: authorizationAddress('', parts({ scope }), signer) })
  const links = [...page.payload.matchAll(/href="([^"]*\/choice\?[^"]+)"/g)].map((m) => m[1]!.replaceAll('&amp;', '&'))
  const chosen = await on.inject({ url: links.find((link) => link.includes(`person=${citizen.esiaOid}`))! })
  return sentBack(chosen.headers.location)['code']!
}

const formFor = (code: string, changes: Partial<SignedParts> = {}) => tokenForm({ ...parts(changes), code }, signer)

async function accessTo(citizen: DemoCitizen, scope = defaultScope, on = app): Promise<string> {
  const answer = await post(formFor(await codeFor(citizen, scope, on), { scope }), on)
  return (answer.json() as { access_token: string }).access_token
}

describe('the page of v2/ac', () => {
  it('lists the citizens with a line about each, says that it is a demo, and needs no script or style of its own', async () => {
    const page = await get(authorizationAddress('', parts(), signer))
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-type']).toContain('text/html')
    for (const { lastName, firstName } of citizens) expect(page.payload).toContain(`${lastName} ${firstName}`)
    expect(page.payload).toContain('упрощённая, &lt;без СНИЛС&gt;')
    expect(page.payload).toContain('Это демонстрация')
    expect(page.payload).toContain('Отказаться')
    expect(page.payload).not.toMatch(/<script|<style|style=|\son\w+=/)
    expect((await get('/aas/style.css')).statusCode).toBe(200)
  })

  it('sends nobody anywhere when the system or its address is not known', async () => {
    for (const wrong of [{ clientId: 'OTHER' }, { redirectUri: 'https://evil.example/' }, { redirectUri: OWN }]) {
      const page = await get(authorizationAddress('', parts(wrong), signer))
      expect(page.statusCode).toBe(400)
      expect(page.headers.location).toBeUndefined()
    }
    expect((await get('/aas/oauth2/v2/ac')).payload).toContain('ESIA-007014')
  })

  it.each<[string, string, (query: URLSearchParams) => void]>([
    ['another certificate', 'ESIA-007002', (q) => q.set('client_certificate_hash', '00'.repeat(32))],
    ['no certificate', 'ESIA-007014', (q) => q.delete('client_certificate_hash')],
    ['no signature', 'ESIA-007014', (q) => q.delete('client_secret')],
    ['an empty signature', 'ESIA-007014', (q) => q.set('client_secret', '')],
    ['a signature of nothing', 'ESIA-007053', (q) => q.set('client_secret', 'AAAA')],
    ['a changed scope', 'ESIA-007053', (q) => q.set('scope', 'openid fullname')],
    ['a changed state', 'ESIA-007053', (q) => q.set('state', crypto.randomUUID())],
    ['no scope', 'ESIA-007013', (q) => q.delete('scope')],
    ['an unknown scope', 'ESIA-007006', (q) => q.set('scope', 'openid everything')],
    ['a state that is no UUID', 'ESIA-007003', (q) => q.set('state', '1')],
    ['two states', 'ESIA-007003', (q) => q.append('state', '1')],
    ['no time', 'ESIA-007014', (q) => q.delete('timestamp')],
    ['a time of another form', 'ESIA-007015', (q) => q.set('timestamp', '2026-03-02T06:00:00Z')],
    ['another kind of answer', 'ESIA-007009', (q) => q.set('response_type', 'token')],
    ['another kind of access', 'ESIA-007003', (q) => q.set('access_type', 'forever')],
  ])('sends %s back with %s', async (_what, code, change) => {
    const address = new URL(authorizationAddress('http://esia.invalid', parts(), signer))
    change(address.searchParams)
    const answer = await get(address.pathname + address.search)
    expect(answer.statusCode).toBe(302)
    expect(sentBack(answer.headers.location)['error_description']).toMatch(code)
  })

  it('refuses a clock that is off, and a signature of the same words by another key', async () => {
    const late = await get(authorizationAddress('', parts({ timestamp: '2026.03.02 08:54:00 +0300' }), signer))
    expect(sentBack(late.headers.location)['error_description']).toMatch('ESIA-007015')
    const near = await get(authorizationAddress('', parts({ timestamp: '2026.03.02 08:56:00 +0300' }), signer))
    expect(near.statusCode).toBe(200)
    const stranger = signerOf(newKey(), signer.certificateHash)
    const forged = await get(authorizationAddress('', parts(), stranger))
    expect(sentBack(forged.headers.location)['error_description']).toMatch('ESIA-007053')
  })

  it('refuses a client_secret with any bit turned', async () => {
    const form = new URL(authorizationAddress('http://esia.invalid', parts(), signer))
    const secret = Buffer.from(form.searchParams.get('client_secret')!, 'base64url')
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 511 }), async (bit) => {
        const turned = Buffer.from(secret)
        turned[bit >> 3]! ^= 1 << (bit & 7)
        form.searchParams.set('client_secret', turned.toString('base64url'))
        const answer = await get(form.pathname + form.search)
        expect(sentBack(answer.headers.location)['error_description']).toMatch('ESIA-007053')
      }),
      { numRuns: 30 },
    )
  })

  it('sends back access_denied for who declines, and refuses a page that is old or made up', async () => {
    const page = await get(authorizationAddress('', parts(), signer))
    const decline = /href="([^"]*choice\?person=&amp;[^"]+)"/.exec(page.payload)![1]!.replaceAll('&amp;', '&')
    expect(sentBack((await get(decline)).headers.location)).toEqual({
      error: 'access_denied',
      error_description: 'ESIA-007004: Владелец данных отказал в доступе',
      state: parts().state,
    })
    clock.later(15 * 60 + 1)
    expect((await get(decline)).statusCode).toBe(400)
    expect((await get('/aas/oauth2/v2/ac/choice?person=1&waiting=abc')).statusCode).toBe(400)
  })
})

describe('v3/te', () => {
  it('gives tokens and the state of the request for a code', async () => {
    const state = crypto.randomUUID()
    const answer = await post(formFor(await codeFor(petrov), { state }))
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ token_type: 'Bearer', expires_in: 3600, state })
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it('takes a code once, within its minute, by its own request', async () => {
    const errorOf = async (form: URLSearchParams) => (await post(form)).json() as { error: string }
    const code = await codeFor(petrov)
    expect((await post(formFor(code))).statusCode).toBe(200)
    expect(await errorOf(formFor(code))).toMatchObject({ error: 'invalid_grant' })
    const late = await codeFor(petrov)
    clock.later(61)
    expect(await errorOf(formFor(late))).toMatchObject({ error: 'invalid_grant' })
    const other = await codeFor(petrov)
    expect(await errorOf(formFor(other, { redirectUri: `${OWN}/other` }))).toMatchObject({ error: 'invalid_grant' })
    expect(await errorOf(formFor('made-up'))).toMatchObject({ error: 'invalid_grant' })
  })

  it('takes a code once even when it is brought many times at the same moment', async () => {
    const code = await codeFor(petrov)
    const answers = await Promise.all(Array.from({ length: 6 }, () => post(formFor(code))))
    expect(answers.filter((answer) => answer.statusCode === 200)).toHaveLength(1)
  })

  it('goes on with a code that was given before a restart', async () => {
    const code = await codeFor(petrov)
    const restarted = await openStandIn()
    expect((await post(formFor(code), restarted)).statusCode).toBe(200)
    await restarted.close()
  })

  it.each<[string, string, (form: URLSearchParams) => void]>([
    ['an unknown system', 'ESIA-008010', (f) => f.set('client_id', 'OTHER')],
    ['no code', 'ESIA-007014', (f) => f.delete('code')],
    ['two codes', 'ESIA-007003', (f) => f.append('code', 'x')],
    ['a code that the signature does not cover', 'ESIA-007053', (f) => f.set('code', 'x')],
    ['another grant', 'ESIA-007009', (f) => f.set('grant_type', 'client_credentials')],
    ['another kind of token', 'ESIA-007009', (f) => f.set('token_type', 'mac')],
  ])('refuses %s with %s', async (_what, code, change) => {
    const form = formFor(await codeFor(petrov))
    change(form)
    const answer = await post(form)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ error_description: expect.stringContaining(code) as string })
  })

  it('never falls over a form', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
        expect((await post(text)).statusCode).toBe(400)
      }),
      { numRuns: 60 },
    )
    const json = await app.inject({ method: 'POST', url: '/aas/oauth2/v3/te', payload: { code: 1 } })
    expect(json.statusCode).toBe(400)
  })
})

describe('/rs/prns', () => {
  const person = async (citizen: DemoCitizen, scope?: string) =>
    (
      await get(
        `/rs/prns/${citizen.esiaOid}?embed=(contacts.elements,addresses.elements,documents.elements,kids.elements)`,
        { authorization: `Bearer ${await accessTo(citizen, scope)}` },
      )
    ).json() as Record<string, unknown>

  it('tells of a person what the relying party then reads, word for word', async () => {
    for (const { about: _about, ...citizen } of citizens)
      expect(readPerson(citizen.esiaOid, await person(citizen as DemoCitizen))).toEqual(citizen)
  })

  it('tells only what the scopes of the token open', async () => {
    expect(await person(petrov, 'openid fullname')).toEqual({
      stateFacts: ['EntityRoot'],
      firstName: 'Пётр',
      lastName: 'Петров',
      middleName: 'Петрович',
      trusted: true,
      citizenship: 'RUS',
      status: 'REGISTERED',
      verifying: false,
      ...Object.fromEntries(
        ['contacts', 'addresses', 'documents', 'kids'].map((n) => [
          n,
          { stateFacts: ['hasSize'], size: 0, elements: [] },
        ]),
      ),
    })
    expect(await person(petrov, 'openid snils mobile')).toMatchObject({
      snils: '000-000-600 06',
      contacts: { size: 1, elements: [{ type: 'MBT', value: petrov.phone }] },
    })
  })

  it('gives addresses of elements that were not asked to be embedded, and the collections at them', async () => {
    const authorization = `Bearer ${await accessTo(petrov)}`
    const plain = (await get(`/rs/prns/${petrov.esiaOid}`, { authorization })).json() as {
      kids: { elements: string[] }
    }
    expect(plain.kids.elements[0]).toMatch(`/rs/prns/${petrov.esiaOid}/kids/10`)
    const kids = await get(`/rs/prns/${petrov.esiaOid}/kids?embed=(elements)`, { authorization })
    expect(kids.json()).toMatchObject({ size: 2, elements: [{ firstName: 'Мария' }, { firstName: 'Илья' }] })
    expect((await get(`/rs/prns/${petrov.esiaOid}/vhls`, { authorization })).statusCode).toBe(404)
  })

  it('opens nothing without a token, with a forged, an id or an expired one, and nobody else with a right one', async () => {
    const url = `/rs/prns/${petrov.esiaOid}`
    const tokens = (await post(formFor(await codeFor(petrov)))).json() as { access_token: string; id_token: string }
    const right = tokens.access_token
    for (const authorization of [
      '',
      'Bearer x',
      `Basic ${right}`,
      `Bearer ${right.slice(0, -2)}AA`,
      `Bearer ${tokens.id_token}`,
    ])
      expect((await get(url, { authorization })).statusCode).toBe(401)
    expect((await get(`/rs/prns/${newcomer.esiaOid}`, { authorization: `Bearer ${right}` })).statusCode).toBe(403)
    expect((await get(url, { authorization: `Bearer ${right}` })).statusCode).toBe(200)
    clock.later(3601)
    expect((await get(url, { authorization: `Bearer ${right}` })).statusCode).toBe(401)
  })

  it('says that an unconfirmed account is one', async () => {
    expect(await person(unconfirmed)).toMatchObject({ trusted: false })
  })
})

describe('/idp/ext/Logout', () => {
  it('leads back to the asking system and nowhere else', async () => {
    const back = await get(signOutAddress('', 'TEST_RMIS', `${OWN}/`))
    expect(back.headers.location).toBe(`${OWN}/`)
    for (const [id, address] of [
      ['OTHER', `${OWN}/`],
      ['TEST_RMIS', 'https://evil.example/'],
      ['TEST_RMIS', `${OWN}.evil.example/`],
      ['TEST_RMIS', 'javascript:alert(1)'],
      ['TEST_RMIS', '/'],
    ] as const)
      expect((await get(signOutAddress('', id, address))).headers.location).toBeUndefined()
    expect((await get('/idp/ext/Logout')).statusCode).toBe(400)
  })
})

describe('outside the demo', () => {
  const production = {
    RMIS_DATABASE_URL: 'postgres://localhost/rmis',
    RMIS_SECRET: '0123456789abcdef'.repeat(4),
    RMIS_BASE_URL: 'https://rmis.example',
    RMIS_TRUST_PROXY: '1',
    RMIS_ESIA_CLIENT_ID: 'RMIS',
    RMIS_ESIA_KEY_FILE: 'a',
    RMIS_ESIA_CERTIFICATE_FILE: 'b',
    RMIS_ESIA_TOKEN_CERTIFICATE_FILE: 'c',
  }

  it('there is no stand-in: not in production, nor in a demo that uses a real ЕСИА', () => {
    const settingsOf = (config: ReturnType<typeof readConfig>) =>
      standInSettings(config, SECRET, citizens, () => clock.now)
    expect(() => settingsOf(readConfig('production', production))).toThrow('for the demo only')
    expect(() => settingsOf(readConfig('demo', { RMIS_ESIA_URL: 'https://esia.example' }))).toThrow('for the demo only')
    expect(settingsOf(readConfig('demo', {})).citizens).toHaveLength(3)
  })
})

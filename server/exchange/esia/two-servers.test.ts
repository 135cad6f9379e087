import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newKey } from '../../standards/cades/index.ts'
import { writeJwt, type Jwt } from '../../standards/jwt/index.ts'
import { linkCitizen } from '../../modules/patients/index.ts'
import { cloneDatabase, type TestDatabase } from '../../platform/testing/test-database.ts'
import { fillSmallRegion, patients } from '../../testing/small-region.ts'
import type { EsiaSettings } from './settings.ts'
import { demoKeys } from './stand-in/demo-keys.ts'
import { Browser } from './testing/browser.ts'
import { newcomer, petrov } from './testing/citizens.ts'
import { Middleman, type Reply } from './testing/middleman.ts'
import {
  Clock,
  relyingParty,
  SECRET,
  standIn,
  startRelyingParty,
  startStandIn,
  type Listening,
} from './testing/node.ts'

// The relying party and ЕСИА as two servers, as in production, with a middleman on the road between them.

const TE = '/aas/oauth2/v3/te'
const keys = demoKeys(SECRET)

let database: TestDatabase
let clock: Clock
let node: Awaited<ReturnType<typeof startRelyingParty>>
let esia: Listening
let road: Middleman
let settings: EsiaSettings

beforeAll(async () => {
  database = await cloneDatabase()
  await fillSmallRegion(database.db)
  await database.db.deleteFrom('patients.account_link').execute()
  await database.db.deleteFrom('patients.representation').execute()
  clock = new Clock()
  road = new Middleman()
  const apiUrl = await road.listen()
  // Its address is known only when it listens, and ЕСИА has to know it, so the settings are completed afterwards.
  settings = relyingParty({ apiUrl })
  node = await startRelyingParty({ database, clock, linkCitizen, settings })
  const client = { ...standIn(clock).client, url: node.address }
  esia = await startStandIn(standIn(clock, { client }))
  settings.siteUrl = esia.address
  settings.ownUrl = node.address
  road.passOnTo(esia.address)
})
afterAll(async () => {
  await node.app.close()
  await esia.app.close()
  await road.close()
  await database.drop()
})
beforeEach(() => {
  road.meddle = (_path, reply) => reply
  settings.timeoutMs = 20_000
})

async function signIn(browser = new Browser(), name = 'Петров') {
  const page = await browser.follow(`${node.address}/esia/sign-in?return=/visits`)
  expect(new URL(page.at).origin).toBe(esia.address)
  const link = new RegExp(`href="([^"]+)"[^>]*>(?:<strong>)?${name}`).exec(page.text)![1]!
  const { location } = await browser.open(esia.address + link.replaceAll('&amp;', '&'))
  return browser.open(location!)
}

const reasonOf = async (meddle: Middleman['meddle']): Promise<string | null> => {
  road.meddle = meddle
  const browser = new Browser()
  const { location } = await signIn(browser)
  expect(browser.cookie('rmis_session')).toBeUndefined()
  return new URL(location!).searchParams.get('reason')
}

/** Changes the answer to one kind of request and leaves the others alone. */
const on =
  (start: string, change: (reply: Reply) => ReturnType<Middleman['meddle']>): Middleman['meddle'] =>
  (path, reply) =>
    path.startsWith(start) ? change(reply) : reply

const json = (change: (answer: Record<string, unknown>) => unknown) => (reply: Reply) => ({
  ...reply,
  body: JSON.stringify(change(JSON.parse(reply.body) as Record<string, unknown>)),
})

const partsOf = (token: unknown): Jwt => {
  const [header, payload] = String(token)
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>)
  return { header: header!, payload: payload! }
}

/** The answer of v3/te with one token rewritten and signed again, by ЕСИА's own key unless told. */
const token = (
  which: 'access_token' | 'id_token',
  change: (jwt: Jwt) => { header?: object; payload?: object },
  key = keys.esia,
) =>
  on(
    TE,
    json((answer) => {
      const jwt = partsOf(answer[which])
      const { header, payload } = change(jwt)
      return {
        ...answer,
        [which]: writeJwt(key, { header: { ...jwt.header, ...header }, payload: { ...jwt.payload, ...payload } }),
      }
    }),
  )

describe('two servers', () => {
  it('sign a citizen in and link the card and the child that the region knows', async () => {
    const browser = new Browser()
    expect((await signIn(browser)).location).toBe(`${node.address}/visits`)
    expect(road.asked.map((path) => path.split('?')[0])).toEqual([TE, `/rs/prns/${petrov.esiaOid}`])
    const me = JSON.parse((await browser.open(`${node.address}/api/v1/me`)).text) as { accountId: string }
    const link = await database.db.selectFrom('patients.account_link').selectAll().executeTakeFirstOrThrow()
    expect(link).toMatchObject({ patient_id: patients.petrov, account_id: me.accountId })
    const child = await database.db.selectFrom('patients.representation').selectAll().executeTakeFirstOrThrow()
    expect(child).toMatchObject({ patient_id: patients.masha, representative_id: patients.petrov })
  })

  it('sign somebody in who has no card: the application tells what happens next', async () => {
    const browser = new Browser()
    expect((await signIn(browser, 'Ёлкина')).location).toBe(`${node.address}/visits`)
    const requests = await database.db.selectFrom('patients.link_request').selectAll().execute()
    expect(requests).toHaveLength(1)
    expect(JSON.stringify(requests)).toContain(newcomer.snils)
  })

  it('sign out at ЕСИА and come back', async () => {
    const away = await new Browser().open(`${node.address}/esia/sign-out`)
    expect(away.location).toMatch(`${esia.address}/idp/ext/Logout`)
    expect((await new Browser().open(away.location!)).location).toBe(`${node.address}/`)
  })
})

describe('ЕСИА that does not answer as it should', () => {
  it.each<[string, string, Middleman['meddle']]>([
    ['is silent at v3/te', 'away', on(TE, () => 'silence')],
    ['is silent about the person', 'away', on('/rs/', () => 'silence')],
    ['hangs up', 'away', on(TE, () => 'hang-up')],
    ['has an error of its own', 'away', on(TE, () => ({ status: 502, body: '<h1>Bad Gateway</h1>' }))],
    ['has too many requests', 'away', on('/rs/', () => ({ status: 429, body: '' }))],
    ['answers with a page', 'away', on(TE, () => ({ status: 200, body: '<html>Технические работы</html>' }))],
    ['answers with nothing', 'away', on('/rs/', () => ({ status: 200, body: '' }))],
    ['answers with a list', 'away', on(TE, () => ({ status: 200, body: '[1]' }))],
    ['answers without end', 'away', on('/rs/', (r) => ({ ...r, body: ' '.repeat(1024 * 1024) + r.body }))],
    [
      'sends elsewhere',
      'away',
      on(TE, () => ({ status: 302, body: '', headers: { location: 'http://127.0.0.1:1/' } })),
    ],
    ['refuses without a code', 'misconfigured', on(TE, () => ({ status: 400, body: '{}' }))],
    ['refuses the person', 'misconfigured', on('/rs/', () => ({ status: 403, body: '{"code":"ESIA-005010"}' }))],
    [
      'refuses our signature',
      'misconfigured',
      on(TE, () => ({ status: 400, body: '{"error":"invalid_request","error_description":"ESIA-007053: …"}' })),
    ],
    [
      'refuses an unconfirmed account',
      'unconfirmed',
      on(TE, () => ({ status: 400, body: '{"error":"invalid_request","error_description":"ESIA-007055: …"}' })),
    ],
    [
      'is overloaded',
      'away',
      on(TE, () => ({ status: 400, body: '{"error":"server_error","error_description":"ESIA-007008: …"}' })),
    ],
    [
      'answers another request',
      'untrusted-answer',
      on(
        TE,
        json((a) => ({ ...a, state: crypto.randomUUID() })),
      ),
    ],
    [
      'names no state',
      'untrusted-answer',
      on(
        TE,
        json(({ state: _state, ...a }) => a),
      ),
    ],
    [
      'leaves the access token out',
      'untrusted-answer',
      on(
        TE,
        json(({ access_token: _token, ...a }) => a),
      ),
    ],
    [
      'leaves the id token out',
      'untrusted-answer',
      on(
        TE,
        json(({ id_token: _token, ...a }) => a),
      ),
    ],
    [
      'swaps the tokens',
      'untrusted-answer',
      on(
        TE,
        json((a) => ({ ...a, id_token: a['access_token'] })),
      ),
    ],
    [
      'gives numbers for tokens',
      'untrusted-answer',
      on(
        TE,
        json((a) => ({ ...a, access_token: 7 })),
      ),
    ],
    [
      'forgets the name',
      'untrusted-answer',
      on(
        '/rs/',
        json(({ lastName: _name, ...a }) => a),
      ),
    ],
  ])('%s: «%s»', async (what, reason, meddle) => {
    if (what.includes('silent')) settings.timeoutMs = 300
    expect(await reasonOf(meddle)).toBe(reason)
  })

  it('is away altogether', async () => {
    const browser = new Browser()
    const gone = new Middleman()
    const apiUrl = await gone.listen()
    await gone.close()
    const settings = relyingParty({ siteUrl: esia.address, apiUrl, ownUrl: node.address })
    const other = await startRelyingParty({ database, clock, linkCitizen, settings })
    try {
      const page = await browser.follow(`${other.address}/esia/sign-in`)
      const link = /href="([^"]+)"[^>]*><strong>Петров/.exec(page.text)![1]!
      const { location } = await browser.open(esia.address + link.replaceAll('&amp;', '&'))
      const end = await browser.follow(location!.replace(node.address, other.address))
      expect(end.text).toContain('Госуслуги сейчас не отвечают')
      expect(other.log.join('')).toContain('ECONNREFUSED')
    } finally {
      await other.app.close()
    }
  })

  it('costs no transaction while it is waited for', async () => {
    // More sign-ins wait than the pool has connections, and a query still finds one.
    settings.timeoutMs = 1500
    const many = 24
    let asked = 0
    const allAsked = new Promise<void>((resolve) => {
      road.meddle = on(TE, () => {
        if (++asked === many) resolve()
        return 'silence'
      })
    })
    const waiting = Array.from({ length: many }, () => signIn())
    await allAsked
    await database.db.selectFrom('access.account').select('id').execute()
    const ends = await Promise.all(waiting)
    expect(ends.every((end) => new URL(end.location!).searchParams.get('reason') === 'away')).toBe(true)
  })
})

describe('tokens that must not be believed', () => {
  const seconds = () => Math.floor(clock.now.getTime() / 1000)

  it.each<[string, () => Middleman['meddle']]>([
    ['signed by somebody else', () => token('access_token', () => ({}), newKey())],
    ['an id token signed by somebody else', () => token('id_token', () => ({}), newKey())],
    [
      'unsigned',
      () =>
        on(
          TE,
          json((a) => ({ ...a, id_token: `${String(a['id_token']).split('.', 2).join('.')}.` })),
        ),
    ],
    ['of another algorithm', () => token('id_token', () => ({ header: { alg: 'none' } }))],
    ['of another issuer', () => token('access_token', () => ({ payload: { iss: 'http://evil.example/' } }))],
    ['for another system (access)', () => token('access_token', () => ({ payload: { client_id: 'OTHER' } }))],
    ['for another system (id)', () => token('id_token', () => ({ payload: { aud: ['OTHER', 'THIRD'] } }))],
    ['expired', () => token('access_token', () => ({ payload: { exp: seconds() - 61 } }))],
    ['without a term', () => token('id_token', () => ({ payload: { exp: null } }))],
    ['not valid yet', () => token('id_token', () => ({ payload: { nbf: seconds() + 61 } }))],
    ['of another kind', () => token('access_token', () => ({ header: { sbt: 'id' } }))],
    ['about nobody', () => token('access_token', () => ({ payload: { 'urn:esia:sbj_id': null } }))],
    ['about a path', () => token('access_token', () => ({ payload: { 'urn:esia:sbj_id': '1/../2' } }))],
    ['about two people', () => token('id_token', () => ({ payload: { sub: Number(newcomer.esiaOid) } }))],
  ])('%s', async (_what, meddle) => {
    expect(await reasonOf(meddle())).toBe('untrusted-answer')
  })

  it('a changed byte anywhere in a token', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('access_token', 'id_token'), fc.nat(), async (which, at) => {
        const reason = await reasonOf(
          on(
            TE,
            json((answer) => {
              const text = String(answer[which])
              const i = at % text.length
              return { ...answer, [which]: text.slice(0, i) + (text[i] === 'A' ? 'B' : 'A') + text.slice(i + 1) }
            }),
          ),
        )
        expect(reason).toBe('untrusted-answer')
      }),
      { numRuns: 12 },
    )
  })

  it('are believed when they are right, also with a list of audiences and a clock a little off', async () => {
    road.meddle = token('id_token', () => ({ payload: { aud: ['OTHER', 'TEST_RMIS'], nbf: seconds() + 30 } }))
    expect((await signIn()).location).toBe(`${node.address}/visits`)
  })

  it('make an account unconfirmed when the signed word says so, whatever the person answer says', async () => {
    road.meddle = token('id_token', () => ({ payload: { 'urn:esia:sbj': { 'urn:esia:sbj:is_tru': false } } }))
    await signIn()
    const identity = database.db.selectFrom('access.esia_identity').select('trusted')
    const row = await identity.where('esia_oid', '=', petrov.esiaOid).executeTakeFirstOrThrow()
    expect(row.trusted).toBe(false)
  })
})

describe('an answer about a person', () => {
  it('never makes a page fall over, whatever stands in it', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('31.02.2000', '\u0000', '\ud800', 'M', '1'))
    const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), text)
    const names =
      'firstName lastName middleName birthDate gender snils inn trusted contacts addresses documents kids __proto__'
    const field = fc.constantFrom(...names.split(' '))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(field, anything), { maxLength: 5 }), async (changes) => {
        road.meddle = on(
          '/rs/',
          json((person) => ({ ...person, ...Object.fromEntries(changes) })),
        )
        const end = await signIn(new Browser(), 'Ёлкина')
        expect(end.status).toBe(302)
        const reason = new URL(end.location!).searchParams.get('reason')
        expect([null, 'untrusted-answer']).toContain(reason)
      }),
      { numRuns: 40 },
    )
  })
})

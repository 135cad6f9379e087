import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { blockAccount } from '../../modules/access/index.ts'
import { cloneDatabase, type TestDatabase } from '../../platform/testing/test-database.ts'
import type { EsiaPerson } from './person.ts'
import { Browser } from './testing/browser.ts'
import { newcomer, petrov, unconfirmed } from './testing/citizens.ts'
import { Clock, standIn, startRelyingParty } from './testing/node.ts'

type Node = Awaited<ReturnType<typeof startRelyingParty>>

let database: TestDatabase
let node: Node
let clock: Clock
let linked: { accountId: string; person: EsiaPerson }[]
let failLinking = false

beforeAll(async () => {
  database = await cloneDatabase()
  clock = new Clock()
  node = await startRelyingParty({
    database,
    clock,
    standIn: standIn(clock),
    linkCitizen: async (work, claim) => {
      if (failLinking) throw new Error('the registry is broken')
      work.note({ objectType: 'account', objectId: work.actor.id })
      linked.push(claim)
    },
  })
})
afterAll(async () => {
  await node.app.close()
  await database.drop()
})
beforeEach(() => {
  linked = []
  node.log.length = 0
})
afterEach(() => {
  failLinking = false
})

/** Leaves for ЕСИА; the page of choice. */
async function leave(browser: Browser, path = '/visits'): Promise<string> {
  const page = await browser.follow(`${node.address}/esia/sign-in?${new URLSearchParams({ return: path })}`)
  expect(page.status).toBe(200)
  return page.text
}

/** The link beside a name on the page of choice. */
function linkOf(page: string, name: string): string {
  const link = new RegExp(`<a[^>]*href="([^"]+)"[^>]*>(?:<strong>)?[^<]*${name}`).exec(page)?.[1]
  if (!link) throw new Error(`nobody on the page is called ${name}`)
  return node.address + link.replaceAll('&amp;', '&')
}

/** Chooses a person; the address of the way back, not yet opened. */
async function choose(browser: Browser, page: string, name: string): Promise<string> {
  const { location } = await browser.open(linkOf(page, name))
  return location!
}

const signIn = async (browser: Browser, name = 'Петров', path?: string) =>
  browser.open(await choose(browser, await leave(browser, path), name))

const whoIs = async (browser: Browser) => {
  const seen = await browser.open(`${node.address}/api/v1/me`)
  return seen.status === 200 ? (JSON.parse(seen.text) as { accountId: string; name: string }) : undefined
}

const reasonIn = (address: string | undefined): string | null => new URL(address!).searchParams.get('reason')

const journal = () =>
  database.db
    .selectFrom('platform.action')
    .selectAll()
    .where('operation', 'in', [
      'access.leave-for-esia',
      'access.return-from-esia',
      'access.sign-in-through-esia',
      'patients.link-citizen',
    ])
    .orderBy('at')
    .orderBy('id')
    .execute()

describe('signing in through ЕСИА', () => {
  it('goes all the way: to the page of choice and back, with a session and a linked card', async () => {
    const browser = new Browser()
    const before = (await journal()).length
    const page = await leave(browser, '/visits?tab=1')
    expect(page).toContain('Это демонстрация')
    expect(page).toContain('подтверждённая, двое детей')
    const back = await choose(browser, page, 'Петров')
    expect(back).toMatch(/\/esia\/callback\?code=[\w-]+&state=[\w-]+$/)
    const end = await browser.open(back)

    expect(end.status).toBe(302)
    expect(end.location).toBe(`${node.address}/visits?tab=1`)
    expect(end.headers.get('cache-control')).toBe('no-store')
    expect(end.headers.getSetCookie().join()).toMatch(/rmis_session=[^;]+;.*HttpOnly.*SameSite=Lax/)
    expect(await whoIs(browser)).toMatchObject({ name: 'Петров Пётр Петрович', role: 'citizen', kind: 'citizen' })
    expect(browser.cookieNames).toEqual(['rmis_session'])

    const { about: _about, ...person } = petrov
    expect(linked).toEqual([{ accountId: expect.any(String) as string, person }])
    const account = linked[0]!.accountId
    const rows = (await journal()).slice(before)
    expect(rows.map((row) => [row.operation, row.actor_role, row.outcome])).toEqual([
      ['access.leave-for-esia', 'anonymous', 'done'],
      ['access.return-from-esia', 'anonymous', 'done'],
      ['access.sign-in-through-esia', 'citizen', 'done'],
      ['patients.link-citizen', 'citizen', 'done'],
    ])
    expect(new Set(rows.slice(1).map((row) => row.request_id)).size).toBe(1)
    expect(rows.slice(2).map((row) => row.actor_id)).toEqual([account, account])
    expect(rows.every((row) => row.address === '127.0.0.1')).toBe(true)
  })

  it('finds the account again and keeps what ЕСИА says now', async () => {
    const [first, second] = [new Browser(), new Browser()]
    await signIn(first)
    await signIn(second)
    expect((await whoIs(first))!.accountId).toBe((await whoIs(second))!.accountId)
    const identity = await database.db
      .selectFrom('access.esia_identity')
      .selectAll()
      .where('esia_oid', '=', petrov.esiaOid)
      .executeTakeFirstOrThrow()
    expect(identity).toMatchObject({ snils: petrov.snils, birth_date: petrov.birthDate, trusted: true })
  })

  it('lets an unconfirmed account in, marked as such: what it may see is for the rooms to decide', async () => {
    const browser = new Browser()
    const end = await signIn(browser, 'О’Нил')
    expect(end.location).toBe(`${node.address}/visits`)
    expect(linked[0]!.person).toMatchObject({ trusted: false, snils: null, esiaOid: unconfirmed.esiaOid })
  })

  it('lets somebody in whose СНИЛС nobody knows', async () => {
    const browser = new Browser()
    await signIn(browser, 'Ёлкина')
    expect(linked[0]!.person.snils).toBe(newcomer.snils)
    expect(await whoIs(browser)).toMatchObject({ name: 'Ёлкина Алёна Игоревна' })
  })

  it('goes to the first page when the return path leaves the site or begins signing in again', async () => {
    for (const path of ['https://evil.example/', '//evil.example', '/esia/sign-in', '/api/v1/me']) {
      expect((await signIn(new Browser(), 'Петров', path)).location).toBe(`${node.address}/`)
    }
  })

  it('ends the session the browser had before, so that a planted one is worth nothing', async () => {
    const browser = new Browser()
    await signIn(browser, 'Ёлкина')
    const planted = browser.cookie('rmis_session')!
    await signIn(browser)
    expect(browser.cookie('rmis_session')).not.toBe(planted)
    const seen = await fetch(`${node.address}/api/v1/me`, { headers: { cookie: `rmis_session=${planted}` } })
    expect(seen.status).toBe(401)
    const made = await fetch(await choose(browser, await leave(browser), 'Петров'), {
      redirect: 'manual',
      headers: { cookie: 'rmis_session=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' },
    })
    expect(made.headers.getSetCookie().join()).not.toContain('aaaaaaaa')
  })

  it('lets two tabs sign in at once, in any order', async () => {
    const browser = new Browser()
    const [first, second] = [await leave(browser, '/a'), await leave(browser, '/b')]
    const [one, two] = [await choose(browser, first, 'Петров'), await choose(browser, second, 'Ёлкина')]
    const ends = [await browser.open(two), await browser.open(one)]
    expect(ends.map((end) => end.location)).toEqual([`${node.address}/b`, `${node.address}/a`])
    expect(await whoIs(browser)).toMatchObject({ name: 'Петров Пётр Петрович' })
  })

  it('keeps few cookies of sign-ins that were left, and the newest of them good', async () => {
    const browser = new Browser()
    const pages: string[] = []
    for (let i = 0; i < 8; i++) pages.push(await leave(browser))
    expect(browser.cookieNames.length).toBe(5)
    expect((await browser.open(await choose(browser, pages[7]!, 'Петров'))).location).toBe(`${node.address}/visits`)
    expect(reasonIn((await browser.open(await choose(browser, pages[0]!, 'Петров'))).location)).toBe('lost')
  })

  it('makes one account of two first sign-ins that come back at the same moment', async () => {
    await database.db.deleteFrom('access.session').execute()
    await database.db.deleteFrom('access.esia_identity').execute()
    const browsers = Array.from({ length: 6 }, () => new Browser())
    const ways = await Promise.all(browsers.map(async (b) => choose(b, await leave(b), 'Петров')))
    await Promise.all(browsers.map((browser, i) => browser.open(ways[i]!)))
    const people = await Promise.all(browsers.map(whoIs))
    expect(people.every((person) => person !== undefined)).toBe(true)
    expect(new Set(people.map((person) => person!.accountId)).size).toBe(1)
  })
})

describe('a sign-in that must not succeed', () => {
  const refusedAs = async (reason: string): Promise<void> => {
    const last = (await journal()).at(-1)!
    expect(last).toMatchObject({ outcome: 'refused', problem: `/problems/esia-${reason}` })
  }

  it('says so when the person declines', async () => {
    const browser = new Browser()
    const back = await choose(browser, await leave(browser), 'Отказаться')
    expect(new URL(back).searchParams.get('error')).toBe('access_denied')
    const end = await browser.follow(back)
    expect(reasonIn(end.at)).toBe('declined')
    expect(end.text).toContain('Вы не разрешили вход')
    expect(end.text).toContain('ESIA-007004')
    expect(end.text).toContain('/esia/sign-in?return=%2Fvisits')
    expect(await whoIs(browser)).toBeUndefined()
    await refusedAs('declined')
  })

  it('refuses the way back of another browser, and leaves it to the one that began', async () => {
    const [mine, stranger] = [new Browser(), new Browser()]
    const back = await choose(mine, await leave(mine), 'Петров')
    await leave(stranger)
    expect(reasonIn((await stranger.open(back)).location)).toBe('lost')
    expect(await whoIs(stranger)).toBeUndefined()
    await refusedAs('lost')
    expect((await mine.open(back)).location).toBe(`${node.address}/visits`)
  })

  it('takes a way back once', async () => {
    const browser = new Browser()
    const back = await choose(browser, await leave(browser), 'Петров')
    await browser.open(back)
    const session = browser.cookie('rmis_session')
    const again = await browser.follow(back)
    expect(reasonIn(again.at)).toBe('lost')
    expect(again.text).toContain('Вход не завершён')
    expect(browser.cookie('rmis_session')).toBe(session)
  })

  it('takes a way back once even when it is opened many times at the same moment', async () => {
    const browser = new Browser()
    const page = await leave(browser)
    const cookie = browser.cookieNames.map((name) => `${name}=${browser.cookie(name)}`).join('; ')
    const back = await choose(browser, page, 'Петров')
    const ends = await Promise.all(
      Array.from({ length: 8 }, () => fetch(back, { redirect: 'manual', headers: { cookie } })),
    )
    const reasons = ends.map((end) => new URL(end.headers.get('location')!, node.address).searchParams.get('reason'))
    expect(reasons.filter((reason) => reason === null)).toHaveLength(1)
    expect(reasons.filter((reason) => reason === 'lost')).toHaveLength(7)
  })

  it('forgets a sign-in after a quarter of an hour', async () => {
    const browser = new Browser()
    const back = await choose(browser, await leave(browser), 'Петров')
    clock.later(15 * 60 + 1)
    expect(reasonIn((await browser.open(back)).location)).toBe('lost')
  })

  it('says that the time is over when the code of ЕСИА has expired', async () => {
    const browser = new Browser()
    const back = await choose(browser, await leave(browser), 'Петров')
    clock.later(61)
    const end = await browser.follow(back)
    expect(reasonIn(end.at)).toBe('expired')
    expect(end.text).toContain('ESIA-007011')
    await refusedAs('expired')
  })

  it('does not accept a code in another sign-in than its own request, nor a second time', async () => {
    const [victim, thief] = [new Browser(), new Browser()]
    const stolen = new URL(await choose(victim, await leave(victim), 'Петров'))
    const mine = new URL(await choose(thief, await leave(thief), 'Ёлкина'))
    await victim.open(stolen.href)
    mine.searchParams.set('code', stolen.searchParams.get('code')!)
    expect(reasonIn((await thief.open(mine.href)).location)).toBe('expired')
  })

  it('keeps a blocked person out', async () => {
    const browser = new Browser()
    await signIn(browser, 'Ёлкина')
    const { accountId } = (await whoIs(browser))!
    await blockAccount(database.db, accountId, clock.now)
    const again = await signIn(browser, 'Ёлкина')
    expect(reasonIn(again.location)).toBe('blocked')
    await database.db.updateTable('access.account').set({ blocked_at: null }).where('id', '=', accountId).execute()
  })

  it('explains its own failure and gives no session', async () => {
    failLinking = true
    const browser = new Browser()
    const end = await signIn(browser)
    expect(reasonIn(end.location)).toBe('failed')
    expect(browser.cookie('rmis_session')).toBeUndefined()
    expect((await journal()).at(-1)).toMatchObject({ operation: 'patients.link-citizen', outcome: 'failed' })
    expect(node.log.join('')).toContain('the registry is broken')
  })

  it.each([
    ['error=invalid_request&error_description=ESIA-007055: Вход с неподтверждённой учётной записью', 'unconfirmed'],
    ['error=access_denied&error_description=ESIA-007004', 'declined'],
    ['error=server_error&error_description=ESIA-007007: ошибка', 'away'],
    ['error=invalid_request&error_description=ESIA-007023', 'misconfigured'],
    ['error=temporarily_unavailable', 'away'],
    ['error=', 'misconfigured'],
    ['code=abc', 'lost'],
    ['', 'lost'],
    ['code=abc&state=not-a-uuid', 'lost'],
    ['code=abc&state=5f1f0a0e-0000-4000-8000-000000000000', 'lost'],
    ['code=abc&state=5f1f0a0e-0000-4000-8000-000000000000&state=x', 'lost'],
  ])('answers %j with «%s»', async (query, reason) => {
    const end = await new Browser().open(`${node.address}/esia/callback?${query}`)
    expect(end.status).toBe(302)
    expect(reasonIn(end.location)).toBe(reason)
  })

  it('never falls over a way back, whatever stands in it', async () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !/\p{Surrogate}/u.test(text)),
      fc.constantFrom('code', 'state', 'error', 'ESIA-007055', '5f1f0a0e-0000-4000-8000-000000000000', '\u0000', '../'),
    )
    const name = fc.oneof(fc.constantFrom('code', 'state', 'error', 'error_description', '__proto__', 'state[]'), word)
    const cookie = fc.constantFrom('', 'rmis_esia_x=1', 'rmis_esia_=%ff; rmis_session=%00', 'rmis_session=\x7f;;;=')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(name, word), { maxLength: 6 }),
        cookie,
        fc.constantFrom('/esia/callback', '/esia/sign-in', '/esia/failed', '/esia/sign-out'),
        async (pairs, cookies, path) => {
          const query = pairs.map(([n, v]) => `${encodeURIComponent(n)}=${encodeURIComponent(v)}`).join('&')
          const seen = await node.app.inject({ url: `${path}?${query}`, headers: { cookie: cookies } })
          expect(seen.statusCode).toBeLessThan(500)
          if (path !== '/esia/failed') expect(seen.statusCode).toBe(302)
        },
      ),
      { numRuns: 150 },
    )
    const broken = await node.app.inject({ url: '/esia/callback?code=%E0%A4%A&state=%ff' })
    expect(broken.statusCode).toBeLessThan(500)
  })

  it('is not walked by HEAD, which previews of links send', async () => {
    const browser = new Browser()
    const back = await choose(browser, await leave(browser), 'Петров')
    expect((await browser.open(back, { method: 'HEAD' })).status).toBe(404)
    expect((await browser.open(back)).location).toBe(`${node.address}/visits`)
  })
})

describe('the pages', () => {
  it('explain every reason without inline styles or scripts', async () => {
    for (const reason of [
      'unconfirmed',
      'declined',
      'lost',
      'away',
      'expired',
      'misconfigured',
      'blocked',
      'nonsense',
    ]) {
      const seen = await new Browser().open(`${node.address}/esia/failed?reason=${reason}&return=//evil.example`)
      expect(seen.status).toBe(200)
      expect(seen.headers.get('content-security-policy')).toContain("default-src 'self'")
      expect(seen.text).not.toMatch(/<script|<style|style=|evil\.example|\son\w+=/)
      expect(seen.text).toMatch(/<h1>[^<]+<\/h1>/)
    }
    const style = await new Browser().open(`${node.address}/esia/style.css`)
    expect(style.headers.get('content-type')).toContain('text/css')
  })

  it('put nothing of the address into the page unescaped', async () => {
    const query = new URLSearchParams({ reason: '<script>', code: '"><script>ESIA-007011', return: '/"><script>' })
    const seen = await new Browser().open(`${node.address}/esia/failed?${query}`)
    expect(seen.text).not.toContain('<script')
    expect(seen.text).toContain('ESIA-007011')
  })

  it('sign out of ЕСИА too, and come back to the first page', async () => {
    const browser = new Browser()
    const first = await browser.open(`${node.address}/esia/sign-out`)
    expect(first.location).toBe(
      `${node.address}/idp/ext/Logout?client_id=TEST_RMIS&redirect_url=${encodeURIComponent(`${node.address}/`)}`,
    )
    expect((await browser.open(first.location!)).location).toBe(`${node.address}/`)
  })
})

describe('the log', () => {
  it('holds nothing about anybody, however a sign-in ends', async () => {
    const browser = new Browser()
    const page = await leave(browser)
    const back = await choose(browser, page, 'Петров')
    await browser.open(back)
    await browser.open(back)
    failLinking = true
    await signIn(new Browser())
    failLinking = false
    await signIn(new Browser(), 'Отказаться')
    const late = new Browser()
    const lateBack = await choose(late, await leave(late), 'Петров')
    clock.later(61)
    await late.open(lateBack)

    const log = node.log.join('')
    expect(log).toContain('"reason":"lost"')
    expect(log).toContain('"reason":"failed"')
    expect(log).toContain('"reason":"declined","esiaCode":"ESIA-007004"')
    expect(log).toContain('"reason":"expired","esiaCode":"ESIA-007011"')
    const secrets = [petrov.lastName, petrov.firstName, petrov.snils!, '000-000-600', petrov.esiaOid, petrov.phone!]
    const state = new URL(back).searchParams.get('state')!
    for (const secret of [...secrets, petrov.enp!, petrov.email!, state, new URL(back).searchParams.get('code')!])
      expect(log).not.toContain(secret)
    for (const name of browser.cookieNames) expect(log).not.toContain(browser.cookie(name)!)
  })
})

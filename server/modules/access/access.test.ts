import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contract from '../../../contracts/access.ts'
import type { Endpoint } from '../../../contracts/endpoint.ts'
import { openDatabase, type Database } from '../../platform/database/open-database.ts'
import { newId } from '../../platform/ids.ts'
import { openTestApp, system, type RawReply, type TestApp } from '../../platform/testing/test-app.ts'
import { addAssignment, authenticate, blockAccount, createEmployee, endAssignment, isDemoPresent } from './index.ts'
import { accessRoutes } from './routes.ts'
import { codeOfStep, stepOf } from './totp.ts'

const secret = '0123456789abcdef'.repeat(4)

describe('signing in as an employee', () => {
  let app: TestApp
  let attempts: Database
  let accountId: string
  let totp: string
  const organizationId = newId()
  const [first, second] = [newId(), newId()]
  const login = 'doctor'
  const password = 'a long password'

  beforeAll(async () => {
    app = await openTestApp({
      authenticate,
      max: 24,
      // The routes need a database of their own for counting guesses; it is opened on the clone.
      routes: (platform) =>
        accessRoutes({
          secret,
          demo: true,
          get attempts() {
            return attempts?.db ?? platform.db
          },
        }),
    })
    attempts = openDatabase(app.database.url, { max: 2 })
    const created = await createEmployee(app.db, secret, app.now, {
      name: 'Иванова Анна Сергеевна',
      login: 'Doctor',
      password,
      demo: true,
      assignments: [
        { id: first, role: 'doctor', organizationId, staffId: newId() },
        { id: second, role: 'head', organizationId, staffId: null, since: new Date(app.now.getTime() + 1) },
      ],
    })
    accountId = created.accountId
    totp = created.totpSecret
    app.later(1)
  })
  afterAll(async () => {
    await attempts.close()
    await app.app.close()
    await app.database.drop()
  })

  const send = (endpoint: Endpoint, cookie: string | undefined, input: object = {}) =>
    app.send(undefined, endpoint, input, { headers: cookie ? { cookie } : {} })
  const cookieOf = (reply: RawReply): string | undefined => {
    const set = reply.headers['set-cookie']
    return set === undefined ? undefined : String(Array.isArray(set) ? set[0] : set).split(';')[0]
  }
  const giveCode = (cookie: string, code = codeOfStep(totp, stepOf(app.now))) =>
    send(contract.giveSecondFactor, cookie, { body: { code } })
  /** A whole sign-in; the clock moves on, so that every code is fresh. */
  const signIn = async (): Promise<string> => {
    app.later(2)
    const half = cookieOf(await send(contract.signIn, undefined, { body: { login, password } }))!
    const whole = await giveCode(half)
    expect(whole.status).toBe(200)
    return cookieOf(whole)!
  }
  const problem = (reply: RawReply) => JSON.parse(reply.text) as { type: string; until?: string }

  it('takes a password and then a code, and only then lets in', async () => {
    const reply = await send(contract.signIn, undefined, { body: { login: ' DOCTOR ', password } })
    expect(JSON.parse(reply.text)).toMatchObject({ needsSecondFactor: true, role: 'doctor' })
    const half = cookieOf(reply)!
    expect(reply.headers['set-cookie']).toMatch(/HttpOnly.*SameSite=Lax/i)
    expect((await send(contract.whoAmI, half)).status).toBe(401)
    const whole = await giveCode(half)
    expect(JSON.parse(whole.text)).toMatchObject({ needsSecondFactor: false, accountId, kind: 'employee' })
    const cookie = cookieOf(whole)!
    expect(cookie).not.toBe(half)
    expect((await send(contract.whoAmI, half)).status).toBe(401)
    expect(JSON.parse((await send(contract.whoAmI, cookie)).text)).toMatchObject({
      name: 'Иванова Анна Сергеевна',
      organizationId,
    })
  })

  it('takes each code once, also from two windows at the same moment', async () => {
    app.later(2)
    const halves = await Promise.all(
      [1, 2, 3, 4].map(async () => cookieOf(await send(contract.signIn, undefined, { body: { login, password } }))!),
    )
    const replies = await Promise.all(halves.map((half) => giveCode(half)))
    expect(replies.map((r) => r.status).toSorted((a, b) => a - b)).toEqual([200, 401, 401, 401])
    await signIn()
  })

  it('answers a wrong login exactly as a wrong password', async () => {
    app.later(20)
    const [wrongPassword, wrongLogin] = await Promise.all([
      send(contract.signIn, undefined, { body: { login, password: 'wrong password' } }),
      send(contract.signIn, undefined, { body: { login: 'nobody', password } }),
    ])
    const { instance: _a, ...one } = JSON.parse(wrongPassword.text) as Record<string, unknown>
    const { instance: _b, ...other } = JSON.parse(wrongLogin.text) as Record<string, unknown>
    expect(one).toEqual(other)
    expect(wrongPassword.status).toBe(401)
    await signIn()
  })

  it('stops hearing guesses after five wrong ones, however many come at once, and hears again in 15 minutes', async () => {
    app.later(20)
    const guess = (n: number) => send(contract.signIn, undefined, { body: { login, password: `wrong ${n} password` } })
    const replies = await Promise.all(Array.from({ length: 12 }, (_, n) => guess(n)))
    expect(replies.filter((r) => r.status === 401)).toHaveLength(5)
    expect(replies.filter((r) => r.status === 429)).toHaveLength(7)
    const locked = problem(await send(contract.signIn, undefined, { body: { login, password } }))
    expect(locked.type).toBe('/problems/sign-in-locked')
    expect(Date.parse(locked.until!) - app.now.getTime()).toBeLessThanOrEqual(15 * 60_000)
    app.later(16)
    await signIn()
  })

  it('counts wrong codes with the login’s guesses, so that the password does not buy more of them', async () => {
    app.later(20)
    let statuses: number[] = []
    for (let i = 0; i < 6; i++) {
      const half = cookieOf(await send(contract.signIn, undefined, { body: { login, password } }))
      if (!half) break
      statuses = [...statuses, (await giveCode(half, '000000')).status]
    }
    expect(statuses.length).toBeLessThanOrEqual(5)
    expect(statuses.every((s) => s === 401 || s === 429)).toBe(true)
    expect((await send(contract.signIn, undefined, { body: { login, password } })).status).toBe(429)
    app.later(16)
    await signIn()
  })

  it('forgets a half-open session after ten minutes', async () => {
    app.later(2)
    const half = cookieOf(await send(contract.signIn, undefined, { body: { login, password } }))!
    app.later(11)
    expect((await giveCode(half)).status).toBe(401)
  })

  it('ends a session left idle for an hour, and any after twelve', async () => {
    const idle = await signIn()
    app.later(61)
    expect((await send(contract.whoAmI, idle)).status).toBe(401)
    const busy = await signIn()
    for (let minutes = 0; minutes < 12 * 60 - 30; minutes += 30) {
      app.later(30)
      expect((await send(contract.whoAmI, busy)).status).toBe(200)
    }
    app.later(31)
    expect((await send(contract.whoAmI, busy)).status).toBe(401)
  })

  it('ends a session left idle also when its page has been listening all the time', async () => {
    const cookie = await signIn()
    const token = cookie.split('=')[1]!
    const listens = () => app.work(system, ({ db }) => authenticate(db, token, app.now, 'listening'))
    for (let quarters = 0; quarters < 3; quarters++) {
      app.later(15)
      expect(await listens()).toMatchObject({ id: accountId })
    }
    app.later(16)
    expect(await listens()).toBeUndefined()
    expect((await send(contract.whoAmI, cookie)).status).toBe(401)
  })

  it('lists own sessions and ends one of them at once', async () => {
    const [here, there] = [await signIn(), await signIn()]
    const { sessions } = JSON.parse((await send(contract.listSessions, here)).text) as {
      sessions: { id: string; current: boolean }[]
    }
    expect(sessions.filter((s) => s.current)).toHaveLength(1)
    const other = sessions.find((s) => !s.current)!
    expect((await send(contract.revokeSession, here, { params: { sessionId: other.id } })).status).toBe(200)
    expect((await send(contract.whoAmI, there)).status).toBe(401)
    expect((await send(contract.whoAmI, here)).status).toBe(200)
    expect((await send(contract.revokeSession, here, { params: { sessionId: newId() } })).status).toBe(404)
  })

  it('signs out: the cookie goes and the session is worth nothing', async () => {
    const cookie = await signIn()
    const out = await send(contract.signOut, cookie)
    expect(out.status).toBe(200)
    expect(String(out.headers['set-cookie'])).toContain('rmis_session=;')
    expect((await send(contract.whoAmI, cookie)).status).toBe(401)
  })

  it('lets choose another of one’s own capacities and nobody else’s', async () => {
    const cookie = await signIn()
    const choose = (assignmentId: string) => send(contract.chooseAssignment, cookie, { body: { assignmentId } })
    expect(JSON.parse((await choose(second)).text)).toMatchObject({ role: 'head' })
    expect(JSON.parse((await send(contract.whoAmI, cookie)).text)).toMatchObject({ role: 'head' })
    expect((await choose(newId())).status).toBe(404)
    expect(JSON.parse((await choose(first)).text)).toMatchObject({ role: 'doctor' })
  })

  it('ends with the capacity it acted in', async () => {
    const third = await addAssignment(app.db, accountId, { role: 'registrar', organizationId, staffId: null }, app.now)
    app.later(1)
    const cookie = await signIn()
    await send(contract.chooseAssignment, cookie, { body: { assignmentId: third } })
    await endAssignment(app.db, third, app.now)
    app.later(1)
    expect((await send(contract.whoAmI, cookie)).status).toBe(401)
  })

  it('shows the demo code for a demo account, and one that will be accepted', async () => {
    app.later(2)
    const half = cookieOf(await send(contract.signIn, undefined, { body: { login, password } }))!
    const shown = JSON.parse((await send(contract.showDemoCode, half)).text) as { code: string; readyIn: number }
    expect(shown.readyIn).toBe(0)
    expect((await giveCode(half, shown.code)).status).toBe(200)
    expect((await send(contract.showDemoCode, undefined)).status).toBe(404)
  })

  it.each(['x'.repeat(43), 'rmis', `${'a'.repeat(42)}!`, '../../etc'])(
    'takes the forged session %j for none',
    async (token) => {
      expect((await send(contract.whoAmI, `rmis_session=${token}`)).status).toBe(401)
      expect(
        (await app.send(undefined, contract.whoAmI, {}, { headers: { authorization: `Bearer ${token}` } })).status,
      ).toBe(401)
    },
  )

  it.each([
    { login: '', password },
    { login, password: '' },
    { login },
    { login, password, extra: 1 },
    { login: 'x'.repeat(101), password },
  ])('refuses %j with the field named', async (body) => {
    const reply = await send(contract.signIn, undefined, { body })
    expect(reply.status).toBe(422)
    expect(JSON.parse(reply.text)).toHaveProperty('fields')
  })

  it('is closed at once for a blocked account', async () => {
    const cookie = await signIn()
    await blockAccount(app.db, accountId, app.now)
    expect((await send(contract.whoAmI, cookie)).status).toBe(401)
    app.later(2)
    expect((await send(contract.signIn, undefined, { body: { login, password } })).status).toBe(403)
  })

  it('leaves a trace of every attempt and no password anywhere', async () => {
    const rows = await app.journal('access.sign-in')
    expect(rows.some((row) => row.outcome === 'refused')).toBe(true)
    expect(JSON.stringify(rows)).not.toContain(password)
    const kept = await app.db.selectFrom('platform.idempotency').selectAll().execute()
    expect(JSON.stringify(kept)).not.toContain('rmis_session')
    const stored = await app.db.selectFrom('access.employee_login').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain(totp)
    expect(stored[0]!.password_hash).toMatch(/^\$argon2id\$/)
  })

  it('knows a database that holds demo people', async () => {
    expect(await isDemoPresent(app.db)).toBe(true)
  })
})

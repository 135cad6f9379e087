import * as T from 'typebox'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { endpoint } from '../../../contracts/endpoint.ts'
import { NotFound } from '../../../contracts/problems.ts'
import { Line, PlainDate, Shape, Snils } from '../../../contracts/values.ts'
import { newId } from '../ids.ts'
import { openLog } from '../log.ts'
import { Problem } from '../problem.ts'
import { actorOf, useTestApp } from '../testing/test-app.ts'
import { openApp } from './open-app.ts'
import { serve } from './serve.ts'

const keep = endpoint({
  name: 'test.keep',
  summary: 'Сохранить',
  method: 'POST',
  path: '/api/v1/test/notes',
  who: ['registrar'],
  journal: 'change',
  body: Shape({ title: Line, day: T.Optional(PlainDate), snils: T.Optional(Snils) }),
  reply: Shape({ kept: Line }),
  problems: [NotFound],
})
const change = endpoint({
  name: 'test.change',
  summary: 'Изменить',
  method: 'POST',
  path: '/api/v1/test/patients/:patientId/change',
  who: ['registrar'],
  journal: 'patient-change',
  params: Shape({ patientId: T.String() }),
  body: Shape({}),
  reply: Shape({ changed: T.Literal(true) }),
  problems: [],
})
const lookUp = endpoint({
  name: 'test.look-up',
  summary: 'Посмотреть',
  method: 'GET',
  path: '/api/v1/test/patients/:patientId',
  who: 'signed-in',
  journal: 'patient-read',
  params: Shape({ patientId: T.String() }),
  query: Shape({ how: T.Optional(T.String()), many: T.Optional(T.Integer()) }),
  reply: Shape({ name: Line }),
  problems: [],
})
const enter = endpoint({
  name: 'test.enter',
  summary: 'Войти',
  method: 'POST',
  path: '/api/v1/test/enter',
  who: 'anyone',
  journal: 'change',
  withoutIdempotencyKey: true,
  body: Shape({ how: Line }),
  reply: Shape({ entered: T.Literal(true) }),
  problems: [NotFound],
})

const registrar = actorOf({ role: 'registrar' })
const citizen = actorOf({ role: 'citizen' })

describe('an operation over HTTP', () => {
  const app = useTestApp({
    routes: () => [
      serve(keep, async (work, { body }) => {
        await work.db
          .insertInto('platform.installation')
          .values({ key: body.title === 'единственный' ? body.title : newId(), value: JSON.stringify(body.title) })
          .execute()
        work.announce({ type: 'test.kept', key: newId(), topics: [], payload: {} })
        if (body.title === 'отказ') throw new Problem(NotFound)
        if (body.title === 'ошибка') throw new Error('secret detail 112-233-445 95')
        if (body.title === 'обрыв') {
          await sql`select pg_terminate_backend(pg_backend_pid())`.execute(work.db).catch(() => {})
          await sql`select 1`.execute(work.db)
        }
        if (body.title === 'обман') return { kept: '' }
        return { kept: body.title }
      }),
      serve(lookUp, async (work, { params, query }) => {
        if (query.how === 'отказ') throw new Problem(NotFound)
        if (query.how !== 'молча') work.note({ patientId: params.patientId, grounds: 'registration' })
        return { name: 'Кто-то' }
      }),
      serve(change, async (work, { params }) => {
        work.note({ patientId: params.patientId, grounds: 'registration' })
        return { changed: true as const }
      }),
      serve(enter, async (_work, { body }, exchange) => {
        exchange.setSession('t'.repeat(43), new Date('2026-03-02T18:00:00Z'))
        if (body.how === 'отказ') throw new Problem(NotFound)
        return { entered: true as const }
      }),
    ],
  })
  const kept = async (title: string) => {
    const { rows } = await sql<{
      n: string
    }>`select count(*) as n from platform.installation where value = ${JSON.stringify(title)}::jsonb`.execute(app().db)
    return Number(rows[0]!.n)
  }
  const raw = (payload: string | Buffer, headers: Record<string, string> = {}) =>
    app().app.inject({
      method: 'POST',
      url: keep.path,
      payload,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': newId(),
        ...app().headersOf(registrar),
        ...headers,
      },
    })

  it('answers, writes one journal row and one event', async () => {
    await expect(app().call(registrar, keep, { body: { title: 'первое' } })).resolves.toEqual({ kept: 'первое' })
    const rows = await app().journal('test.keep')
    expect(rows.at(-1)).toMatchObject({ outcome: 'done', actor_id: registrar.id, actor_role: 'registrar' })
    const events = await app().db.selectFrom('platform.outbox').select('type').execute()
    expect(events).toEqual([{ type: 'test.kept' }])
  })

  it('refuses without a session with 401 and with another role with 403, and journals both', async () => {
    expect(await app().refusal(undefined, keep, { body: { title: 'нет' } })).toMatchObject({
      status: 401,
      type: '/problems/not-signed-in',
    })
    expect(await app().refusal(citizen, keep, { body: { title: 'нет' } })).toMatchObject({
      status: 403,
      type: '/problems/not-allowed',
    })
    const refused = (await app().journal('test.keep')).filter((row) => row.outcome === 'refused')
    expect(refused.map((row) => row.problem)).toEqual(
      expect.arrayContaining(['/problems/not-signed-in', '/problems/not-allowed']),
    )
    expect(await kept('нет')).toBe(0)
  })

  it('rolls a refusal back whole, events included, and journals it all the same', async () => {
    const outbox = async () => (await app().db.selectFrom('platform.outbox').select('id').execute()).length
    const before = await outbox()
    expect(await app().refusal(registrar, keep, { body: { title: 'отказ' } })).toMatchObject({ status: 404 })
    expect(await kept('отказ')).toBe(0)
    expect(await outbox()).toBe(before)
    expect((await app().journal('test.keep')).at(-1)).toMatchObject({
      outcome: 'refused',
      problem: '/problems/not-found',
    })
  })

  it('answers a bug with 500 that tells nothing, and journals a failure', async () => {
    const reply = await app().send(registrar, keep, { body: { title: 'ошибка' } })
    expect(reply.status).toBe(500)
    expect(reply.text).not.toContain('secret')
    expect(JSON.parse(reply.text)).toMatchObject({
      type: '/problems/unexpected',
      instance: reply.headers['x-request-id'],
    })
    expect((await app().journal('test.keep')).at(-1)).toMatchObject({ outcome: 'failed', problem: null })
  })

  it('asks to try again when the connection was lost between two statements', async () => {
    const reply = await app().send(registrar, keep, { body: { title: 'обрыв' } })
    expect(reply.status).toBe(503)
    expect(reply.headers['retry-after']).toBe('2')
    expect(await kept('обрыв')).toBe(0)
  })

  it('does not send a reply that breaks its own contract, and keeps nothing of it', async () => {
    expect((await app().send(registrar, keep, { body: { title: 'обман' } })).status).toBe(500)
    expect(await kept('обман')).toBe(0)
  })

  it('calls patient data without patient and grounds a bug', async () => {
    const reply = await app().send(citizen, lookUp, { params: { patientId: newId() }, query: { how: 'молча' } })
    expect(reply.status).toBe(500)
    const patientId = newId()
    await app().call(citizen, lookUp, { params: { patientId }, query: {} })
    expect((await app().journal('test.look-up')).at(-1)).toMatchObject({
      patient_id: patientId,
      grounds: 'registration',
    })
  })

  it('names the patient whose card a refusal was aimed at, whoever refuses', async () => {
    const patientId = newId()
    expect(await app().refusal(citizen, lookUp, { params: { patientId }, query: { how: 'отказ' } })).toMatchObject({
      status: 404,
    })
    expect((await app().journal('test.look-up')).at(-1)).toMatchObject({
      outcome: 'refused',
      patient_id: patientId,
      grounds: null,
    })
  })

  it('names each wrong field in Russian', async () => {
    const refusal = await app().refusal(registrar, keep, {
      body: { title: '', day: '2026-02-31', snils: '11223344596', extra: 1 } as never,
    })
    expect(refusal).toMatchObject({ status: 422, type: '/problems/invalid' })
    expect(Object.fromEntries(refusal.fields!.map((f) => [f.path, f.message]))).toEqual({
      title: 'Заполните это поле',
      day: 'Такой даты нет в календаре',
      snils: 'СНИЛС не проходит проверку: проверьте цифры, в номере опечатка',
      extra: 'Лишнее поле',
    })
  })

  it.each([
    ['не JSON', '{"title": ', 400, '/problems/malformed'],
    ['пустое тело', '', 400, '/problems/malformed'],
    ['сломанная UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 400, '/problems/malformed'],
    ['10 МБ', Buffer.alloc(10 * 1024 * 1024, 0x20), 413, '/problems/too-large'],
    ['управляющий знак', '{"title":"a\\u0000b"}', 422, '/problems/invalid'],
    ['массив вместо объекта', '[]', 422, '/problems/invalid'],
  ])('refuses %s', async (_name, payload, status, type) => {
    const reply = await raw(payload)
    expect(reply.statusCode).toBe(status)
    expect(reply.headers['content-type']).toContain('application/problem+json')
    expect(reply.json()).toMatchObject({ status, type })
  })

  it('refuses texts that the database cannot keep, also where the contract allows every text', async () => {
    const patientId = newId()
    const nul = 'а\u0000б'
    expect(await app().refusal(citizen, lookUp, { params: { patientId }, query: { how: nul } })).toMatchObject({
      status: 422,
      fields: [{ path: 'how' }],
    })
    expect(await app().refusal(citizen, lookUp, { params: { patientId: nul }, query: {} })).toMatchObject({
      status: 422,
      fields: [{ path: 'patientId' }],
    })
    expect((await raw('{"title":"половина \\ud83e"}')).json()).toMatchObject({
      status: 422,
      fields: [{ path: 'title' }],
    })
    expect((await raw('{"title":"целый \\ud83e\\udd12"}')).json()).toEqual({ kept: 'целый 🤒' })
  })

  it.each([
    ['an address that is not UTF-8', '/api/v1/test/patients/%ED%A0%80'],
    ['a part of an address that is too long', `/api/v1/test/patients/${'я'.repeat(300)}`],
  ])('refuses %s like everything else', async (_name, url) => {
    const reply = await app().app.inject({ method: 'GET', url })
    expect(reply.statusCode).toBe(400)
    expect(reply.headers['content-type']).toContain('application/problem+json')
    expect(reply.json()).toMatchObject({ type: '/problems/malformed' })
    expect(reply.body).not.toContain('/api/v1/test')
  })

  it('reads numbers of a query and refuses what is none', async () => {
    const params = { patientId: newId() }
    await app().call(citizen, lookUp, { params, query: { many: 3 } })
    expect(await app().refusal(citizen, lookUp, { params, query: { many: 'три' as never } })).toMatchObject({
      status: 422,
    })
  })

  it('refuses a change without an idempotency key', async () => {
    expect((await raw('{"title":"a"}', { 'idempotency-key': 'short' })).json()).toMatchObject({
      type: '/problems/idempotency-key-missing',
    })
  })

  it('does a change once however often its key comes', async () => {
    const key = newId()
    const replies = await Promise.all(
      Array.from({ length: 40 }, () => app().call(registrar, keep, { body: { title: 'один раз' } }, { key })),
    )
    expect(new Set(replies.map((r) => JSON.stringify(r)))).toEqual(new Set(['{"kept":"один раз"}']))
    expect(await kept('один раз')).toBe(1)
  })

  it('repeats the reply of a change that could not be done a second time, and journals whom it is about', async () => {
    const key = newId()
    const call = () => app().call(registrar, keep, { body: { title: 'единственный' } }, { key })
    expect(await call()).toEqual(await call())
    expect(await app().refusal(registrar, keep, { body: { title: 'единственный' } })).toMatchObject({ status: 500 })
    expect(await kept('единственный')).toBe(1)
    const again = { params: { patientId: newId() }, body: {} }
    await app().call(registrar, change, again, { key: `${key}-2` })
    await app().call(registrar, change, again, { key: `${key}-2` })
    const rows = await app().journal('test.change')
    expect(rows.map((row) => [row.outcome, row.patient_id, row.grounds])).toEqual(
      [1, 2].map(() => ['done', again.params.patientId, 'registration']),
    )
  })

  it('refuses a key that comes with another body, and lets another person use the same key', async () => {
    const key = newId()
    await app().call(registrar, keep, { body: { title: 'а' } }, { key })
    expect(await app().refusal(registrar, keep, { body: { title: 'б' } }, { key })).toMatchObject({
      type: '/problems/idempotency-key-reused',
    })
    await app().call(actorOf({ role: 'registrar' }), keep, { body: { title: 'б' } }, { key })
  })

  it('lets a key be tried again after a refusal, because nothing was done', async () => {
    const key = newId()
    await app().refusal(registrar, keep, { body: { title: 'отказ' } }, { key })
    await expect(app().call(registrar, keep, { body: { title: 'теперь' } }, { key })).resolves.toBeTruthy()
  })

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example', host: 'rmis.example' },
    { origin: 'https://rmis.example:8080.evil.example', host: 'rmis.example:8080' },
  ])('refuses a change that comes from another site: %j', async (headers) => {
    expect((await raw('{"title":"чужое"}', headers)).statusCode).toBe(403)
    expect(await kept('чужое')).toBe(0)
  })

  it('sends security headers and no permission for inline scripts or styles', async () => {
    const { headers } = await app().send(citizen, lookUp, { params: { patientId: newId() } })
    expect(headers['content-security-policy']).toContain("script-src 'self'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
  })

  it('sets the cookie of a session that is there, and none for one whose transaction was rolled back', async () => {
    const entered = await app().send(undefined, enter, { body: { how: 'просто' } })
    expect(entered.headers['set-cookie']).toContain('rmis_session=ttt')
    const refused = await app().send(undefined, enter, { body: { how: 'отказ' } })
    expect(refused.status).toBe(404)
    expect(refused.headers['set-cookie']).toBeUndefined()
  })

  it('runs an operation again after a deadlock', async () => {
    let attempts = 0
    await app().work(registrar, async ({ db }) => {
      attempts++
      if (attempts === 1) await sql`do $$ begin raise exception 'deadlock' using errcode = '40P01'; end $$`.execute(db)
    })
    expect(attempts).toBe(2)
  })
})

describe('behind a proxy', () => {
  const addressSeen = async (trustProxy: boolean, forwarded: string) => {
    const app = await openApp({ log: openLog('silent'), trustProxy, requestsPerMinute: 1_000_000 })
    app.get('/address', async (request) => ({ ip: request.ip }))
    const reply = await app.inject({ url: '/address', headers: { 'x-forwarded-for': forwarded } })
    await app.close()
    return (reply.json() as { ip: string }).ip
  }

  it('takes the address that the proxy saw, not one that the caller wrote before it', async () => {
    expect(await addressSeen(true, '203.0.113.7')).toBe('203.0.113.7')
    expect(await addressSeen(true, '198.51.100.1, 203.0.113.7')).toBe('203.0.113.7')
  })
  it('believes nobody unless told that there is a proxy', async () => {
    expect(await addressSeen(false, '203.0.113.7')).toBe('127.0.0.1')
  })
})

import { describe, expect, it } from 'vitest'
import type { InputOf } from '../../../contracts/endpoint.ts'
import * as contract from '../../../contracts/other-systems.ts'
import type { Problem } from '../../platform/problem.ts'
import { actorOf, useTestApp } from '../../platform/testing/test-app.ts'
import { hospital, polyclinic } from '../../testing/small-region.ts'
import { admitSystem, openSystemSession, patientOfSystemSession } from './index.ts'
import { accessRoutes } from './routes.ts'

const app = useTestApp({
  routes: (platform) => accessRoutes({ secret: '0'.repeat(64), demo: false, attempts: platform.db }),
})
const administrator = actorOf({ role: 'administrator', name: 'Савина Ольга Петровна' })
const ofPolyclinic = actorOf({ role: 'administrator', organizationId: polyclinic.id })

let count = 0
type Wanted = InputOf<typeof contract.registerExternalSystem>['body']
const wanted = (more: Partial<Wanted> = {}): Wanted => ({
  name: `Портал ${++count}`,
  interfaces: ['fer-soap'],
  organizationIds: null,
  requestsPerMinute: 1000,
  ...more,
})
const register = (body = wanted(), by = administrator) => app().call(by, contract.registerExternalSystem, { body })
const admit = (token: string, by: contract.SystemInterface = 'fer-soap') =>
  admitSystem(app().platform.db, { token, by, now: app().now }).then(({ actor, refusal }) => {
    if (refusal) throw refusal
    return actor
  })
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => 'not refused',
    (problem: Problem) => problem.type.type,
  )

describe('another system', () => {
  it('is known by a token that is shown once and kept as a hash', async () => {
    const { system, token } = await register()
    expect(token).toMatch(/^[0-9a-f-]{36}$/)
    expect(await admit(token.toUpperCase())).toMatchObject({
      id: system.id,
      kind: 'system-account',
      role: 'external-system',
      name: system.name,
    })
    const everything = await app().db.selectFrom('access.external_system').selectAll().execute()
    expect(JSON.stringify(everything)).not.toContain(token)
    const kept = await app().db.selectFrom('platform.idempotency').selectAll().execute()
    expect(JSON.stringify(kept)).not.toContain(token)
    const { systems } = await app().call(administrator, contract.listExternalSystems, {})
    expect(systems.find((s) => s.id === system.id)).toMatchObject({ seenAt: '2026-03-02T06:00:00.000Z' })
    expect(await app().journal('access.register-system')).toContainEqual(
      expect.objectContaining({ actor_name: administrator.name, object_id: system.id, outcome: 'done' }),
    )
  })

  it('is connected once, however many press the button at once', async () => {
    const body = wanted()
    const replies = await Promise.allSettled(Array.from({ length: 20 }, () => register(body)))
    expect(replies.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
    const refused = replies.filter((r) => r.status === 'rejected').map((r) => r.reason.problem.type)
    expect(new Set(refused)).toEqual(new Set([contract.SystemNameTaken.type]))
  })

  it('comes no more once its access is revoked, and its name is free again', async () => {
    const body = wanted()
    const { system, token } = await register(body)
    await app().call(administrator, contract.revokeExternalSystem, { params: { systemId: system.id } })
    expect(await refusalOf(admit(token))).toBe('/problems/not-signed-in')
    const again = { params: { systemId: system.id } }
    expect(await app().refusal(administrator, contract.revokeExternalSystem, again)).toMatchObject({ status: 404 })
    expect((await register(body)).token).not.toBe(token)
  })

  it('comes only by the protocols it was given', async () => {
    const { token } = await register()
    expect(await refusalOf(admit(token, 'hub-soap'))).toBe('/problems/system-not-allowed')
    expect(await refusalOf(admit('not a token'))).toBe('/problems/not-signed-in')
  })

  it('is heard so many times a minute, also at once, and again in the next minute', async () => {
    const { token } = await register(wanted({ requestsPerMinute: 10 }))
    const answers = await Promise.all(Array.from({ length: 30 }, () => refusalOf(admit(token))))
    expect(answers.filter((a) => a === 'not refused')).toHaveLength(10)
    expect(answers.filter((a) => a === '/problems/too-many-requests')).toHaveLength(20)
    app().later(1)
    expect(await refusalOf(admit(token))).toBe('not refused')
  })

  it('has sessions of its own only, and they end', async () => {
    const [one, other] = await Promise.all([register(), register()]).then((all) =>
      Promise.all(all.map(({ token }) => admit(token))),
    )
    const session = '7c0ad8a5-0000-4000-8000-000000000001'
    const patient = '0195a000-0000-7000-8000-000000000051'
    await app().work(one!, (work) => openSystemSession(work, session, patient))
    expect(await app().work(one!, (work) => patientOfSystemSession(work, session))).toBe(patient)
    expect(await refusalOf(app().work(other!, (work) => patientOfSystemSession(work, session)))).toBe(
      '/problems/no-such-system-session',
    )
    app().later(60)
    expect(await refusalOf(app().work(one!, (work) => patientOfSystemSession(work, session)))).toBe(
      '/problems/no-such-system-session',
    )
  })
})

describe('an administrator of one organisation', () => {
  it('connects systems to that organisation and sees no others', async () => {
    const refused = { body: wanted() }
    expect(await app().refusal(ofPolyclinic, contract.registerExternalSystem, refused)).toMatchObject({ status: 403 })
    const foreign = { body: wanted({ organizationIds: [hospital.id] }) }
    expect(await app().refusal(ofPolyclinic, contract.registerExternalSystem, foreign)).toMatchObject({ status: 403 })
    const { system } = await register(wanted({ organizationIds: [polyclinic.id] }), ofPolyclinic)
    const everywhere = await register()
    const { systems } = await app().call(ofPolyclinic, contract.listExternalSystems, {})
    expect(systems.map((s) => s.id)).toEqual([system.id])
    const params = { systemId: everywhere.system.id }
    expect(await app().refusal(ofPolyclinic, contract.revokeExternalSystem, { params })).toMatchObject({ status: 404 })
  })

  it('is nobody else: other roles are refused, and bad input is named', async () => {
    const registrar = actorOf({ role: 'registrar' })
    expect(await app().refusal(registrar, contract.listExternalSystems, {})).toMatchObject({ status: 403 })
    for (const bad of [
      wanted({ name: '' }),
      wanted({ interfaces: [] }),
      wanted({ interfaces: ['ftp' as never] }),
      wanted({ organizationIds: [] }),
      wanted({ requestsPerMinute: 0 }),
    ])
      expect(await app().refusal(administrator, contract.registerExternalSystem, { body: bad })).toMatchObject({
        status: 422,
      })
  })
})

import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import * as contract from '../../../contracts/journal.ts'
import { newId } from '../../platform/ids.ts'
import { perform } from '../../platform/perform.ts'
import { actorOf, MONDAY, useTestApp } from '../../platform/testing/test-app.ts'
import type { Actor, Grounds } from '../../platform/work.ts'
import { actors, fillSmallRegion, patients } from '../../testing/small-region.ts'
import { merkleRoot } from './merkle.ts'
import { journalRoutes } from './routes.ts'
import { sealJournal } from './seal-journal.ts'

describe('the journal', () => {
  const app = useTestApp({ routes: () => journalRoutes(), fill: ({ db }) => fillSmallRegion(db) })
  const look = (
    actor: Actor,
    patientId: string,
    grounds: Grounds,
    name: `${string}.${string}` = 'chart.show-timeline',
  ) =>
    perform(app().platform, actor, { name, journal: 'patient-read' }, async (work) => work.note({ patientId, grounds }))
  const seal = async () => {
    while (await app().work(actors.securityOfficer, sealJournal));
  }
  const verify = () => app().call(actors.securityOfficer, contract.verifyJournal, { body: {} })

  it('shows a citizen in words who looked at the card, when, what and on what grounds', async () => {
    await look(actors.therapist, patients.petrov, 'appointment')
    app().later(1)
    const { entries } = await app().call(actors.petrov, contract.listCardAccess, {
      params: { patientId: patients.petrov },
      query: {},
    })
    expect(entries[0]).toMatchObject({
      at: MONDAY.toISOString(),
      actorName: actors.therapist.name,
      actorRole: 'врач',
      organizationName: 'Поликлиника № 1',
      what: 'Просмотр медицинской карты',
      grounds: 'запись на приём',
      outcome: 'done',
      own: false,
    })
  })

  it('shows the citizen’s own looks too, marked, and leaves them out when asked', async () => {
    const params = { patientId: patients.petrov }
    const all = await app().call(actors.petrov, contract.listCardAccess, { params, query: {} })
    expect(all.entries.some((e) => e.own)).toBe(true)
    const others = await app().call(actors.petrov, contract.listCardAccess, { params, query: { others: true } })
    expect(others.entries.length).toBeGreaterThan(0)
    expect(others.entries.every((e) => !e.own)).toBe(true)
  })

  it('shows a parent who looked at the child’s card, and nobody else', async () => {
    const params = { patientId: patients.masha }
    await look(actors.therapist, patients.masha, 'case')
    const { entries } = await app().call(actors.petrov, contract.listCardAccess, { params, query: {} })
    expect(entries.map((e) => e.actorName)).toContain(actors.therapist.name)
    expect(await app().refusal(actors.stranger, contract.listCardAccess, { params, query: {} })).toMatchObject({
      status: 404,
    })
    expect(await app().refusal(actors.therapist, contract.listCardAccess, { params, query: {} })).toMatchObject({
      status: 403,
    })
  })

  it('is read a page at a time without losing or repeating a row', async () => {
    for (let i = 0; i < 120; i++) await look(actors.cardiologist, patients.sidorova, 'appointment')
    const seen: string[] = []
    let before: string | undefined
    do {
      const page = await app().call(actors.securityOfficer, contract.searchJournal, {
        query: { patientId: patients.sidorova, ...(before && { before }) },
      })
      seen.push(...page.rows.map((row) => row.id))
      before = page.next ?? undefined
    } while (before)
    expect(seen).toHaveLength(120)
    expect(new Set(seen).size).toBe(120)
  })

  it('is searched by person, operation, outcome and day', async () => {
    const doctor = actorOf({ role: 'doctor', name: 'Искомый Врач Тестович' })
    await look(doctor, patients.kim, 'duty', 'documents.show')
    const find = (query: object) => app().call(actors.securityOfficer, contract.searchJournal, { query })
    expect((await find({ actorId: doctor.id })).rows).toHaveLength(1)
    expect((await find({ operation: 'documents.show' })).rows).toHaveLength(1)
    expect((await find({ outcome: 'refused' })).rows.length).toBeGreaterThan(0)
    expect((await find({ from: '2026-03-02', to: '2026-03-02', actorId: doctor.id })).rows).toHaveLength(1)
    expect((await find({ from: '2026-03-03', actorId: doctor.id })).rows).toHaveLength(0)
  })

  it.each(['x', '2026-03-02T06:00:00.000Z', `2026-13-02T06:00:00.000Z_${newId()}`])(
    'refuses the page mark %j',
    async (before) => {
      expect(await app().refusal(actors.securityOfficer, contract.searchJournal, { query: { before } })).toMatchObject({
        status: 422,
      })
    },
  )

  it('is for the security officer alone', async () => {
    for (const actor of [actors.petrov, actors.registrar, actors.therapist, actors.head]) {
      expect(await app().refusal(actor, contract.searchJournal, { query: {} })).toMatchObject({ status: 403 })
      expect(await app().refusal(actor, contract.verifyJournal, { body: {} })).toMatchObject({ status: 403 })
    }
  })

  it('is sealed after a minute, by one node at a time, and holds', async () => {
    app().later(10)
    await Promise.all(Array.from({ length: 6 }, () => app().work(actors.securityOfficer, sealJournal)))
    await seal()
    const verdict = await verify()
    expect(verdict).toMatchObject({ intact: true, broken: [] })
    expect(verdict.seals).toBeGreaterThan(0)
    const { rows } = await sql<{
      sealed: string
      all: string
    }>`select (select sum(row_count) from platform.seal) as sealed,
      (select count(*) from platform.action where at < ${new Date(app().now.getTime() - 60_000)}) as all`.execute(
      app().db,
    )
    expect(rows[0]!.sealed).toBe(rows[0]!.all)
  })

  it.each([
    ['changed', `update platform.action set grounds = 'self' where id = $1`],
    ['removed', `delete from platform.action where id = $1`],
    [
      'added',
      `insert into platform.action select at, gen_random_uuid(), request_id, actor_id, actor_role, actor_name, organization_id, session_id,
      operation, patient_id, grounds, object_type, object_id, outcome, problem, address, duration_ms from platform.action where id = $1`,
    ],
  ])('shows that a sealed row was %s', async (_how, statement) => {
    await look(actors.therapist, patients.kim, 'duty')
    app().later(10)
    await seal()
    expect(await verify()).toMatchObject({ intact: true })
    const victim = await app()
      .db.selectFrom('platform.action')
      .selectAll()
      .where('patient_id', '=', patients.kim)
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    await app().database.pool.query(statement, [victim.id])
    const verdict = await verify()
    expect(verdict.intact).toBe(false)
    expect(verdict.broken).toHaveLength(1)
    await sql`delete from platform.action where patient_id = ${patients.kim} and at = ${victim.at}`.execute(app().db)
    await app().db.insertInto('platform.action').values(victim).execute()
    expect(await verify()).toMatchObject({ intact: true })
  })

  it('shows that a seal was removed or rewritten', async () => {
    const seals = await app().db.selectFrom('platform.seal').selectAll().orderBy('number').execute()
    expect(seals.length).toBeGreaterThan(2)
    const middle = seals[1]!
    await app().db.deleteFrom('platform.seal').where('number', '=', middle.number).execute()
    expect(await verify()).toMatchObject({ intact: false })
    await app()
      .db.insertInto('platform.seal')
      .values({ ...middle, row_count: middle.row_count + 1 })
      .execute()
    expect(await verify()).toMatchObject({ intact: false })
    await app()
      .db.updateTable('platform.seal')
      .set({ row_count: middle.row_count })
      .where('number', '=', middle.number)
      .execute()
    expect(await verify()).toMatchObject({ intact: true })
  })
})

describe('a seal', () => {
  // PostgreSQL tells by the real clock when a transaction began, so this test begins a minute before the real time.
  const app = useTestApp({ routes: () => journalRoutes(), now: new Date(Date.now() - 60_000) })

  it('waits for a transaction that commits minutes after it wrote its row', async () => {
    await app().work(actors.securityOfficer, async () => {})
    // An operation takes its time first and may wait half a minute for a connection before its transaction begins.
    const at = new Date(Date.now() - 30_000)
    await app().database.transact(async (tx) => {
      const row = { operation: 'test.slow', outcome: 'done', actor_role: 'system', duration_ms: 0 }
      await tx
        .insertInto('platform.action')
        .values({ ...row, at, id: newId(), request_id: newId() })
        .execute()
      app().later(30)
      while (await app().work(actors.securityOfficer, sealJournal));
    })
    app().later(30)
    while (await app().work(actors.securityOfficer, sealJournal));
    const { intact, seals } = await app().call(actors.securityOfficer, contract.verifyJournal, { body: {} })
    expect({ intact, isSealed: seals > 0 }).toEqual({ intact: true, isSealed: true })
  })
})

describe('the Merkle root', () => {
  it('differs for any two lists of rows that differ', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
        expect(merkleRoot(a).equals(merkleRoot(b))).toBe(JSON.stringify(a) === JSON.stringify(b))
      }),
    )
  })

  it('is that of RFC 6962 for no row and for one', () => {
    expect(merkleRoot([]).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(merkleRoot(['']).toString('hex')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
  })
})

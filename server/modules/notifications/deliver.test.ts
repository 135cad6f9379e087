import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contract from '../../../contracts/notifications.ts'
import { actorOf, MONDAY } from '../../platform/testing/test-app.ts'
import { actors, patients, polyclinic, staff } from '../../testing/small-region.ts'
import { inOrder, openNotifiedClinic, Outside, type NotifiedClinic } from '../../testing/notified-clinic.ts'
import { MAX_ATTEMPTS } from './rules.ts'

const { petrov, registrar } = actors
const administrator = actorOf({ role: 'administrator', organizationId: polyclinic.id })

describe('a message on its way outside', () => {
  let outside: Outside
  let region: NotifiedClinic
  let times: string[]
  beforeAll(async () => {
    outside = new Outside()
    region = await openNotifiedClinic(outside)
    times = await region.clinic.times(staff.therapist)
  })
  beforeEach(async () => {
    await region.reset(MONDAY)
    outside.messages.length = 0
    outside.answer = () => ({ outcome: 'accepted', reference: 'ref-1' })
  })
  afterAll(() => region.clinic.close())

  const book = async (i = 20) => {
    const made = await region.clinic.book(registrar, patients.petrov, times[i]!)
    await region.hearAll()
    return made
  }
  const states = async () => inOrder((await region.deliveries()).map((d) => `${d.channel} ${d.state}`))

  it('is sent once by any number of nodes that look at once', async () => {
    for (let i = 0; i < 10; i++) {
      const made = await book(20 + i)
      await region.clinic.cancel(registrar, patients.petrov, made.id)
    }
    await region.hearAll()
    await Promise.all(Array.from({ length: 6 }, () => region.deliver()))
    const sent = outside.messages.map((m) => m.id)
    expect(sent).toHaveLength(20)
    expect(new Set(sent).size).toBe(20)
    expect(new Set(await states())).toEqual(
      new Set(['email accepted', 'email not-needed', 'sms accepted', 'sms not-needed']),
    )
  })

  it('never waits for the network inside a transaction', async () => {
    const open = async () => {
      const { rows } = await sql<{ n: string }>`select count(*) as n from pg_stat_activity
        where datname = current_database() and state like 'idle in transaction%'`.execute(region.clinic.db)
      return Number(rows[0]!.n)
    }
    let waited = 0
    outside.answer = async () => {
      // A transaction of somebody else may just be ending; one that waits for this answer would never end.
      await expect.poll(open).toBe(0)
      waited++
      return { outcome: 'accepted', reference: null }
    }
    await book()
    await region.deliver()
    expect(waited).toBe(2)
  })

  it('that a killed node left in the middle goes again after a while, under the same id, and is marked once', async () => {
    await book()
    let killed = 0
    const hanging = new Promise<never>(() => {})
    outside.answer = () => {
      killed++
      return hanging
    }
    // This node never comes back: it has sent both messages and marks neither.
    void region.deliver()
    await expect.poll(() => killed).toBe(2)
    const first = inOrder(outside.messages.map((m) => m.id))
    outside.answer = () => ({ outcome: 'accepted', reference: null })
    await region.deliver()
    expect(outside.messages).toHaveLength(2)
    region.clinic.app.later(4)
    await region.deliver()
    expect(inOrder(outside.messages.slice(2).map((m) => m.id))).toEqual(first)
    expect(await states()).toEqual(['email accepted', 'sms accepted'])
  })

  it('whose slow sender comes back after another node has sent it changes nothing', async () => {
    await book()
    const answers: (() => void)[] = []
    outside.answer = () =>
      new Promise((resolve) => answers.push(() => resolve({ outcome: 'refused', reason: 'опоздал' })))
    const slow = region.deliver()
    await expect.poll(() => answers.length).toBe(2)
    region.clinic.app.later(4)
    outside.answer = () => ({ outcome: 'accepted', reference: null })
    await region.deliver()
    answers.forEach((answer) => answer())
    await slow
    expect(await states()).toEqual(['email accepted', 'sms accepted'])
  })

  it('is tried again with growing pauses while the other side is away, and then given up', async () => {
    outside.answer = () => ({ outcome: 'later', reason: 'SMTP 451' })
    await book()
    await region.deliver()
    await region.deliver()
    expect(outside.messages).toHaveLength(2)
    for (let i = 0; i < 40; i++) {
      region.clinic.app.later(60)
      await region.deliver()
    }
    expect(outside.messages).toHaveLength(2 * MAX_ATTEMPTS)
    expect(await states()).toEqual(['email given-up', 'sms given-up'])
    const [one] = await region.deliveries()
    expect(one).toMatchObject({ attempts: MAX_ATTEMPTS, reason: 'SMTP 451' })
  })

  it('is not tried again when it was refused', async () => {
    outside.answer = () => ({ outcome: 'refused', reason: 'SMTP 550' })
    await book()
    await region.deliver()
    region.clinic.app.later(600)
    await region.deliver()
    expect(outside.messages).toHaveLength(2)
    expect(await states()).toEqual(['email refused', 'sms refused'])
  })

  it('waits when the adapter throws, and what was thrown is not kept: it may hold an address', async () => {
    outside.answer = () => {
      throw Object.assign(new Error('no such user petrov@example.org'), { code: 'ESOCKET' })
    }
    await book()
    await region.deliver()
    const rows = await region.deliveries()
    expect(rows.map((d) => [d.state, d.reason])).toEqual([
      ['waiting', 'ESOCKET'],
      ['waiting', 'ESOCKET'],
    ])
    expect(JSON.stringify(await region.clinic.app.journal())).not.toContain('petrov@')
  })

  it('to a browser that is gone forgets the browser', async () => {
    await region.subscribe()
    outside.answer = (m) =>
      m.channel === 'push'
        ? { outcome: 'refused', reason: 'push: HTTP 410', gone: true }
        : { outcome: 'accepted', reference: null }
    await book()
    await region.deliver()
    const settings = await region.clinic.app.call(petrov, contract.showNotificationSettings, {})
    expect(settings.push.devices).toBe(0)
  })

  it('stands in the administrator’s journal without names and with masked addresses', async () => {
    await book()
    await region.deliver()
    const { app } = region.clinic
    const all = await app.call(administrator, contract.listDeliveries, { query: {} })
    expect(inOrder(all.deliveries.map((d) => `${d.channel} ${d.address} ${d.state} ${d.title}`))).toEqual([
      'email p***@example.org accepted Запись на приём',
      'sms +7***67 accepted Запись на приём',
    ])
    expect(JSON.stringify(all)).not.toMatch(/petrov@|9001234567|Петров/)
    const only = await app.call(administrator, contract.listDeliveries, {
      query: { channel: 'sms', state: 'accepted', from: '2026-03-02', to: '2026-03-02' },
    })
    expect(only.deliveries).toHaveLength(1)
    const none = await app.call(administrator, contract.listDeliveries, { query: { from: '2026-03-03' } })
    expect(none.deliveries).toEqual([])
    expect(await app.refusal(registrar, contract.listDeliveries, { query: {} })).toMatchObject({ status: 403 })
    expect((await app.send(administrator, contract.listDeliveries, { query: { from: '2026-02-31' } })).status).toBe(422)
  })
})

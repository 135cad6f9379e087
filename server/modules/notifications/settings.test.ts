import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Invalid } from '../../../contracts/problems.ts'
import * as contract from '../../../contracts/notifications.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import { actors, patients, staff } from '../../testing/small-region.ts'
import { addressOf, inOrder, openNotifiedClinic, Outside, type NotifiedClinic } from '../../testing/notified-clinic.ts'

const { petrov, registrar, stranger } = actors

describe('how a person is told', () => {
  let outside: Outside
  let region: NotifiedClinic
  beforeAll(async () => {
    outside = new Outside()
    region = await openNotifiedClinic(outside)
  })
  beforeEach(async () => {
    await region.reset(MONDAY)
    outside.messages.length = 0
    Object.assign(outside.delivering.connected, { email: true, sms: true, push: true })
  })
  afterAll(() => region.clinic.close())

  const app = () => region.clinic.app
  const show = () => app().call(petrov, contract.showNotificationSettings, {})
  const ask = (address: string, channel: 'email' | 'sms' = 'email') =>
    app().call(petrov, contract.requestContact, { body: { channel, address } })
  const confirm = (code: string, channel: 'email' | 'sms' = 'email') =>
    app().call(petrov, contract.confirmContact, { body: { channel, code } })
  const codeSent = (): string => {
    const [message] = outside.messages.slice(-1)
    return /\d{6}/.exec(message!.channel === 'push' ? '' : message!.text)![0]
  }

  it('is by what ЕСИА knows until they say otherwise', async () => {
    expect(await show()).toEqual({
      email: { connected: true, on: true, address: 'petrov@example.org', source: 'esia', waiting: null },
      sms: { connected: true, on: true, address: '+79001234567', source: 'esia', waiting: null },
      push: { connected: true, on: true, publicKey: 'BKey', devices: 0 },
      remindDay: true,
      remindHours: true,
      quietFrom: '21:00',
      quietUntil: '08:00',
    })
  })

  it('is nobody’s to choose who has no card yet', async () => {
    expect(await app().refusal(stranger, contract.showNotificationSettings, {})).toMatchObject(contract.NoCardYet)
  })

  it('goes to an address of their own once its code has come back', async () => {
    expect((await ask(' mine@example.net ')).email).toMatchObject({
      address: 'petrov@example.org',
      waiting: 'mine@example.net',
    })
    await region.deliver()
    expect(outside.messages.map((m) => m.to)).toEqual(['mine@example.net'])
    const wrong = codeSent() === '000000' ? '000001' : '000000'
    expect(await confirm(wrong)).toMatchObject({ outcome: 'wrong', left: 4 })
    expect(await confirm(codeSent())).toMatchObject({
      outcome: 'confirmed',
      settings: { email: { address: 'mine@example.net', source: 'own', waiting: null } },
    })
    outside.messages.length = 0
    const [, , third] = await region.clinic.times(staff.therapist)
    await region.clinic.book(registrar, patients.petrov, third!)
    await region.settle()
    expect(inOrder(outside.messages.map(addressOf))).toEqual(['+79001234567', 'mine@example.net'])
    const dropped = await app().call(petrov, contract.dropContact, { params: { channel: 'email' } })
    expect(dropped.email).toMatchObject({ address: 'petrov@example.org', source: 'esia' })
  })

  it('a code has five tries, a quarter of an hour, and a minute between two', async () => {
    await ask('mine@example.net')
    await region.deliver()
    const code = codeSent()
    const wrong = code === '000000' ? '000001' : '000000'
    // Guesses at once are counted one by one.
    const guesses = await Promise.all(Array.from({ length: 8 }, () => confirm(wrong)))
    expect(guesses.filter((g) => g.outcome === 'wrong')).toHaveLength(5)
    expect(await confirm(code)).toMatchObject({ outcome: 'expired' })
    expect(
      await app().refusal(petrov, contract.requestContact, { body: { channel: 'email', address: 'mine@example.net' } }),
    ).toMatchObject(contract.CodeSentJustNow)
    app().later(1)
    await ask('mine@example.net')
    await region.deliver()
    app().later(15)
    expect(await confirm(codeSent())).toMatchObject({ outcome: 'expired' })
    expect((await show()).email.source).toBe('esia')
  })

  it('a code is not sent late: when it has expired it is not sent at all', async () => {
    await ask('+7 900 000-00-00', 'sms')
    app().later(16)
    await region.deliver()
    expect(outside.messages).toEqual([])
    expect((await region.deliveries()).map((d) => d.state)).toEqual(['not-needed'])
  })

  it('not through what is not connected, nor to what is no address', async () => {
    outside.delivering.connected.email = false
    const body = { channel: 'email' as const, address: 'mine@example.net' }
    expect(await app().refusal(petrov, contract.requestContact, { body })).toMatchObject(contract.ChannelIsOff)
    expect((await show()).email.connected).toBe(false)
    const phone = { channel: 'sms' as const, address: '12345' }
    const refusal = await app().refusal(petrov, contract.requestContact, { body: phone })
    expect(refusal).toMatchObject({ type: Invalid.type, fields: [{ path: 'address' }] })
  })

  const keys = { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) }
  it('to a browser that agreed, and to nobody else’s: it belongs to whoever signed in last', async () => {
    const endpoint = 'https://push.example/one'
    const body = { endpoint, ...keys }
    expect((await app().call(petrov, contract.subscribePush, { body })).push.devices).toBe(1)
    expect((await app().call(petrov, contract.subscribePush, { body })).push.devices).toBe(1)
    await app().db.updateTable('notifications.push_subscription').set({ patient_id: patients.kim }).execute()
    expect((await app().call(petrov, contract.subscribePush, { body })).push.devices).toBe(1)
    const rows = await app().db.selectFrom('notifications.push_subscription').select('patient_id').execute()
    expect(rows).toEqual([{ patient_id: patients.petrov }])
    expect((await app().call(petrov, contract.unsubscribePush, { body: { endpoint } })).push.devices).toBe(0)
  })

  it('not to an address that is no push service: the server would write wherever it is told', async () => {
    const refuse = (endpoint: string) => app().refusal(petrov, contract.subscribePush, { body: { endpoint, ...keys } })
    expect(await refuse('https://127.0.0.1/admin')).toMatchObject(contract.PushServiceUnknown)
    expect(await refuse('http://push.example/one')).toMatchObject({ type: Invalid.type })
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contract from '../../../contracts/notifications.ts'
import { hear } from '../../platform/jobs.ts'
import { newId } from '../../platform/ids.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import { addressOf, inOrder, openNotifiedClinic, Outside, type NotifiedClinic } from '../../testing/notified-clinic.ts'
import { actors, patients, staff } from '../../testing/small-region.ts'

const { petrov, registrar, stranger } = actors

describe('a notification', () => {
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
    outside.answer = () => ({ outcome: 'accepted', reference: null })
  })
  afterAll(() => region.clinic.close())

  const list = () => region.clinic.app.call(petrov, contract.listNotifications, { query: {} })
  const unread = async () => (await region.clinic.app.call(petrov, contract.countUnread, {})).unread
  const told = async () => (await region.notifications()).map((n) => [n.kind, n.readAt === null ? 'new' : 'read'])

  it('of a visit that staff booked is in the cabinet and goes out by e-mail and SMS', async () => {
    const made = await region.clinic.book(registrar, patients.petrov, times[20]!)
    await region.settle()
    const { notifications } = await list()
    expect(notifications).toHaveLength(1)
    expect(notifications[0]).toMatchObject({
      kind: 'visit-booked',
      about: null,
      title: 'Вы записаны на приём',
      readAt: null,
      link: { to: 'visit', id: made.id },
    })
    expect(notifications[0]!.text).toContain('Поликлиника № 1')
    expect(inOrder(outside.messages.map((m) => `${m.channel} ${addressOf(m)}`))).toEqual([
      'email petrov@example.org',
      'sms +79001234567',
    ])
    expect(await unread()).toBe(1)
  })

  it('of one’s own booking and cancelling is kept but does not ring; of cancelling nothing leaves', async () => {
    const made = await region.clinic.book(petrov, patients.petrov, times[20]!)
    await region.settle()
    expect(outside.messages).toHaveLength(2)
    await region.clinic.cancel(petrov, patients.petrov, made.id)
    await region.settle()
    expect(await told()).toEqual([
      ['visit-booked', 'read'],
      ['visit-cancelled-by-patient', 'read'],
    ])
    expect(outside.messages).toHaveLength(2)
    expect(await unread()).toBe(0)
  })

  it('of a cancelling by staff names the reason in the cabinet alone', async () => {
    const made = await region.clinic.book(petrov, patients.petrov, times[20]!)
    await region.clinic.cancel(registrar, patients.petrov, made.id, 'Врач на учёбе')
    await region.settle()
    const [newest] = (await list()).notifications
    expect(newest).toMatchObject({ kind: 'visit-cancelled', readAt: null })
    expect(newest!.text).toContain('Причина: Врач на учёбе.')
    expect(JSON.stringify(outside.messages)).not.toContain('учёбе')
    expect(outside.messages.filter((m) => m.channel === 'sms' && m.text.includes('отменён'))).toHaveLength(1)
  })

  it('of a move names both times', async () => {
    const made = await region.clinic.book(petrov, patients.petrov, times[20]!)
    const hold = await region.clinic.hold(registrar, patients.petrov, times[30]!, made.id)
    await region.clinic.move(registrar, patients.petrov, made.id, hold.id)
    await region.settle()
    const moved = (await list()).notifications.find((n) => n.kind === 'visit-moved')!
    expect(moved.text).toMatch(/^Было: .+\.\nТеперь: .+/)
    expect(outside.messages.some((m) => m.channel === 'email' && m.text.includes('Было: '))).toBe(true)
  })

  it('of a child is told to the parent, who reads whom it is about', async () => {
    await region.clinic.book(registrar, patients.masha, times[20]!)
    await region.settle()
    const [one] = (await list()).notifications
    expect(one).toMatchObject({ patientId: patients.masha })
    expect(one!.about).toBeTruthy()
    expect(inOrder(outside.messages.map(addressOf))).toEqual(['+79001234567', 'petrov@example.org'])
    for (const message of outside.messages) expect(message.channel === 'push' ? '' : message.text).toContain(one!.about)
  })

  it('is one, however often and from however many nodes the event is told', async () => {
    await region.clinic.book(registrar, patients.petrov, times[20]!)
    await region.hearAll()
    const { id } = await region.clinic.db
      .selectFrom('platform.event')
      .select('id')
      .where('type', '=', 'booking.booked')
      .executeTakeFirstOrThrow()
    const listener = region.listeners.find((l) => l.name === 'notifications.visit-booked')!
    // The memory of handled events is lost: the index alone has to keep it one.
    await region.clinic.db.deleteFrom('platform.handled').execute()
    const nodes = Array.from({ length: 8 }, async () => {
      await region.clinic.db.deleteFrom('platform.handled').execute()
      await hear(region.clinic.app.platform, listener, id)
    })
    await Promise.all(nodes)
    expect(await told()).toEqual([['visit-booked', 'new']])
    expect(await region.deliveries()).toHaveLength(2)
  })

  it('is read by whoever acts for the patient, and by nobody else', async () => {
    await region.clinic.book(registrar, patients.petrov, times[20]!)
    await region.settle()
    const [one] = (await list()).notifications
    const params = { patientId: patients.petrov, notificationId: one!.id }
    const { app } = region.clinic
    expect(await app.refusal(stranger, contract.markRead, { params })).toMatchObject({ status: 404 })
    expect(
      await app.refusal(petrov, contract.markRead, { params: { ...params, notificationId: newId() } }),
    ).toMatchObject({ type: contract.NotificationNotFound.type })
    expect((await app.call(stranger, contract.listNotifications, { query: {} })).notifications).toEqual([])
    expect(await app.call(petrov, contract.markRead, { params })).toEqual({ unread: 0 })
    expect(await app.call(petrov, contract.markRead, { params })).toEqual({ unread: 0 })
    expect((await list()).notifications[0]!.readAt).not.toBeNull()
  })

  it('is told live, and so is its reading, to those alone who may hear of the patient', async () => {
    await region.clinic.book(registrar, patients.petrov, times[20]!)
    await region.hearAll()
    await region.clinic.app.call(petrov, contract.markAllRead, {})
    await region.hearAll()
    const events = await region.clinic.db
      .selectFrom('platform.event')
      .select(['type', 'topics', 'payload'])
      .where('type', 'like', 'notifications.%')
      .orderBy('seq')
      .execute()
    expect(events.map((e) => [e.type, e.topics])).toEqual([
      ['notifications.made', [`patient/${patients.petrov}`]],
      ['notifications.read', [`patient/${patients.petrov}`]],
    ])
    expect(JSON.stringify(events)).not.toContain('Петров')
  })

  it('comes page by page', async () => {
    for (let i = 0; i < 31; i++) {
      const made = await region.clinic.book(registrar, patients.petrov, times[20 + i]!)
      await region.clinic.cancel(registrar, patients.petrov, made.id)
    }
    await region.hearAll()
    const seen: string[] = []
    let before: string | null | undefined
    do {
      const page = await region.clinic.app.call(petrov, contract.listNotifications, {
        query: { ...(before && { before }) },
      })
      seen.push(...page.notifications.map((n) => n.id))
      before = page.next
    } while (before)
    expect(seen).toHaveLength(62)
    expect(inOrder(seen).reverse()).toEqual(seen)
  })

  describe('goes by what the person chose', () => {
    const usual = {
      emailOn: true,
      smsOn: true,
      pushOn: true,
      remindDay: true,
      remindHours: true,
      quietFrom: '21:00',
      quietUntil: '08:00',
    }
    const choose = (body: Partial<typeof usual>) =>
      region.clinic.app.call(petrov, contract.changeNotificationSettings, { body: { ...usual, ...body } })

    it('by the channels that are on, and to each browser', async () => {
      await choose({ smsOn: false })
      await region.subscribe()
      await region.subscribe()
      await region.clinic.book(registrar, patients.petrov, times[20]!)
      await region.settle()
      expect(inOrder(outside.messages.map((m) => m.channel))).toEqual(['email', 'push', 'push'])
    })

    it('after the quiet hours of the organisation’s clock, and not before', async () => {
      // 21:30 in Moscow.
      region.clinic.app.now = new Date('2026-03-02T18:30:00Z')
      await region.clinic.book(registrar, patients.petrov, times[20]!)
      await region.settle()
      expect(outside.messages).toEqual([])
      expect((await list()).notifications).toHaveLength(1)
      region.clinic.app.now = new Date('2026-03-03T04:59:00Z')
      await region.deliver()
      expect(outside.messages).toEqual([])
      region.clinic.app.now = new Date('2026-03-03T05:00:00Z')
      await region.deliver()
      expect(outside.messages).toHaveLength(2)
    })

    it('and a booking that was cancelled before its message left is not told outside any more', async () => {
      region.clinic.app.now = new Date('2026-03-02T18:30:00Z')
      const made = await region.clinic.book(registrar, patients.petrov, times[20]!)
      await region.clinic.cancel(registrar, patients.petrov, made.id)
      await region.hearAll()
      region.clinic.app.now = new Date('2026-03-03T05:00:00Z')
      await region.deliver()
      expect(outside.messages.map((m) => m.channel !== 'push' && m.text.includes('отменён'))).toEqual([true, true])
      expect((await region.deliveries()).map((d) => [d.kind, d.state])).toContainEqual(['visit-booked', 'not-needed'])
    })

    it('but a cancelled visit of the early morning is told at night', async () => {
      const made = await region.clinic.book(petrov, patients.petrov, times[6]!)
      expect(made.startsAt).toBe('2026-03-03T07:00:00.000Z')
      await region.settle()
      await choose({ quietUntil: '10:00' })
      outside.messages.length = 0
      region.clinic.app.now = new Date('2026-03-02T20:00:00Z')
      await region.clinic.cancel(registrar, patients.petrov, made.id)
      await region.settle()
      expect(outside.messages).toHaveLength(2)
    })
  })
})

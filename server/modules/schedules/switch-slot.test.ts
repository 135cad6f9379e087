import { describe, expect, it } from 'vitest'
import { closeSlot, listFreeSlots, openSlot } from '../../../contracts/schedules.ts'
import { actors, polyclinic, specialties } from '../../testing/small-region.ts'
import { newId } from '../../platform/ids.ts'
import { actorOf, MONDAY, Refused } from '../../platform/testing/test-app.ts'
import { minutesLater } from '../../platform/time.ts'
import { formatSlotRef } from './slot-ref.ts'
import { bookSlots, claimSlot, describeSlot } from './store-slot.ts'
import { allSlots, schedules, useScheduleApp } from './test-region.ts'

describe('closing and opening a time', () => {
  const app = useScheduleApp()
  /** Times of the therapist on a day of March 2026, as keys. */
  const keysOf = async (day: string) =>
    (await allSlots(app(), schedules.therapist))
      .filter((s) => s.starts_at.toISOString().startsWith(`2026-03-${day}`))
      .map((s) => ({
        organizationId: s.organization_id,
        scheduleId: s.schedule_id,
        startsAt: s.starts_at,
        seq: s.seq,
      }))
  const close = (ref: string, actor = actors.registrar) =>
    app().call(actor, closeSlot, { params: { ref }, body: { reason: 'Врач на совещании' } })
  const open = (ref: string, actor = actors.registrar) => app().call(actor, openSlot, { params: { ref }, body: {} })
  const isOffered = async (ref: string) => {
    const params = { organizationId: polyclinic.id, code: specialties.therapy }
    return (await app().call(actors.petrov, listFreeSlots, { params, query: {} })).slots.some((s) => s.ref === ref)
  }

  it('takes it out of booking and gives it back, with who, why and how it was', async () => {
    const [key] = await keysOf('03')
    const ref = formatSlotRef(key!)
    expect(await close(ref)).toMatchObject({ ref, state: 'closed', appointmentId: null })
    expect(await isOffered(ref)).toBe(false)
    expect(await open(ref, actors.head)).toMatchObject({ ref, state: 'free' })
    expect(await isOffered(ref)).toBe(true)
    const changes = await app()
      .db.selectFrom('schedules.change')
      .selectAll()
      .where('starts_at', '=', key!.startsAt)
      .orderBy('id')
      .execute()
    expect(changes).toMatchObject([
      {
        kind: 'closed',
        actor_id: actors.registrar.id,
        reason: 'Врач на совещании',
        before: { status: 'free' },
        after: { status: 'closed' },
        at: MONDAY,
      },
      {
        kind: 'opened',
        actor_id: actors.head.id,
        reason: null,
        before: { status: 'closed' },
        after: { status: 'free' },
      },
    ])
  })

  it('tells the pages that show it, in ids only', async () => {
    const [key] = await keysOf('04')
    await close(formatSlotRef(key!))
    const event = await app().db.selectFrom('platform.outbox').selectAll().orderBy('id', 'desc').executeTakeFirst()
    const slot = (await app().work(actors.registrar, (work) => describeSlot(work, key!)))!
    expect(event).toMatchObject({
      key: polyclinic.id,
      type: 'schedules.slot-changed',
      topics: [`slots/${polyclinic.id}`, `day/${slot.staffId}`],
      payload: { organizationId: polyclinic.id, staffId: slot.staffId, ref: formatSlotRef(key!) },
    })
  })

  it('changes nothing, also in the history, when it is so already', async () => {
    const [, key] = await keysOf('04')
    const ref = formatSlotRef(key!)
    await close(ref)
    expect(await close(ref)).toMatchObject({ state: 'closed' })
    await open(ref)
    expect(await open(ref)).toMatchObject({ state: 'free' })
    const changes = await app()
      .db.selectFrom('schedules.change')
      .select('kind')
      .where('starts_at', '=', key!.startsAt)
      .orderBy('id')
      .execute()
    expect(changes.map((c) => c.kind)).toEqual(['closed', 'opened'])
  })

  it('is refused for a booked time', async () => {
    const [key] = await keysOf('05')
    const params = { ref: formatSlotRef(key!) }
    await bookSlots(app().db, [{ ...key!, appointmentId: newId() }])
    const refusals = await Promise.all([
      app().refusal(actors.registrar, closeSlot, { params, body: { reason: 'Нет врача' } }),
      app().refusal(actors.registrar, openSlot, { params, body: {} }),
    ])
    for (const refusal of refusals)
      expect(refusal).toMatchObject({
        status: 409,
        type: '/problems/slot-is-booked',
        title: 'На это время записан пациент',
        advice: 'Сначала перенесите или отмените запись.',
      })
  })

  it('is refused for a time that a patient is choosing, until the hold ends', async () => {
    const [, key] = await keysOf('05')
    const ref = formatSlotRef(key!)
    const until = minutesLater(MONDAY, 5)
    await app().work(actors.petrov, (work) => claimSlot(work, key!, { holdId: newId(), until }))
    const refusal = await app().refusal(actors.registrar, closeSlot, { params: { ref }, body: { reason: 'Нет врача' } })
    expect(refusal).toMatchObject({ status: 409, type: '/problems/slot-is-held', holdUntil: until.toISOString() })
    expect((await app().refusal(actors.registrar, openSlot, { params: { ref }, body: {} })).type).toBe(refusal.type)
    app().now = until
    expect(await close(ref)).toMatchObject({ state: 'closed' })
    app().now = MONDAY
  })

  it('is refused for a time that has passed', async () => {
    const [key] = await keysOf('02')
    app().now = key!.startsAt
    const params = { ref: formatSlotRef(key!) }
    const refusal = await app().refusal(actors.registrar, closeSlot, { params, body: { reason: 'Поздно' } })
    expect(refusal).toMatchObject({ status: 409, type: '/problems/slot-is-over' })
    app().now = MONDAY
  })

  it('finds no time of another organisation, none that is not there, and none by a broken reference', async () => {
    const [key] = await keysOf('06')
    const body = { reason: 'Чужое' }
    const refusalOf = (actor: typeof actors.registrar, ref: string) =>
      app().refusal(actor, closeSlot, { params: { ref }, body })
    const missing = formatSlotRef({ ...key!, startsAt: minutesLater(key!.startsAt, 1) })
    const refusals = await Promise.all([
      refusalOf(actors.hospitalRegistrar, formatSlotRef(key!)),
      refusalOf(actorOf({ role: 'administrator' }), formatSlotRef(key!)),
      refusalOf(actors.registrar, missing),
      refusalOf(actors.registrar, formatSlotRef({ ...key!, scheduleId: newId() })),
    ])
    expect(refusals.map((r) => [r.status, r.type])).toEqual(refusals.map(() => [404, '/problems/slot-not-found']))
    expect((await refusalOf(actors.registrar, '1; drop table')).status).toBe(422)
    expect((await refusalOf(actors.petrov, formatSlotRef(key!))).status).toBe(403)
    const empty = await app().refusal(actors.registrar, closeSlot, {
      params: { ref: formatSlotRef(key!) },
      body: { reason: '' },
    })
    expect(empty.fields).toMatchObject([{ path: 'reason' }])
  })

  it('and a hold at the same moment: one of them wins, and never both', async () => {
    const keys = (await allSlots(app(), schedules.therapist))
      .filter((s) => s.starts_at > new Date('2026-03-09'))
      .map((s) => ({ organizationId: s.organization_id, scheduleId: s.schedule_id, startsAt: s.starts_at, seq: s.seq }))
    expect(keys.length).toBeGreaterThan(20)
    const until = minutesLater(MONDAY, 5)
    const outcomes = await Promise.all(
      keys.map(async (key, i) => {
        const closing = () =>
          close(formatSlotRef(key)).then(
            () => true,
            (error: unknown) => {
              expect(error).toBeInstanceOf(Refused)
              expect((error as Refused).problem.type).toBe('/problems/slot-is-held')
              return false
            },
          )
        const holding = () =>
          app().work(
            actors.petrov,
            async (work) => (await claimSlot(work, key, { holdId: newId(), until })) !== undefined,
          )
        // Each of the two is sent first half of the time.
        const [first, second] = i % 2 === 0 ? [closing, holding] : [holding, closing]
        return Promise.all([first(), second()])
      }),
    )
    for (const both of outcomes) expect(both.filter(Boolean)).toHaveLength(1)
  })

  it('by many at once leaves one line in the history', async () => {
    const key = (await keysOf('06'))[1]!
    await Promise.all(Array.from({ length: 12 }, () => close(formatSlotRef(key))))
    const changes = await app()
      .db.selectFrom('schedules.change')
      .select('kind')
      .where('starts_at', '=', key.startsAt)
      .execute()
    expect(changes).toHaveLength(1)
  })
})

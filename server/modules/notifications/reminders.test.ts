import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as booking from '../../../contracts/booking.ts'
import { listDayVisits } from '../../../contracts/day-visits.ts'
import * as contract from '../../../contracts/notifications.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import { actors, patients, polyclinic, staff } from '../../testing/small-region.ts'
import { inOrder, openNotifiedClinic, Outside, type NotifiedClinic } from '../../testing/notified-clinic.ts'

const { petrov, registrar } = actors
const usual = {
  emailOn: true,
  smsOn: true,
  pushOn: true,
  remindDay: true,
  remindHours: true,
  quietFrom: '21:00',
  quietUntil: '08:00',
}

describe('a reminder', () => {
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

  /** A visit on Wednesday at 10:00 in Moscow, whose booking has been told already. */
  const wednesday = '2026-03-04T07:00:00.000Z'
  const book = async (patientId: string = patients.petrov) => {
    const made = await region.clinic.book(registrar, patientId, times[12]!)
    expect(made.startsAt).toBe(wednesday)
    await region.settle()
    outside.messages.length = 0
    return made
  }
  const at = async (instant: string) => {
    region.clinic.app.now = new Date(instant)
    await region.remind()
    await region.settle()
  }
  const reminded = async () =>
    (await region.notifications()).map((n) => n.kind).filter((kind) => kind.includes('reminder'))
  const dayBefore = '2026-03-03T07:00:00.000Z'
  const tokenIn = (): string => {
    const mail = outside.messages.find((m) => m.channel === 'email')
    return /\/v\/([\w-]{22})/.exec(mail?.channel === 'email' ? mail.text : '')![1]!
  }

  it('comes a day before and two hours before, each once', async () => {
    await book()
    await at('2026-03-03T06:59:00Z')
    expect(await reminded()).toEqual([])
    await at(dayBefore)
    expect(await reminded()).toEqual(['visit-reminder-day'])
    expect(inOrder(outside.messages.map((m) => m.channel))).toEqual(['email', 'sms'])
    await at('2026-03-04T05:00:00Z')
    await at('2026-03-04T05:01:00Z')
    expect(await reminded()).toEqual(['visit-reminder-day', 'visit-reminder-hours'])
    expect(outside.messages).toHaveLength(4)
  })

  it('comes once from any number of nodes that look at once', async () => {
    await book()
    region.clinic.app.now = new Date(dayBefore)
    await Promise.all(Array.from({ length: 8 }, () => region.remind()))
    await region.hearAll()
    await Promise.all(Array.from({ length: 8 }, () => region.deliver()))
    expect(await reminded()).toEqual(['visit-reminder-day'])
    expect(outside.messages).toHaveLength(2)
  })

  it('does not come of a visit that was cancelled or moved, also when that was a moment ago', async () => {
    const made = await book()
    await region.clinic.cancel(registrar, patients.petrov, made.id)
    // Its listener has not come to it yet.
    region.clinic.app.now = new Date(dayBefore)
    await region.remind()
    expect(await reminded()).toEqual([])
    await region.hearAll()
    const left = await region.clinic.db.selectFrom('notifications.reminder').selectAll().execute()
    expect(left).toEqual([])
  })

  it('of a moved visit comes by the new time', async () => {
    const made = await book()
    const hold = await region.clinic.hold(registrar, patients.petrov, times[24]!, made.id)
    const moved = await region.clinic.move(registrar, patients.petrov, made.id, hold.id)
    await region.hearAll()
    const due = await region.clinic.db.selectFrom('notifications.reminder').selectAll().orderBy('due_at').execute()
    expect(due.map((r) => r.appointment_id)).toEqual([moved.id, moved.id])
    expect(due[0]!.due_at).toEqual(new Date(new Date(moved.startsAt).getTime() - 86_400_000))
  })

  it('that waited for the end of quiet hours is not sent when the visit was cancelled meanwhile', async () => {
    const made = await book()
    await region.clinic.app.call(petrov, contract.changeNotificationSettings, {
      body: { ...usual, quietFrom: '09:00', quietUntil: '12:00' },
    })
    await at(dayBefore)
    expect(outside.messages).toEqual([])
    await region.clinic.cancel(petrov, patients.petrov, made.id)
    await at('2026-03-03T09:00:00Z')
    expect(outside.messages).toEqual([])
    const states = (await region.deliveries()).filter((d) => d.kind === 'visit-reminder-day').map((d) => d.state)
    expect(states).toEqual(['not-needed', 'not-needed'])
  })

  it('comes as the person chose, and nobody is reminded who wants none', async () => {
    await region.clinic.app.call(petrov, contract.changeNotificationSettings, {
      body: { ...usual, remindDay: false, smsOn: false },
    })
    await book(patients.masha)
    await at(dayBefore)
    expect(await reminded()).toEqual([])
    await at('2026-03-04T05:00:00Z')
    expect(await reminded()).toEqual(['visit-reminder-hours'])
    expect(outside.messages.map((m) => m.channel)).toEqual(['email'])
  })

  describe('is answered by its link without signing in', () => {
    const show = (token: string) => region.clinic.app.call(undefined, contract.showVisitToAnswer, { params: { token } })
    const answer = (token: string, body: { answer: 'coming' | 'not-coming' | 'bring-back' }) =>
      region.clinic.app.call(undefined, contract.answerVisit, { params: { token }, body })
    const dayList = async () =>
      (
        await region.clinic.app.call(registrar, listDayVisits, {
          params: { organizationId: polyclinic.id },
          query: { day: '2026-03-04' },
        })
      ).visits

    it('shows the time and the organisation and nothing of the person or the doctor', async () => {
      await book()
      await at(dayBefore)
      const shown = await show(tokenIn())
      expect(shown).toEqual({
        startsAt: wednesday,
        timeZone: 'Europe/Moscow',
        organizationName: 'Поликлиника № 1',
        organizationPhone: '+7 495 000-00-01',
        state: 'expected',
        answer: null,
        cancelUntil: '2026-03-04T05:00:00.000Z',
        canBringBack: false,
      })
      expect(JSON.stringify(shown)).not.toMatch(/Петр|Иванов|терап/i)
    })

    it('«приду» is seen in the list of the day', async () => {
      await book()
      await at(dayBefore)
      expect(await answer(tokenIn(), { answer: 'coming' })).toMatchObject({ state: 'expected', answer: 'coming' })
      expect(await dayList()).toMatchObject([{ status: 'booked', answer: 'coming' }])
    })

    it('«не приду» cancels, gives the time to others, stays quiet, and can be taken back while the time is free', async () => {
      await book()
      await at(dayBefore)
      const token = tokenIn()
      expect(await answer(token, { answer: 'not-coming' })).toMatchObject({ state: 'cancelled', canBringBack: true })
      expect(await answer(token, { answer: 'not-coming' })).toMatchObject({ state: 'cancelled', canBringBack: true })
      expect(await dayList()).toEqual([])
      outside.messages.length = 0
      await region.settle()
      expect(outside.messages).toEqual([])
      const quiet = (await region.notifications()).at(-1)
      expect(quiet).toMatchObject({ kind: 'visit-cancelled-by-patient', readAt: expect.any(Date) as Date })

      expect(await answer(token, { answer: 'bring-back' })).toMatchObject({ state: 'expected', answer: 'coming' })
      expect(await dayList()).toMatchObject([{ status: 'booked', answer: 'coming' }])
      expect(await region.clinic.disagreements()).toEqual([])
      // The same link goes on with the new appointment.
      expect(await answer(token, { answer: 'not-coming' })).toMatchObject({ state: 'cancelled' })
    })

    it('a time that somebody took since cannot be brought back', async () => {
      await book()
      await at(dayBefore)
      const token = tokenIn()
      await answer(token, { answer: 'not-coming' })
      await region.clinic.book(registrar, patients.kim, times[12]!)
      const refusal = await region.clinic.app.refusal(undefined, contract.answerVisit, {
        params: { token },
        body: { answer: 'bring-back' },
      })
      expect(refusal).toMatchObject(booking.SlotTaken)
      expect(await region.clinic.disagreements()).toEqual([])
    })

    it('a visit that staff cancelled cannot be brought back by the link', async () => {
      const made = await book()
      await at(dayBefore)
      const token = tokenIn()
      await answer(token, { answer: 'coming' })
      await region.clinic.cancel(registrar, patients.petrov, made.id)
      expect(await answer(token, { answer: 'bring-back' })).toMatchObject({ state: 'cancelled', canBringBack: false })
      const refusal = await region.clinic.app.refusal(undefined, contract.answerVisit, {
        params: { token },
        body: { answer: 'coming' },
      })
      expect(refusal).toMatchObject(booking.AppointmentIsOver)
    })

    it('after the deadline «не приду» leaves the visit and tells the registrar', async () => {
      await book()
      await at(dayBefore)
      const token = tokenIn()
      region.clinic.app.now = new Date('2026-03-04T06:00:00Z')
      expect(await answer(token, { answer: 'not-coming' })).toMatchObject({
        state: 'expected',
        answer: 'not-coming',
        cancelUntil: null,
      })
      expect(await dayList()).toMatchObject([{ status: 'booked', answer: 'not-coming' }])
    })

    it('two answers at once end in one state that all sides agree on', async () => {
      await book()
      await at(dayBefore)
      const token = tokenIn()
      const answers = ['coming', 'not-coming', 'coming', 'not-coming', 'bring-back', 'not-coming'] as const
      await Promise.allSettled(answers.map((one) => answer(token, { answer: one })))
      expect(await region.clinic.disagreements()).toEqual([])
    })

    it('a wrong token opens nothing, and the journal names whose visit was seen by a link', async () => {
      await book()
      await at(dayBefore)
      const refusal = await region.clinic.app.refusal(undefined, contract.showVisitToAnswer, {
        params: { token: 'A'.repeat(22) },
      })
      expect(refusal).toMatchObject(contract.LinkNotFound)
      await show(tokenIn())
      const rows = await region.clinic.app.journal('notifications.show-visit-to-answer')
      expect(rows.map((r) => [r.outcome, r.patient_id, r.grounds])).toContainEqual(['done', patients.petrov, 'ticket'])
    })
  })
})

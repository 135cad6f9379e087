import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contract from '../../../contracts/booking-rules.ts'
import * as booking from '../../../contracts/booking.ts'
import { markNoShow } from '../../../contracts/day-visits.ts'
import { Invalid, NotAllowed } from '../../../contracts/problems.ts'
import { newId } from '../../platform/ids.ts'
import { MONDAY, Refused } from '../../platform/testing/test-app.ts'
import { openClinic, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, patients, polyclinic, specialties, staff } from '../../testing/small-region.ts'

const { petrov, registrar, administrator, head } = actors
type Decision = contract.RuleDecision

describe('rules of the region', () => {
  let clinic: Clinic
  let therapist: string[]
  let cardiologist: string[]
  beforeAll(async () => {
    clinic = await openClinic({ max: 16 })
    therapist = await clinic.times(staff.therapist)
    cardiologist = await clinic.times(staff.cardiologist)
  })
  beforeEach(async () => {
    await clinic.reset(MONDAY)
    await sql`truncate booking.rule_override, booking.visit_referral, booking.rule_version, patients.benefit`.execute(
      clinic.db,
    )
    await sql`update booking.rule_set set revision = ${newId()}`.execute(clinic.db)
  })
  afterAll(() => clinic.close())

  const decision = (body: contract.RuleBody, given: Partial<Decision> = {}): Decision => ({
    name: 'Правило для проверки',
    legalSource: 'правило региона',
    validFrom: '2026-01-01',
    validUntil: null,
    order: 10,
    overridable: false,
    organizationIds: [],
    specialtyCodes: [],
    channels: [],
    body,
    ...given,
  })
  const make = (body: contract.RuleBody, given: Partial<Decision> = {}) =>
    clinic.app.call(administrator, contract.createRule, {
      body: { ...decision(body, given), takesEffectAt: null, reason: 'Проверка' },
    })
  const change = (
    ruleId: string,
    body: Decision & { version: number; takesEffectAt?: string | null; withdrawn?: boolean },
  ) => ({ params: { ruleId }, body: { takesEffectAt: null, withdrawn: false, reason: 'Стало иначе', ...body } })
  const holdWith = (actor: typeof registrar, patientId: string, ref: string, more: object) =>
    ({ body: { patientId, ref, ...more } }) as never

  it('refuse with their name, source and advice, and let through whom they do not concern', async () => {
    const rule = await make(
      { kind: 'referral', parameters: {} },
      { name: 'По направлению', specialtyCodes: [specialties.cardiology] },
    )
    const refused = await clinic.refusedHold(petrov, patients.petrov, cardiologist[0]!)
    expect(refused).toMatchObject({ type: contract.RuleRefuses.type, status: 409 })
    expect(refused.detail).toContain('«По направлению» (правило региона)')
    expect(refused.advice).toContain('терапевту')
    expect(refused['rules']).toMatchObject([{ id: rule.id, version: 1, kind: 'referral', overridable: false }])
    await clinic.hold(petrov, patients.petrov, therapist[0]!)
    expect(await clinic.disagreements()).toEqual([])
  })

  it('take a referral that staff have seen, keep its number, and do not believe a citizen’s word', async () => {
    await make({ kind: 'referral', parameters: {} }, { specialtyCodes: [specialties.cardiology] })
    const asked = holdWith(registrar, patients.petrov, cardiologist[0]!, { referral: '057-118' })
    expect((await clinic.app.refusal(petrov, booking.holdSlot, asked)).type).toBe(contract.RuleRefuses.type)
    const hold = await clinic.app.call(registrar, booking.holdSlot, asked)
    await clinic.confirm(registrar, patients.petrov, hold.id)
    const kept = await clinic.db.selectFrom('booking.visit_referral').selectAll().execute()
    expect(kept).toEqual([{ organization_id: polyclinic.id, appointment_id: hold.id, number: '057-118' }])
  })

  it('are booked past by staff where they allow it, with a reason that stands with the appointment', async () => {
    const soft = await make({ kind: 'sex', parameters: { sex: 'female' } }, { overridable: true, order: 2 })
    const first = await make(
      { kind: 'minimum-notice', parameters: { minutes: 20_000 } },
      { overridable: true, order: 1 },
    )
    const refused = await clinic.refusedHold(registrar, patients.petrov, therapist[0]!)
    expect((refused['rules'] as { id: string }[]).map((r) => r.id)).toEqual([first.id, soft.id])
    const reason = 'Пациент из отдалённого посёлка'
    const past = (rules: string[]) =>
      holdWith(registrar, patients.petrov, therapist[0]!, { override: { rules, reason } })
    const left = await clinic.app.refusal(registrar, booking.holdSlot, past([soft.id]))
    expect((left['rules'] as { id: string }[]).map((r) => r.id)).toEqual([first.id])
    const hold = await clinic.app.call(registrar, booking.holdSlot, past([soft.id, first.id]))
    await clinic.confirm(registrar, patients.petrov, hold.id)

    const listed = await clinic.app.call(administrator, contract.listRuleOverrides, { params: { ruleId: soft.id } })
    expect(listed.overrides).toMatchObject([{ appointmentId: hold.id, version: 1, by: registrar.name, reason }])
    expect(
      (await clinic.app.call(head, contract.listRuleOverrides, { params: { ruleId: soft.id } })).overrides,
    ).toHaveLength(1)
    const events = await clinic.db.selectFrom('platform.outbox').select(['type', 'payload']).execute()
    expect(events.filter((e) => e.type === 'booking.rule-overridden')).toMatchObject([
      { payload: { appointmentId: hold.id } },
    ])
    const [row] = (await clinic.app.journal('booking.hold')).filter((a) => a.outcome === 'done')
    expect(row).toMatchObject({ actor_id: registrar.id, patient_id: patients.petrov, object_id: hold.id })
  })

  it('stay firm when they must, and for citizens always', async () => {
    const firm = await make({ kind: 'sex', parameters: { sex: 'female' } })
    const soft = await make({ kind: 'minimum-notice', parameters: { minutes: 20_000 } }, { overridable: true })
    const past = (rules: string[]) =>
      holdWith(registrar, patients.petrov, therapist[0]!, { override: { rules, reason: 'Надо' } })
    expect((await clinic.app.refusal(registrar, booking.holdSlot, past([firm.id, soft.id]))).type).toBe(
      contract.RuleIsFirm.type,
    )
    expect((await clinic.app.refusal(petrov, booking.holdSlot, past([soft.id]))).type).toBe(NotAllowed.type)
    expect(await clinic.db.selectFrom('booking.rule_override').selectAll().execute()).toEqual([])
  })

  it('let a patient have two visits of one specialty where they say so, and no third', async () => {
    await make({ kind: 'visits-per-specialty', parameters: { most: 2 } }, { specialtyCodes: [specialties.therapy] })
    await clinic.book(registrar, patients.petrov, therapist[0]!)
    await clinic.book(registrar, patients.petrov, therapist[7]!)
    const third = await clinic.refusedHold(registrar, patients.petrov, therapist[8]!)
    expect(third).toMatchObject({ type: booking.AlreadyBooked.type, rules: [{ kind: 'visits-per-specialty' }] })
    await clinic.book(registrar, patients.petrov, cardiologist[3]!)
    expect((await clinic.refusedHold(registrar, patients.petrov, cardiologist[9]!)).type).toBe(
      booking.AlreadyBooked.type,
    )
  })

  it('count no-shows of the patient and forget those taken back', async () => {
    await make(
      { kind: 'cool-down', parameters: { noShows: 1, withinDays: 30, closedDays: 10 } },
      { channels: ['portal'] },
    )
    const visit = await clinic.book(petrov, patients.petrov, therapist[0]!)
    clinic.app.now = new Date(visit.endsAt)
    const mark = (noShow: boolean) =>
      clinic.app.call(registrar, markNoShow, {
        params: { organizationId: polyclinic.id, appointmentId: visit.id },
        body: { noShow },
      })
    await mark(true)
    expect((await clinic.refusedHold(petrov, patients.petrov, therapist[9]!)).detail).toContain('не пришёл')
    await clinic.hold(registrar, patients.petrov, therapist[9]!)
    await mark(false)
    await clinic.hold(petrov, patients.petrov, therapist[9]!)
  })

  it('let in first whom they name, by paper', async () => {
    await make({
      kind: 'priority-hours',
      parameters: {
        groups: ['veteran'],
        weekdays: [1, 2, 3, 4, 5, 6, 7],
        from: '10:00',
        until: '10:40',
        releasedHoursBefore: 1,
      },
    })
    expect((await clinic.refusedHold(petrov, patients.petrov, therapist[6]!)).detail).toContain('ветераны')
    await sql`insert into patients.benefit (patient_id, id, code, document, since)
      values (${patients.petrov}, ${newId()}, 'veteran', 'Удостоверение', '2020-01-01')`.execute(clinic.db)
    await clinic.hold(petrov, patients.petrov, therapist[6]!)
  })

  it('say beforehand what they would refuse: a specialty as a whole, and single times', async () => {
    await make({ kind: 'sex', parameters: { sex: 'female' } }, { specialtyCodes: [specialties.cardiology] })
    await make({ kind: 'minimum-notice', parameters: { minutes: 90 } })
    const advice = await clinic.app.call(petrov, contract.showRuleAdvice, {
      params: { patientId: patients.petrov, organizationId: polyclinic.id },
      query: { specialty: specialties.therapy },
    })
    expect(advice.specialties.filter((s) => s.refusals.length > 0)).toMatchObject([
      { code: specialties.cardiology, refusals: [{ kind: 'sex' }] },
    ])
    // It is 09:00; until 10:30 nothing may be booked, and times begin at 10:00.
    expect(advice.times.map((t) => t.ref)).toEqual(therapist.slice(0, 2))
    expect(advice.refusals).toMatchObject([{ kind: 'minimum-notice' }])
    for (const ref of therapist.slice(0, 2))
      expect((await clinic.refusedHold(petrov, patients.petrov, ref)).type).toBe(contract.RuleRefuses.type)
    await clinic.hold(petrov, patients.petrov, therapist[2]!)
    const stranger = { params: { patientId: patients.petrov, organizationId: polyclinic.id }, query: {} }
    expect((await clinic.app.refusal(actors.stranger, contract.showRuleAdvice, stranger)).status).toBe(404)
  })

  describe('versions', () => {
    it('are in force from their moment, keep the past, and are seen by every request at once', async () => {
      const rule = await make({ kind: 'sex', parameters: { sex: 'female' } })
      const refused = async () =>
        clinic.hold(petrov, patients.petrov, therapist[0]!).then(
          () => undefined,
          (error: unknown) => (error as Refused).problem.type,
        )
      expect(await refused()).toBe(contract.RuleRefuses.type)
      const soon = new Date(+MONDAY + 600_000).toISOString()
      const next = change(rule.id, {
        ...decision({ kind: 'sex', parameters: { sex: 'male' } }),
        version: 1,
        takesEffectAt: soon,
      })
      const planned = await clinic.app.call(administrator, contract.changeRule, next)
      expect(planned).toMatchObject({ current: { version: 1 }, coming: [{ version: 2 }] })
      expect(await refused()).toBe(contract.RuleRefuses.type)
      clinic.app.later(10)
      expect(await refused()).toBeUndefined()
      const history = await clinic.app.call(registrar, contract.showRuleHistory, { params: { ruleId: rule.id } })
      expect(history.versions).toMatchObject([
        { version: 2, changedBy: administrator.name, reason: 'Стало иначе', changedAt: MONDAY.toISOString() },
        { version: 1, body: { parameters: { sex: 'female' } } },
      ])
      // As of five minutes past nine the first version judged.
      const trial = (bookedAt: Date) =>
        clinic.app.call(registrar, contract.tryRules, { body: { ...example, bookedAt: bookedAt.toISOString() } })
      expect((await trial(new Date(+MONDAY + 300_000))).verdicts).toMatchObject([{ version: 1, passes: false }])
      expect((await trial(new Date(+MONDAY + 600_000))).verdicts).toMatchObject([{ version: 2, passes: true }])
    })

    it('are withdrawn and stay in the history', async () => {
      const rule = await make({ kind: 'sex', parameters: { sex: 'female' } })
      const ended = change(rule.id, {
        ...decision({ kind: 'sex', parameters: { sex: 'female' } }),
        version: 1,
        withdrawn: true,
      })
      await clinic.app.call(administrator, contract.changeRule, ended)
      await clinic.hold(petrov, patients.petrov, therapist[0]!)
      const { rules } = await clinic.app.call(registrar, contract.listRules, {} as never)
      expect(rules).toMatchObject([{ id: rule.id, current: { version: 2, withdrawn: true } }])
    })

    it('changed by ten at once: one is kept, nine are told', async () => {
      const rule = await make({ kind: 'sex', parameters: { sex: 'female' } })
      const next = change(rule.id, { ...decision({ kind: 'sex', parameters: { sex: 'male' } }), version: 1 })
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, () => clinic.app.call(administrator, contract.changeRule, next)),
      )
      expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1)
      const told = results.flatMap((r) => (r.status === 'rejected' ? [(r.reason as Refused).problem.type] : []))
      expect(new Set(told)).toEqual(new Set([contract.RuleChangedMeanwhile.type]))
    })

    it('are refused when they are not sound, with the field', async () => {
      const wrong: [Partial<Decision & { takesEffectAt: string }>, string][] = [
        [{ body: { kind: 'age', parameters: { from: 18, to: 17 } } }, 'body.parameters.to'],
        [{ validUntil: '2025-12-31' }, 'validUntil'],
        [{ takesEffectAt: '2026-03-02T05:59:59Z' }, 'takesEffectAt'],
        [{ organizationIds: [newId()] }, 'organizationIds'],
      ]
      for (const [given, path] of wrong) {
        const body = {
          ...decision({ kind: 'referral', parameters: {} }),
          takesEffectAt: null,
          reason: 'Проверка',
          ...given,
        }
        const refused = await clinic.app.refusal(administrator, contract.createRule, { body })
        expect(refused).toMatchObject({ type: Invalid.type, fields: [{ path }] })
      }
      const body = {
        ...decision({ kind: 'referral', parameters: { most: 1 } } as never),
        takesEffectAt: null,
        reason: 'x',
      }
      expect((await clinic.app.refusal(administrator, contract.createRule, { body })).type).toBe(Invalid.type)
      const rule = await make({ kind: 'referral', parameters: {} })
      const other = change(rule.id, { ...decision({ kind: 'sex', parameters: { sex: 'male' } }), version: 1 })
      expect(await clinic.app.refusal(administrator, contract.changeRule, other)).toMatchObject({
        fields: [{ path: 'body.kind' }],
      })
      const nobody = change(newId(), { ...decision({ kind: 'referral', parameters: {} }), version: 1 })
      expect((await clinic.app.refusal(administrator, contract.changeRule, nobody)).type).toBe(
        contract.RuleNotFound.type,
      )
    })

    it('are the administrator’s alone', async () => {
      const body = { ...decision({ kind: 'referral', parameters: {} }), takesEffectAt: null, reason: 'Проверка' }
      for (const actor of [registrar, head, petrov])
        expect((await clinic.app.refusal(actor, contract.createRule, { body })).type).toBe(NotAllowed.type)
    })
  })

  const example = {
    bookedAt: null,
    startsAt: '2026-03-03T07:00:00Z',
    organizationId: polyclinic.id,
    specialtyCode: specialties.therapy,
    channel: 'portal' as const,
    age: 40,
    sex: 'male' as const,
    attached: 'here' as const,
    referral: false,
    groups: [],
    coming: 0,
    holds: 0,
    noShowDaysAgo: [],
    dayTaken: 0,
    dayTakenByChannel: 0,
  }

  it('tried on an example say each in its order what they think, and change nothing', async () => {
    await make({ kind: 'daily-load', parameters: { most: 20 } }, { order: 3 })
    await make({ kind: 'sex', parameters: { sex: 'female' } }, { order: 1 })
    await make({ kind: 'referral', parameters: {} }, { order: 2, specialtyCodes: [specialties.cardiology] })
    const { verdicts } = await clinic.app.call(head, contract.tryRules, { body: { ...example, dayTaken: 20 } })
    expect(verdicts.map((v) => [v.kind, v.concerns, v.passes])).toEqual([
      ['sex', true, false],
      ['referral', false, true],
      ['daily-load', true, false],
    ])
  })

  describe('a hold', () => {
    it('is prolonged while one types, fifteen minutes at most', async () => {
      const hold = await clinic.hold(petrov, patients.petrov, therapist[0]!)
      const extend = () =>
        clinic.app.call(petrov, booking.extendHold, {
          params: { holdId: hold.id },
          body: { patientId: patients.petrov },
        })
      const minutesOf = (h: { expiresAt: string }) => (Date.parse(h.expiresAt) - +MONDAY) / 60_000
      const ends: number[] = []
      for (let i = 0; i < 4; i++) {
        clinic.app.later(4)
        ends.push(minutesOf(await extend().catch(() => ({ expiresAt: MONDAY.toISOString() }))))
        expect(await clinic.disagreements()).toEqual([])
      }
      expect(ends).toEqual([9, 13, 15, 0])
      const refused = await clinic.app.refusal(petrov, booking.extendHold, {
        params: { holdId: hold.id },
        body: { patientId: patients.petrov },
      })
      expect(refused.type).toBe(booking.HoldExpired.type)
    })

    it('of somebody else is not prolonged', async () => {
      const hold = await clinic.hold(registrar, patients.petrov, therapist[0]!)
      const refused = await clinic.app.refusal(petrov, booking.extendHold, {
        params: { holdId: hold.id },
        body: { patientId: patients.petrov },
      })
      expect(refused.type).toBe(booking.HoldNotFound.type)
    })
  })

  describe('at the same moment', () => {
    const all = async (runs: (() => Promise<unknown>)[]) => {
      const results = await Promise.allSettled(runs.map((run) => run()))
      for (const r of results) if (r.status === 'rejected' && !(r.reason instanceof Refused)) throw r.reason
      return results.map((r) => (r.status === 'fulfilled' ? 'done' : (r.reason as Refused).problem.type))
    }
    const takenOnTuesday = async () => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from schedules.slot
        where practitioner_role_id = ${staff.therapist} and starts_at between '2026-03-03' and '2026-03-04'
        and (status = 'booked' or hold_until > ${clinic.app.now})`.execute(clinic.db)
      return rows[0]!.n
    }

    it('a hundred ask for six times of a doctor who sees four a day: four get one (the lock is booking.doctor_line)', async () => {
      await make({ kind: 'daily-load', parameters: { most: 4 } })
      const crowd = await clinic.addPatients(100)
      const tuesday = therapist.slice(6, 12)
      const answers = await all(crowd.map((id, i) => () => clinic.book(registrar, id, tuesday[i % 6]!)))
      expect(answers.filter((a) => a === 'done')).toHaveLength(4)
      expect(await takenOnTuesday()).toBe(4)
      expect(await clinic.disagreements()).toEqual([])
    }, 60_000)

    it('a quota of the portal is kept while registrars go on', async () => {
      await make({ kind: 'channel-quota', parameters: { most: 1 } }, { channels: ['portal'] })
      const crowd = await clinic.addPatients(3)
      const tuesday = therapist.slice(6, 12)
      const answers = await all([
        () => clinic.hold(petrov, patients.petrov, tuesday[0]!),
        () => clinic.hold(petrov, patients.masha, tuesday[1]!),
        ...crowd.map((id, i) => () => clinic.hold(registrar, id, tuesday[2 + i]!)),
      ])
      expect(answers.slice(0, 2).sort()).toEqual([contract.RuleRefuses.type, 'done'])
      expect(answers.slice(2)).toEqual(['done', 'done', 'done'])
    })

    it('a hold that ran out is not honoured past the limit that others have filled', async () => {
      await make({ kind: 'daily-load', parameters: { most: 1 } })
      const [other] = await clinic.addPatients(1)
      const hold = await clinic.hold(petrov, patients.petrov, therapist[6]!)
      clinic.app.later(6)
      const visit = await clinic.book(registrar, other!, therapist[7]!)
      const confirm = { body: { patientId: patients.petrov, holdId: hold.id } }
      expect((await clinic.app.refusal(petrov, booking.confirmHold, confirm)).type).toBe(contract.RuleRefuses.type)
      await clinic.cancel(registrar, other!, visit.id)
      await clinic.confirm(petrov, patients.petrov, hold.id)
      expect(await takenOnTuesday()).toBe(1)
    })

    it('a full day lets its own patients move within it', async () => {
      await make({ kind: 'daily-load', parameters: { most: 1 } })
      const visit = await clinic.book(petrov, patients.petrov, therapist[6]!)
      const hold = await clinic.hold(petrov, patients.petrov, therapist[8]!, visit.id)
      await clinic.move(petrov, patients.petrov, visit.id, hold.id)
      expect(await takenOnTuesday()).toBe(1)
    })

    it('one person holds no more times than allowed (the lock is the patient’s row)', async () => {
      await make({ kind: 'holds-at-once', parameters: { most: 1 } })
      for (let round = 0; round < 10; round++) {
        const answers = await all([
          () => clinic.hold(petrov, patients.petrov, therapist[6 + round]!),
          () => clinic.hold(registrar, patients.petrov, cardiologist[20 + round]!),
        ])
        expect(answers.filter((a) => a === 'done')).toHaveLength(1)
        expect(answers).toContain(contract.RuleRefuses.type)
        clinic.app.later(5)
      }
    })

    it('of two visits that a specialty allows no third is made by twelve who ask at once', async () => {
      await make({ kind: 'visits-per-specialty', parameters: { most: 2 } })
      const times = [0, 1, 2, 3, 4, 5].flatMap((i) => [therapist[i]!, therapist[6 + i]!])
      // Each request lets go of earlier holds of its specialty, so visits are booked, not only held.
      await all(times.map((ref) => () => clinic.book(registrar, patients.petrov, ref)))
      const coming = await clinic.db
        .selectFrom('booking.patient_visit')
        .select('visit_id')
        .where('held_until', 'is', null)
        .execute()
      expect(coming.length).toBeLessThanOrEqual(2)
      expect(coming.length).toBeGreaterThan(0)
    })
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as contract from '../../../contracts/chart.ts'
import { emptyConsultation, type ConsultationDraft } from '../../../contracts/chart.ts'
import { newId } from '../../platform/ids.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import { localDay } from '../../platform/time.ts'
import type { Actor } from '../../platform/work.ts'
import { openClinic, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, patients, polyclinic, staff } from '../../testing/small-region.ts'
import { insertFacts, type Fact } from './store-facts.ts'
import { chartRoutes } from './routes.ts'

const { petrov, masha, sidorova } = patients
const written: ConsultationDraft = { ...emptyConsultation, complaints: 'Кашель «сухой», t° 37,5 — 3-й день 🤒' }

describe('a visit', () => {
  let clinic: Clinic
  beforeAll(async () => {
    clinic = await openClinic({ routes: chartRoutes() })
  })
  afterAll(() => clinic.close())
  beforeEach(() => clinic.reset(MONDAY))

  const call = () => clinic.app.call.bind(clinic.app)
  const refusal = () => clinic.app.refusal.bind(clinic.app)
  const booked = async (patientId = petrov, place = 0) =>
    clinic.book(actors.registrar, patientId, (await clinic.times(staff.therapist))[place]!)
  const start = (actor: Actor, patientId: string, appointmentId: string) =>
    call()(actor, contract.startVisit, { params: { patientId }, body: { appointmentId } })
  const save = (visitId: string, version: number, draft: ConsultationDraft, actor: Actor = actors.therapist) =>
    call()(actor, contract.saveDraft, { params: { patientId: petrov, visitId }, body: { version, draft } })

  it('is opened by the appointment’s own doctor, with a case, once', async () => {
    const { id } = await booked()
    const visit = await start(actors.therapist, petrov, id)
    expect(visit).toMatchObject({
      patientId: petrov,
      appointmentId: id,
      state: 'open',
      kind: 'primary',
      doctorName: actors.therapist.name,
      draft: null,
    })
    expect(visit.episodeNumber).toMatch(/^260302-/)
    expect(await start(actors.therapist, petrov, id)).toEqual(visit)
  })

  it('is one even when two tabs open it at once', async () => {
    const { id } = await booked()
    const visits = await Promise.all([1, 2, 3, 4].map(() => start(actors.therapist, petrov, id)))
    expect(new Set(visits.map((v) => v.id)).size).toBe(1)
    const episodes = await clinic.db
      .selectFrom('chart.episode')
      .select('id')
      .where('patient_id', '=', petrov)
      .where('id', '=', visits[0]!.episodeId)
      .execute()
    expect(episodes).toHaveLength(1)
    const all = await clinic.db
      .selectFrom('chart.episode as e')
      .leftJoin('chart.visit as v', 'v.episode_id', 'e.id')
      .select('v.id')
      .where('e.patient_id', '=', petrov)
      .where('v.id', 'is', null)
      .execute()
    expect(all).toEqual([])
  })

  it('is not there for another doctor, another organisation, or another patient’s address', async () => {
    const { id } = await booked()
    for (const actor of [actors.cardiologist, actors.neurologist])
      expect(
        await refusal()(actor, contract.startVisit, { params: { patientId: petrov }, body: { appointmentId: id } }),
      ).toMatchObject({ status: 404 })
    expect(
      await refusal()(actors.therapist, contract.startVisit, {
        params: { patientId: sidorova },
        body: { appointmentId: id },
      }),
    ).toMatchObject({ status: 404 })
    for (const actor of [actors.petrov, actors.registrar])
      expect(
        await refusal()(actor, contract.startVisit, { params: { patientId: petrov }, body: { appointmentId: id } }),
      ).toMatchObject({ status: 403 })
  })

  it('is not opened for a cancelled appointment', async () => {
    const { id } = await booked()
    await clinic.cancel(actors.registrar, petrov, id)
    expect(
      await refusal()(actors.therapist, contract.startVisit, {
        params: { patientId: petrov },
        body: { appointmentId: id },
      }),
    ).toMatchObject({
      type: '/problems/appointment-is-over',
    })
  })

  it('is not opened before its day: nobody signs what has not happened', async () => {
    const times = await clinic.times(staff.therapist)
    const tomorrow = times.findIndex((ref) => Number(ref.split('~')[2]) * 1000 > MONDAY.getTime() + 86_400_000)
    const { id } = await booked(petrov, tomorrow)
    expect(
      await refusal()(actors.therapist, contract.startVisit, {
        params: { patientId: petrov },
        body: { appointmentId: id },
      }),
    ).toMatchObject({ type: '/problems/visit-is-ahead' })
    clinic.app.now = new Date(MONDAY.getTime() + 86_400_000)
    expect(await start(actors.therapist, petrov, id)).toMatchObject({ state: 'open' })
  })

  it('marks the appointment as in progress, which can then be neither cancelled nor moved', async () => {
    const { id } = await booked()
    await start(actors.therapist, petrov, id)
    const appointment = await clinic.db
      .selectFrom('booking.appointment')
      .select('status')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(appointment.status).toBe('in-progress')
    expect(await clinic.disagreements()).toEqual([])
  })

  it('keeps a draft in any state of filling, byte for byte, and gives it back', async () => {
    const visit = await start(actors.therapist, petrov, (await booked()).id)
    expect(await save(visit.id, 0, written)).toMatchObject({ version: 1 })
    expect(await save(visit.id, 1, { ...written, objective: 'Хрипов нет.' })).toMatchObject({ version: 2 })
    const shown = await call()(actors.therapist, contract.showVisit, {
      params: { patientId: petrov, visitId: visit.id },
    })
    expect(shown.draft).toMatchObject({ version: 2, body: { ...written, objective: 'Хрипов нет.' } })
  })

  it('lets one of two tabs save and gives the other what the server has', async () => {
    const visit = await start(actors.therapist, petrov, (await booked()).id)
    await save(visit.id, 0, written)
    const tab = (n: number) =>
      clinic.app.send(actors.therapist, contract.saveDraft, {
        params: { patientId: petrov, visitId: visit.id },
        body: { version: 1, draft: { ...written, anamnesis: `Окно ${n}` } },
      })
    const replies = await Promise.all([tab(1), tab(2), tab(3)])
    expect(replies.map((r) => r.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
    const winner = replies.findIndex((r) => r.status === 200) + 1
    const lost = JSON.parse(replies.find((r) => r.status === 409)!.text) as {
      type: string
      draft: { version: number; body: ConsultationDraft }
    }
    expect(lost).toMatchObject({
      type: '/problems/draft-conflict',
      draft: { version: 2, body: { anamnesis: `Окно ${winner}` } },
    })
  })

  it('shows and takes its draft to and from its own doctor only', async () => {
    const visit = await start(actors.therapist, petrov, (await booked()).id)
    await save(visit.id, 0, written)
    const params = { patientId: petrov, visitId: visit.id }
    // The head of the same organisation reads the card of an attached patient, but not an unfinished record.
    const seen = await call()(actors.cardiologist, contract.showVisit, { params })
    expect(seen.draft).toBeNull()
    expect(
      await refusal()(actors.cardiologist, contract.saveDraft, { params, body: { version: 1, draft: written } }),
    ).toMatchObject({ status: 404 })
    expect(await refusal()(actors.neurologist, contract.showVisit, { params })).toMatchObject({ status: 404 })
    expect(await refusal()(actors.petrov, contract.showVisit, { params })).toMatchObject({ status: 403 })
  })

  it.each([
    ['температура вне возможного', { vitals: { ...emptyConsultation.vitals, temperature: 96 } }],
    ['давление не число', { vitals: { ...emptyConsultation.vitals, systolic: '120' } }],
    ['управляющие знаки', { complaints: 'a\u0000b' }],
    ['слишком длинный текст', { anamnesis: 'я'.repeat(20_001) }],
    ['лишнее поле', { secret: 1 }],
    ['неизвестный вид диагноза', { diagnoses: [{ code: 'J20.9', name: '', kind: 'x', note: '' }] }],
  ])('refuses a draft with %s', async (_name, change) => {
    const visit = await start(actors.therapist, petrov, (await booked()).id)
    const reply = await clinic.app.send(actors.therapist, contract.saveDraft, {
      params: { patientId: petrov, visitId: visit.id },
      body: { version: 0, draft: { ...emptyConsultation, ...change } },
    })
    expect(reply.status).toBe(422)
    expect(JSON.parse(reply.text)).toHaveProperty('fields.0.path')
  })

  it('refuses a version that the database could not count to', async () => {
    const visit = await start(actors.therapist, petrov, (await booked()).id)
    const params = { patientId: petrov, visitId: visit.id }
    for (const version of [2 ** 31, 1e300])
      expect(
        await refusal()(actors.therapist, contract.saveDraft, { params, body: { version, draft: written } }),
      ).toMatchObject({ status: 422, fields: [{ path: 'version' }] })
  })
})

describe('the card', () => {
  let clinic: Clinic
  beforeAll(async () => {
    clinic = await openClinic({ routes: chartRoutes() })
  })
  afterAll(() => clinic.close())

  const fact = (n: number, change: Partial<Fact> = {}): Fact => {
    const at = change.at ?? new Date(MONDAY.getTime() - n * 86_400_000)
    return {
      patientId: petrov,
      id: newId(),
      version: 1,
      kind: 'Condition',
      at,
      day: localDay(at, 'Europe/Moscow'),
      organizationId: polyclinic.id,
      staffId: staff.therapist,
      visitId: null,
      documentId: null,
      codeSystem: null,
      code: null,
      title: `Запись ${n}`,
      status: null,
      resource: `{"resourceType":"Condition",  "id":"${n}"}`,
      ...change,
    }
  }
  const put = (facts: Fact[]) => clinic.app.work(actors.therapist, (work) => insertFacts(work, facts))
  const timeline = (actor: Actor, patientId: string, query: object = {}) =>
    clinic.app.call(actor, contract.showTimeline, { params: { patientId }, query })

  it('is a timeline, newest first, page after page, without losing or repeating a line', async () => {
    const facts = Array.from({ length: 130 }, (_, n) => fact(Math.floor(n / 3)))
    await put(facts)
    const seen: string[] = []
    let before: string | null = null
    do {
      const page = await timeline(actors.petrov, petrov, before ? { before } : {})
      expect(page.entries.map((e) => e.at)).toEqual(
        page.entries
          .map((e) => e.at)
          .toSorted()
          .reverse(),
      )
      seen.push(...page.entries.map((e) => e.id))
      before = page.next
    } while (before)
    expect(seen).toHaveLength(130)
    expect(new Set(seen)).toEqual(new Set(facts.map((f) => f.id)))
  })

  it('is filtered by kind and by days of the organisation’s own calendar', async () => {
    await put([
      fact(0, { kind: 'Immunization', title: 'Прививка', at: new Date('2025-05-31T21:30:00Z') }),
      fact(0, { kind: 'Immunization', title: 'Ещё прививка', at: new Date('2025-05-31T20:30:00Z') }),
    ])
    const june = await timeline(actors.petrov, petrov, { kind: 'Immunization', from: '2025-06-01', to: '2025-06-30' })
    expect(june.entries.map((e) => e.title)).toEqual(['Прививка'])
    const may = await timeline(actors.petrov, petrov, { kind: 'Immunization', to: '2025-05-31' })
    expect(may.entries.map((e) => e.title)).toEqual(['Ещё прививка'])
  })

  it('gives back each FHIR resource byte for byte', async () => {
    const odd = fact(400, { resource: '{ "resourceType":"Condition","z":1,\n "a":1.0, "note":"«ё»\\u0041" }' })
    await put([odd])
    const shown = await clinic.app.call(actors.petrov, contract.showFact, {
      params: { patientId: petrov, factId: odd.id },
    })
    expect(shown.resource).toBe(odd.resource)
  })

  it('is read by the patient, the parent, and a doctor with grounds; the grounds are noted', async () => {
    await timeline(actors.petrov, petrov)
    await timeline(actors.petrov, masha)
    await timeline(actors.therapist, petrov)
    await clinic.book(actors.registrar, sidorova, (await clinic.times(staff.therapist))[3]!)
    await timeline(actors.therapist, sidorova)
    const rows = (await clinic.app.journal('chart.show-timeline')).filter((row) => row.outcome === 'done').slice(-4)
    expect(rows.map((row) => [row.patient_id, row.grounds])).toEqual([
      [petrov, 'self'],
      [masha, 'representative'],
      [petrov, 'attachment'],
      [sidorova, 'appointment'],
    ])
  })

  it('is not there for a doctor without grounds or another citizen, and the attempt is journalled with the patient', async () => {
    for (const actor of [actors.neurologist, actors.stranger]) {
      expect(
        await clinic.app.refusal(actor, contract.showTimeline, { params: { patientId: petrov }, query: {} }),
      ).toMatchObject({ status: 404 })
      expect((await clinic.app.journal('chart.show-timeline')).at(-1)).toMatchObject({
        outcome: 'refused',
        actor_id: actor.id,
        patient_id: petrov,
      })
    }
    expect(
      await clinic.app.refusal(actors.registrar, contract.showTimeline, { params: { patientId: petrov }, query: {} }),
    ).toMatchObject({ status: 403 })
  })

  it.each([{ before: 'x' }, { limit: 0 }, { limit: 1000 }, { from: '2026-02-31' }])(
    'refuses the query %j',
    async (query) => {
      expect(
        await clinic.app.refusal(actors.petrov, contract.showTimeline, { params: { patientId: petrov }, query }),
      ).toMatchObject({ status: 422 })
    },
  )
})

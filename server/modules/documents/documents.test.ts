import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as chart from '../../../contracts/chart.ts'
import { emptyConsultation, type ConsultationDraft } from '../../../contracts/chart.ts'
import * as contract from '../../../contracts/documents.ts'
import { issueDemoAuthority, issueDemoKeys } from '../../exchange/signing/index.ts'
import { MONDAY } from '../../platform/testing/test-app.ts'
import type { Actor } from '../../platform/work.ts'
import { openClinic, type Clinic } from '../../testing/booking-clinic.ts'
import { actors, patients, staff, therapistSnils } from '../../testing/small-region.ts'
import { documentPorts } from '../../wiring.ts'
import { chartRoutes } from '../chart/routes.ts'
import { loadStarterSet } from '../terminology/index.ts'
import { documentRoutes } from './routes.ts'

const { petrov } = patients
const secret = '0123456789abcdef'.repeat(4)

const whole: ConsultationDraft = {
  ...emptyConsultation,
  complaints: 'Кашель, слабость.\nТемпература 37,5 °C & «озноб» <3 дня>',
  anamnesis: 'Болен третий день.',
  objective: 'Дыхание жёсткое, хрипов нет.',
  severity: 'satisfactory',
  vitals: { ...emptyConsultation.vitals, temperature: 37.5, systolic: 128, diastolic: 82, pulse: 76 },
  diagnoses: [{ code: 'J20.9', name: 'что прислал браузер', kind: 'main', note: '' }],
  services: [{ code: 'B01.047.001', name: '', quantity: 1 }],
  prescriptions: 'Обильное питьё.',
  recommendations: 'Явка через 3 дня.',
}

describe('a document of a visit', () => {
  let clinic: Clinic
  let visitId: string
  /** A second factor was given this moment. */
  const present = (): Actor => ({ ...actors.therapist, steppedUpAt: clinic.app.now })

  beforeAll(async () => {
    clinic = await openClinic({ routes: [...chartRoutes(), ...documentRoutes(documentPorts(secret))] })
    await loadStarterSet(clinic.db, MONDAY)
    await issueDemoAuthority(clinic.db, secret, MONDAY)
    const person = {
      snils: therapistSnils,
      lastName: 'Иванова',
      firstName: 'Анна',
      middleName: 'Сергеевна',
      position: 'врач',
      organization: 'Поликлиника № 1',
    }
    await issueDemoKeys(clinic.db, secret, MONDAY, [person])
  })
  afterAll(() => clinic.close())
  beforeEach(async () => {
    await sql`truncate documents.document, chart.visit, chart.fact cascade`.execute(clinic.db)
    await clinic.reset(MONDAY)
    const { id } = await clinic.book(actors.registrar, petrov, (await clinic.times(staff.therapist))[0]!)
    const visit = await clinic.app.call(actors.therapist, chart.startVisit, {
      params: { patientId: petrov },
      body: { appointmentId: id },
    })
    visitId = visit.id
  })

  const save = (draft: ConsultationDraft, version = 0) =>
    clinic.app.call(actors.therapist, chart.saveDraft, {
      params: { patientId: petrov, visitId },
      body: { version, draft },
    })
  const prepare = (draftVersion: number) =>
    clinic.app.call(actors.therapist, contract.prepareDocument, {
      params: { patientId: petrov, visitId },
      body: { draftVersion },
    })
  const refusedPrepare = (draftVersion: number, actor: Actor = actors.therapist) =>
    clinic.app.refusal(actor, contract.prepareDocument, {
      params: { patientId: petrov, visitId },
      body: { draftVersion },
    })
  const sign = (documentId: string, actor = present(), body: object = {}) =>
    clinic.app.call(actor, contract.signDocument, { params: { patientId: petrov, documentId }, body })
  const refusedSign = (documentId: string, actor = present(), body: object = {}) =>
    clinic.app.refusal(actor, contract.signDocument, { params: { patientId: petrov, documentId }, body })
  const show = (documentId: string, actor: Actor = actors.petrov) =>
    clinic.app.call(actor, contract.showDocument, { params: { patientId: petrov, documentId } })
  const signed = async () => {
    await save(whole)
    const { documentId } = await prepare(1)
    return sign(documentId)
  }

  it('is prepared, signed, and read by the patient with both signatures found right', async () => {
    const document = await signed()
    expect(document).toMatchObject({ state: 'signed', patientId: petrov })
    const seen = await show(document.id)
    expect(seen.signatures.map((s) => [s.format, s.valid, s.reasons])).toEqual([
      ['cda', true, []],
      ['pdf', true, []],
    ])
    expect(seen.signatures[0]).toMatchObject({ signerName: 'Иванова Анна Сергеевна', kind: 'person' })
    expect(seen.content).toMatchObject({
      complaints: whole.complaints,
      diagnoses: [{ code: 'J20.9', name: 'Острый бронхит неуточненный' }],
    })
    expect(seen.plainWords).toHaveLength(1)
  })

  it('takes the names of codes from the directory, whatever the browser sent beside them', async () => {
    const document = await signed()
    const { bytes } = await clinic.app.call(actors.petrov, contract.downloadXml, {
      params: { patientId: petrov, documentId: document.id },
    })
    const xml = Buffer.from(bytes).toString('utf8')
    expect(xml).toContain('Острый бронхит неуточненный')
    expect(xml).not.toContain('что прислал браузер')
    expect(xml).toContain('&lt;3 дня')
  })

  it('gives PDF, XML and the detached signature as files that were frozen before the signing', async () => {
    await save(whole)
    const { documentId } = await prepare(1)
    const params = { patientId: petrov, documentId }
    const frozen = await clinic.app.call(actors.therapist, contract.downloadPdf, { params })
    await sign(documentId)
    const pdf = await clinic.app.send(actors.petrov, contract.downloadPdf, { params })
    expect(pdf.bytes.equals(Buffer.from(frozen.bytes))).toBe(true)
    expect(pdf.headers).toMatchObject({ 'content-type': 'application/pdf' })
    expect(String(pdf.headers['content-disposition'])).not.toContain('Петров')
    const cms = await clinic.app.call(actors.petrov, contract.downloadSignature, {
      params: { ...params, format: 'pdf' },
    })
    expect(Buffer.from(cms.bytes)[0]).toBe(0x30)
    const kept = await clinic.db
      .selectFrom('documents.rendition')
      .select(['format', 'bytes', 'sha256'])
      .where('document_id', '=', documentId)
      .execute()
    for (const r of kept) expect(createHash('sha256').update(r.bytes).digest().equals(r.sha256)).toBe(true)
  })

  it('is shown as broken when a single byte of it is changed in the database, and only that rendition', async () => {
    const document = await signed()
    await sql`update documents.rendition set bytes = set_byte(bytes, 1000, get_byte(bytes, 1000) # 1)
      where document_id = ${document.id} and format = 'pdf'`.execute(clinic.db)
    const { signatures } = await show(document.id)
    expect(signatures.map((s) => [s.format, s.valid])).toEqual([
      ['cda', true],
      ['pdf', false],
    ])
    expect(signatures[1]!.reasons.length).toBeGreaterThan(0)
    expect(signatures[1]!.reasons.every((r) => /[а-я]/i.test(r))).toBe(true)
  })

  it('is shown as broken when what the page shows is not what was signed', async () => {
    const document = await signed()
    await sql`update documents.document set content = jsonb_set(content, '{record,complaints}', '"Подмена"')
      where id = ${document.id}`.execute(clinic.db)
    const { signatures } = await show(document.id)
    expect(signatures.map((s) => [s.format, s.valid])).toEqual([
      ['cda', false],
      ['pdf', true],
    ])
    expect(signatures[0]!.reasons).toEqual(['На странице не то, что подписано: верьте только файлу XML или PDF.'])
  })

  it('leaves facts in the card, closes the visit, fulfils the appointment and drops the draft', async () => {
    const document = await signed()
    const { entries } = await clinic.app.call(actors.petrov, chart.showTimeline, {
      params: { patientId: petrov },
      query: {},
    })
    expect(entries.map((e) => e.kind).toSorted()).toEqual([
      'Condition',
      'DocumentReference',
      'Encounter',
      'Observation',
      'Observation',
      'Observation',
      'Procedure',
    ])
    expect(entries.every((e) => e.documentId === document.id)).toBe(true)
    expect(entries.map((e) => e.title)).toContain('Артериальное давление: 128/82 мм рт. ст.')
    const visit = await clinic.app.call(actors.therapist, chart.showVisit, { params: { patientId: petrov, visitId } })
    expect(visit).toMatchObject({ state: 'signed', draft: null, documentId: document.id })
    const { status } = await clinic.db.selectFrom('booking.appointment').select('status').executeTakeFirstOrThrow()
    expect(status).toBe('fulfilled')
    expect(await clinic.disagreements()).toEqual([])
  })

  it('never changes after the signing: no draft, no second document, no second signature', async () => {
    const document = await signed()
    const params = { patientId: petrov, visitId }
    expect(
      await clinic.app.refusal(actors.therapist, chart.saveDraft, { params, body: { version: 0, draft: whole } }),
    ).toMatchObject({ type: '/problems/visit-is-signed' })
    expect(await refusedPrepare(1)).toMatchObject({ type: '/problems/visit-is-signed' })
    expect(await refusedSign(document.id)).toMatchObject({ type: '/problems/visit-is-signed' })
  })

  it('is signed once, however many times «Подписать» is pressed at once', async () => {
    await save(whole)
    const { documentId } = await prepare(1)
    const replies = await Promise.all(
      Array.from({ length: 5 }, () =>
        clinic.app.send(present(), contract.signDocument, { params: { patientId: petrov, documentId }, body: {} }),
      ),
    )
    expect(replies.map((r) => r.status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409])
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from documents.signature`.execute(clinic.db)
    expect(rows[0]!.n).toBe(2)
  })

  it('prepared twice is signed once: the other one is not there any more', async () => {
    await save(whole)
    const [one, two] = [await prepare(1), await prepare(1)]
    await sign(two.documentId)
    expect((await refusedSign(one.documentId)).status).toBe(404)
    const { documents } = await clinic.app.call(actors.petrov, contract.listDocuments, {
      params: { patientId: petrov },
    })
    expect(documents.map((d) => d.id)).toEqual([two.documentId])
  })

  it('is made anew or signed, whoever comes first, and neither waits for the other in a ring', async () => {
    await save(whole)
    const { documentId } = await prepare(1)
    const waiting = async (count: number) => {
      for (;;) {
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(clinic.db)
        if (rows[0]!.n === count) return
      }
    }
    // While the visit is locked, the preparation queues for it first and the signing behind it.
    const { preparing, signing } = await clinic.db.transaction().execute(async (tx) => {
      await sql`select from chart.visit where id = ${visitId} for no key update`.execute(tx)
      const preparing = prepare(1)
      await waiting(1)
      const signing = refusedSign(documentId)
      await waiting(2)
      return { preparing: { reply: preparing }, signing: { reply: signing } }
    })
    expect((await preparing.reply).documentId).not.toBe(documentId)
    expect((await signing.reply).status).toBe(404)
    expect((await clinic.app.platform.metrics.retries.get()).values[0]?.value ?? 0).toBe(0)
  })

  it('is not signed when the record changed after it was prepared', async () => {
    await save(whole)
    const { documentId } = await prepare(1)
    await save({ ...whole, recommendations: 'Другое' }, 1)
    expect(await refusedSign(documentId)).toMatchObject({ type: '/problems/prepared-is-stale' })
    expect(await refusedPrepare(1)).toMatchObject({ type: '/problems/prepared-is-stale' })
  })

  it('is not signed without a second factor of the last ten minutes', async () => {
    await save(whole)
    const { documentId } = await prepare(1)
    expect(await refusedSign(documentId, actors.therapist)).toMatchObject({
      type: '/problems/step-up-needed',
      status: 403,
    })
    const actor = present()
    clinic.app.later(11)
    expect(await refusedSign(documentId, actor)).toMatchObject({ type: '/problems/step-up-needed' })
  })

  it('names every section that keeps the record from being signed', async () => {
    await save({ ...emptyConsultation, vitals: { ...emptyConsultation.vitals, systolic: 120 } })
    const refusal = await refusedPrepare(1)
    expect(refusal).toMatchObject({ type: '/problems/record-incomplete', status: 422 })
    expect(refusal.fields!.map((f) => f.path)).toEqual([
      'complaints',
      'anamnesis',
      'objective',
      'severity',
      'diagnoses',
      'services',
      'recommendations',
      'vitals',
    ])
  })

  it('refuses codes that are in no directory, each named', async () => {
    await save({
      ...whole,
      diagnoses: [...whole.diagnoses, { code: 'X99.99', name: 'выдумка', kind: 'concomitant', note: '' }],
      services: [{ code: 'Z1', name: '', quantity: 1 }],
    })
    const refusal = await refusedPrepare(1)
    expect(refusal).toMatchObject({ type: '/problems/unknown-code', status: 422 })
    expect(refusal.fields).toEqual([
      { path: 'diagnoses.1', message: 'Кода X99.99 нет в МКБ-10' },
      { path: 'services.0', message: 'Кода Z1 нет в номенклатуре услуг' },
    ])
  })

  it('refuses a signature made elsewhere over other bytes, and one that is none', async () => {
    await save(whole)
    const { documentId } = await prepare(1)
    const cms = Buffer.from('not a signature').toString('base64')
    expect(await refusedSign(documentId, present(), { signatures: { cda: cms, pdf: cms } })).toMatchObject({
      type: '/problems/signature-refused',
      status: 422,
    })
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from documents.signature`.execute(clinic.db)
    expect(rows[0]!.n).toBe(0)
  })

  it('is not prepared by a doctor without a certificate, with a sentence that says so', async () => {
    await sql`update signatures.software_key set revoked_at = ${MONDAY}`.execute(clinic.db)
    await save(whole)
    expect(await refusedPrepare(1)).toMatchObject({ type: '/problems/no-signing-key' })
    await sql`update signatures.software_key set revoked_at = null`.execute(clinic.db)
  })

  it('is prepared and signed by nobody but the visit’s own doctor', async () => {
    await save(whole)
    const { documentId } = await prepare(1)
    const cardiologist: Actor = { ...actors.cardiologist, steppedUpAt: clinic.app.now }
    expect(await refusedPrepare(1, cardiologist)).toMatchObject({ status: 404 })
    expect(await refusedSign(documentId, cardiologist)).toMatchObject({ status: 404 })
    // A document that waits for its signature is its author's alone.
    for (const actor of [actors.petrov, cardiologist])
      expect(
        await clinic.app.refusal(actor, contract.showDocument, { params: { patientId: petrov, documentId } }),
      ).toMatchObject({ status: 404 })
  })

  it('is not there under another patient’s address or for another citizen; every view is journalled', async () => {
    const document = await signed()
    const there = { patientId: patients.sidorova, documentId: document.id }
    for (const endpoint of [contract.showDocument, contract.downloadPdf, contract.downloadXml])
      expect(await clinic.app.refusal(actors.petrov, endpoint, { params: there })).toMatchObject({ status: 404 })
    expect(
      await clinic.app.refusal(actors.stranger, contract.showDocument, {
        params: { patientId: petrov, documentId: document.id },
      }),
    ).toMatchObject({ status: 404 })
    await clinic.app.call(actors.petrov, contract.downloadPdf, {
      params: { patientId: petrov, documentId: document.id },
    })
    expect((await clinic.app.journal('documents.download-pdf')).at(-1)).toMatchObject({
      outcome: 'done',
      patient_id: petrov,
      grounds: 'self',
      object_id: document.id,
    })
  })
})

import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { listMyCharges, showPatient, searchPatients } from '../../../contracts/patients.ts'
import * as contract from '../../../contracts/representation.ts'
import { newId } from '../../platform/ids.ts'
import { actorOf, MONDAY, useTestApp } from '../../platform/testing/test-app.ts'
import { actors, fillSmallRegion, patients } from '../../testing/small-region.ts'
import { linkCitizen } from './index.ts'
import { patientRoutes } from './routes.ts'

const app = useTestApp({ routes: () => patientRoutes(), fill: ({ db }) => fillSmallRegion(db) })
beforeEach(() => {
  app().now = MONDAY
})

const paper = { kind: 'guardianship-act', number: '15', date: '2026-02-01', issuer: 'Отдел опеки Энска' } as const
const guardian = {
  basis: 'guardian',
  representativeId: patients.petrov,
  authorityId: null,
  document: paper,
  until: null,
} as const
type Body = Parameters<typeof add>[1]
const add = (
  patientId: string,
  body: Omit<typeof guardian, 'until' | 'basis' | 'representativeId' | 'authorityId'> & {
    basis: 'parent' | 'guardian' | 'authority'
    representativeId: string | null
    authorityId: string | null
    until: string | null
  },
) => app().call(actors.registrar, contract.addRepresentation, { params: { patientId }, body })
const refusedAdd = (patientId: string, body: Body) =>
  app().refusal(actors.registrar, contract.addRepresentation, { params: { patientId }, body })
const list = (patientId: string) =>
  app().call(actors.registrar, contract.listRepresentations, { params: { patientId } })
const end = (patientId: string, representationId: string, reason = 'Решение суда') =>
  app().call(actors.registrar, contract.endRepresentation, {
    params: { patientId, representationId },
    body: { reason },
  })
const charges = () => app().call(actors.petrov, listMyCharges, {})

/** A person of the given birth date with a card of their own. */
async function born(birthDate: string, firstName = 'Вера', snils: string | null = null): Promise<string> {
  const id = newId()
  await app()
    .db.insertInto('patients.patient')
    .values({
      patient_id: id,
      last_name: 'Ларина',
      first_name: firstName,
      birth_date: birthDate,
      sex: 'female',
      name_search: `ларина ${firstName.toLowerCase()}`,
      snils,
      ...(snils === null && { no_snils_reason: 'newborn' }),
      created_at: MONDAY,
      updated_at: MONDAY,
    })
    .execute()
  if (snils)
    await app().db.insertInto('patients.identifier').values({ system: 'snils', value: snils, patient_id: id }).execute()
  return id
}

describe('a representation that a registrar enters', () => {
  it('opens the card at once, keeps the document and who entered it, and both cards are in the journal', async () => {
    const ward = await born('2015-05-05')
    expect(await add(ward, guardian)).toMatchObject({ since: '2026-03-02', until: '2033-05-04' })
    expect((await charges()).patients.find((p) => p.id === ward)).toMatchObject({
      relation: 'ward',
      until: '2033-05-04',
    })
    const { representatives } = await list(ward)
    expect(representatives).toMatchObject([
      {
        basis: 'guardian',
        state: 'live',
        document: paper,
        addedBy: 'Кузнецова Вера Ильинична',
        person: { id: patients.petrov },
      },
    ])
    expect((await list(patients.petrov)).wards.map((w) => w.person?.id)).toContain(ward)
    const rows = await app().journal('patients.add-representation')
    expect(new Set(rows.slice(-2).map((row) => row.patient_id))).toEqual(new Set([patients.petrov, ward]))
  })

  it('is entered once, however many do it at the same moment', async () => {
    const ward = await born('2016-06-06')
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => add(ward, guardian)))
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1)
    expect(await refusedAdd(ward, guardian)).toMatchObject({ status: 409, type: '/problems/representation-there' })
  })

  it('is ended once, says by whom and why, and the one who acted reads it', async () => {
    const ward = await born('2016-07-07', 'Зоя')
    const { id } = await add(ward, guardian)
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => end(ward, id, 'Опека прекращена')))
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1)
    expect((await list(ward)).representatives).toMatchObject([
      { state: 'ended', endedBy: 'Кузнецова Вера Ильинична', endReason: 'Опека прекращена' },
    ])
    const mine = await charges()
    expect(mine.patients.map((p) => p.id)).not.toContain(ward)
    expect(mine.former).toContainEqual({
      id: ward,
      firstName: 'Зоя',
      why: 'ended',
      from: '2026-03-02',
      note: 'Опека прекращена',
    })
    const refusal = await app().refusal(actors.petrov, showPatient, { params: { patientId: ward } })
    expect(refusal).toMatchObject({ status: 404, detail: 'Вы больше не представляете этого пациента (Зоя).' })
    expect(await add(ward, guardian)).toMatchObject({ since: '2026-03-02' })
    expect((await charges()).former.map((f) => f.id)).not.toContain(ward)
  })

  it('that is another patient’s or nobody’s cannot be ended', async () => {
    const params = { patientId: patients.kim, representationId: newId() }
    const refusal = await app().refusal(actors.registrar, contract.endRepresentation, {
      params,
      body: { reason: 'нет' },
    })
    expect(refusal).toMatchObject({ status: 404, type: '/problems/representation-not-found' })
  })

  it.each<[string, string, Partial<Body>, string]>([
    ['a parent of a grown-up', patients.kim, { basis: 'parent', until: '2027-01-01' }, 'basis'],
    ['a grown-up ward without a term', patients.kim, {}, 'until'],
    ['a term that is over', patients.kim, { until: '2026-03-01' }, 'until'],
    ['a term of a lifetime', patients.kim, { until: '2099-01-01' }, 'until'],
    ['oneself', patients.petrov, { until: '2027-01-01' }, 'representativeId'],
    [
      'a child as a guardian',
      patients.kim,
      { representativeId: patients.masha, until: '2027-01-01' },
      'representativeId',
    ],
    ['nobody', patients.kim, { representativeId: null, until: '2027-01-01' }, 'representativeId'],
    ['a card that is not there', patients.kim, { representativeId: newId(), until: '2027-01-01' }, 'representativeId'],
    ['an authority that is not there', patients.masha, { basis: 'authority', authorityId: newId() }, 'authorityId'],
    [
      'a document from the future',
      patients.masha,
      { document: { ...paper, date: '2026-03-03' as never } },
      'document.date',
    ],
  ])('is refused: %s', async (_what, patientId, change, path) => {
    expect(await refusedAdd(patientId, { ...guardian, ...change } as Body)).toMatchObject({
      status: 422,
      fields: [{ path }],
    })
  })

  it('may follow one whose term is over', async () => {
    await add(patients.sidorova, { ...guardian, until: '2026-03-10' })
    app().now = new Date('2026-03-11T06:00:00Z')
    expect((await charges()).former).toContainEqual(
      expect.objectContaining({ id: patients.sidorova, why: 'term-over', from: '2026-03-11' }),
    )
    await add(patients.sidorova, { ...guardian, until: '2026-12-31' })
    expect((await charges()).patients.map((p) => p.id)).toContain(patients.sidorova)
  })
})

describe('at 18', () => {
  it('a parent’s ends by itself with the region’s day, also for one born on 29 February', async () => {
    const child = await born('2008-02-29', 'Лия', '16079854199')
    await sql`insert into patients.representation (patient_id, id, representative_id, basis, document, since, until)
      values (${child}, ${newId()}, ${patients.petrov}, 'parent', 'Свидетельство', '2008-03-01', '2099-01-01')`.execute(
      app().db,
    )
    const sees = async (at: string) => {
      app().now = new Date(at)
      return (await charges()).patients.some((p) => p.id === child)
    }
    // 2026 has no 29 February: the birthday is 1 March, and in Moscow it begins at 21:00 UTC of the 28th.
    expect(await sees('2026-02-28T20:59:59Z')).toBe(true)
    expect(await sees('2026-02-28T21:00:00Z')).toBe(false)
    expect((await charges()).former).toContainEqual({
      id: child,
      firstName: 'Лия',
      why: 'grown-up',
      from: '2026-03-01',
      note: null,
    })
    const refusal = await app().refusal(actors.petrov, showPatient, { params: { patientId: child } })
    expect(refusal).toMatchObject({ status: 404, detail: expect.stringContaining('уже есть 18 лет') })

    const grown = actorOf({ role: 'citizen', id: newId(), name: 'Ларина Лия' })
    await app().work(grown, (work) =>
      linkCitizen(work, {
        accountId: grown.id,
        person: {
          lastName: 'Ларина',
          firstName: 'Лия',
          middleName: null,
          birthDate: '2008-02-29',
          sex: 'female',
          snils: '16079854199',
          trusted: true,
          children: [],
        },
      }),
    )
    expect(await app().call(grown, showPatient, { params: { patientId: child } })).toMatchObject({ firstName: 'Лия' })
  })

  it('a stranger is told nothing of it', async () => {
    const refusal = await app().refusal(actors.stranger, showPatient, { params: { patientId: patients.masha } })
    expect(refusal.detail).toBeUndefined()
  })
})

describe('an officer of guardianship', () => {
  const authority = (name: string) =>
    app().call(actors.administrator, contract.addAuthority, { body: { name, address: null, phone: null } })

  it('sees the wards of the authority and nobody else, and the journal says on what grounds', async () => {
    const [own, other] = [await authority('Опека Энска'), await authority('Опека Заречного')]
    const [ward, others] = [await born('2017-01-01', 'Ева'), await born('2017-02-02', 'Ада')]
    const body = { ...guardian, basis: 'authority' as const, representativeId: null }
    await add(ward, { ...body, authorityId: own.id })
    await add(others, { ...body, authorityId: other.id })
    const officer = actorOf({ role: 'guardianship-officer', organizationId: own.id, name: 'Опекунова Раиса' })
    const mine = await app().call(officer, contract.listMyWards, {})
    expect(mine).toMatchObject({ authority: 'Опека Энска', wards: [{ patient: { id: ward }, until: '2034-12-31' }] })
    expect(await app().call(officer, showPatient, { params: { patientId: ward } })).toMatchObject({ firstName: 'Ева' })
    expect((await app().journal('patients.show')).at(-1)).toMatchObject({ grounds: 'guardianship', patient_id: ward })
    for (const patientId of [others, patients.petrov, newId()])
      expect(await app().refusal(officer, showPatient, { params: { patientId } })).toMatchObject({ status: 404 })
    expect(await app().refusal(officer, searchPatients, { query: { q: 'Ларина' } })).toMatchObject({ status: 403 })

    app().now = new Date('2034-12-31T21:00:00Z')
    expect((await app().call(officer, contract.listMyWards, {})).wards).toEqual([])
    expect(await app().refusal(officer, showPatient, { params: { patientId: ward } })).toMatchObject({ status: 404 })
  })

  it('has one authority per ward, raced, and an authority’s name is its own', async () => {
    const { id } = await authority('Опека Берёзовки')
    const ward = await born('2018-03-03')
    const body = { ...guardian, basis: 'authority' as const, representativeId: null, authorityId: id }
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => add(ward, body)))
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1)
    const again = await app().refusal(actors.administrator, contract.addAuthority, {
      body: { name: 'Опека Берёзовки', address: null, phone: null },
    })
    expect(again).toMatchObject({ status: 409, type: '/problems/authority-there' })
  })
})

describe('an operator of the call centre', () => {
  const operator = actorOf({ role: 'call-centre', name: 'Звонарёва Инна' })
  it('finds anybody, and is sent no numbers of documents', async () => {
    const { patients: found } = await app().call(operator, searchPatients, { query: { q: 'Петров Пётр' } })
    expect(found.find((p) => p.id === patients.petrov)).toMatchObject({ snils: null, enp: null })
    const shown = await app().call(operator, showPatient, { params: { patientId: patients.petrov } })
    expect(shown).toMatchObject({ lastName: 'Петров', snils: null, enp: null, inn: null, email: null })
  })
  it('does not enter representatives', async () => {
    const input = { params: { patientId: patients.masha }, body: guardian }
    expect(await app().refusal(operator, contract.addRepresentation, input)).toMatchObject({ status: 403 })
  })
})

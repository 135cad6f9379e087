import { beforeEach, describe, expect, it } from 'vitest'
import * as contract from '../../../contracts/patients.ts'
import { newId } from '../../platform/ids.ts'
import { MONDAY, actorOf, useTestApp } from '../../platform/testing/test-app.ts'
import { accounts, actors, fillSmallRegion, patients } from '../../testing/small-region.ts'
import { actFor, linkCitizen, linkedPatientOf, mayActFor, type ClaimedPerson } from './index.ts'
import { patientRoutes } from './routes.ts'

const app = useTestApp({ routes: () => patientRoutes(), fill: ({ db }) => fillSmallRegion(db) })

const sidorova: ClaimedPerson = {
  trusted: true,
  lastName: 'СИДОРОВА',
  firstName: 'Алена',
  middleName: 'Игоревна',
  birthDate: '1990-12-31',
  sex: 'female',
  snils: '08765430200',
  children: [],
}
const petrov: ClaimedPerson = {
  ...sidorova,
  lastName: 'Петров',
  firstName: 'Пётр',
  middleName: 'Петрович',
  birthDate: '1985-04-12',
  sex: 'male',
  snils: '00000060006',
}
const mashaClaimed = {
  lastName: 'Петрова',
  firstName: 'Мария',
  middleName: 'Петровна',
  birthDate: '2018-09-01',
  sex: 'female',
  snils: '12345678964',
} as const

/** A citizen with an account of their own, not seen before. */
const citizen = () => actorOf({ role: 'citizen', name: 'Гражданин' })
const signIn = (person: ClaimedPerson, account = citizen()) =>
  app().work(account, (work) => linkCitizen(work, { accountId: account.id, person }))
const charges = (account = citizen()) => app().call(account, contract.listMyCharges, {})
const queue = async () => (await app().call(actors.registrar, contract.listLinkRequests, {})).requests
const decide = (requestId: string, body: { link: boolean; patientId: string | null; note: string | null }) =>
  app().call(actors.registrar, contract.decideLinkRequest, { params: { requestId }, body })
const requests = () => app().db.selectFrom('patients.link_request').selectAll().orderBy('created_at').execute()

beforeEach(async () => {
  app().now = MONDAY
  const { db } = app()
  await db.deleteFrom('patients.link_request').execute()
  await db.deleteFrom('patients.account_link').where('account_id', '!=', accounts.petrov).execute()
  await db.deleteFrom('patients.representation').where('representative_id', '!=', patients.petrov).execute()
})

describe('signing in through ЕСИА', () => {
  it('links a confirmed account whose СНИЛС, name and birth date are those of a card, and says so once', async () => {
    const account = citizen()
    expect(await signIn(sidorova, account)).toEqual({ state: 'linked', patientId: patients.sidorova })
    expect(await signIn(sidorova, account)).toEqual({ state: 'linked', patientId: patients.sidorova })
    expect(await charges(account)).toMatchObject({
      state: 'linked',
      reason: null,
      patients: [{ id: patients.sidorova, name: 'Сидорова Алёна Игоревна', relation: 'self', until: null }],
    })
    expect(await app().work(account, (work) => linkedPatientOf(work, account.id))).toBe(patients.sidorova)
    const news = await app()
      .db.selectFrom('platform.outbox')
      .select('type')
      .where('key', '=', patients.sidorova)
      .execute()
    expect(news).toEqual([{ type: 'patients.card-linked' }])
    expect(await requests()).toEqual([])
  })

  it('keeps a card that is linked, whatever ЕСИА says later', async () => {
    const married = { ...petrov, lastName: 'Кузнецов', snils: null }
    expect(await signIn(married, actors.petrov)).toEqual({ state: 'linked', patientId: patients.petrov })
  })

  it('links nothing to an account that is not confirmed, and asks nobody', async () => {
    const account = citizen()
    expect(await signIn({ ...sidorova, trusted: false }, account)).toEqual({ state: 'untrusted' })
    expect(await charges(account)).toEqual({ state: 'untrusted', reason: null, note: null, patients: [], former: [] })
    expect(await requests()).toEqual([])
  })

  it.each<[string, ClaimedPerson, string, string | null]>([
    ['snils-unknown', { ...sidorova, snils: '11223344595', lastName: 'Новая' }, 'snils-unknown', null],
    ['snils-unknown', { ...sidorova, snils: null, lastName: 'Новая' }, 'snils-unknown', null],
    [
      'snils-unknown, with the namesake beside',
      { ...sidorova, snils: '11223344595' },
      'snils-unknown',
      patients.sidorova,
    ],
    ['name-differs', { ...sidorova, lastName: 'Сидоровна' }, 'name-differs', patients.sidorova],
    ['birth-date-differs', { ...sidorova, birthDate: '1990-12-30' }, 'birth-date-differs', patients.sidorova],
    ['birth-date-differs', { ...sidorova, birthDate: null }, 'birth-date-differs', patients.sidorova],
    ['already-linked', petrov, 'already-linked', patients.petrov],
  ])(
    'puts a mismatch into the queue once, however often they sign in: %s',
    async (_what, person, reason, candidate) => {
      const account = citizen()
      for (let i = 0; i < 3; i++) expect(await signIn(person, account)).toEqual({ state: 'waiting', reason })
      const waiting = await queue()
      expect(waiting).toHaveLength(1)
      expect(waiting[0]).toMatchObject({ reason, claimed: { lastName: person.lastName, snils: person.snils } })
      expect(waiting[0]!.candidate?.id ?? null).toBe(candidate)
      expect(await charges(account)).toEqual({ state: 'waiting', reason, note: null, patients: [], former: [] })
      expect(await app().work(account, (work) => mayActFor(work, patients.sidorova))).toBe(false)
    },
  )

  it('renews what a waiting request says when ЕСИА says something else', async () => {
    const account = citizen()
    await signIn({ ...sidorova, lastName: 'Сидоровна' }, account)
    await signIn({ ...sidorova, birthDate: '1990-12-30' }, account)
    expect(await queue()).toMatchObject([{ reason: 'birth-date-differs', claimed: { birthDate: '1990-12-30' } }])
  })

  it('links at once when a registrar has put the card right, and the request leaves the queue', async () => {
    const account = citizen()
    await signIn({ ...sidorova, birthDate: '1991-12-31' }, account)
    const card = app().db.updateTable('patients.patient').where('patient_id', '=', patients.sidorova)
    await card.set({ birth_date: '1991-12-31' }).execute()
    expect(await signIn({ ...sidorova, birthDate: '1991-12-31' }, account)).toMatchObject({ state: 'linked' })
    expect(await queue()).toEqual([])
    expect(await requests()).toMatchObject([{ state: 'linked', decided_by: null }])
    await card.set({ birth_date: '1990-12-31' }).execute()
  })

  it('of one account twenty times at once makes one link', async () => {
    const account = citizen()
    const links = await Promise.all(Array.from({ length: 20 }, () => signIn(sidorova, account)))
    expect(new Set(links.map((link) => link.state))).toEqual(new Set(['linked']))
    expect(await requests()).toEqual([])
  })

  it('of twenty accounts with one СНИЛС at once links one, and the others wait', async () => {
    const links = await Promise.all(Array.from({ length: 20 }, () => signIn(sidorova)))
    expect(links.filter((link) => link.state === 'linked')).toHaveLength(1)
    expect(links.filter((link) => link.state === 'waiting')).toEqual(
      Array.from({ length: 19 }, () => ({ state: 'waiting', reason: 'already-linked' })),
    )
    expect(await queue()).toHaveLength(19)
  })

  it('of one account with a mismatch twenty times at once makes one request', async () => {
    const account = citizen()
    await Promise.all(Array.from({ length: 20 }, () => signIn({ ...sidorova, birthDate: null }, account)))
    expect(await queue()).toHaveLength(1)
  })
})

describe('children whom ЕСИА names', () => {
  const mother = (children: ClaimedPerson['children']) => ({ ...sidorova, children })
  const relations = async (account: ReturnType<typeof citizen>) =>
    (await charges(account)).patients.map((p) => [p.id, p.relation, p.until])

  it('are represented until the 18th birthday when СНИЛС, name and birth date are those of a card', async () => {
    const account = citizen()
    for (let i = 0; i < 2; i++) await signIn(mother([mashaClaimed]), account)
    expect(await relations(account)).toEqual([
      [patients.sidorova, 'self', null],
      [patients.masha, 'child', '2036-08-31'],
    ])
    expect(await app().work(account, (work) => actFor(work, patients.masha))).toEqual({ grounds: 'representative' })
    app().now = new Date('2036-08-31T20:59:59Z')
    expect(await app().work(account, (work) => mayActFor(work, patients.masha))).toBe(true)
    app().now = new Date('2036-08-31T21:00:00Z')
    expect(await app().work(account, (work) => mayActFor(work, patients.masha))).toBe(false)
    expect(await relations(account)).toEqual([[patients.sidorova, 'self', null]])
  })

  it.each<[string, ClaimedPerson['children'][number]]>([
    ['the СНИЛС is nobody’s', { ...mashaClaimed, snils: '11223344595' }],
    ['there is no СНИЛС', { ...mashaClaimed, snils: null }],
    ['the name differs', { ...mashaClaimed, firstName: 'Дарья' }],
    ['the birth date differs', { ...mashaClaimed, birthDate: '2018-09-02' }],
    ['the birth date is not known', { ...mashaClaimed, birthDate: null }],
    ['the child is grown up', { ...petrov, birthDate: '1985-04-12' }],
    ['the child is the person', sidorova],
  ])('are not when %s', async (_what, child) => {
    const account = citizen()
    await signIn(mother([child]), account)
    expect(await relations(account)).toEqual([[patients.sidorova, 'self', null]])
  })

  it('are not when the account is no longer confirmed', async () => {
    const account = citizen()
    await signIn(mother([]), account)
    await signIn({ ...mother([mashaClaimed]), trusted: false }, account)
    expect(await relations(account)).toEqual([[patients.sidorova, 'self', null]])
  })

  it('do not come back after the representation was revoked, which ends at once', async () => {
    const account = citizen()
    await signIn(mother([mashaClaimed]), account)
    await app()
      .db.updateTable('patients.representation')
      .set({ revoked_at: app().now })
      .where('representative_id', '=', patients.sidorova)
      .execute()
    expect(await app().work(account, (work) => mayActFor(work, patients.masha))).toBe(false)
    await signIn(mother([mashaClaimed]), account)
    expect(await relations(account)).toEqual([[patients.sidorova, 'self', null]])
  })
})

describe('the registrar’s queue', () => {
  const waitingOne = async (person: ClaimedPerson = { ...sidorova, lastName: 'Сидоровна' }) => {
    const account = citizen()
    await signIn(person, account)
    return { account, requestId: (await queue()).at(-1)!.id }
  }

  it('shows the longest waiting first, with the card, which is noted', async () => {
    await signIn({ ...sidorova, birthDate: null })
    app().later(5)
    await signIn({ ...petrov, birthDate: null })
    expect((await queue()).map((r) => r.candidate?.id)).toEqual([patients.sidorova, patients.petrov])
    const rows = (await app().journal('patients.list-link-requests')).slice(-2)
    expect(rows.map((row) => row.patient_id)).toEqual([patients.sidorova, patients.petrov])
  })

  it('is for registrars and administrators', async () => {
    for (const actor of [actors.therapist, actors.petrov, actors.securityOfficer])
      expect(await app().refusal(actor, contract.listLinkRequests, {})).toMatchObject({ status: 403 })
  })

  it('links the account to the card a registrar has chosen', async () => {
    const { account, requestId } = await waitingOne()
    expect(await decide(requestId, { link: true, patientId: patients.sidorova, note: null })).toEqual({
      state: 'linked',
    })
    expect(await charges(account)).toMatchObject({ state: 'linked', patients: [{ id: patients.sidorova }] })
    expect(await signIn({ ...sidorova, lastName: 'Сидоровна' }, account)).toMatchObject({ state: 'linked' })
    expect(await queue()).toEqual([])
    const row = (await app().journal('patients.decide-link-request')).at(-1)
    expect(row).toMatchObject({ patient_id: patients.sidorova, grounds: 'registration', object_id: requestId })
  })

  it('refuses with a note that the citizen reads, and does not ask again until ЕСИА says something else', async () => {
    const { account, requestId } = await waitingOne()
    const note = 'Фамилия в паспорте другая: приходите с паспортом.'
    expect(await decide(requestId, { link: false, patientId: null, note })).toEqual({ state: 'refused' })
    expect(await charges(account)).toEqual({ state: 'refused', reason: 'name-differs', note, patients: [], former: [] })
    const again = { ...sidorova, lastName: 'Сидоровна' }
    expect(await signIn(again, account)).toEqual({ state: 'refused', reason: 'name-differs' })
    expect(await queue()).toEqual([])
    expect(await signIn({ ...again, lastName: 'Сидорчук' }, account)).toMatchObject({ state: 'waiting' })
    expect(await charges(account)).toMatchObject({ state: 'waiting', note: null })
    expect(await signIn(sidorova, account)).toMatchObject({ state: 'linked' })
  })

  it('gives a card of another account only where the registrar was told of it, and the other account learns why', async () => {
    const { account, requestId } = await waitingOne(petrov)
    await decide(requestId, { link: true, patientId: patients.petrov, note: null })
    expect(await charges(account)).toMatchObject({
      state: 'linked',
      patients: [{ id: patients.petrov }, { id: patients.masha }],
    })
    expect(await charges(actors.petrov)).toMatchObject({ state: 'refused', reason: 'already-linked' })
    expect((await charges(actors.petrov)).note).toContain('другой учётной записи')
    expect(await app().work(actors.petrov, (work) => mayActFor(work, patients.petrov))).toBe(false)
    expect(await signIn(petrov, actors.petrov)).toMatchObject({ state: 'waiting', reason: 'already-linked' })
    const { db } = app()
    await db
      .updateTable('patients.account_link')
      .set({ account_id: accounts.petrov })
      .where('account_id', '=', account.id)
      .execute()
  })

  it('answers 409 for a card that turns out to be another account’s', async () => {
    const { requestId } = await waitingOne()
    const body = { link: true, patientId: patients.petrov, note: null }
    expect(
      await app().refusal(actors.registrar, contract.decideLinkRequest, { params: { requestId }, body }),
    ).toMatchObject({
      status: 409,
      type: '/problems/card-linked-elsewhere',
    })
    expect(await queue()).toHaveLength(1)
  })

  it('is decided by one of two registrars who decide at once', async () => {
    for (let round = 0; round < 5; round++) {
      const { account, requestId } = await waitingOne()
      const replies = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          app().send(i % 2 ? actors.registrar : actors.hospitalRegistrar, contract.decideLinkRequest, {
            params: { requestId },
            body:
              i % 2
                ? { link: true, patientId: patients.sidorova, note: null }
                : { link: false, patientId: null, note: 'Нет' },
          }),
        ),
      )
      expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1)
      for (const reply of replies.filter((r) => r.status !== 200))
        expect(JSON.parse(reply.text)).toMatchObject({ status: 409, type: '/problems/link-already-decided' })
      const won = JSON.parse(replies.find((reply) => reply.status === 200)!.text) as { state: string }
      expect(await charges(account)).toMatchObject({ state: won.state })
      await app().db.deleteFrom('patients.account_link').where('account_id', '=', account.id).execute()
      await app().db.deleteFrom('patients.link_request').execute()
    }
  })

  it('decided while the citizen signs in again ends in one card, whoever was first', async () => {
    for (let round = 0; round < 10; round++) {
      const { account, requestId } = await waitingOne()
      const [reply, link] = await Promise.all([
        app().send(actors.registrar, contract.decideLinkRequest, {
          params: { requestId },
          body: { link: true, patientId: patients.sidorova, note: null },
        }),
        signIn(sidorova, account),
      ])
      expect([200, 409]).toContain(reply.status)
      expect(link).toEqual({ state: 'linked', patientId: patients.sidorova })
      expect(await queue()).toEqual([])
      await app().db.deleteFrom('patients.account_link').where('account_id', '=', account.id).execute()
      await app().db.deleteFrom('patients.link_request').execute()
    }
  })

  it.each<[string, { link: boolean; patientId: string | null; note: string | null }, number, object]>([
    [
      'a link without a card',
      { link: true, patientId: null, note: null },
      422,
      { fields: [{ path: 'patientId', message: 'Выберите карту' }] },
    ],
    [
      'a refusal without a note',
      { link: false, patientId: null, note: ' ' },
      422,
      { fields: [{ path: 'note', message: 'Напишите причину отказа: её прочитает гражданин' }] },
    ],
    [
      'a card that is not there',
      { link: true, patientId: newId(), note: null },
      404,
      { type: '/problems/patient-not-found' },
    ],
  ])('refuses %s and leaves the request waiting', async (_what, body, status, problem) => {
    const { requestId } = await waitingOne()
    const params = { requestId }
    expect(await app().refusal(actors.registrar, contract.decideLinkRequest, { params, body })).toMatchObject({
      status,
      ...problem,
    })
    expect(await queue()).toHaveLength(1)
  })

  it('does not know a request that is not there', async () => {
    const params = { requestId: newId() }
    const body = { link: false, patientId: null, note: 'Нет' }
    expect(await app().refusal(actors.registrar, contract.decideLinkRequest, { params, body })).toMatchObject({
      status: 404,
      type: '/problems/not-found',
    })
  })
})

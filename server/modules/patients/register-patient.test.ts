import { describe, expect, it } from 'vitest'
import * as contract from '../../../contracts/patients.ts'
import { enpCheckDigit, snilsCheckDigits } from '../../../contracts/values.ts'
import type { InputOf } from '../../../contracts/endpoint.ts'
import { newId } from '../../platform/ids.ts'
import { MONDAY, actorOf, useTestApp } from '../../platform/testing/test-app.ts'
import { actors, fillSmallRegion, hospital, patients } from '../../testing/small-region.ts'
import { patientRoutes } from './routes.ts'

const app = useTestApp({ routes: () => patientRoutes(), fill: ({ db }) => fillSmallRegion(db) })

type Body = InputOf<typeof contract.registerPatient>['body']
let count = 0
const freshSnils = (): string => {
  const nine = String(200_000_000 + ++count)
  return nine + snilsCheckDigits(nine)
}
const person = (differing: Partial<Body> = {}): Body => ({
  lastName: 'Никитина',
  firstName: 'Вера',
  middleName: 'Павловна',
  birthDate: '1971-11-23',
  sex: 'female',
  snils: freshSnils(),
  enp: null,
  inn: null,
  phone: null,
  email: null,
  address: null,
  noSnilsReason: null,
  ...differing,
})
const register = (body: Body, actor = actors.registrar) => app().call(actor, contract.registerPatient, { body })
const refusal = (body: unknown, actor = actors.registrar) =>
  app().refusal(actor, contract.registerPatient, { body: body as Body })
const countOf = async (snils: string) => {
  const rows = await app().db.selectFrom('patients.patient').select('patient_id').where('snils', '=', snils).execute()
  return rows.length
}

describe('a registration', () => {
  it('keeps the person tidied, tells the journal and can be found at once', async () => {
    const body = person({
      lastName: ' ГРАЧЁВА ',
      firstName: 'зоя',
      middleName: 'ильинична',
      phone: ' +7  900 000-00-00 ',
      email: '  ',
      address: 'г. Энск,  ул. Новая, д. 1',
      noSnilsReason: 'newborn',
    })
    const made = await register(body)
    expect(made).toEqual({
      ...body,
      id: made.id,
      lastName: 'Грачёва',
      firstName: 'Зоя',
      middleName: 'Ильинична',
      phone: '+7 900 000-00-00',
      email: null,
      address: 'г. Энск, ул. Новая, д. 1',
      noSnilsReason: null,
      version: 1,
      attachment: null,
    })
    expect(await app().call(actors.registrar, contract.showPatient, { params: { patientId: made.id } })).toEqual(made)
    const found = await app().call(actors.registrar, contract.searchPatients, { query: { q: 'грачева зоя' } })
    expect(found.patients.map((p) => p.id)).toEqual([made.id])
    const journal = await app().journal('patients.register')
    expect(journal.find((row) => row.patient_id === made.id)).toMatchObject({
      outcome: 'done',
      grounds: 'registration',
      actor_id: actors.registrar.id,
    })
  })

  it('of a newborn without a СНИЛС and a patronymic is made', async () => {
    const made = await register(
      person({
        lastName: 'Ан',
        firstName: 'Ли',
        middleName: null,
        snils: null,
        noSnilsReason: 'newborn',
        birthDate: '2026-03-02',
      }),
    )
    expect(made).toMatchObject({ snils: null, middleName: null, noSnilsReason: 'newborn' })
  })

  it('is not a doctor’s nor a citizen’s to make', async () => {
    for (const actor of [actors.therapist, actors.petrov])
      expect(await refusal(person(), actor)).toMatchObject({ status: 403 })
    expect(await refusal(person(), actorOf({ role: 'security-officer' }))).toMatchObject({ status: 403 })
  })

  it('repeated with its key answers the same and makes one person', async () => {
    const body = person({ lastName: 'Повторова' })
    const key = newId()
    const first = await app().call(actors.registrar, contract.registerPatient, { body }, { key })
    const second = await app().call(actors.registrar, contract.registerPatient, { body }, { key })
    expect(second).toEqual(first)
    expect(await countOf(body.snils!)).toBe(1)
  })
})

describe('a registration is refused, and says what to mend, when', () => {
  it.each<[string, Record<string, unknown>, string, string]>([
    [
      'a digit of the СНИЛС is wrong',
      { snils: '11223344596' },
      'snils',
      'СНИЛС не проходит проверку: проверьте цифры, в номере опечатка',
    ],
    [
      'the СНИЛС has separators',
      { snils: '112-233-445 95' },
      'snils',
      'СНИЛС не проходит проверку: проверьте цифры, в номере опечатка',
    ],
    [
      'a digit of the ЕНП is wrong',
      { enp: '2657020837000349' },
      'enp',
      'Номер полиса ОМС не проходит проверку: должно быть 16 цифр, проверьте опечатку',
    ],
    [
      'a digit of the ИНН is wrong',
      { inn: '500100732258' },
      'inn',
      'ИНН не проходит проверку: должно быть 12 цифр, проверьте опечатку',
    ],
    ['there is no such day', { birthDate: '1985-02-31' }, 'birthDate', 'Такой даты нет в календаре'],
    ['the year is a slip', { birthDate: '1899-12-31' }, 'birthDate', 'Дата рождения раньше 1900 года: проверьте год'],
    ['the name is empty', { lastName: '' }, 'lastName', 'Заполните это поле'],
    ['the name is a dash', { firstName: '—' }, 'firstName', 'Напишите буквами'],
    ['the name has digits', { lastName: 'Иванов1' }, 'lastName', 'Только буквы, пробел, дефис и апостроф'],
    [
      'alphabets are mixed',
      { middleName: 'Павлzвна' },
      'middleName',
      'Русские и латинские буквы смешаны в одном слове',
    ],
    ['the sex is unknown', { sex: 'other' }, 'sex', 'Одно из значений: male, female'],
    ['a field is too much', { password: 'x' }, 'password', 'Лишнее поле'],
    ['a line has control characters', { address: 'a\u0000b' }, 'address', 'Недопустимое значение'],
  ])('%s', async (_what, differing, path, message) => {
    const problem = await refusal({ ...person(), ...differing })
    expect(problem).toMatchObject({ status: 422, type: '/problems/invalid' })
    expect(problem.fields).toContainEqual({ path, message })
  })

  it('there is neither a СНИЛС nor a reason', async () => {
    expect(await refusal(person({ snils: null }))).toMatchObject({
      status: 422,
      type: '/problems/snils-or-reason',
      title: 'Укажите СНИЛС или причину, почему его нет',
      fields: [{ path: 'snils', message: 'Укажите СНИЛС или причину, почему его нет' }],
    })
  })

  it('the birth date is ahead by the registrar’s own calendar', async () => {
    // 18:00 UTC on Monday: Tuesday has come in Novosibirsk (+7) and not yet in Moscow (+3).
    app().now = new Date('2026-03-02T18:00:00Z')
    const tomorrow = person({ birthDate: '2026-03-03', snils: null, noSnilsReason: 'newborn' })
    expect(await refusal(tomorrow)).toMatchObject({
      type: '/problems/birth-date-ahead',
      fields: [{ path: 'birthDate', message: 'Дата рождения ещё не наступила' }],
    })
    expect(await register(tomorrow, actors.hospitalRegistrar)).toMatchObject({ birthDate: '2026-03-03' })
    app().now = MONDAY
    expect(actors.hospitalRegistrar.organizationId).toBe(hospital.id)
  })
})

describe('a number that somebody has', () => {
  it.each<[keyof Body, string, string]>([
    ['snils', '00000060006', 'Человек с таким СНИЛС уже зарегистрирован'],
    ['enp', '2657020837000348', 'Человек с таким номером полиса уже зарегистрирован'],
  ])('stops a registration hard, confirmed or not: %s', async (field, value, message) => {
    for (const confirmedNew of [false, true]) {
      const problem = await refusal(person({ [field]: value, confirmedNew }))
      expect(problem).toMatchObject({
        status: 409,
        type: '/problems/identifier-taken',
        field,
        patientId: patients.petrov,
        fields: [{ path: field, message }],
      })
    }
    const refused = (await app().journal('patients.register')).filter((row) => row.patient_id === patients.petrov)
    expect(refused.length).toBeGreaterThanOrEqual(2)
    expect(refused.every((row) => row.outcome === 'refused' && row.problem === '/problems/identifier-taken')).toBe(true)
  })

  it('of ИНН stops as well', async () => {
    await register(person({ inn: '500100732259', birthDate: '1950-01-01' }))
    expect(await refusal(person({ inn: '500100732259' }))).toMatchObject({ field: 'inn' })
  })

  it('asked for by fifty at once is given to one, and the others are told so', async () => {
    const body = person({ lastName: 'Гонкина', birthDate: '1944-05-06' })
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => app().send(actors.registrar, contract.registerPatient, { body })),
    )
    const made = replies
      .filter((reply) => reply.status === 200)
      .map((reply) => JSON.parse(reply.text) as { id: string })
    expect(made).toHaveLength(1)
    const refused = replies.filter((reply) => reply.status !== 200).map((reply) => JSON.parse(reply.text) as object)
    expect(refused).toHaveLength(49)
    for (const problem of refused)
      expect(problem).toMatchObject({ type: '/problems/identifier-taken', patientId: made[0]!.id, field: 'snils' })
    expect(await countOf(body.snils!)).toBe(1)
  })

  it('and another number asked for in turns by two never lock each other', async () => {
    const enp = ['265702083000100', '265702083000101'].map((fifteen) => fifteen + enpCheckDigit(fifteen))
    const snils = [freshSnils(), freshSnils()]
    const bodies = Array.from({ length: 40 }, (_, i) =>
      person({
        lastName: 'Крестова',
        birthDate: '1944-05-07',
        snils: snils[i % 2]!,
        enp: enp[(i >> 1) % 2]!,
        confirmedNew: true,
      }),
    )
    const replies = await Promise.all(
      bodies.map((body) => app().send(actors.registrar, contract.registerPatient, { body })),
    )
    const types = replies.map((r) => (r.status === 200 ? 'made' : (JSON.parse(r.text) as { type: string }).type))
    expect(new Set(types)).toEqual(new Set(['made', '/problems/identifier-taken']))
    expect(types.filter((type) => type === 'made').length).toBeLessThanOrEqual(2)
  })
})

describe('a similar person', () => {
  it('is shown before another is made, and the journal knows who was shown', async () => {
    const body = person({ lastName: 'Сидрова', firstName: 'Алена', middleName: 'Игоревна', birthDate: '1990-12-31' })
    const problem = await refusal(body)
    expect(problem).toMatchObject({ status: 409, type: '/problems/possible-duplicate' })
    expect(problem['candidates']).toMatchObject([{ id: patients.sidorova, name: 'Сидорова Алёна Игоревна' }])
    const shown = (await app().journal('patients.register')).filter((row) => row.patient_id === patients.sidorova)
    expect(shown).toMatchObject([{ outcome: 'refused', grounds: 'registration' }])
    expect(await register({ ...body, confirmedNew: true })).toMatchObject({ lastName: 'Сидрова' })
  })

  it.each<[string, Partial<Body>]>([
    ['day and month stand in each other’s place', { birthDate: '1985-12-04' }],
    ['one digit of the date differs', { birthDate: '1985-04-22' }],
    ['the surname is another', { lastName: 'Кузнецов' }],
    ['surname and first name stand in each other’s place', { lastName: 'Пётр', firstName: 'Петров' }],
    ['the patronymic is missing', { middleName: null }],
  ])('is found when %s', async (_what, differing) => {
    const petrov = {
      lastName: 'Петров',
      firstName: 'Пётр',
      middleName: 'Петрович',
      sex: 'male',
      birthDate: '1985-04-12',
    } as const
    const problem = await refusal(person({ ...petrov, ...differing }))
    expect(problem['candidates']).toMatchObject([{ id: patients.petrov }])
  })

  it('is nobody when first names differ, as those of twins', async () => {
    const twin = { lastName: 'Петрова', middleName: 'Петровна', birthDate: '2018-09-01' }
    expect(await register(person({ ...twin, firstName: 'Дарья' }))).toMatchObject({ firstName: 'Дарья' })
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import * as contract from '../../../contracts/patients.ts'
import { newId } from '../../platform/ids.ts'
import { useTestApp } from '../../platform/testing/test-app.ts'
import { actors, fillSmallRegion, patients, polyclinic } from '../../testing/small-region.ts'
import { importPatients } from './index.ts'
import { patientRoutes } from './routes.ts'

const app = useTestApp({ routes: () => patientRoutes(), fill: ({ db }) => fillSmallRegion(db) })

const search = async (q: string, actor = actors.registrar) =>
  (await app().call(actor, contract.searchPatients, { query: { q } })).patients.map((p) => p.name)

const named = (name: string, birthDate: string) => {
  const [lastName, firstName, middleName] = name.split(' ') as [string, string, string | undefined]
  return {
    id: newId(),
    lastName,
    firstName,
    middleName: middleName ?? null,
    birthDate,
    sex: 'male' as const,
    snils: null,
    enp: null,
    inn: null,
    phone: null,
    email: null,
    address: null,
    noSnilsReason: 'no-documents' as const,
  }
}
const none = { attachments: [], representations: [] }

beforeAll(() =>
  importPatients(app().db, app().now, {
    ...none,
    patients: [
      named('Иванов Иван Иванович', '1985-04-12'),
      named('Иванова Мария Петровна', '1960-01-05'),
      named('Ивановский Лев Львович', '1999-09-09'),
      named('Салтыков-Щедрин Михаил', '1926-01-27'),
      named("О'Коннор Шон", '1980-07-01'),
      named('Smith John', '1977-03-03'),
      named('Цой Ян', '1991-02-02'),
    ],
  }),
)

describe('search finds a person by', () => {
  it.each([
    ['the surname and the first name', 'петров пётр п', 'Петров Пётр Петрович'],
    ['ё typed as е and е as ё', 'сидорова алёна', 'Сидорова Алёна Игоревна'],
    ['е instead of ё', 'алена сидорова', 'Сидорова Алёна Игоревна'],
    ['words in another order', 'Петрович Петр Петров', 'Петров Пётр Петрович'],
    ['a part of the surname', 'сидор', 'Сидорова Алёна Игоревна'],
    ['initials', 'Иванов И.И.', 'Иванов Иван Иванович'],
    ['two equal initials', 'Иванов И И', 'Иванов Иван Иванович'],
    ['half of a double surname', 'щедрин', 'Салтыков-Щедрин Михаил'],
    ['a double surname with a blank', 'салтыков щедрин', 'Салтыков-Щедрин Михаил'],
    ['an apostrophe left out', 'оконнор', "О'Коннор Шон"],
    ['a wrong letter', 'сидарова', 'Сидорова Алёна Игоревна'],
    ['a missing letter', 'сидрова', 'Сидорова Алёна Игоревна'],
    ['an extra letter', 'сиддорова', 'Сидорова Алёна Игоревна'],
    ['two letters swapped', 'сидоорва алнёа', 'Сидорова Алёна Игоревна'],
    ['an error in the first letter', 'зидорова', 'Сидорова Алёна Игоревна'],
    ['the other keyboard layout', 'cbljhjdf', 'Сидорова Алёна Игоревна'],
    ['the other layout with a slip', 'cblfhjdf', 'Сидорова Алёна Игоревна'],
    ['Latin letters', 'smith', 'Smith John'],
    ['Latin letters in the Russian layout', 'ыьшер ощрт', 'Smith John'],
    ['a day of birth', '31.12.1990', 'Сидорова Алёна Игоревна'],
    ['a day of birth without separators', '31121990', 'Сидорова Алёна Игоревна'],
    ['a day of birth year first', '1990-12-31', 'Сидорова Алёна Игоревна'],
    ['a day of birth in words', '31 декабря 1990', 'Сидорова Алёна Игоревна'],
    ['a name with a year', 'ким 1972', 'Ким Сергей'],
    ['a name with a day', 'иван 12.04.1985', 'Иванов Иван Иванович'],
    ['a СНИЛС', '08765430200', 'Сидорова Алёна Игоревна'],
    ['a СНИЛС with separators', '087-654-302 00', 'Сидорова Алёна Игоревна'],
    ['an ЕНП', '2657 0208 3700 0348', 'Петров Пётр Петрович'],
    ['two letters', 'Ян', 'Цой Ян'],
  ])('%s: «%s»', async (_what, q, name) => {
    expect(await search(q)).toEqual([name])
  })

  it('a beginning, each typed word for another word of the name', async () => {
    expect(await search('петров петр')).toEqual(['Петров Пётр Петрович', 'Петрова Мария Петровна'])
  })

  it('a beginning, with whole words first', async () => {
    expect(await search('иванов')).toEqual(['Иванов Иван Иванович', 'Иванова Мария Петровна', 'Ивановский Лев Львович'])
  })
})

describe('search finds nobody', () => {
  it.each([
    'Неизвестный',
    'иванов 01.01.2001',
    '112-233-445 95',
    'петров 1900',
    '%%',
    "' or '1'='1",
    '....',
    '1234567',
  ])('for «%s»', async (q) => {
    expect(await search(q)).toEqual([])
  })
})

describe('search', () => {
  it('refuses a day that is not in the calendar, a line too short and one too long', async () => {
    const refusal = (q: string) => app().refusal(actors.registrar, contract.searchPatients, { query: { q } })
    expect(await refusal('иванов 31.02.1985')).toMatchObject({
      status: 422,
      fields: [{ path: 'q', message: 'Такой даты нет в календаре' }],
    })
    expect(await refusal('и')).toMatchObject({ status: 422, fields: [{ path: 'q', message: 'Не короче 2 знаков' }] })
    expect(await refusal('и'.repeat(201))).toMatchObject({ fields: [{ path: 'q', message: 'Не длиннее 200 знаков' }] })
  })

  it('says that there are more, and shows the best twenty', async () => {
    const crowd = Array.from({ length: 250 }, (_, i) => named(`Толпин Иван${'абвгд'[i % 5]} Егорович`, '1970-01-01'))
    await importPatients(app().db, app().now, { ...none, patients: [...crowd, named('Толпина Ева', '1970-01-02')] })
    const found = await app().call(actors.registrar, contract.searchPatients, { query: { q: 'толпин' } })
    expect(found.more).toBe(true)
    expect(found.patients).toHaveLength(20)
    const few = await app().call(actors.registrar, contract.searchPatients, { query: { q: 'толпина' } })
    expect(few).toMatchObject({ more: false, patients: [{ name: 'Толпина Ева' }] })
  })

  it('notes everybody it shows, and a search that shows nobody as well', async () => {
    const before = (await app().journal('patients.search')).length
    await search('сидорова')
    await search('Неизвестный')
    const rows = (await app().journal('patients.search')).slice(before)
    expect(rows.map((row) => [row.patient_id, row.grounds, row.outcome])).toEqual([
      [patients.sidorova, 'registration', 'done'],
      [null, 'registration', 'done'],
    ])
  })

  it('of a doctor finds only whom their organisation has attached', async () => {
    expect(await search('петров', actors.therapist)).toEqual(['Петров Пётр Петрович'])
    expect(await search('00000060006', actors.therapist)).toEqual(['Петров Пётр Петрович'])
    expect(await search('петров', actors.neurologist)).toEqual([])
    expect(await search('00000060006', actors.neurologist)).toEqual([])
    expect(await search('сидорова', actors.therapist)).toEqual([])
    const last = (await app().journal('patients.search')).at(-1)
    expect(last).toMatchObject({ grounds: 'attachment', organization_id: polyclinic.id })
  })

  it('is not for citizens', async () => {
    expect(await app().refusal(actors.petrov, contract.searchPatients, { query: { q: 'петров' } })).toMatchObject({
      status: 403,
    })
  })
})

import { describe, expect, it } from 'vitest'
import * as contract from '../../../contracts/terminology.ts'
import { actorOf, useTestApp } from '../../platform/testing/test-app.ts'
import { loadStarterSet } from './index.ts'
import { terminologyRoutes } from './routes.ts'

const { directories } = contract
const app = useTestApp({ routes: terminologyRoutes, fill: (test) => loadStarterSet(test.db, test.now) })
const doctor = actorOf({ role: 'doctor' })

const search = async (oid: string, q: string, limit?: number) =>
  (
    await app().call(doctor, contract.searchConcepts, {
      params: { oid },
      query: { q, ...(limit !== undefined && { limit }) },
    })
  ).concepts
const codes = async (q: string, oid: string = directories.icd10) => (await search(oid, q)).map((c) => c.code)

describe('searching by code', () => {
  it.each(['J20', 'j20', 'J 20', 'О20', 'о20', 'j20.9'])('«%s» finds J20 or under it first', async (q) => {
    expect((await codes(q))[0]).toMatch(/^J20/)
  })
  it('finds the codes that begin so, the exact one first', async () => {
    const found = await codes('j45')
    expect(found[0]).toBe('J45')
    expect(found.slice(1, 4)).toEqual(['J45.0', 'J45.8', 'J45.9'])
  })
  it('takes Russian letters that look like Latin ones', async () => {
    expect((await codes('М54.5'))[0]).toBe('M54.5')
    expect((await codes('В01.047', directories.services)).slice(0, 2)).toEqual(['B01.047.001', 'B01.047.002'])
  })
  it('takes a code pasted with its name', async () => {
    expect((await codes('J20.9 Острый бронхит неуточненный'))[0]).toBe('J20.9')
  })
})

describe('searching by words', () => {
  it.each([
    ['острый бронхит', 'J20'],
    ['бронхит острый', 'J20'],
    ['ОСТРОГО БРОНХИТА', 'J20'],
    ['пневм', 'J18.9'],
    ['пнивмония', 'J18.9'],
    ['мегрень', 'G43.9'],
    ['апендицит', 'K35.8'],
    ['остеохандроз', 'M42.1'],
    ['цыстит', 'N30.0'],
    ['vbuhtym', 'G43.9'],
    ['wbcnbn', 'N30.0'],
    ['орви', 'J06.9'],
    ['jhdb', 'J06.9'],
    ['гэрб', 'K21.0'],
    ['гипертония', 'I10'],
    ['диабет 2 типа', 'E11'],
    ['камни в почках', 'N20.0'],
    ['боль в пояснице', 'M54.5'],
    ['ковид', 'U07.1'],
    ['covid', 'U07.1'],
    ['сщмшв', 'U07.1'],
    ['гепатит c', 'B18.2'],
    ['гепатит С', 'B18.2'],
    ['желчнокаменная', 'K80.2'],
    ['желчекаменная', 'K80.2'],
    ['алергический ренит', 'J30.4'],
    ['перелом лучевой кости', 'S52.5'],
  ])('«%s» has %s among the first three', async (q, code) => {
    expect((await codes(q)).slice(0, 3)).toContain(code)
  })
  it.each([
    ['прием терапевта', 'B01.047.001'],
    ['первичный прием кардиолога', 'B01.015.001'],
    ['узи почек', 'A04.28.002.001'],
    ['экг', 'A05.10.006'],
    ['мрт головного мозга', 'A05.23.009'],
    ['общий анализ мочи', 'B03.016.006'],
    ['сахар крови', 'A09.05.023'],
    ['забор крови', 'A11.12.009'],
  ])('of services, «%s» has %s among the first three', async (q, code) => {
    expect((await codes(q, directories.services)).slice(0, 3)).toContain(code)
  })
  it('finds «травма» typed in the Latin layout, as in the Russian one', async () => {
    const found = await codes('nhfdvf')
    expect(found.length).toBeGreaterThan(2)
    expect(found).toEqual(await codes('травма'))
  })
  it('goes on narrowing as one types', async () => {
    for (let n = 3; n <= 'пневмония'.length; n++) expect(await codes('пневмония'.slice(0, n))).toContain('J18.9')
  })
  it('finds names with some of the words when none has all', async () => {
    expect(await codes('бронхит у водолаза')).toContain('J20.9')
  })
  it('finds nothing for what means nothing', async () => {
    expect(await codes('ъыьъыь')).toEqual([])
    expect(await codes('!!!')).toEqual([])
  })
})

describe('the endpoint', () => {
  it('answers with the version, twenty concepts at most unless asked otherwise', async () => {
    expect(await search(directories.icd10, 'j45', 1)).toEqual([
      { oid: directories.icd10, version: '0.starter', code: 'J45', name: 'Астма' },
    ])
    expect(await search(directories.icd10, 'неуточненная')).toHaveLength(20)
    expect(await search(directories.icd10, 'неуточненная', 50)).toHaveLength(50)
  })
  it('gives the first of a directory for an empty query', async () => {
    expect((await search(directories.specialties, ' '))[0]).toMatchObject({ oid: directories.specialties })
  })
  it('does not know a directory that is not loaded', async () => {
    const input = { params: { oid: '1.2.3.4' }, query: { q: 'а' } }
    expect(await app().refusal(doctor, contract.searchConcepts, input)).toMatchObject({ status: 404 })
  })
  it.each([
    ['a query of 201 characters', directories.icd10, { q: 'я'.repeat(201) }],
    ['no query', directories.icd10, {}],
    ['a limit of none', directories.icd10, { q: 'а', limit: 0 }],
    ['a limit of too many', directories.icd10, { q: 'а', limit: 51 }],
    ['an OID that is none', 'мкб', { q: 'а' }],
  ])('refuses %s', async (_what, oid, query) => {
    const reply = await app().send(doctor, contract.searchConcepts, { params: { oid }, query })
    expect(reply.status).toBe(422)
  })
  it.each([
    "'; drop table terminology.term; --",
    '%',
    '_',
    '\\',
    '\u0000',
    '{a,b}',
    '""',
    '🩺',
    '\u{10FFFF}',
    'a'.repeat(200),
  ])('takes %j for a query like any other', async (q) => {
    const reply = await app().send(doctor, contract.searchConcepts, {
      params: { oid: directories.icd10 },
      query: { q },
    })
    expect([200, 422]).toContain(reply.status)
  })
  it('is for those who have signed in', async () => {
    const input = { params: { oid: directories.icd10 }, query: { q: 'а' } }
    expect(await app().refusal(undefined, contract.searchConcepts, input)).toMatchObject({ status: 401 })
  })
  it('lists the directories that can be chosen from', async () => {
    const { directories: listed } = await app().call(doctor, contract.listDirectories, {})
    expect(listed.map((d) => d.oid).toSorted()).toEqual(Object.values(directories).toSorted())
    for (const directory of listed) expect(directory.rows).toBeGreaterThan(40)
  })
})

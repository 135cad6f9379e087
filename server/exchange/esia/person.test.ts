import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPlainDate, isSnils } from '../../../contracts/values.ts'
import { plainDateOf, readPerson } from './person.ts'

const SAMPLE = path.resolve('../shared/data/esia/person-embed-sample.json')

describe('what ЕСИА says of a person', () => {
  it.skipIf(!existsSync(SAMPLE))('is read from an answer as ЕСИА gives it', () => {
    const person = readPerson('1000404446', JSON.parse(readFileSync(SAMPLE, 'utf8')))
    expect(person).toEqual({
      esiaOid: '1000404446',
      trusted: true,
      lastName: 'Фамилия006',
      firstName: 'Имя006',
      middleName: 'Отчество006',
      birthDate: '2000-05-26',
      sex: 'female',
      snils: '00000060006',
      inn: '585204118212',
      phone: '+7(000)0000006',
      email: 'EsiaTest006@yandex.ru',
      address: '428022, г Чебоксары, пр-кт Мира, д. 1, кв. 1',
      enp: null,
      children: [],
    })
  })

  const named = { lastName: 'Ким', firstName: 'Анна' }

  it('must have a name', () => {
    for (const answer of [null, [], 'x', {}, { lastName: ' ', firstName: 'А' }, { lastName: 1, firstName: 'А' }])
      expect(() => readPerson('1', answer)).toThrow(Error)
  })

  it('is trusted only when it says so in so many words', () => {
    for (const trusted of [undefined, null, 1, 'true', {}])
      expect(readPerson('1', { ...named, trusted }).trusted).toBe(false)
  })

  it('has only days that exist and numbers with right check digits', () => {
    expect(plainDateOf('29.02.2024')).toBe('2024-02-29')
    for (const day of ['29.02.2023', '31.02.2000', '2000-01-01', '1.1.2000', '', null, 7])
      expect(plainDateOf(day)).toBeNull()
    expect(readPerson('1', { ...named, snils: '112-233-445 95' }).snils).toBe('11223344595')
    expect(readPerson('1', { ...named, snils: '112-233-445 96', inn: '1' })).toMatchObject({ snils: null, inn: null })
  })

  it('prefers what was verified, the mobile telephone, and where the person lives', () => {
    const person = readPerson('1', {
      ...named,
      contacts: {
        elements: [
          { type: 'PHN', vrfStu: 'VERIFIED', value: '+7(495)1' },
          { type: 'MBT', vrfStu: 'NOT_VERIFIED', value: '+7(912)2' },
          { type: 'EML', vrfStu: 'NOT_VERIFIED', value: 'a@b.test' },
        ],
      },
      addresses: {
        elements: [
          { type: 'PRG', addressStr: 'там' },
          { type: 'PLV', city: 'Энск', house: '5' },
        ],
      },
      documents: { elements: [{ type: 'MDCL_PLCY', unitedNumber: '2657020837000348' }] },
    })
    expect(person).toMatchObject({
      phone: '+7(495)1',
      email: 'a@b.test',
      address: 'Энск, д. 5',
      enp: '2657020837000348',
    })
  })

  it('leaves out children it does not name and collections that were not embedded', () => {
    const kids = { elements: ['https://esia.example/rs/prns/1/kids/2', { firstName: 'Без фамилии' }, named, null] }
    expect(readPerson('1', { ...named, kids }).children).toEqual([
      { ...named, middleName: null, birthDate: null, sex: null, snils: null },
    ])
  })

  it('holds no control characters, no halves of letters, and no endless lines', () => {
    const person = readPerson('1', {
      lastName: `\u0000А\u0007Б${'в'.repeat(500)}`,
      firstName: `Х${'😀'.repeat(120)}`.slice(0, 200),
    })
    expect(person.lastName).toBe(`А Б${'в'.repeat(196)}`)
    expect(person.firstName).not.toMatch(/\p{Surrogate}/u)
  })

  it('is either readable or refused, whatever the answer is', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.dictionary(fc.constantFrom(...Object.keys(fields)), fc.jsonValue()),
        (any, some) => {
          for (const answer of [any, { ...named, ...some }]) {
            let person
            try {
              person = readPerson('1', answer)
            } catch (error) {
              expect(error).not.toBeInstanceOf(TypeError)
              continue
            }
            expect(person.birthDate === null || isPlainDate(person.birthDate)).toBe(true)
            expect(person.snils === null || isSnils(person.snils)).toBe(true)
            for (const text of [person.lastName, person.firstName, person.address, person.phone])
              expect(text === null || (typeof text === 'string' && text.length <= 200)).toBe(true)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

const fields = {
  middleName: 0,
  birthDate: 0,
  gender: 0,
  snils: 0,
  contacts: 0,
  addresses: 0,
  documents: 0,
  kids: 0,
  trusted: 0,
}

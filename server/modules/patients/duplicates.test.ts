import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPlainDate } from '../../../contracts/values.ts'
import { datesOneDigitOff, mayBeOnePerson, transposed, type Likeness } from './duplicates.ts'

const anna: Likeness = { lastName: 'Иванова', firstName: 'Анна', middleName: 'Сергеевна', birthDate: '1985-04-12' }

describe('two registrations may be of one person when', () => {
  it.each<[string, Partial<Likeness>]>([
    ['nothing differs', {}],
    ['ё was typed as е', { lastName: 'Иванёва' }],
    ['the surname has a typing error', { lastName: 'Ивнова' }],
    ['two neighbouring letters are swapped', { lastName: 'Иваонва' }],
    ['every part has one', { lastName: 'Иваново', firstName: 'Ана', middleName: 'Сергевна' }],
    ['the patronymic is missing', { middleName: null }],
    ['day and month stand in each other’s place', { birthDate: '1985-12-04' }],
    ['the surname has changed with marriage', { lastName: 'Кузнецова' }],
    ['surname and first name stand in each other’s place', { lastName: 'Анна', firstName: 'Иванова' }],
    ['one digit of the date differs', { birthDate: '1985-04-13' }],
    ['one digit of the year differs', { birthDate: '1995-04-12' }],
  ])('%s', (_what, differing) => {
    expect(mayBeOnePerson(anna, { ...anna, ...differing })).toBe(true)
    expect(mayBeOnePerson({ ...anna, ...differing }, anna)).toBe(true)
  })
})

describe('two registrations are of two people when', () => {
  it.each<[string, Partial<Likeness>]>([
    ['the first names differ, as those of twins do', { firstName: 'Ольга' }],
    ['the patronymics differ', { middleName: 'Петровна' }],
    ['the surname differs and one has no patronymic', { lastName: 'Кузнецова', middleName: null }],
    ['the date differs in two digits', { birthDate: '1985-05-13' }],
    ['the date differs in a digit and the name in a letter', { birthDate: '1985-04-13', lastName: 'Ивнова' }],
    ['the surname differs and the date is transposed', { lastName: 'Кузнецова', birthDate: '1985-12-04' }],
  ])('%s', (_what, differing) => {
    expect(mayBeOnePerson(anna, { ...anna, ...differing })).toBe(false)
  })
})

describe('other dates that a date may be a slip of', () => {
  const date = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
    .map((d) => d.toISOString().slice(0, 10))
  it('exist in the calendar and lead back', () => {
    fc.assert(
      fc.property(date, (day) => {
        for (const other of datesOneDigitOff(day)) {
          expect(isPlainDate(other)).toBe(true)
          expect(datesOneDigitOff(other)).toContain(day)
        }
        const swapped = transposed(day)
        if (swapped) expect(transposed(swapped)).toBe(day)
      }),
    )
  })
  it('are none where day and month are one number or the day is no month', () => {
    expect(transposed('1985-04-04')).toBeUndefined()
    expect(transposed('1985-04-13')).toBeUndefined()
  })
})

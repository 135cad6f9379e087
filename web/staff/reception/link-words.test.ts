import { describe, expect, it } from 'vitest'
import { personFromLine } from '../people/person-from-line.ts'
import { compared, lineOf } from './link-words.ts'

const card = {
  id: 'p',
  name: 'Семёнова Анна Петровна',
  birthDate: '1985-03-12',
  sex: 'female' as const,
  snils: '11223344595',
  enp: null,
  address: null,
}
const claimed = {
  lastName: 'СЕМЕНОВА',
  firstName: 'Анна',
  middleName: 'Петровна',
  birthDate: '1985-03-12',
  sex: null,
  snils: '11223344595',
}

describe('an account beside a card', () => {
  it('differs only in what both say differently', () => {
    expect(compared(claimed, card).every((line) => line.same)).toBe(true)
    const other = compared({ ...claimed, lastName: 'Иванова', birthDate: '1985-12-03' }, card)
    expect(other.filter((line) => !line.same).map((line) => line.what)).toEqual(['Имя', 'Дата рождения'])
  })
})

describe('an account without a card', () => {
  it('fills the form of a new patient in, so that nothing is typed again', () => {
    expect(personFromLine(lineOf({ ...claimed, lastName: 'Семёнова' }), '2026-11-25')).toEqual({
      lastName: 'Семёнова',
      firstName: 'Анна',
      middleName: 'Петровна',
      birthDate: '1985-03-12',
      snils: '11223344595',
    })
  })
  it('says what it knows and no more', () => {
    expect(lineOf({ ...claimed, middleName: null, birthDate: null, snils: null })).toBe('СЕМЕНОВА Анна')
  })
})

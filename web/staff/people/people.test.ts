import { describe, expect, it } from 'vitest'
import { hasMistypedSnils, personFromLine } from './person-from-line.ts'
import { personWords } from './person-words.ts'
import { readDate, withDots } from './read-date.ts'

const today = '2026-11-26'

describe('a date as it is typed', () => {
  it.each([
    ['12.03.1985', '1985-03-12'],
    ['12.3.85', '1985-03-12'],
    ['12031985', '1985-03-12'],
    ['1-2-2020', '2020-02-01'],
    [' 05/11/26 ', '2026-11-05'],
    ['01.01.27', '1927-01-01'],
  ])('%s is read', (text, day) => expect(readDate(text, today)).toBe(day))
  it.each(['31.02.2020', '12.13.1985', '12.03', '1985-03-12', 'вчера', ''])('«%s» is no date', (text) =>
    expect(readDate(text, today)).toBeUndefined(),
  )
  it('gets its dots by itself', () => {
    let field = ''
    for (const digit of '12031985') field = withDots(field + digit, field)
    expect(field).toBe('12.03.1985')
  })
  it('does not fight whoever deletes or types dots', () => {
    expect(withDots('12', '12.')).toBe('12')
    expect(withDots('1.3.85', '1.3.8')).toBe('1.3.85')
    expect(withDots('12.0', '12.')).toBe('12.0')
    expect(withDots('12..', '12.')).toBe('12.')
  })
})

describe('a line that found nobody', () => {
  it('fills the form of a new patient in', () => {
    expect(personFromLine('иванова-петрова анна СЕРГЕЕВНА 12.03.85 112-233-445 95', today)).toEqual({
      lastName: 'Иванова-Петрова',
      firstName: 'Анна',
      middleName: 'Сергеевна',
      birthDate: '1985-03-12',
      snils: '11223344595',
    })
  })
  it('leaves out numbers with wrong check digits and what is no name', () => {
    expect(personFromLine('112-233-445 96 ivanov 5', today)).toEqual({})
  })
})

describe('СНИЛС in a line that found nobody', () => {
  it('is told to be mistyped when its check digits do not agree', () => {
    expect(hasMistypedSnils('11223344596')).toBe(true)
    expect(hasMistypedSnils('иванова 112-233-445 96')).toBe(true)
  })
  it('is not seen where it is right, unfinished, or a telephone or policy', () => {
    for (const line of ['112-233-445 95', '1122334459', '89131234567', '9950000000010091', 'иванова'])
      expect(hasMistypedSnils(line)).toBe(false)
  })
})

describe('people of one name', () => {
  it('are told apart by what is known of them', () => {
    const person = {
      id: 'p',
      name: 'Иванов Иван Иванович',
      birthDate: '1985-03-12',
      sex: 'male' as const,
      snils: '11223344595',
      enp: null,
      address: 'ул. Мира, 5',
    }
    expect(personWords(person, today)).toBe('12.03.1985, 41\u00a0год · СНИЛС 112-233-445 95 · ул. Мира, 5')
  })
})

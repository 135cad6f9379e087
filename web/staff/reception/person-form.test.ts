import { describe, expect, it } from 'vitest'
import { emptyForm, flawsOf, formOf, isJudged, registrationOf, sexByPatronymic, snilsAsTyped } from './person-form.ts'

const today = '2026-11-26'
const anna = {
  ...emptyForm,
  lastName: 'Иванова',
  firstName: 'Анна',
  middleName: 'Сергеевна',
  birthDate: '12.03.1985',
  sex: 'female' as const,
  snils: '112-233-445 95',
}

describe('the form of a new patient', () => {
  it('is whole with a name, a birth date, a sex and a СНИЛС', () => {
    expect(flawsOf(anna, today)).toEqual({})
  })
  it('asks for what is missing', () => {
    expect(Object.keys(flawsOf(emptyForm, today))).toEqual([
      'lastName',
      'firstName',
      'birthDate',
      'sex',
      'noSnilsReason',
    ])
  })
  it('takes a reason instead of a СНИЛС, but no wrong one', () => {
    expect(flawsOf({ ...anna, snils: '', noSnilsReason: 'newborn' }, today)).toEqual({})
    expect(flawsOf({ ...anna, snils: '112-233-445 96' }, today).snils).toContain('опечатка')
    expect(flawsOf({ ...anna, snils: '112-233' }, today).snils).toBe('В СНИЛС 11 цифр, набрано 6')
  })
  it.each([
    ['31.02.2020', 'нет в календаре'],
    ['27.11.2026', 'ещё не наступила'],
    ['01.01.1899', 'проверьте год'],
  ])('does not take the birth date %s', (birthDate, why) => {
    expect(flawsOf({ ...anna, birthDate }, today).birthDate).toContain(why)
  })
  it('checks the policy, the ИНН and the mail', () => {
    const flaws = flawsOf({ ...anna, enp: '1234567890123456', inn: '123456789012', email: 'anna@' }, today)
    expect(Object.keys(flaws)).toEqual(['enp', 'inn', 'email'])
  })
  it('judges a number once it is whole, and other fields once they are left', () => {
    expect(isJudged('snils', { ...anna, snils: '112-233-4' }, new Set())).toBe(false)
    expect(isJudged('snils', anna, new Set())).toBe(true)
    expect(isJudged('lastName', anna, new Set())).toBe(false)
    expect(isJudged('lastName', anna, new Set(['lastName'] as const))).toBe(true)
  })
  it('goes to the server without separators and blanks', () => {
    expect(registrationOf({ ...anna, phone: ' ', enp: ' ' }, today)).toMatchObject({
      birthDate: '1985-03-12',
      snils: '11223344595',
      noSnilsReason: null,
      enp: null,
      phone: null,
    })
  })
})

describe('what the form does by itself', () => {
  it('puts separators into a СНИЛС', () => {
    expect(['1', '1122', '112233445', '11223344595'].map(snilsAsTyped)).toEqual([
      '1',
      '112-2',
      '112-233-445',
      '112-233-445 95',
    ])
  })
  it('knows the sex by the patronymic, when it says one', () => {
    expect(['Сергеевна', 'Ильинична', 'Кузьмич', 'Ильич', 'Али оглы', 'Анна', ''].map(sexByPatronymic)).toEqual([
      'female',
      'female',
      'male',
      'male',
      'male',
      '',
      '',
    ])
  })
  it('begins with what was searched for', () => {
    expect(formOf({ lastName: 'Иванова', birthDate: '1985-03-12', snils: '11223344595' })).toMatchObject({
      birthDate: '12.03.1985',
      snils: '112-233-445 95',
      sex: '',
    })
  })
})

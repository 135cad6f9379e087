import { describe, expect, it } from 'vitest'
import { compared } from './link-words.ts'

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

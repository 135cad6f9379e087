import { describe, expect, it } from 'vitest'
import { fieldMessage, inOneSentence, requestNumber } from './problem-words.ts'
import { capital, count, phoneHref, phoneWords, plural, shortName, uncapital } from './words.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('numbers with nouns', () => {
  const visits = ['запись', 'записи', 'записей'] as const
  it.each([
    [0, 'записей'],
    [1, 'запись'],
    [2, 'записи'],
    [5, 'записей'],
    [11, 'записей'],
    [14, 'записей'],
    [21, 'запись'],
    [22, 'записи'],
    [111, 'записей'],
    [1001, 'запись'],
  ])('%i %s', (n, word) => expect(plural(n, visits)).toBe(word))
  it('writes the number before the noun', () => expect(plain(count(1234, visits))).toBe('1 234 записи'))
})

describe('names and telephones', () => {
  it('shortens a name to initials', () => {
    expect(plain(shortName('Иванова Анна Сергеевна'))).toBe('Иванова А. С.')
    expect(shortName('Иванова')).toBe('Иванова')
  })
  it('writes a telephone as people do and dials what was given', () => {
    expect(phoneWords('83812345678')).toBe('+7 381 234-56-78')
    expect(phoneWords('+7 (381) 234-56-78')).toBe('+7 381 234-56-78')
    expect(phoneWords('доб. 12')).toBe('доб. 12')
    expect(phoneHref('8 (381) 234-56-78')).toBe('tel:83812345678')
  })
  it('begins a sentence and stands inside one', () => {
    expect(capital('завтра')).toBe('Завтра')
    expect(['Кардиолог', 'Врач УЗИ', 'ЛОР'].map(uncapital)).toEqual(['кардиолог', 'врач УЗИ', 'ЛОР'])
  })
})

describe('refusals in words', () => {
  const taken = {
    type: '/problems/slot-taken',
    status: 409,
    title: 'Это время уже занято',
    advice: 'Выберите другое время.',
  }
  it('puts what happened before what to do', () => {
    expect(inOneSentence(taken)).toBe('Это время уже занято. Выберите другое время.')
    expect(inOneSentence({ ...taken, detail: 'Приём в 09:15 занят.' })).toBe(
      'Приём в 09:15 занят. Выберите другое время.',
    )
    expect(inOneSentence({ title: 'Не найдено' })).toBe('Не найдено.')
  })
  it('gives a number to quote only where support can help', () => {
    const instance = '0193e2f0-1111-7222-8333-444455556666'
    expect(requestNumber({ ...taken, instance })).toBeUndefined()
    expect(requestNumber({ status: 500, title: 'Внутренняя ошибка', instance })).toBe('0193e2f0…6666')
    expect(requestNumber({ status: 0, title: 'Нет связи', instance })).toBeUndefined()
  })
  it('finds the message of a field', () => {
    const problem = { title: 'Проверьте введённые данные', fields: [{ path: 'body.snils', message: 'Опечатка' }] }
    expect(fieldMessage(problem, 'body.snils')).toBe('Опечатка')
    expect(fieldMessage(undefined, 'body.snils')).toBeUndefined()
  })
})

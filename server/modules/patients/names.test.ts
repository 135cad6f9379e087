import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSameName, nameFlaw, nameWords, searchText, tidyName } from './names.ts'

describe('a name as it is kept', () => {
  it.each([
    ['  Иванов  ', 'Иванов'],
    ['ИВАНОВ', 'Иванов'],
    ['иван', 'Иван'],
    ['Салтыков – щедрин', 'Салтыков-щедрин'],
    ['САЛТЫКОВ - ЩЕДРИН', 'Салтыков-Щедрин'],
    ['анна  мария', 'Анна Мария'],
    ['д’Артаньян', "д'Артаньян"],
    ['МакДональд', 'МакДональд'],
    ['фон Бюлов', 'фон Бюлов'],
    ['АЛИ ОГЛЫ', 'Али оглы'],
    ['Ивaнов', 'Иванов'],
    ['ИBAHOB', 'Иванов'],
    ['Ёлкин', 'Ёлкин'],
    ['Smith', 'Smith'],
    ['—', ''],
  ])('«%s» is kept as «%s»', (typed, kept) => {
    expect(tidyName(typed)).toBe(kept)
  })

  it('does not change when it is tidied again', () => {
    const letters = fc.constantFrom(..."абвёйЖЯaBоO -–’'. ")
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: letters })), (text) => {
        expect(tidyName(tidyName(text))).toBe(tidyName(text))
      }),
    )
  })

  it.each([
    ['', 'Напишите буквами'],
    ['Иванов2', 'Только буквы, пробел, дефис и апостроф'],
    ['<b>Иванов</b>', 'Только буквы, пробел, дефис и апостроф'],
    ['Ивzнов', 'Русские и латинские буквы смешаны в одном слове'],
  ])('is refused when it is «%s»: %s', (name, sentence) => {
    expect(nameFlaw(name)).toBe(sentence)
  })

  it.each(["О'Коннор", 'Салтыков-Щедрин', 'Али оглы', 'José', 'Ли', 'Иванов (Петров)'])(
    'is good when it is «%s»',
    (name) => {
      expect(nameFlaw(name)).toBeUndefined()
    },
  )
})

describe('words of a name', () => {
  it.each([
    ['Салтыков-Щедрин', ['салтыков', 'щедрин']],
    ["О'Коннор", ['оконнор']],
    ['ПЁТР Андрей', ['петр', 'андрей']],
    ['José', ['jose']],
    ['Ивaнов', ['иванов']],
    [' .,- ', []],
  ])('of «%s» are %j', (text, words) => {
    expect(nameWords(text)).toEqual(words)
  })

  it('are the same however the letters are composed, and give themselves', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const words = nameWords(text)
        expect(nameWords(text.normalize('NFD'))).toEqual(nameWords(text.normalize('NFC')))
        expect(nameWords(words.join(' '))).toEqual(words)
      }),
    )
  })

  it('are kept surname first', () => {
    expect(searchText({ lastName: 'Салтыков-Щедрин', firstName: 'Пётр', middleName: null })).toBe(
      'салтыков щедрин петр',
    )
  })
})

describe('two names', () => {
  const petrov = { lastName: 'Петров', firstName: 'Пётр', middleName: 'Петрович' }
  it('are one when only case, ё, hyphens or a missing patronymic differ', () => {
    expect(isSameName(petrov, { lastName: 'ПЕТРОВ', firstName: 'петр', middleName: 'Петрович' })).toBe(true)
    expect(isSameName(petrov, { ...petrov, middleName: null })).toBe(true)
  })
  it('are two when a letter differs', () => {
    expect(isSameName(petrov, { ...petrov, lastName: 'Петрова' })).toBe(false)
    expect(isSameName(petrov, { ...petrov, middleName: 'Павлович' })).toBe(false)
  })
})

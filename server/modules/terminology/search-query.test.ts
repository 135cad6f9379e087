import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  guessedMeaning,
  readQuery,
  slotsOf,
  sureMeaning,
  wordsOf,
  wordsToGuess,
  type LookedUp,
  type Meaning,
} from './search-query.ts'
import { stemOf } from './stem.ts'

const dictionary = ['острый', 'бронхит', 'травма', 'глаза', 'пневмония', 'пневмонии', 'типа', 'с', 'гепатит', '12']

/** What a directory of the dictionary's words would answer. */
function lookUp(asked: string): LookedUp {
  const forms = dictionary.filter((word) => word === asked || stemOf(word) === stemOf(asked))
  const beginUses = dictionary.filter((word) => word.startsWith(asked)).length
  return { asked, root: asked, forms, formUses: forms.length, beginUses }
}

function slots(text: string) {
  const query = readQuery(text)
  const meanings = new Map<string, Meaning>()
  const learn = (asked: string, meaning: Meaning | undefined) => meaning && meanings.set(asked, meaning)
  for (const asked of wordsOf(query)) learn(asked, sureMeaning(lookUp(asked)))
  for (const asked of wordsToGuess(query, meanings)) {
    const alike = dictionary.map((word) => ({ asked, word, stem: stemOf(word), uses: 1 }))
    learn(asked, guessedMeaning(asked, alike))
  }
  return slotsOf(query, meanings)
}
const meant = (text: string) => slots(text).map((slot) => slot.words)

describe('a query', () => {
  it('of Russian letters that look like a code means the code by its look and by its keys', () => {
    expect(readQuery('О20').codes).toEqual(['O20', 'J20'])
    expect(readQuery('j20').codes).toEqual(['J20'])
  })
  it('with spaces inside one code is that code', () => {
    expect(readQuery('J 20').codes).toEqual(['J20'])
    expect(readQuery('А 01 01').codes).toContain('A0101')
  })
  it('of words is no code', () => expect(readQuery('травма глаза').codes).toEqual([]))
  it('that begins with a code takes it as a whole code only', () =>
    expect(readQuery('J20.9 Острый бронхит')).toMatchObject({ codes: ['J209'], whole: true }))
  it('means words of the directory in any order and form', () =>
    expect(meant('бронхита острого')).toEqual([['бронхит'], ['острый']]))
  it('typed in the other layout means what its keys say', () => {
    expect(meant('nhfdvf')).toEqual([['травма']])
    expect(meant('nhfdvf глаза')).toEqual([['травма'], ['глаза']])
  })
  it('with typing errors means the nearest words and their forms', () =>
    expect(meant('пнивмония')).toEqual([['пневмония', 'пневмонии']]))
  it('with a word nobody knows means the rest', () => expect(meant('бронхит ъыьъыь')).toEqual([['бронхит']]))
  it('with the beginning of a word means the words that begin so', () => {
    expect(slots('трав')).toMatchObject([{ words: [], begins: 'трав', unfinished: true }])
  })
  it('with a preposition does not insist on it, unless there is nothing else', () => {
    expect(slots('гепатит с').map((slot) => slot.optional)).toEqual([false, true])
    expect(slots('с').map((slot) => slot.optional)).toEqual([false])
  })
  it('takes a number as itself and not as the beginning of another', () => {
    expect(meant('1')).toEqual([])
    expect(meant('12')).toEqual([['12']])
  })
  it('can be anything at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const query = readQuery(text)
        for (const code of query.codes) expect(code).toMatch(/^[A-Z0-9]+$/)
        expect(query.pieces.length).toBeLessThanOrEqual(10)
        expect(() => slotsOf(query, new Map())).not.toThrow()
      }),
    )
  })
})

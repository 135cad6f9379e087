import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  guessedMeanings,
  readQuery,
  slotsOf,
  sureMeanings,
  wordsOf,
  wordsToGuess,
  type FoundWord,
} from './search-query.ts'
import { stemOf } from './stem.ts'

const dictionary = ['острый', 'бронхит', 'травма', 'глаза', 'пневмония', 'пневмонии', 'типа', 'с', 'гепатит']
const found = (asked: string, words: readonly string[] = dictionary): FoundWord[] =>
  words
    .filter((word) => word.startsWith(asked) || stemOf(word) === stemOf(asked))
    .map((word) => ({ asked, word, stem: stemOf(word), uses: 10 }))

/** The words that each slot of a query may mean, with a dictionary in place of a directory. */
function meant(text: string): string[][] {
  const query = readQuery(text)
  const meanings = sureMeanings(wordsOf(query).flatMap((word) => found(word)))
  for (const asked of wordsToGuess(query, meanings)) {
    const alike = dictionary.map((word) => ({ asked, word, stem: stemOf(word), uses: 1 }))
    const guessed = guessedMeanings(asked, alike)
    if (guessed.length > 0) meanings.set(asked, guessed)
  }
  return slotsOf(query, meanings).map((slot) => slot.meanings.map((meaning) => meaning.word))
}

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
  it('with a preposition does not insist on it, unless there is nothing else', () => {
    const slots = (text: string) => {
      const query = readQuery(text)
      return slotsOf(query, sureMeanings(wordsOf(query).flatMap((word) => found(word))))
    }
    expect(slots('гепатит с').map((slot) => slot.optional)).toEqual([false, true])
    expect(slots('с').map((slot) => slot.optional)).toEqual([false])
  })
  it('takes a number as itself and not as the beginning of another', () => {
    const twelve: FoundWord = { asked: '1', word: '12', stem: '12', uses: 1 }
    expect(sureMeanings([twelve]).size).toBe(0)
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

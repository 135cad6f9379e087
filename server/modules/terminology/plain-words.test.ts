import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editsBetween, forgivenEdits } from './misspelling.ts'
import { codeKey, plainWords } from './plain-words.ts'
import { stemOf } from './stem.ts'

const russian = fc.stringMatching(/^[а-яё]{1,12}$/)

describe('plain words', () => {
  it('are lower case, with ё as е, without stress marks and punctuation', () => {
    expect(plainWords('Гепати́т C, ЁЖ — «витамин В12»')).toEqual(['гепатит', 'с', 'еж', 'витамин', 'в12'])
  })
  it('do not tell a Latin letter from the Russian one that looks the same', () => {
    expect(plainWords('Гепатит C')).toEqual(plainWords('Гепатит С'))
    expect(plainWords('витамин B12')).toEqual(plainWords('витамин В12'))
  })
  it('of plain words are themselves', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const words = plainWords(text)
        expect(plainWords(words.join(' '))).toEqual(words)
      }),
    )
  })
  it('do not depend on case, and hold only letters and digits', () => {
    fc.assert(
      fc.property(fc.array(russian), (parts) => {
        const text = parts.join(' ')
        expect(plainWords(text.toUpperCase())).toEqual(plainWords(text))
        for (const word of plainWords(text)) expect(word).toMatch(/^[\p{L}\p{N}]+$/u)
      }),
    )
  })
  it('of the beginning of a word begin its plain form, so that typing on narrows the search', () => {
    fc.assert(
      fc.property(russian, fc.nat(11), (word, n) => {
        const begun = word.slice(0, 1 + (n % word.length))
        expect(plainWords(word)[0]!.startsWith(plainWords(begun)[0]!)).toBe(true)
      }),
    )
  })
})

describe('a code key', () => {
  it.each([
    ['J20.9', 'J209'],
    ['j 20', 'J20'],
    ['о20', 'O20'],
    ['М54.5', 'M545'],
    ['А01.01.001', 'A0101001'],
    ['8000/3', '80003'],
  ])('of %s is %s', (code, key) => expect(codeKey(code)).toBe(key))
  it('of a key is the key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => void expect(codeKey(codeKey(text))).toBe(codeKey(text))),
    )
  })
})

describe('a stem', () => {
  it.each([
    ['пневмония', 'пневмонии'],
    ['пневмония', 'пневмонией'],
    ['острый', 'острого'],
    ['почки', 'почек'],
    ['кость', 'костей'],
    ['боль', 'боли'],
    ['беременность', 'беременностью'],
  ])('is the same for %s and %s', (one, other) => expect(stemOf(one)).toBe(stemOf(other)))
  it.each([
    ['боль', 'болезнь'],
    ['гастрит', 'гастроэнтерит'],
  ])('differs for %s and %s', (one, other) => expect(stemOf(one)).not.toBe(stemOf(other)))
  it('is never empty and never longer than the word', () => {
    fc.assert(
      fc.property(russian, (word) => {
        expect(stemOf(word).length).toBeGreaterThan(0)
        expect(stemOf(word).length).toBeLessThanOrEqual(word.length)
      }),
    )
  })
})

describe('edits between two words', () => {
  it.each([
    ['пнивмония', 'пневмония', 1],
    ['астам', 'астма', 1],
    ['апендицит', 'аппендицит', 1],
    ['гирпп', 'грипп', 1],
    ['инсульт', 'инсульт', 0],
  ])('%s → %s: %i', (asked, word, edits) => expect(editsBetween(asked, word, 3)).toBe(edits))
  it('stop being counted beyond the most', () => expect(editsBetween('кот', 'бегемот', 2)).toBe(3))
  it('of a beginning do not count what comes after it', () =>
    expect(editsBetween('пнивм', 'пневмония', 2, true)).toBe(1))
  it('are the same both ways, none only for equal words, and at most the longer word', () => {
    fc.assert(
      fc.property(russian, russian, (a, b) => {
        const edits = editsBetween(a, b, 99)
        expect(editsBetween(b, a, 99)).toBe(edits)
        expect(edits === 0).toBe(a === b)
        expect(edits).toBeLessThanOrEqual(Math.max(a.length, b.length))
      }),
    )
  })
  it('one slip of a key is one edit, and is forgiven in words of four letters and more', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[а-я]{4,12}$/), fc.nat(), (word, n) => {
        const at = n % word.length
        expect(editsBetween(word.slice(0, at) + word.slice(at + 1), word, 3)).toBe(1)
        expect(forgivenEdits(word.length)).toBeGreaterThanOrEqual(1)
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isNearWord, nearKeys, slipsBetween } from './near-words.ts'

const word = fc.string({ unit: fc.constantFrom(...'абвгд'), minLength: 3, maxLength: 9 })

describe('slips between two words', () => {
  it.each([
    ['иванов', 'иванов', 0],
    ['иванов', 'ивнов', 1],
    ['иванов', 'ивванов', 1],
    ['иванов', 'иаванов', 1],
    ['иванов', 'иавнов', 1],
    ['иванов', 'ивонав', 2],
    ['', 'ли', 2],
  ])('«%s» and «%s»: %i', (a, b, slips) => {
    expect(slipsBetween(a, b)).toBe(slips)
  })

  it('are as many there as back, and none only between equal words', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(slipsBetween(a, b)).toBe(slipsBetween(b, a))
        expect(slipsBetween(a, b) === 0).toBe(a === b)
      }),
    )
  })
})

describe('keys of near words', () => {
  it('are shared by any two words that are one slip apart', () => {
    const slip = fc.tuple(fc.constantFrom('drop', 'add', 'change', 'swap'), fc.nat(8), fc.constantFrom(...'абвгдж'))
    fc.assert(
      fc.property(word, slip, (w, [kind, at, letter]) => {
        const i = at % w.length
        const other = {
          drop: w.slice(0, i) + w.slice(i + 1),
          add: w.slice(0, i) + letter + w.slice(i),
          change: w.slice(0, i) + letter + w.slice(i + 1),
          swap: w.slice(0, i) + (w[i + 1] ?? '') + w[i] + w.slice(i + 2),
        }[kind as 'drop']
        fc.pre(other.length >= 3)
        const keys = new Set(nearKeys(w))
        expect(nearKeys(other).some((key) => keys.has(key))).toBe(true)
      }),
    )
  })
})

describe('near words', () => {
  it('forgive one slip in a word of four letters, two in one of eight, none in one of three', () => {
    expect(isNearWord('петр', 'перт')).toBe(true)
    expect(isNearWord('ким', 'кин')).toBe(false)
    expect(isNearWord('александр', 'олекснадр')).toBe(true)
    expect(isNearWord('наталья', 'наталия')).toBe(true)
    expect(isNearWord('петров', 'сидоров')).toBe(false)
  })
})

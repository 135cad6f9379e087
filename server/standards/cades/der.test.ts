import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { booleanOf, integerOf, oidOf, setBits, textOf, timeOf } from './der-values.ts'
import { childrenOf, readDer, sequenceOf, TAG, type Der } from './der.ts'
import { boolean, der, flags, integer, nothing, octets, oid, sequence, setOf, time, utf8 } from './der-write.ts'
import { Malformed } from './malformed.ts'

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const read = (hex: string) => readDer(bytes(hex))

describe('DER', () => {
  it('reads back what it wrote', () => {
    const oidText = fc
      .tuple(fc.nat(2), fc.nat(39), fc.array(fc.nat(2 ** 31), { maxLength: 6 }))
      .map(([top, second, rest]) => [top, second, ...rest].join('.'))
    const holds = <T>(arbitrary: fc.Arbitrary<T>, write: (value: T) => Uint8Array, back: (value: Der) => unknown) =>
      fc.assert(
        fc.property(arbitrary, (value) => {
          expect(back(readDer(write(value)))).toEqual(value)
        }),
      )
    const moment = fc.integer({ min: Date.UTC(1950) / 1000, max: Date.UTC(9999) / 1000 }).map((s) => new Date(s * 1000))
    const numbers = fc.uniqueArray(fc.nat(20), { minLength: 1 }).map((list) => list.toSorted((a, b) => a - b))
    holds(fc.bigInt({ min: 0n, max: 1n << 600n }), integer, integerOf)
    holds(oidText, oid, oidOf)
    holds(fc.string({ unit: 'grapheme' }), utf8, textOf)
    holds(moment, time, timeOf)
    holds(
      numbers,
      (list) => flags(...list),
      (value) => [...setBits(value)],
    )
    expect(booleanOf(readDer(boolean(true)))).toBe(true)
    expect(childrenOf(readDer(sequence(nothing(), octets(bytes('01')))))).toHaveLength(2)
  })

  it.each([0, 1, 127, 128, 255, 256, 65535, 65536, 70000])('writes and reads a value of %i bytes', (length) => {
    const value = readDer(octets(new Uint8Array(length)))
    expect(value.body.length).toBe(length)
  })

  it('orders the elements of a SET OF', () => {
    expect(setOf(octets(bytes('02')), octets(bytes('01')))).toEqual(setOf(octets(bytes('01')), octets(bytes('02'))))
  })

  it.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['a value cut short', '04 02 01'],
    ['bytes after the value', '05 00 00'],
    ['an indefinite length', '30 80 00 00'],
    ['a long form of a short length', '04 81 01 00'],
    ['a length of five bytes', '04 85 00 00 00 00 01 00'],
    ['a length that reaches past the end', '04 84 7f ff ff ff 00'],
    ['a tag of several bytes', '1f 81 00 00'],
  ])('refuses %s', (_what, hex) => {
    expect(() => read(hex)).toThrow(Malformed)
  })

  it.each([
    ['an INTEGER with a needless zero', () => integerOf(read('02 02 00 01'))],
    ['an empty INTEGER', () => integerOf(read('02 00'))],
    ['a BOOLEAN of 1', () => booleanOf(read('01 01 01'))],
    ['an OID cut short', () => oidOf(read('06 02 2a 85'))],
    ['an OID arc with leading zeros', () => oidOf(read('06 03 2a 80 01'))],
    ['an OID arc beyond numbers', () => oidOf(read('06 0a 2a ff ff ff ff ff ff ff ff 7f'))],
    ['a text that is not UTF-8', () => textOf(read('0c 02 c3 28'))],
    ['a BMPString of odd length', () => textOf(read('1e 03 04 16 04'))],
    ['a text of no string type', () => textOf(read('04 01 41'))],
    ['the thirty-first of February', () => timeOf(readDer(der(TAG.utcTime, Buffer.from('260231120000Z'))))],
    ['a time in another zone', () => timeOf(readDer(der(TAG.utcTime, Buffer.from('260201120000+0300'))))],
    ['parts of a primitive value', () => childrenOf(read('04 00'))],
    ['a missing part', () => sequenceOf(read('30 00'), 'test').take()],
    ['a part too many', () => sequenceOf(read('30 02 05 00'), 'test').end()],
  ])('refuses %s', (_what, act) => {
    expect(act).toThrow(Malformed)
  })

  it('reads Cyrillic in the old string types of Russian authorities', () => {
    expect(textOf(read('14 03 d3 d6 20'))).toBe('УЦ ')
    expect(textOf(read('1e 04 04 23 04 26'))).toBe('УЦ')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derOfBer } from './ber.ts'
import { integer, octets, oid, sequence, utf8 } from './der-write.ts'
import { Malformed } from './malformed.ts'

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
const der = (hex: string): string => Buffer.from(derOfBer(bytes(hex))).toString('hex')

describe('BER as DER', () => {
  it('leaves DER as it is', () => {
    const value = sequence(integer(5), sequence(oid('1.2.643.7'), utf8('текст')), octets(new Uint8Array(300)))
    expect(derOfBer(value)).toEqual(value)
  })

  it('gives indefinite and needlessly long lengths their definite form', () => {
    expect(der('30 80 05 00 00 00')).toBe('30020500')
    expect(der('30 80 30 80 02 01 05 00 00 00 00')).toBe('30053003020105')
    expect(der('30 81 02 05 00')).toBe('30020500')
    expect(der('04 82 00 01 61')).toBe('040161')
  })

  it('joins an OCTET STRING that came in pieces', () => {
    expect(der('24 80 04 01 61 04 02 62 63 00 00')).toBe('0403616263')
    expect(der('24 80 24 04 04 02 61 62 04 01 63 00 00')).toBe('0403616263')
  })

  it.each([
    ['nothing', ''],
    ['no end of contents', '30 80 05 00'],
    ['half an end of contents', '30 80 05 00 00'],
    ['an indefinite primitive value', '04 80 61 00 00'],
    ['a part that reaches beyond its value', '30 03 04 05 61 62 63 64 65'],
    ['a piece of another type', '24 03 02 01 05'],
    ['bytes after the value', '30 80 00 00 05'],
    ['values nested too deep', '30 80'.repeat(40)],
  ])('refuses %s', (_what, hex) => {
    expect(() => der(hex)).toThrow(Malformed)
  })

  it('throws only Malformed, and what it gives it leaves as it is', () => {
    const tagged = fc.array(fc.constantFrom(0x30, 0x80, 0x24, 0x04, 0x00, 0x02, 0x81), { maxLength: 30 })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 40 }),
          tagged.map((list) => Uint8Array.from(list)),
        ),
        (input) => {
          let once: Uint8Array
          try {
            once = derOfBer(input)
          } catch (error) {
            expect(error).toBeInstanceOf(Malformed)
            return
          }
          expect(derOfBer(once)).toEqual(once)
        },
      ),
      { numRuns: 3000 },
    )
  })
})

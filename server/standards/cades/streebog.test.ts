import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hexOf } from './der-values.ts'
import { Streebog, streebog } from './streebog.ts'

/** RFC 6986 prints numbers, most significant byte first; messages and digests are little-endian bytes. */
const printed = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex').reverse())

describe('Streebog (ГОСТ Р 34.11-2012)', () => {
  const first =
    printed(`323130393837363534333231303938373635343332313039383736353433323130393837363534333231303938373635
    343332313039383736353433323130`)
  const second =
    printed(`fbe2e5f0eee3c820fbeafaebef20fffbf0e1e0f0f520e0ed20e8ece0ebe5f0f2f120fff0eeec20f120faf2fee5e2202ce8
    f6f3ede220e8e6eee1e8f0f2d1202ce8f0f2e5e220e5d1`)

  it('gives the digests of RFC 6986 §10.1, a message of 63 bytes', () => {
    expect(streebog(512, first)).toEqual(
      printed(`486f64c1917879417fef082b3381a4e211c324f074654c38823a7b76f830ad00fa1fbae42b1285c0352f227524bc9ab1
        6254288dd6863dccd5b9f54a1ad0541b`),
    )
    expect(streebog(256, first)).toEqual(printed('00557be5e584fd52a449b16b0251d05d27f94ab76cbaa6da890b59d8ef1e159d'))
  })

  it('gives the digests of RFC 6986 §10.2, a message of 72 bytes', () => {
    expect(streebog(512, second)).toEqual(
      printed(`28fbc9bada033b1460642bdcddb90c3fb3e56c497ccd0f62b8a2ad4935e85f037613966de4ee00531ae60f3b5a47f8da
        e06915d5f2f194996fcabf2622e6881e`),
    )
    expect(streebog(256, second)).toEqual(printed('508f7e553c06501d749a66fc28c6cac0b005746d97537fa85d9e40904efed29d'))
  })

  it('knows the digest of nothing', () => {
    expect(hexOf(streebog(256, new Uint8Array()))).toBe(
      '3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb',
    )
  })

  it('gives the same digest however the message is cut', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 })
    fc.assert(
      fc.property(pieces, fc.constantFrom(256 as const, 512 as const), (parts, bits) => {
        const hash = new Streebog(bits)
        for (const part of parts) hash.update(part)
        expect(hash.digest()).toEqual(streebog(bits, Buffer.concat(parts)))
      }),
    )
  })

  it('carries through every word of the checksum', () => {
    expect(hexOf(streebog(256, new Uint8Array(4096).fill(0xff)))).not.toBe(
      hexOf(streebog(256, new Uint8Array(4032).fill(0xff))),
    )
  })
})

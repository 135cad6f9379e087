import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { integer, octets, oid, sequence } from './der-write.ts'
import { newKey, readPkcs8, writePkcs8 } from './keys.ts'
import { Malformed } from './malformed.ts'
import { ALGORITHM } from './oids.ts'
import { pemOf } from './pem.ts'

const folder = path.resolve('../shared/data/gost/keys')

describe('a private key in PKCS#8', () => {
  it.each(['1.2.643.7.1.2.1.1.2', '1.2.643.2.2.36.0', '1.2.643.7.1.2.1.2.1'])('comes back the same (%s)', (curve) => {
    const key = newKey(curve)
    expect(readPkcs8(writePkcs8(key))).toEqual(key)
    expect(readPkcs8(pemOf('PRIVATE KEY', writePkcs8(key)))).toEqual(key)
  })

  it.each([
    ['nothing', ''],
    ['no key at all', 'привет'],
    [
      'a key of another algorithm',
      sequence(integer(0), sequence(oid('1.2.840.113549.1.1.1')), octets(Uint8Array.of(1))),
    ],
    [
      'a curve of another algorithm',
      sequence(
        integer(0),
        sequence(oid(ALGORITHM.key256), sequence(oid('1.2.840.10045.3.1.7'))),
        octets(new Uint8Array(32)),
      ),
    ],
    [
      'a curve of another size',
      sequence(
        integer(0),
        sequence(oid(ALGORITHM.key512), sequence(oid('1.2.643.7.1.2.1.1.2'))),
        octets(new Uint8Array(64)),
      ),
    ],
    [
      'zero',
      sequence(
        integer(0),
        sequence(oid(ALGORITHM.key256), sequence(oid('1.2.643.7.1.2.1.1.2'))),
        octets(new Uint8Array(32)),
      ),
    ],
  ])('is refused when it is %s', (_what, input) => {
    expect(() => readPkcs8(input)).toThrow(Malformed)
  })

  it('throws only Malformed, whatever the bytes are', () => {
    const good = writePkcs8(newKey())
    const changed = fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, byte]) => good.with(at, byte))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), changed), (bytes) => {
        try {
          readPkcs8(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe.skipIf(!existsSync(folder))('keys made by OpenSSL (skipped without ../shared/data/gost)', () => {
  it.each(existsSync(folder) ? readdirSync(folder).filter((f) => f.endsWith('.key')) : [])('%s is read', (file) => {
    const key = readPkcs8(readFileSync(path.join(folder, file)))
    expect(key).toEqual(readPkcs8(readFileSync(path.join(folder, file.replace('.key', '.der')))))
  })
})

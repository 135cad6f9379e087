import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSignedBy, signatureAlgorithmOf, writeAlgorithm } from './algorithms.ts'
import { explicit, integer, sequence, time } from './der-write.ts'
import { writeExtension } from './extensions.ts'
import { issueCertificate, issueRoot, signedBy } from './issue-certificate.ts'
import { newKey } from './keys.ts'
import { Malformed } from './malformed.ts'
import { issueRevocationList, readRevocationList, revocationStatus } from './revocation-list.ts'

const day = (text: string): Date => new Date(`${text}T00:00:00Z`)
const term = { notBefore: day('2020-01-01'), notAfter: day('2030-01-01') }
const root = issueRoot({ subject: { commonName: 'Корень' }, ...term }, newKey())
const person = issueCertificate({ subject: { commonName: 'Иванова' }, ...term }, root.certificate.publicKey, root)
const revoked = new Map([
  [person.serial, day('2026-02-01')],
  [7n, day('2026-01-01')],
])
const bytes = issueRevocationList(root, {
  number: 12n,
  thisUpdate: day('2026-03-01'),
  nextUpdate: day('2026-04-01'),
  revoked,
})

/** A list with nothing in it but a critical extension, as lists of a part of the certificates have. */
const partial = (): Uint8Array =>
  signedBy(
    root.key,
    sequence(
      integer(1),
      writeAlgorithm(signatureAlgorithmOf(256)),
      root.certificate.subject.raw,
      time(day('2026-03-01')),
      time(day('2026-04-01')),
      explicit(0, sequence(writeExtension('2.5.29.28', sequence(), true))),
    ),
  )

describe('a list of revocations', () => {
  it('is read as it was issued', () => {
    const list = readRevocationList(bytes)
    expect(list).toMatchObject({
      number: 12n,
      thisUpdate: day('2026-03-01'),
      nextUpdate: day('2026-04-01'),
      isPartial: false,
    })
    expect(list.revoked).toEqual(revoked)
    expect(isSignedBy(list, root.certificate.publicKey)).toBe(true)
  })

  it('tells of a certificate as of a moment', () => {
    const status = (at: string) => revocationStatus(person, root.certificate, [readRevocationList(bytes)], day(at))
    expect(status('2026-01-15')).toBe('good')
    expect(status('2026-02-01')).toBe('revoked')
    expect(status('2026-05-01')).toBe('revoked')
  })

  it('says nothing good once it is out of date', () => {
    const other = issueCertificate({ subject: { commonName: 'Ким' }, ...term }, root.certificate.publicKey, root)
    const status = (at: string) => revocationStatus(other, root.certificate, [readRevocationList(bytes)], day(at))
    expect(status('2026-03-15')).toBe('good')
    expect(status('2026-04-02')).toBe('unknown')
  })

  it('says nothing when it holds only a part of the certificates', () => {
    const list = readRevocationList(partial())
    expect(list.isPartial).toBe(true)
    expect(revocationStatus(person, root.certificate, [list], day('2026-03-15'))).toBe('unknown')
  })

  it('never stays signed when a byte changes, and nothing but Malformed is thrown', () => {
    const changed = fc
      .tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }))
      .map(([at, by]) => bytes.with(at, bytes[at]! ^ by))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), changed), (input) => {
        try {
          expect(isSignedBy(readRevocationList(input), root.certificate.publicKey)).toBe(false)
        } catch (error) {
          if (!(error instanceof Malformed)) throw error
        }
      }),
      { numRuns: 300 },
    )
  })
})

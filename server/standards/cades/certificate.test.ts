import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSignedBy } from './algorithms.ts'
import { readCertificate, serialText } from './certificate.ts'
import { publicKeyOf } from './gost3410.ts'
import { issueAuthority, issueCertificate, issueRoot } from './issue-certificate.ts'
import { newKey } from './keys.ts'
import { Malformed } from './malformed.ts'
import { fullNameOf } from './names.ts'
import { pemOf } from './pem.ts'

const validity = { notBefore: new Date('2025-01-01T00:00:00Z'), notAfter: new Date('2055-01-01T00:00:00Z') }
const root = issueRoot({ subject: { country: 'RU', commonName: 'Проверочный корень' }, ...validity }, newKey())
const subject = {
  country: 'RU',
  organization: 'ГБУЗ «Городская больница № 2»',
  position: 'врач-терапевт',
  snils: '11223344595',
  inn: '500100732259',
  innOfOrganization: '7703004567',
  ogrn: '1027739000728',
  surname: 'Иванова',
  givenName: 'Анна Сергеевна',
  commonName: 'Иванова Анна Сергеевна',
  email: 'ivanova@example.org',
}
const key = newKey('1.2.643.7.1.2.1.2.1')
const person = issueCertificate(
  { subject, ...validity, serial: 0x4a00f1n, signTool: 'Проверка' },
  publicKeyOf(key),
  root,
)

describe('a certificate', () => {
  it('says who its owner is, as qualified certificates do', () => {
    expect(person.subject.fields).toEqual(subject)
    expect(person.issuer).toEqual(root.certificate.subject)
    expect(fullNameOf(person.subject.fields)).toBe('Иванова Анна Сергеевна')
    expect(fullNameOf(root.certificate.subject.fields)).toBe('Проверочный корень')
    expect(serialText(person)).toBe('4A00F1')
    expect(person.publicKey.point).toEqual(publicKeyOf(key).point)
    expect([person.notBefore, person.notAfter]).toEqual([validity.notBefore, validity.notAfter])
  })

  it('says what its key may do', () => {
    expect(person.authority).toBeUndefined()
    expect(person.keyUses).toEqual(new Set(['digitalSignature', 'nonRepudiation']))
    expect(root.certificate.authority).toEqual({ pathLength: undefined })
    expect(root.certificate.keyUses).toEqual(new Set(['digitalSignature', 'keyCertSign', 'cRLSign']))
    const below = issueAuthority({ subject: { commonName: 'Ниже' }, ...validity }, newKey(), root)
    expect(below.certificate.authority).toEqual({ pathLength: 0 })
    expect(person.authorityKeyId).toBe(root.certificate.subjectKeyId)
    expect(person.hasUnknownCritical).toBe(false)
  })

  it('is signed by its issuer', () => {
    expect(isSignedBy(person, root.certificate.publicKey)).toBe(true)
    expect(isSignedBy(root.certificate, root.certificate.publicKey)).toBe(true)
    expect(isSignedBy(root.certificate, person.publicKey)).toBe(false)
  })

  it('is read from DER, PEM and bare base64', () => {
    const base64 = Buffer.from(person.der).toString('base64')
    for (const input of [Buffer.from(person.der), pemOf('CERTIFICATE', person.der), base64, Buffer.from(base64)])
      expect(readCertificate(input).fingerprint).toBe(person.fingerprint)
  })

  it('never stays signed when a byte changes, and nothing but Malformed is thrown', () => {
    const changed = fc
      .tuple(fc.nat(person.der.length - 1), fc.integer({ min: 1, max: 255 }))
      .map(([at, by]) => person.der.with(at, person.der[at]! ^ by))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), changed), (bytes) => {
        try {
          expect(isSignedBy(readCertificate(bytes), root.certificate.publicKey)).toBe(false)
        } catch (error) {
          if (!(error instanceof Malformed)) throw error
        }
      }),
      { numRuns: 400 },
    )
  })
})

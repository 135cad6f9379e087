import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publicKeyOf, type PrivateKey } from './gost3410.ts'
import type { Certificate } from './certificate.ts'
import { FLAWS } from './flaws.ts'
import { issueAuthority, issueCertificate, issueRoot, type Authority } from './issue-certificate.ts'
import { newKey } from './keys.ts'
import { pemOf } from './pem.ts'
import { issueRevocationList, readRevocationList } from './revocation-list.ts'
import { signCms } from './sign-cms.ts'
import { verifyCms, type Trust } from './verify-cms.ts'

const day = (text: string): Date => new Date(`${text}T00:00:00Z`)
const now = day('2026-03-02')
const decade = { notBefore: day('2020-01-01'), notAfter: day('2030-01-01') }
const content = Buffer.from('Протокол консультации')

const rootOf = (name: string): Authority => issueRoot({ subject: { commonName: name }, ...decade }, newKey())
const root = rootOf('Корень')
const middle = issueAuthority({ subject: { commonName: 'Посредник' }, ...decade }, newKey(), root)

type Person = { key: PrivateKey; certificate: Certificate }
const personOf = (issuer: Authority, validity = decade, curve?: string): Person => {
  const key = newKey(curve)
  const subject = { commonName: 'Иванова Анна Сергеевна', snils: '11223344595' }
  return { key, certificate: issueCertificate({ subject, ...validity }, publicKeyOf(key), issuer) }
}
const listOf = (
  issuer: Authority,
  revoked: [Certificate, Date][] = [],
  thisUpdate = now,
  nextUpdate = day('2027-01-01'),
) =>
  readRevocationList(
    issueRevocationList(issuer, {
      number: 1n,
      thisUpdate,
      nextUpdate,
      revoked: new Map(revoked.map(([certificate, at]) => [certificate.serial, at])),
    }),
  )
const trust: Trust = {
  anchors: [root.certificate],
  intermediates: [middle.certificate],
  revocationLists: [listOf(root), listOf(middle)],
}
const doctor = personOf(middle)
const signature = signCms(content, doctor, now)

/** All flaws of a signature, of the file and of its signers. */
function flaws(cms: Uint8Array | string, of: { content?: Uint8Array; trust?: Trust; at?: Date } = {}): string[] {
  const report = verifyCms(cms, of.content ?? content, of.trust ?? trust, of.at ?? now)
  const found = [...report.flaws, ...report.signers.flatMap((signer) => signer.flaws)]
  expect(report.valid).toBe(found.length === 0)
  return found
}
const signedBy = (person: Person, at = now): Uint8Array => signCms(content, person, at)

describe('a signature', () => {
  it('holds over its content, in any spelling of the file', () => {
    expect(flaws(signature)).toEqual([])
    expect(flaws(Buffer.from(signature))).toEqual([])
    expect(flaws(pemOf('CMS', signature))).toEqual([])
    expect(flaws(Buffer.from(signature).toString('base64'))).toEqual([])
  })

  it('tells who signed and when', () => {
    const [signer] = verifyCms(signature, content, trust, now).signers
    expect(signer?.certificate?.fingerprint).toBe(doctor.certificate.fingerprint)
    expect(signer?.signingTime).toEqual(now)
  })

  it.each(['1.2.643.7.1.2.1.1.1', '1.2.643.2.2.36.0', '1.2.643.7.1.2.1.2.2'])('holds with a key on %s', (curve) => {
    expect(flaws(signedBy(personOf(middle, decade, curve)))).toEqual([])
  })

  it('is not made with a key of another certificate', () => {
    const stranger = { key: newKey(), certificate: doctor.certificate }
    expect(() => signCms(content, stranger, now)).toThrow('does not belong')
  })

  it('breaks when the content changes', () => {
    const changed = Buffer.from('Протокол консультацию')
    expect(flaws(signature, { content: changed })).toEqual(['content-changed'])
    expect(flaws(signature, { content: new Uint8Array() })).toEqual(['content-changed'])
  })

  it('breaks when the certificate is changed for another of the same key', () => {
    // As long as the doctor's own, so that it can simply take its place in the file.
    const subject = { commonName: 'Петрова Анна Сергеевна', snils: '11223344595' }
    const { serial, publicKey } = doctor.certificate
    const twin = issueCertificate({ subject, ...decade, serial }, publicKey, middle)
    expect(twin.der.length).toBe(doctor.certificate.der.length)
    const swapped = Uint8Array.from(signature)
    swapped.set(twin.der, Buffer.from(signature).indexOf(doctor.certificate.der))
    expect(flaws(swapped)).toEqual(['other-certificate'])
  })

  it('never holds when bytes of the file change, and never throws', () => {
    const change = fc.tuple(fc.nat(signature.length - 1), fc.integer({ min: 1, max: 255 }))
    const changed = fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
      const bytes = Uint8Array.from(signature)
      for (const [at, by] of changes) bytes[at]! ^= by
      return bytes
    })
    const cut = fc.nat(signature.length - 1).map((length) => signature.subarray(0, length))
    fc.assert(
      fc.property(fc.oneof({ weight: 6, arbitrary: changed }, cut, fc.uint8Array()), (bytes) => {
        fc.pre(Buffer.compare(bytes, signature) !== 0)
        expect(verifyCms(bytes, content, trust, now).valid).toBe(false)
      }),
      { numRuns: 400 },
    )
  })

  it.each([
    ['nothing', new Uint8Array()],
    ['a text', Buffer.from('это не подпись')],
    ['a certificate', doctor.certificate.der],
    ['values nested without end', Buffer.alloc(200_000, Buffer.from([0x30, 0x80]))],
  ])('is not %s', (_what, bytes) => {
    expect(flaws(bytes)).toEqual(['malformed'])
  })
})

describe('the certificate of a signature', () => {
  it('must come from an authority we believe', () => {
    expect(flaws(signature, { trust: { ...trust, anchors: [rootOf('Корень').certificate] } })).toEqual([
      'unknown-issuer',
    ])
    expect(flaws(signature, { trust: { ...trust, intermediates: [] } })).toEqual(['unknown-issuer'])
  })

  it('must be signed by the authority it names', () => {
    const impostor = { key: newKey(), certificate: middle.certificate }
    expect(flaws(signedBy(personOf(impostor)))).toEqual(['issuer-did-not-sign'])
  })

  it('must not come from somebody who is no authority', () => {
    const issued = personOf({ key: doctor.key, certificate: doctor.certificate })
    expect(
      flaws(signedBy(issued), { trust: { ...trust, intermediates: [doctor.certificate, middle.certificate] } }),
    ).toEqual(['issuer-is-no-authority'])
  })

  it('must not come from an authority below one that may have none below', () => {
    const deeper = issueAuthority({ subject: { commonName: 'Глубже' }, ...decade }, newKey(), middle)
    const intermediates = [deeper.certificate, middle.certificate]
    expect(flaws(signedBy(personOf(deeper)), { trust: { ...trust, intermediates } })).toEqual([
      'issuer-is-no-authority',
    ])
  })

  it('must be in force', () => {
    const short = personOf(middle, { notBefore: day('2026-01-01'), notAfter: day('2026-02-01') })
    const signed = signedBy(short, day('2026-01-15'))
    expect(flaws(signed)).toEqual(['expired'])
    const later = personOf(middle, { notBefore: day('2026-06-01'), notAfter: day('2027-06-01') })
    expect(flaws(signedBy(later, day('2026-07-01')))).toEqual(['not-yet-valid'])
    expect(flaws(signedBy(doctor, day('2019-01-01')))).toEqual(['signed-outside-validity'])
  })

  it('must come from an authority in force', () => {
    const old = issueRoot(
      { subject: { commonName: 'Старый корень' }, notBefore: day('2010-01-01'), notAfter: day('2025-01-01') },
      newKey(),
    )
    const anchored = { ...trust, anchors: [old.certificate], revocationLists: [listOf(old)] }
    expect(flaws(signedBy(personOf(old)), { trust: anchored })).toEqual(['authority-not-in-force'])
  })

  it('must not be revoked, yet one revoked afterwards was good then', () => {
    const revoked = {
      ...trust,
      revocationLists: [listOf(root), listOf(middle, [[doctor.certificate, day('2026-02-01')]])],
    }
    expect(flaws(signature, { trust: revoked })).toEqual(['revoked'])
    expect(flaws(signedBy(doctor, day('2026-01-15')), { trust: revoked, at: day('2026-01-15') })).toEqual([])
    const authority = {
      ...trust,
      revocationLists: [listOf(root, [[middle.certificate, day('2026-02-01')]]), listOf(middle)],
    }
    expect(flaws(signature, { trust: authority })).toEqual(['authority-revoked'])
  })

  it('is not believed while its revocation cannot be known', () => {
    const lists = (...revocationLists: Trust['revocationLists']) => ({ trust: { ...trust, revocationLists } })
    expect(flaws(signature, lists())).toEqual(['revocation-unknown', 'authority-revocation-unknown'])
    const stale = listOf(middle, [], day('2025-01-01'), day('2025-02-01'))
    expect(flaws(signature, lists(listOf(root), stale))).toEqual(['revocation-unknown'])
    const forged = listOf({ key: newKey(), certificate: middle.certificate })
    expect(flaws(signature, lists(listOf(root), forged))).toEqual(['revocation-unknown'])
  })

  it('is looked for through a bounded number of links', () => {
    // Fifteen authorities of one name and key certify each other: a maze with no way out.
    const key = newKey()
    const maze = Array.from({ length: 15 }, () => issueRoot({ subject: { commonName: 'Лабиринт' }, ...decade }, key))
    const intermediates = maze.map((one) => one.certificate)
    const started = performance.now()
    expect(flaws(signedBy(personOf(maze[0]!)), { trust: { ...trust, intermediates } })).not.toEqual([])
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

it('every flaw has its own sentence', () => {
  const sentences = Object.values(FLAWS)
  expect(new Set(sentences).size).toBe(sentences.length)
  for (const sentence of sentences) expect(sentence).toMatch(/^[А-Я].*\.$/)
})

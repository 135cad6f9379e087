import { insertTrusted } from '../../modules/signatures/index.ts'
import type { Work } from '../../platform/work.ts'
import { fullNameOf, isSelfIssued, readCertificate } from '../../standards/cades/index.ts'

/** The certificate cannot be trusted as an authority's; the message is a sentence in Russian. */
export class NotAnAuthority extends Error {}

export type Trusted = { name: string; kind: 'anchor' | 'intermediate'; validUntil: Date; isNew: boolean }

/**
 * Trusts a certificate of an authority, DER: one that signed itself as an anchor, in which chains may end, another as a link
 * on the way to one. Throws NotAnAuthority when it may not issue certificates, Malformed when it cannot be read.
 */
export async function trustCertificate(work: Work, der: Uint8Array): Promise<Trusted> {
  const certificate = readCertificate(der)
  const name = fullNameOf(certificate.subject.fields)
  if (!certificate.authority)
    throw new NotAnAuthority(`«${name}» не удостоверяющий центр: это сертификат не для выдачи других`)
  if (certificate.hasUnknownCritical)
    throw new NotAnAuthority(`«${name}»: в сертификате есть ограничение, которого мы не понимаем`)
  if (certificate.notAfter <= work.now) throw new NotAnAuthority(`«${name}»: срок сертификата истёк`)
  const kind = isSelfIssued(certificate) ? 'anchor' : 'intermediate'
  const fingerprint = Buffer.from(certificate.fingerprint, 'hex')
  const isNew = await insertTrusted(
    work.db,
    { fingerprint, kind, subject: name, certificate: Buffer.from(certificate.der) },
    work.now,
  )
  return { name, kind, validUntil: certificate.notAfter, isNew }
}

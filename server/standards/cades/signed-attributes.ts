import { createHash } from 'node:crypto'
import { hashAlgorithmOf, readAlgorithm, writeAlgorithmWithNull } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { integerOf, octetsOf, oidOf, sameBytes, timeOf } from './der-values.ts'
import { childrenOf, expectTag, sequenceOf, TAG, type Der } from './der.ts'
import { explicit, integer, octets, oid, sequence, setOf, time } from './der-write.ts'
import { bitsOf } from './keys.ts'
import { Malformed } from './malformed.ts'
import { ALGORITHM, CMS } from './oids.ts'
import { streebog } from './streebog.ts'

// What the signer signs beside the document (RFC 5652 §§5.4, 11; RFC 5035; CAdES-BES, ETSI EN 319 122-1 §5.2).

/** The attributes read, each at most once. */
export type SignedAttributes = {
  contentType: string | undefined
  digest: Uint8Array | undefined
  /** The time the signer claims. */
  signingTime: Date | undefined
  /** Names the certificate the signature is made with; without it the form is not CAdES-BES. */
  signingCertificate: Der | undefined
  /** The bytes that were signed: the same attributes as a SET. */
  signed: Uint8Array
}

/** Reads [0] SignedAttributes. Throws Malformed. */
export function readAttributes(attributes: Der): SignedAttributes {
  const values = new Map<string, Der>()
  for (const attribute of childrenOf(attributes)) {
    const fields = sequenceOf(attribute, 'Attribute')
    const type = oidOf(fields.take())
    const [value, ...more] = childrenOf(fields.take(TAG.set))
    fields.end()
    if (!value || more.length > 0 || values.has(type)) throw new Malformed(`the attribute ${type} is not single`)
    values.set(type, value)
  }
  const [contentType, digest, signingTime] = [CMS.contentType, CMS.messageDigest, CMS.signingTime].map((type) =>
    values.get(type),
  )
  return {
    contentType: contentType && oidOf(contentType),
    digest: digest && octetsOf(digest),
    signingTime: signingTime && timeOf(signingTime),
    signingCertificate: values.get(CMS.signingCertificateV2),
    signed: attributes.raw.with(0, TAG.set),
  }
}

/**
 * Whether a SigningCertificateV2 names this certificate (RFC 5035 §§4, 5): the first of its list, by digest, and by
 * serial number when that stands there too. Throws Malformed.
 */
export function namesCertificate(attribute: Der, certificate: Certificate): boolean {
  const [first] = childrenOf(sequenceOf(attribute, 'SigningCertificateV2').take(TAG.sequence))
  const fields = sequenceOf(first, 'ESSCertIDv2')
  const algorithm = fields.takeIf(TAG.sequence)
  const digest = octetsOf(fields.take())
  const issuerSerial = fields.takeIf(TAG.sequence)
  fields.end()
  const ours = digestBy(algorithm ? readAlgorithm(algorithm) : ALGORITHM.sha256, certificate.der)
  if (!ours || !sameBytes(digest, ours)) return false
  if (!issuerSerial) return true
  const parts = sequenceOf(issuerSerial, 'IssuerSerial')
  expectTag(parts.take(), TAG.sequence, 'issuer')
  return integerOf(parts.take()) === certificate.serial
}

function digestBy(algorithm: string, bytes: Uint8Array): Uint8Array | undefined {
  if (algorithm === ALGORITHM.hash256) return streebog(256, bytes)
  if (algorithm === ALGORITHM.hash512) return streebog(512, bytes)
  return algorithm === ALGORITHM.sha256 ? createHash('sha256').update(bytes).digest() : undefined
}

/** The attributes of CAdES-BES over a content's digest, as a SET: what is signed. */
export function writeAttributes(digest: Uint8Array, certificate: Certificate, signingTime: Date): Uint8Array {
  const bits = bitsOf(certificate.publicKey)
  const issuerSerial = sequence(sequence(explicit(4, certificate.issuer.raw)), integer(certificate.serial))
  const certificateId = sequence(
    writeAlgorithmWithNull(hashAlgorithmOf(bits)),
    octets(streebog(bits, certificate.der)),
    issuerSerial,
  )
  return setOf(
    attribute(CMS.contentType, oid(CMS.data)),
    attribute(CMS.signingTime, time(signingTime)),
    attribute(CMS.messageDigest, octets(digest)),
    attribute(CMS.signingCertificateV2, sequence(sequence(certificateId))),
  )
}

const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(oid(type), setOf(value))

import { isSignedBy, readAlgorithm, signatureAlgorithmOf, writeAlgorithm, type Signed } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { bytesOfBits, integerOf, sameBytes, timeOf } from './der-values.ts'
import { childrenOf, readDer, sequenceOf, TAG, tagged, taggedValue, type Der, type Fields } from './der.ts'
import { der, explicit, integer, sequence, time } from './der-write.ts'
import { readExtensions, writeExtension, type Extensions } from './extensions.ts'
import { signedBy, type Authority } from './issue-certificate.ts'
import { bitsOf } from './keys.ts'
import { Malformed } from './malformed.ts'
import { EXTENSION } from './oids.ts'
import { derOf } from './pem.ts'

/** A list of revoked certificates (CRL, RFC 5280 §5). */
export type RevocationList = Signed & {
  issuer: Uint8Array
  /** Grows with each list of an issuer. */
  number: bigint | undefined
  thisUpdate: Date
  nextUpdate: Date | undefined
  /** When each serial number was revoked. */
  revoked: ReadonlyMap<bigint, Date>
  /** It holds only a part of the revocations, or says something we do not understand: nothing follows from it. */
  isPartial: boolean
}

/** Reads a revocation list in DER, PEM or bare base64. Throws Malformed. */
export function readRevocationList(input: Uint8Array | string): RevocationList {
  const outer = sequenceOf(readDer(derOf(input)), 'CertificateList')
  const tbs = outer.take(TAG.sequence)
  const algorithm = outer.take(TAG.sequence)
  const signature = bytesOfBits(outer.take())
  outer.end()

  const fields = sequenceOf(tbs, 'TBSCertList')
  const version = fields.takeIf(TAG.integer)
  if (version && integerOf(version) !== 1n) throw new Malformed('a revocation list of another version')
  if (!sameBytes(fields.take(TAG.sequence).raw, algorithm.raw)) throw new Malformed('two signature algorithms')
  const issuer = fields.take(TAG.sequence).raw
  const thisUpdate = timeOf(fields.take())
  const nextUpdate = fields.takeIf(TAG.utcTime, TAG.generalizedTime)
  const { revoked, understood } = readEntries(fields.takeIf(TAG.sequence))
  const extensions = takeExtensions(fields)
  const number = extensions.get(EXTENSION.crlNumber)
  return {
    tbs: tbs.raw,
    signatureAlgorithm: readAlgorithm(algorithm),
    signature,
    issuer,
    number: number && integerOf(readDer(number.value)),
    thisUpdate,
    nextUpdate: nextUpdate && timeOf(nextUpdate),
    revoked,
    isPartial: !understood || hasCriticalBeyond(extensions),
  }
}

function readEntries(list: Der | undefined): { revoked: Map<bigint, Date>; understood: boolean } {
  const revoked = new Map<bigint, Date>()
  let understood = true
  for (const entry of list ? childrenOf(list) : []) {
    const fields = sequenceOf(entry, 'revokedCertificate')
    revoked.set(integerOf(fields.take()), timeOf(fields.take()))
    const extensions = fields.takeIf(TAG.sequence)
    fields.end()
    if (extensions && hasCriticalBeyond(readExtensions(extensions), EXTENSION.reasonCode)) understood = false
  }
  return { revoked, understood }
}

function takeExtensions(fields: Fields): Extensions {
  const wrapped = fields.takeIf(tagged(0))
  fields.end()
  if (!wrapped) return new Map()
  return readExtensions(readDer(wrapped.body))
}

/** Delta lists and lists of one distribution point are told by critical extensions (RFC 5280 §§5.2.4, 5.2.5). */
const hasCriticalBeyond = (extensions: Extensions, known?: string): boolean =>
  [...extensions].some(([id, { critical }]) => critical && id !== known)

/** Issues a list; a moment of revocation for each serial number. DER. */
export function issueRevocationList(
  issuer: Authority,
  list: { number: bigint; thisUpdate: Date; nextUpdate: Date; revoked: ReadonlyMap<bigint, Date> },
): Uint8Array {
  const { certificate, key } = issuer
  const entries = [...list.revoked].map(([serial, at]) => sequence(integer(serial), time(at)))
  const keyId = der(taggedValue(0), Buffer.from(certificate.subjectKeyId ?? '', 'hex'))
  return signedBy(
    key,
    sequence(
      integer(1),
      writeAlgorithm(signatureAlgorithmOf(bitsOf(key))),
      certificate.subject.raw,
      time(list.thisUpdate),
      time(list.nextUpdate),
      ...(entries.length > 0 ? [sequence(...entries)] : []),
      explicit(
        0,
        sequence(
          writeExtension(EXTENSION.authorityKeyId, sequence(keyId)),
          writeExtension(EXTENSION.crlNumber, integer(list.number)),
        ),
      ),
    ),
  )
}

export type RevocationStatus = 'good' | 'revoked' | 'unknown'

/** Which issuers' keys a list was found to be signed with; a list of megabytes is hashed once, not once a signature. */
const signers = new WeakMap<RevocationList, Map<string, boolean>>()

function isIssuedBy(list: RevocationList, issuer: Certificate): boolean {
  const known = signers.get(list) ?? new Map<string, boolean>()
  signers.set(list, known)
  let issued = known.get(issuer.fingerprint)
  if (issued === undefined) known.set(issuer.fingerprint, (issued = isSignedBy(list, issuer.publicKey)))
  return issued
}

/**
 * Whether the certificate was revoked as of a moment, by its issuer's lists. «Good» needs a list in force at that
 * moment, or a later one from before the certificate expired, for revocations stay listed until then (RFC 5280 §3.3).
 */
export function revocationStatus(
  certificate: Certificate,
  issuer: Certificate,
  lists: readonly RevocationList[],
  at: Date,
): RevocationStatus {
  if (issuer.keyUses && !issuer.keyUses.has('cRLSign')) return 'unknown'
  let status: RevocationStatus = 'unknown'
  for (const list of lists) {
    if (list.isPartial || !sameBytes(list.issuer, certificate.issuer.raw) || !isIssuedBy(list, issuer)) continue
    const revokedAt = list.revoked.get(certificate.serial)
    if (revokedAt && revokedAt <= at) return 'revoked'
    const inForce = list.thisUpdate <= at && (!list.nextUpdate || at <= list.nextUpdate)
    if (inForce || (list.thisUpdate > at && list.thisUpdate <= certificate.notAfter)) status = 'good'
  }
  return status
}

import type { Work } from '../../platform/work.ts'

/**
 * Ports of the domain to ГОСТ cryptography. The codec lives in server/standards/cades and the adapter in
 * server/exchange/signing; a certified provider is another adapter of the same two types.
 */

/** What a provider says of the certificate a person would sign with. `certificate` is DER. */
export type SigningCertificate = {
  id: string
  owner: string
  serial: string
  issuer: string
  validFrom: Date
  validUntil: Date
  certificate: Uint8Array
}

/** Makes detached CAdES-BES signatures (CMS, DER) with a person's key. */
export type SignatureProvider = {
  /** The certificate the person with this СНИЛС would sign with now; undefined when there is none. */
  certificateOf(work: Work, snils: string): Promise<SigningCertificate | undefined>
  sign(work: Work, certificate: SigningCertificate, bytes: Uint8Array): Promise<Uint8Array>
}

/** What verification found of one signature. `reasons` are sentences in Russian, empty when it holds. */
export type SignatureVerdict = {
  valid: boolean
  reasons: string[]
  signer: { name: string; snils: string | null; position: string | null; organization: string | null }
  certificate: { serial: string; issuer: string; validFrom: Date; validUntil: Date } | undefined
  signedAt: Date | undefined
}

/** Checks a detached signature over the bytes as of a moment: integrity, chain to our anchors, validity, revocation, signer. */
export type VerifySignature = (
  work: Work,
  cms: Uint8Array,
  bytes: Uint8Array,
  expected: { snils: string; at: Date },
) => Promise<SignatureVerdict>

export { findKey, insertKeys, keyOfPerson, peopleWithKeys, type SoftwareKey } from './store-keys.ts'
export {
  certificatesByFingerprints,
  demoAuthority,
  insertRevocationList,
  insertTrusted,
  isDemoAuthorityPresent,
  revocationListBytes,
  revocationListsAt,
  trustedFingerprints,
  type RevocationListKey,
} from './store-trust.ts'

import { readAlgorithm } from './algorithms.ts'
import { derOfBer } from './ber.ts'
import { readCertificate, type Certificate } from './certificate.ts'
import { hexOf, integerOf, octetsOf, oidOf, sameBytes } from './der-values.ts'
import { childrenOf, expectTag, readDer, sequenceOf, TAG, tagged, taggedValue, type Der, type Fields } from './der.ts'
import { Malformed } from './malformed.ts'
import { CMS } from './oids.ts'
import { derOf } from './pem.ts'
import { readRevocationList, type RevocationList } from './revocation-list.ts'

/** One signature of a CMS (SignerInfo, RFC 5652 §5.3). */
export type SignerInfo = {
  isSigner(certificate: Certificate): boolean
  digestAlgorithm: string
  /** [0] SignedAttributes as they stand; undefined: the content itself is signed. */
  attributes: Der | undefined
  signatureAlgorithm: string
  signature: Uint8Array
}

/** A CMS that holds signatures (SignedData, RFC 5652 §5.1). */
export type SignedData = {
  contentType: string
  /** What was put into the file itself; a detached signature has none. */
  content: Uint8Array | undefined
  certificates: Certificate[]
  revocationLists: RevocationList[]
  signers: SignerInfo[]
}

/** A person's document has one signature and a chain of a few certificates; more only costs time. */
const MAX_SIGNERS = 10
const MAX_CERTIFICATES = 20
const MAX_LISTS = 20

/** Reads a CMS with signatures in DER, BER, PEM or bare base64. Throws Malformed. */
export function readSignedData(input: Uint8Array | string): SignedData {
  const outer = sequenceOf(readDer(derOfBer(derOf(input))), 'ContentInfo')
  if (oidOf(outer.take()) !== CMS.signedData) throw new Malformed('a CMS of another kind')
  const wrapped = outer.take(tagged(0))
  outer.end()

  const fields = sequenceOf(readDer(wrapped.body), 'SignedData')
  const version = integerOf(fields.take())
  const declared = new Set(childrenOf(fields.take(TAG.set)).map(readAlgorithm))
  const { contentType, content } = readContent(fields)
  const certificates = fields.takeIf(tagged(0))
  const lists = fields.takeIf(tagged(1))
  const signers = readSigners(fields, declared)
  fields.end()
  if (version !== versionOf(contentType, certificates, signers)) throw new Malformed('SignedData of another version')
  return {
    contentType,
    content,
    certificates: certificates ? partsWeKnow(certificates, MAX_CERTIFICATES, readCertificate) : [],
    revocationLists: lists ? partsWeKnow(lists, MAX_LISTS, readRevocationList) : [],
    signers,
  }
}

/** As RFC 5652 §5.1 derives it. The number is not signed: accepted only as it must be, it cannot be changed unseen. */
function versionOf(contentType: string, certificates: Der | undefined, signers: { byKeyId: boolean }[]): bigint {
  const kinds = new Set(certificates && childrenOf(certificates).map((one) => one.tag))
  if (kinds.has(tagged(3))) return 5n
  if (kinds.has(tagged(2))) return 4n
  return kinds.has(tagged(1)) || contentType !== CMS.data || signers.some((one) => one.byKeyId) ? 3n : 1n
}

function readContent(fields: Fields): Pick<SignedData, 'contentType' | 'content'> {
  const parts = sequenceOf(fields.take(), 'encapContentInfo')
  const contentType = oidOf(parts.take())
  const wrapped = parts.takeIf(tagged(0))
  parts.end()
  return { contentType, content: wrapped && octetsOf(readDer(wrapped.body)) }
}

/** A stranger's certificate or list beside ours (RSA, attributes) does no harm: it is left out. */
function partsWeKnow<T>(set: Der, max: number, read: (bytes: Uint8Array) => T): T[] {
  const parts = childrenOf(set)
  if (parts.length > max) throw new Malformed('too many certificates or lists')
  return parts.flatMap((part) => {
    try {
      return part.tag === TAG.sequence ? [read(part.raw)] : []
    } catch (error) {
      if (error instanceof Malformed) return []
      throw error
    }
  })
}

function readSigners(fields: Fields, declared: ReadonlySet<string>) {
  const signers = childrenOf(fields.take(TAG.set))
  if (signers.length > MAX_SIGNERS) throw new Malformed('too many signatures')
  return signers.map((signer) => readSigner(signer, declared))
}

function readSigner(value: Der, declared: ReadonlySet<string>): SignerInfo & { byKeyId: boolean } {
  const fields = sequenceOf(value, 'SignerInfo')
  const version = integerOf(fields.take())
  const id = fields.take()
  const byKeyId = id.tag === taggedValue(0)
  if (version !== (byKeyId ? 3n : 1n)) throw new Malformed('SignerInfo of another version')
  const digestAlgorithm = readAlgorithm(fields.take())
  if (!declared.has(digestAlgorithm)) throw new Malformed('a digest algorithm that was not declared')
  const attributes = fields.takeIf(tagged(0))
  const signatureAlgorithm = readAlgorithm(fields.take())
  const signature = octetsOf(fields.take())
  // Unsigned attributes: time stamps, counter-signatures.
  fields.takeIf(tagged(1))
  fields.end()
  const isSigner = byKeyId ? hasKeyId(hexOf(id.body)) : hasIssuerAndSerial(id)
  return { byKeyId, isSigner, digestAlgorithm, attributes, signatureAlgorithm, signature }
}

const hasKeyId = (keyId: string) => (certificate: Certificate) => certificate.subjectKeyId === keyId

function hasIssuerAndSerial(value: Der): (certificate: Certificate) => boolean {
  const fields = sequenceOf(value, 'issuerAndSerialNumber')
  const issuer = expectTag(fields.take(), TAG.sequence, 'issuer')
  const serial = integerOf(fields.take())
  fields.end()
  return (certificate) => certificate.serial === serial && sameBytes(certificate.issuer.raw, issuer.raw)
}

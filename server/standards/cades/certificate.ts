import { createHash } from 'node:crypto'
import { readAlgorithm, type Signed } from './algorithms.ts'
import { bytesOfBits, integerOf, sameBytes, timeOf } from './der-values.ts'
import { childrenOf, readDer, sequenceOf, TAG, tagged, taggedValue, type Fields } from './der.ts'
import {
  authorityKeyIdOf,
  authorityOf,
  hasUnknownCritical,
  keyUsesOf,
  readExtensions,
  subjectKeyIdOf,
  type Extensions,
  type KeyUse,
} from './extensions.ts'
import type { PublicKey } from './gost3410.ts'
import { readKeyInfo } from './keys.ts'
import { Malformed } from './malformed.ts'
import { readName, type Name } from './names.ts'
import { derOf } from './pem.ts'

/** A certificate of X.509 v3 with a key of ГОСТ Р 34.10-2012 (RFC 5280, RFC 9215). */
export type Certificate = Signed & {
  der: Uint8Array
  serial: bigint
  issuer: Name
  subject: Name
  notBefore: Date
  notAfter: Date
  publicKey: PublicKey
  /** Present when the subject may issue certificates. */
  authority: { pathLength: number | undefined } | undefined
  /** undefined: the key may be used for anything. */
  keyUses: ReadonlySet<KeyUse> | undefined
  subjectKeyId: string | undefined
  authorityKeyId: string | undefined
  hasUnknownCritical: boolean
  /** SHA-256 of the DER, hex. */
  fingerprint: string
}

/** Reads a certificate in DER, PEM or bare base64. Throws Malformed, also when its key is not of ГОСТ Р 34.10-2012. */
export function readCertificate(input: Uint8Array | string): Certificate {
  const bytes = derOf(input)
  const outer = sequenceOf(readDer(bytes), 'Certificate')
  const tbs = outer.take(TAG.sequence)
  const algorithm = outer.take(TAG.sequence)
  const signature = bytesOfBits(outer.take())
  outer.end()

  const fields = sequenceOf(tbs, 'TBSCertificate')
  const version = fields.takeIf(tagged(0))
  if (version && integerOf(readDer(version.body)) !== 2n) throw new Malformed('a certificate of another version')
  const serial = integerOf(fields.take())
  if (!sameBytes(fields.take(TAG.sequence).raw, algorithm.raw)) throw new Malformed('two signature algorithms')
  const issuer = readName(fields.take())
  const [notBefore, notAfter] = readValidity(fields)
  const subject = readName(fields.take())
  const publicKey = readKeyInfo(fields.take())
  const extensions = takeExtensions(fields, version !== undefined)
  return {
    der: bytes,
    tbs: tbs.raw,
    signatureAlgorithm: readAlgorithm(algorithm),
    signature,
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey,
    authority: authorityOf(extensions),
    keyUses: keyUsesOf(extensions),
    subjectKeyId: subjectKeyIdOf(extensions),
    authorityKeyId: authorityKeyIdOf(extensions),
    hasUnknownCritical: hasUnknownCritical(extensions),
    fingerprint: createHash('sha256').update(bytes).digest('hex'),
  }
}

/** Whether the certificate names itself as its issuer: what chains end in (RFC 5280 §3.2). */
export const isSelfIssued = ({ issuer, subject }: Certificate): boolean => sameBytes(issuer.raw, subject.raw)

function readValidity(fields: Fields): [Date, Date] {
  const validity = sequenceOf(fields.take(), 'Validity')
  const times: [Date, Date] = [timeOf(validity.take()), timeOf(validity.take())]
  validity.end()
  return times
}

function takeExtensions(fields: Fields, v3: boolean): Extensions {
  fields.takeIf(taggedValue(1))
  fields.takeIf(taggedValue(2))
  const wrapped = fields.takeIf(tagged(3))
  fields.end()
  if (!wrapped) return new Map()
  const [list, ...more] = childrenOf(wrapped)
  if (!list || more.length > 0 || !v3) throw new Malformed('extensions out of place')
  return readExtensions(list)
}

/** The serial number as stamps and authorities show it: «4A00F1…», whole bytes. */
export function serialText({ serial }: Certificate): string {
  const hex = (serial < 0n ? -serial : serial).toString(16).toUpperCase()
  return (serial < 0n ? '-' : '') + hex.padStart(hex.length + (hex.length % 2), '0')
}

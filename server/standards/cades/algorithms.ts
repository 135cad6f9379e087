import { oidOf } from './der-values.ts'
import { sequenceOf, TAG, type Der } from './der.ts'
import { nothing, oid, sequence } from './der-write.ts'
import { type PublicKey } from './gost3410.ts'
import { bitsOf } from './keys.ts'
import { Malformed } from './malformed.ts'
import { ALGORITHM } from './oids.ts'
import { verifyBytes } from './signatures.ts'

/** Reads an AlgorithmIdentifier whose parameters may only be absent or NULL. Throws Malformed. */
export function readAlgorithm(value: Der): string {
  const fields = sequenceOf(value, 'AlgorithmIdentifier')
  const algorithm = oidOf(fields.take())
  const parameters = fields.takeIf(TAG.null)
  if (parameters?.body.length) throw new Malformed('a NULL with contents')
  fields.end()
  return algorithm
}

export const writeAlgorithm = (algorithm: string): Uint8Array => sequence(oid(algorithm))
/** With NULL parameters, as КриптоПро and OpenSSL write digest algorithms in CMS. */
export const writeAlgorithmWithNull = (algorithm: string): Uint8Array => sequence(oid(algorithm), nothing())

type Bits = 256 | 512
export const keyAlgorithmOf = (bits: Bits): string => (bits === 256 ? ALGORITHM.key256 : ALGORITHM.key512)
export const hashAlgorithmOf = (bits: Bits): string => (bits === 256 ? ALGORITHM.hash256 : ALGORITHM.hash512)
export const signatureAlgorithmOf = (bits: Bits): string =>
  bits === 256 ? ALGORITHM.signature256 : ALGORITHM.signature512

/** Something signed as certificates and revocation lists are: the bytes, by what algorithm, the signature. */
export type Signed = { tbs: Uint8Array; signatureAlgorithm: string; signature: Uint8Array }

/** Whether the key signed this, by the algorithm that belongs to the key. Never throws. */
export const isSignedBy = ({ tbs, signatureAlgorithm, signature }: Signed, key: PublicKey): boolean =>
  signatureAlgorithm === signatureAlgorithmOf(bitsOf(key)) && verifyBytes(key, tbs, signature)

import { curveOf, USUAL_CURVE } from './curves.ts'
import { integerOf, octetsOf, oidOf, bytesOfBits } from './der-values.ts'
import { readDer, sequenceOf, TAG, type Der } from './der.ts'
import { bits, integer, octets, oid, sequence } from './der-write.ts'
import {
  generateKey,
  privateKeyOf,
  readPrivateKey,
  readPublicKey,
  writePrivateKey,
  writePublicKey,
  type PrivateKey,
  type PublicKey,
} from './gost3410.ts'
import { Malformed } from './malformed.ts'
import { ALGORITHM } from './oids.ts'
import { derOf } from './pem.ts'

/** A new key on a parameter set (tc26-256 B unless told). Throws Malformed for an unknown one. */
export const newKey = (curveOid: string = USUAL_CURVE): PrivateKey => generateKey(curveOf(curveOid))

/** 256 or 512: the length of the key, of its digests, and half of its signatures. */
export const bitsOf = ({ curve }: PrivateKey | PublicKey): 256 | 512 => (curve.size === 32 ? 256 : 512)

/** A private key of PKCS#8, in PEM or DER, not encrypted. Throws Malformed. */
export function readPkcs8(input: Uint8Array | string): PrivateKey {
  const fields = sequenceOf(readDer(derOf(input)), 'PKCS#8')
  integerOf(fields.take())
  const curve = curveOfAlgorithm(fields.take())
  const value = octetsOf(fields.take())
  // Little-endian bytes as they are or in an OCTET STRING of their own; or an INTEGER, as OpenSSL wrote it once.
  if (value.length === curve.size) return readPrivateKey(curve, value)
  const inner = readDer(value)
  return inner.tag === TAG.integer ? privateKeyOf(curve, integerOf(inner)) : readPrivateKey(curve, octetsOf(inner))
}

/** PKCS#8 (Р 50.1.112-2016), DER. */
export const writePkcs8 = (key: PrivateKey): Uint8Array =>
  sequence(integer(0), keyAlgorithm(key), octets(writePrivateKey(key)))

/** The key of a SubjectPublicKeyInfo (RFC 9215 §4.2). Throws Malformed, also when it is not of ГОСТ Р 34.10-2012. */
export function readKeyInfo(value: Der): PublicKey {
  const fields = sequenceOf(value, 'SubjectPublicKeyInfo')
  const curve = curveOfAlgorithm(fields.take())
  const key = octetsOf(readDer(bytesOfBits(fields.take())))
  fields.end()
  return readPublicKey(curve, key)
}

/** SubjectPublicKeyInfo. */
export const writeKeyInfo = (key: PublicKey): Uint8Array => sequence(keyAlgorithm(key), bits(keyBits(key)))

/** The contents of subjectPublicKey, which key identifiers are digests of. */
export const keyBits = (key: PublicKey): Uint8Array => octets(writePublicKey(key))

function curveOfAlgorithm(value: Der) {
  const fields = sequenceOf(value, 'AlgorithmIdentifier')
  const algorithm = oidOf(fields.take())
  const size = algorithm === ALGORITHM.key256 ? 32 : algorithm === ALGORITHM.key512 ? 64 : undefined
  if (!size) throw new Malformed(`a key of another algorithm, ${algorithm}`)
  const curve = curveOf(oidOf(sequenceOf(fields.take(), 'key parameters').take()))
  if (curve.size !== size) throw new Malformed('a curve of another size than its algorithm')
  return curve
}

function keyAlgorithm(key: PrivateKey | PublicKey): Uint8Array {
  const { oid: curve, size } = key.curve
  // The old parameter sets name the digest too; the new ones leave it out (RFC 9215 §4.2).
  const digest = curve.startsWith('1.2.643.2.') ? [oid(ALGORITHM.hash256)] : []
  return sequence(oid(size === 32 ? ALGORITHM.key256 : ALGORITHM.key512), sequence(oid(curve), ...digest))
}

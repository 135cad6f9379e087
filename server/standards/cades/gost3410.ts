import { randomBytes } from 'node:crypto'
import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js'
import type { Curve } from './curves.ts'
import { Malformed } from './malformed.ts'

// Signatures of ГОСТ Р 34.10-2012 (RFC 7091) over digests of ГОСТ Р 34.11-2012. Keys and digests are little-endian
// numbers, a signature is s ‖ r, both big-endian: the order of CMS, of OpenSSL and of ЕСИА (RFC 9215 §2). КриптоПро's
// own functions give the same bytes back to front.

/** A point of the curve's subgroup; only readPublicKey and publicKeyOf make one. */
export type PublicKey = { curve: Curve; point: WeierstrassPoint<bigint> }
export type PrivateKey = { curve: Curve; d: bigint }

const bigEndian = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`)
const littleEndian = (bytes: Uint8Array): bigint => bigEndian(bytes.toReversed())
const toBigEndian = (n: bigint, size: number): Uint8Array =>
  new Uint8Array(Buffer.from(n.toString(16).padStart(size * 2, '0'), 'hex'))
const toLittleEndian = (n: bigint, size: number): Uint8Array => toBigEndian(n, size).reverse()

/** x ‖ y (RFC 9215 §4.3), checked to lie on the curve and in its subgroup. Throws Malformed. */
export function readPublicKey(curve: Curve, bytes: Uint8Array): PublicKey {
  if (bytes.length !== curve.size * 2) throw new Malformed('a public key of another length')
  try {
    const x = littleEndian(bytes.subarray(0, curve.size))
    const point = curve.Point.fromAffine({ x, y: littleEndian(bytes.subarray(curve.size)) })
    point.assertValidity()
    return { curve, point }
  } catch {
    throw new Malformed('the public key is not a point of its curve')
  }
}

export function writePublicKey({ curve, point }: PublicKey): Uint8Array {
  const { x, y } = point.toAffine()
  return Buffer.concat([toLittleEndian(x, curve.size), toLittleEndian(y, curve.size)])
}

/** A number between 0 and the curve's order. Throws Malformed. */
export function privateKeyOf(curve: Curve, d: bigint): PrivateKey {
  if (d <= 0n || d >= curve.Point.Fn.ORDER) throw new Malformed('a private key out of range')
  return { curve, d }
}

/** A private key as the little-endian bytes of PKCS#8 (Р 50.1.112-2016). Some writers exceed the order. Throws Malformed. */
export const readPrivateKey = (curve: Curve, bytes: Uint8Array): PrivateKey =>
  privateKeyOf(curve, curve.Point.Fn.create(littleEndian(bytes)))

export const writePrivateKey = ({ curve, d }: PrivateKey): Uint8Array => toLittleEndian(d, curve.size)

/** A random number below the curve's order; 128 bits more than needed make the bias negligible. */
const randomScalar = (curve: Curve): bigint =>
  (bigEndian(randomBytes(curve.size + 16)) % (curve.Point.Fn.ORDER - 1n)) + 1n

export const generateKey = (curve: Curve): PrivateKey => ({ curve, d: randomScalar(curve) })

export const publicKeyOf = ({ curve, d }: PrivateKey): PublicKey => ({ curve, point: curve.Point.BASE.multiply(d) })

/** The digest as the number e of the standard (§6.1, step 2). */
const numberOf = (digest: Uint8Array, curve: Curve): bigint => curve.Point.Fn.create(littleEndian(digest)) || 1n

/** Signs a digest. `k` is given only by tests that repeat the standard's examples. */
export function signDigest({ curve, d }: PrivateKey, digest: Uint8Array, k?: bigint): Uint8Array {
  const { BASE, Fn } = curve.Point
  const e = numberOf(digest, curve)
  for (;;) {
    const nonce = k ?? randomScalar(curve)
    const r = Fn.create(BASE.multiply(nonce).toAffine().x)
    const s = Fn.add(Fn.mul(r, d), Fn.mul(nonce, e))
    if (r && s) return Buffer.concat([toBigEndian(s, curve.size), toBigEndian(r, curve.size)])
  }
}

/** Whether this is the key's signature of this digest. Never throws. */
export function verifyDigest({ curve, point }: PublicKey, digest: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== curve.size * 2) return false
  const { BASE, Fn } = curve.Point
  const s = bigEndian(signature.subarray(0, curve.size))
  const r = bigEndian(signature.subarray(curve.size))
  if (r <= 0n || r >= Fn.ORDER || s <= 0n || s >= Fn.ORDER) return false
  const v = Fn.inv(numberOf(digest, curve))
  // Numbers here are public; the base point has a table, which makes this quicker than the joint mulAddUnsafe.
  const c = BASE.multiplyUnsafe(Fn.mul(s, v)).add(point.multiplyUnsafe(Fn.mul(Fn.neg(r), v)))
  return !c.is0() && Fn.create(c.toAffine().x) === r
}

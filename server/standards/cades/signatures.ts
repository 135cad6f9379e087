import { bitsOf } from './keys.ts'
import { signDigest, verifyDigest, type PrivateKey, type PublicKey } from './gost3410.ts'
import { streebog } from './streebog.ts'

/** The signature of bytes: ГОСТ Р 34.10-2012 over ГОСТ Р 34.11-2012 of the key's length; s ‖ r, 64 or 128 bytes. */
export const signBytes = (key: PrivateKey, bytes: Uint8Array): Uint8Array =>
  signDigest(key, streebog(bitsOf(key), bytes))

/** Whether this is the key's signature of these bytes. Never throws. */
export const verifyBytes = (key: PublicKey, bytes: Uint8Array, signature: Uint8Array): boolean =>
  verifyDigest(key, streebog(bitsOf(key), bytes), signature)

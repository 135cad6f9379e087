import { derOf, streebog, type PrivateKey, type PublicKey } from '../../standards/cades/index.ts'
import { openJwt, signText } from '../../standards/jwt/index.ts'
import type { Signer, TokenReader } from './settings.ts'

/**
 * `client_certificate_hash`: ГОСТ Р 34.11-2012 (256) of the certificate's DER in upper-case hexadecimal, as
 * `cpverify -mk -alg GR3411_2012_256` prints it. Public sources disagree whether ЕСИА wants this or SHA-256, so the
 * settings may give another value. Throws Malformed when the file is neither DER nor PEM.
 */
export const certificateHashOf = (file: Uint8Array): string =>
  Buffer.from(streebog(256, derOf(file)))
    .toString('hex')
    .toUpperCase()

/** Signs as this system with a ГОСТ Р 34.10-2012 key of 256 bits. */
export const signerOf = (key: PrivateKey, certificateHash: string): Signer => ({
  sign: (message) => signText(key, message),
  certificateHash,
})

/** Reads tokens that one of these keys has signed: while ЕСИА changes its key there are two. */
export const tokenReaderOf =
  (keys: readonly PublicKey[]): TokenReader =>
  (text) => {
    for (const key of keys) {
      const token = openJwt(key, text)
      if (token) return token
    }
    return undefined
  }

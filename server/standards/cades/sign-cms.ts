import { hashAlgorithmOf, keyAlgorithmOf, writeAlgorithmWithNull } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { explicit, integer, octets, oid, sequence, setOf } from './der-write.ts'
import { tagged } from './der.ts'
import { bitsOf } from './keys.ts'
import type { PrivateKey } from './gost3410.ts'
import { CMS } from './oids.ts'
import { writeAttributes } from './signed-attributes.ts'
import { signBytes, verifyBytes } from './signatures.ts'
import { streebog } from './streebog.ts'

/**
 * Makes a detached CAdES-BES signature of a content with the signer's certificate inside: CMS, DER. Throws Error when
 * the key is not the certificate's.
 */
export function signCms(
  content: Uint8Array,
  signer: { key: PrivateKey; certificate: Certificate },
  signingTime: Date,
): Uint8Array {
  const { key, certificate } = signer
  const bits = bitsOf(certificate.publicKey)
  const attributes = writeAttributes(streebog(bits, content), certificate, signingTime)
  const signature = signBytes(key, attributes)
  if (!verifyBytes(certificate.publicKey, attributes, signature))
    throw new Error('the key does not belong to the certificate')
  const digestAlgorithm = writeAlgorithmWithNull(hashAlgorithmOf(bits))
  const signerInfo = sequence(
    integer(1),
    sequence(certificate.issuer.raw, integer(certificate.serial)),
    digestAlgorithm,
    attributes.with(0, tagged(0)),
    writeAlgorithmWithNull(keyAlgorithmOf(bits)),
    octets(signature),
  )
  const signedData = sequence(
    integer(1),
    setOf(digestAlgorithm),
    sequence(oid(CMS.data)),
    explicit(0, certificate.der),
    setOf(signerInfo),
  )
  return sequence(oid(CMS.signedData), explicit(0, signedData))
}

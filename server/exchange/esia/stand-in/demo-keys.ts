import { hkdfSync } from 'node:crypto'
import { newKey, readPkcs8, streebog, writePkcs8, type PrivateKey } from '../../../standards/cades/index.ts'

/** The two key pairs of a demo sign-in: of this system and of the stand-in, and what stands for a certificate's hash. */
export type DemoKeys = { client: PrivateKey; esia: PrivateKey; certificateHash: string }

/**
 * Keys of the demo, made from the installation's secret: there is no file to keep, every node has the same ones, and a
 * restart in the middle of a sign-in goes unnoticed.
 */
export function demoKeys(secret: string): DemoKeys {
  const client = keyFrom(secret, 'esia demo client')
  return {
    client,
    esia: keyFrom(secret, 'esia demo token'),
    certificateHash: Buffer.from(streebog(256, writePkcs8(client)))
      .toString('hex')
      .toUpperCase(),
  }
}

/** A key whose number is derived (RFC 5869): a PKCS#8 with its last 32 bytes, which are the number, replaced. */
function keyFrom(secret: string, purpose: string): PrivateKey {
  const number = hkdfSync('sha256', Buffer.from(secret, 'hex'), '', purpose, 32)
  const pkcs8 = Uint8Array.from(writePkcs8(newKey()))
  pkcs8.set(new Uint8Array(number), pkcs8.length - 32)
  return readPkcs8(pkcs8)
}

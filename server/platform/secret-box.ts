import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const keyOf = (secret: string): Buffer => Buffer.from(secret, 'hex')

/**
 * Encrypts bytes at rest with AES-256-GCM under the installation's secret (32 bytes, hex). `context` is bound to the
 * result (additional data), so that a sealed value cannot be moved to another row. Layout: nonce 12, tag 16, data.
 */
export function sealBytes(secret: string, context: string, bytes: Uint8Array): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce).setAAD(Buffer.from(context))
  const data = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), data])
}

/** Decrypts what sealBytes made; throws when the secret, the context or a byte differs. */
export function openBytes(secret: string, context: string, sealed: Uint8Array): Buffer {
  const box = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), box.subarray(0, 12))
    .setAAD(Buffer.from(context))
    .setAuthTag(box.subarray(12, 28))
  return Buffer.concat([decipher.update(box.subarray(28)), decipher.final()])
}

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const VERSION = 'v1'

/** The installation's secret serves several purposes; each gets a key of its own from it (HKDF, RFC 5869). */
function keyFrom(secret: string): Buffer {
  if (!/^[0-9a-f]{64}$/i.test(secret)) throw new Error('the installation secret must be 32 bytes in hexadecimal')
  return Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'hex'), '', 'rmis access second factor', 32))
}

/**
 * Encrypts a second factor's secret for keeping: AES-256-GCM under the installation's secret (64 hex digits), bound to
 * its owner, so that a row copied onto another account does not open.
 */
export function sealSecret(secret: string, owner: string, text: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFrom(secret), iv)
  cipher.setAAD(Buffer.from(owner))
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return [VERSION, ...[iv, cipher.getAuthTag(), bytes].map((part) => part.toString('base64url'))].join('.')
}

/** Opens what `sealSecret` closed. Throws when the bytes were changed, moved to another owner, or the secret is another. */
export function openSecret(secret: string, owner: string, sealed: string): string {
  const [version, iv, tag, bytes] = sealed.split('.')
  if (version !== VERSION || !iv || !tag || bytes === undefined) throw new Error('a sealed secret has an unknown form')
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(secret), Buffer.from(iv, 'base64url'), { authTagLength: 16 })
  decipher.setAAD(Buffer.from(owner))
  decipher.setAuthTag(Buffer.from(tag, 'base64url'))
  return Buffer.concat([decipher.update(Buffer.from(bytes, 'base64url')), decipher.final()]).toString('utf8')
}

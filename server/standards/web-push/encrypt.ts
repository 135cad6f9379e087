import { createCipheriv, createECDH, createHmac, randomBytes } from 'node:crypto'

/** The keys a browser gave with its subscription (RFC 8291 §3.1), base64url: a P-256 point and 16 random bytes. */
export type SubscriptionKeys = { p256dh: string; auth: string }

const RECORD_SIZE = 4096
/** What one record has room for: its size less the tag and the delimiter (RFC 8188 §2). */
const MAX_PLAINTEXT = RECORD_SIZE - 16 - 1

const hmac = (key: Uint8Array, ...parts: (Uint8Array | string)[]): Buffer => {
  const made = createHmac('sha256', key)
  for (const part of parts) made.update(part)
  return made.digest()
}

/**
 * Encrypts a push message for one browser: content encoding aes128gcm in a single record (RFC 8291, RFC 8188). The
 * sender's key pair and the salt are fresh for every message; tests give those of the RFC. Throws RangeError when the
 * message is too long, and an Error when the browser's key is no point of the curve.
 */
export function encryptPush(
  { p256dh, auth }: SubscriptionKeys,
  plaintext: Uint8Array,
  fixed: { salt?: Uint8Array; privateKey?: Uint8Array } = {},
): Buffer {
  if (plaintext.length > MAX_PLAINTEXT) throw new RangeError('the push message is too long for one record')
  const receiver = Buffer.from(p256dh, 'base64url')
  const sender = createECDH('prime256v1')
  if (fixed.privateKey) sender.setPrivateKey(fixed.privateKey)
  else sender.generateKeys()
  const senderKey = sender.getPublicKey()
  const salt = fixed.salt ?? randomBytes(16)
  // HKDF (RFC 5869) with outputs of one block: extract, then one expand step.
  const shared = hmac(Buffer.from(auth, 'base64url'), sender.computeSecret(receiver))
  const keyMaterial = hmac(shared, 'WebPush: info\0', receiver, senderKey, Uint8Array.of(1))
  const pseudoRandom = hmac(salt, keyMaterial)
  const key = hmac(pseudoRandom, 'Content-Encoding: aes128gcm\0', Uint8Array.of(1)).subarray(0, 16)
  const nonce = hmac(pseudoRandom, 'Content-Encoding: nonce\0', Uint8Array.of(1)).subarray(0, 12)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  // The delimiter 2 says that this record is the last.
  const record = [cipher.update(plaintext), cipher.update(Uint8Array.of(2)), cipher.final(), cipher.getAuthTag()]
  const header = Buffer.alloc(21)
  header.set(salt, 0)
  header.writeUInt32BE(RECORD_SIZE, 16)
  header.writeUInt8(senderKey.length, 20)
  return Buffer.concat([header, senderKey, ...record])
}

import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encryptPush, readVapidKey, vapidHeader } from './index.ts'

// The example of RFC 8291, section 5 and appendix A.
const rfc = {
  plaintext: 'When I grow up, I want to be a watermelon',
  senderPrivate: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  receiverPublic: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  message:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
}
const bytes = (text: string) => Buffer.from(text, 'base64url')

/** What a browser does with a message. */
function decrypt(message: Buffer, receiver: ReturnType<typeof createECDH>, auth: Buffer): string {
  const [salt, sender, sealed] = [message.subarray(0, 16), message.subarray(21, 86), message.subarray(86)]
  const hmac = (key: Buffer, data: Buffer) => createHmac('sha256', key).update(data).digest()
  const one = Buffer.of(1)
  const shared = hmac(auth, receiver.computeSecret(sender))
  const material = hmac(shared, Buffer.concat([Buffer.from('WebPush: info\0'), receiver.getPublicKey(), sender, one]))
  const pseudoRandom = hmac(salt, material)
  const derive = (what: string, size: number) =>
    hmac(pseudoRandom, Buffer.concat([Buffer.from(`Content-Encoding: ${what}\0`), one])).subarray(0, size)
  const cipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
  cipher.setAuthTag(sealed.subarray(-16))
  const plain = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
  expect(plain.at(-1)).toBe(2)
  return plain.subarray(0, -1).toString()
}

describe('a push message', () => {
  it('is encrypted as in the RFC', () => {
    const made = encryptPush({ p256dh: rfc.receiverPublic, auth: rfc.auth }, Buffer.from(rfc.plaintext), {
      salt: bytes(rfc.salt),
      privateKey: bytes(rfc.senderPrivate),
    })
    expect(made.toString('base64url')).toBe(rfc.message)
  })

  it('is read by the browser it is for, and differs every time', () => {
    const receiver = createECDH('prime256v1')
    receiver.generateKeys()
    const auth = randomBytes(16)
    const keys = { p256dh: receiver.getPublicKey('base64url'), auth: auth.toString('base64url') }
    const [one, two] = [encryptPush(keys, Buffer.from('Приём завтра')), encryptPush(keys, Buffer.from('Приём завтра'))]
    expect(one.equals(two)).toBe(false)
    expect(decrypt(one, receiver, auth)).toBe('Приём завтра')
    expect(decrypt(two, receiver, auth)).toBe('Приём завтра')
  })

  it('is refused when it is too long or the key is no point of the curve', () => {
    const keys = { p256dh: rfc.receiverPublic, auth: rfc.auth }
    expect(() => encryptPush(keys, new Uint8Array(4080))).toThrow(RangeError)
    expect(() => encryptPush({ ...keys, p256dh: 'B'.repeat(87) }, new Uint8Array(1))).toThrow()
  })
})

describe('the voluntary identification', () => {
  const secret = rfc.senderPrivate
  const key = readVapidKey(secret)

  it('is a token for the push service’s origin that our public key verifies', () => {
    const now = new Date('2026-03-02T06:00:00Z')
    const header = vapidHeader(key, 'https://push.example.net/send/abc', 'https://rmis.example', now)
    const [, token, shown] = /^vapid t=([^,]+), k=(.+)$/.exec(header)!
    expect(shown).toBe(key.publicKey)
    const [head, claims, signature] = token!.split('.') as [string, string, string]
    expect(JSON.parse(bytes(head).toString())).toEqual({ typ: 'JWT', alg: 'ES256' })
    expect(JSON.parse(bytes(claims).toString())).toEqual({
      aud: 'https://push.example.net',
      exp: now.getTime() / 1000 + 12 * 3600,
      sub: 'https://rmis.example',
    })
    const point = bytes(shown!)
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
    const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x!, y: y! }, format: 'jwk' })
    const isOurs = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      bytes(signature),
    )
    expect(isOurs).toBe(true)
  })

  it('takes no key that is not one of the curve', () => {
    expect(() => readVapidKey(Buffer.alloc(32).toString('base64url'))).toThrow()
  })
})

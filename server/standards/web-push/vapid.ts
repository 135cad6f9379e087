import { createECDH, createPrivateKey, sign, type KeyObject } from 'node:crypto'

/** The key a server shows push services (RFC 8292): `publicKey` is what browsers are given, base64url. */
export type VapidKey = { publicKey: string; privateKey: KeyObject }

/** Reads a P-256 private key of 32 bytes in base64url. Throws an Error when it is none. */
export function readVapidKey(secret: string): VapidKey {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(Buffer.from(secret, 'base64url'))
  const point = pair.getPublicKey()
  const coordinate = (from: number) => point.subarray(from, from + 32).toString('base64url')
  const jwk = { kty: 'EC', crv: 'P-256', d: secret, x: coordinate(1), y: coordinate(33) }
  return { publicKey: point.toString('base64url'), privateKey: createPrivateKey({ key: jwk, format: 'jwk' }) }
}

/** At most 24 hours by RFC 8292 §2; half of it forgives clocks that differ. */
const VALID_SECONDS = 12 * 3600

/**
 * The Authorization header for one push service (RFC 8292 §3): a JWT signed with ES256 for the service's origin.
 * `subject` is a mailto: or https: address at which its operators reach us.
 */
export function vapidHeader(key: VapidKey, endpoint: string, subject: string, now: Date): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    aud: new URL(endpoint).origin,
    exp: Math.floor(now.getTime() / 1000) + VALID_SECONDS,
    sub: subject,
  }
  const signed = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`
  const signature = sign('sha256', Buffer.from(signed), { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${signed}.${signature.toString('base64url')}, k=${key.publicKey}`
}

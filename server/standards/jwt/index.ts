import { signBytes, verifyBytes, type PrivateKey, type PublicKey } from '../cades/index.ts'
import { fromBase64url, toBase64url } from './base64url.ts'

export { fromBase64url, toBase64url }

/** `alg` of ЕСИА's tokens: ГОСТ Р 34.10-2012 with a key of 256 bits over ГОСТ Р 34.11-2012 (256). */
export const ALG = 'GOST3410_2012_256'

type Json = Record<string, unknown>
export type Jwt = { header: Json; payload: Json }

/**
 * `client_secret` of ЕСИА's v2/ac and v3/te: the raw signature of a text, base64url. Its 64 bytes are s ‖ r, the order
 * of OpenSSL and CMS; КриптоПро's own functions give them back to front. Here and below a key of 512 bits is a mistake of
 * configuration and throws Error.
 */
export function signText(key: PrivateKey, text: string): string {
  return toBase64url(signBytes(mustBe256(key), Buffer.from(text, 'utf8')))
}

/** Whether a text's raw signature, base64url, is this key's. */
export function verifyText(key: PublicKey, text: string, signature: string): boolean {
  const bytes = fromBase64url(signature)
  return bytes !== undefined && verifyBytes(mustBe256(key), Buffer.from(text, 'utf8'), bytes)
}

/** A compact JWS (RFC 7515 §7.1) as ЕСИА writes its tokens; `header` adds to alg and typ: `ver`, `sbt`. */
export function writeJwt(key: PrivateKey, { header, payload }: Jwt): string {
  const parts = [{ alg: ALG, typ: 'JWT', ...header }, payload].map((part) => toBase64url(JSON.stringify(part)))
  const signed = parts.join('.')
  return `${signed}.${signText(key, signed)}`
}

/**
 * Opens a compact JWS: its parts when the algorithm is ours and the signature is the key's, undefined otherwise.
 * Claims (issuer, times, audience) are the caller's to judge. Never throws because of the text.
 */
export function openJwt(key: PublicKey, token: string): Jwt | undefined {
  const parts = token.split('.')
  const [head, body, signature] = parts as [string, string, string]
  if (parts.length !== 3 || !verifyText(key, `${head}.${body}`, signature)) return undefined
  const [header, payload] = [jsonOf(head), jsonOf(body)]
  // No extension of JWS is known here, so none that must be understood (`crit`, RFC 7515 §4.1.11) is acceptable.
  if (header?.['alg'] !== ALG || header['crit'] !== undefined || !payload) return undefined
  return { header, payload }
}

function jsonOf(part: string): Json | undefined {
  const bytes = fromBase64url(part)
  if (!bytes) return undefined
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
  } catch {
    return undefined
  }
}

function mustBe256<K extends PrivateKey | PublicKey>(key: K): K {
  if (key.curve.size !== 32) throw new Error(`${ALG} needs a key of 256 bits`)
  return key
}

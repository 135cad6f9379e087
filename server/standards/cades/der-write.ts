import { headSize, TAG, tagged } from './der.ts'

/** A value of DER out of its tag and contents. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const head = headSize(length)
  const out = new Uint8Array(head + length)
  out[0] = tag
  if (head === 2) out[1] = length
  else {
    out[1] = 0x80 | (head - 2)
    for (let i = head - 1, rest = length; i > 1; i--, rest = Math.floor(rest / 256)) out[i] = rest % 256
  }
  let at = head
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => der(TAG.sequence, ...parts)
/** SET OF, in the order DER gives it (X.690 §11.6). */
export const setOf = (...parts: readonly Uint8Array[]): Uint8Array =>
  der(TAG.set, ...parts.toSorted((a, b) => Buffer.compare(a, b)))
/** EXPLICIT [n]. */
export const explicit = (n: number, ...parts: readonly Uint8Array[]): Uint8Array => der(tagged(n), ...parts)
export const octets = (bytes: Uint8Array): Uint8Array => der(TAG.octetString, bytes)
/** BIT STRING of whole bytes. */
export const bits = (bytes: Uint8Array): Uint8Array => der(TAG.bitString, Uint8Array.of(0), bytes)
export const nothing = (): Uint8Array => der(TAG.null)
export const boolean = (value: boolean): Uint8Array => der(TAG.boolean, Uint8Array.of(value ? 0xff : 0))
export const utf8 = (text: string): Uint8Array => der(TAG.utf8String, Buffer.from(text, 'utf8'))

/** A BIT STRING of flags by their numbers, without trailing zeros (X.690 §11.2.2). */
export function flags(...numbers: readonly number[]): Uint8Array {
  const last = Math.max(...numbers)
  const bytes = new Uint8Array(1 + (last >> 3) + 1)
  bytes[0] = 7 - (last & 7)
  for (const n of numbers) bytes[1 + (n >> 3)]! |= 0x80 >> (n & 7)
  return der(TAG.bitString, bytes)
}

/** INTEGER that is not negative. */
export function integer(value: bigint | number): Uint8Array {
  const hex = BigInt(value).toString(16)
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return der(TAG.integer, ...(bytes[0]! >= 0x80 ? [Uint8Array.of(0)] : []), bytes)
}

/** OBJECT IDENTIFIER out of «1.2.643…». */
export function oid(text: string): Uint8Array {
  const [top, second, ...rest] = text.split('.').map(Number) as [number, number, ...number[]]
  return der(TAG.oid, Uint8Array.from([top * 40 + second, ...rest].flatMap(arcBytes)))
}

function arcBytes(arc: number): number[] {
  const bytes = [arc % 128]
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift(0x80 | (rest % 128))
  return bytes
}

/** A moment, to the second: UTCTime until 2049, GeneralizedTime after (RFC 5280 §4.1.2.5). */
export function time(moment: Date): Uint8Array {
  const digits = `${moment.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`
  const year = moment.getUTCFullYear()
  return year >= 1950 && year < 2050
    ? der(TAG.utcTime, Buffer.from(digits.slice(2)))
    : der(TAG.generalizedTime, Buffer.from(digits))
}

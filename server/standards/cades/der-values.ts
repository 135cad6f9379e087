import { expectTag, TAG, type Der } from './der.ts'
import { Malformed } from './malformed.ts'

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** BOOLEAN: 00 or FF, nothing between (X.690 §11.1). Throws Malformed. */
export function booleanOf(value: Der): boolean {
  const { body } = expectTag(value, TAG.boolean, 'BOOLEAN')
  if (body.length !== 1 || (body[0] !== 0 && body[0] !== 0xff)) throw new Malformed('BOOLEAN')
  return body[0] === 0xff
}

/** INTEGER in its shortest spelling, of either sign. Throws Malformed. */
export function integerOf(value: Der): bigint {
  const { body } = expectTag(value, TAG.integer, 'INTEGER')
  const [first, second] = body
  if (first === undefined) throw new Malformed('an empty INTEGER')
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
    throw new Malformed('an INTEGER longer than it need be')
  return BigInt.asIntN(body.length * 8, BigInt(`0x${hexOf(body)}`))
}

/** OBJECT IDENTIFIER as «1.2.643…». Throws Malformed. */
export function oidOf(value: Der): string {
  const { body } = expectTag(value, TAG.oid, 'OID')
  if (body.length === 0 || body.at(-1)! & 0x80) throw new Malformed('an OID is cut short')
  const arcs: number[] = []
  let arc = 0
  let started = false
  for (const byte of body) {
    if (!started && byte === 0x80) throw new Malformed('an OID arc begins with zeros')
    if (arc > Number.MAX_SAFE_INTEGER / 256) throw new Malformed('an OID arc is too large')
    arc = arc * 128 + (byte & 0x7f)
    started = (byte & 0x80) !== 0
    if (started) continue
    if (arcs.length === 0) {
      const top = Math.min(2, Math.floor(arc / 40))
      arcs.push(top, arc - top * 40)
    } else arcs.push(arc)
    arc = 0
  }
  return arcs.join('.')
}

/** BIT STRING of whole bytes: keys and signatures. Throws Malformed. */
export function bytesOfBits(value: Der): Uint8Array {
  const { body } = expectTag(value, TAG.bitString, 'BIT STRING')
  if (body[0] !== 0) throw new Malformed('a BIT STRING is not of whole bytes')
  return body.subarray(1)
}

/** Which bits of a BIT STRING are set: the flags of keyUsage. Throws Malformed. */
export function setBits(value: Der): Set<number> {
  const { body } = expectTag(value, TAG.bitString, 'BIT STRING')
  const unused = body[0]
  if (unused === undefined || unused > 7 || (body.length === 1 && unused > 0)) throw new Malformed('BIT STRING')
  const bits = new Set<number>()
  for (let bit = 0; bit < (body.length - 1) * 8 - unused; bit++)
    if ((body[1 + (bit >> 3)]! >> (7 - (bit & 7))) & 1) bits.add(bit)
  return bits
}

export const octetsOf = (value: Der | undefined): Uint8Array => expectTag(value, TAG.octetString, 'OCTET STRING').body

/** Text of any of the string types that names of certificates are written in. Throws Malformed. */
export function textOf(value: Der): string {
  const bytes = Buffer.from(value.body)
  switch (value.tag) {
    case TAG.utf8String:
      try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
      } catch {
        throw new Malformed('a text is not UTF-8')
      }
    case TAG.numericString:
    case TAG.printableString:
    case TAG.ia5String:
    case TAG.visibleString:
      return bytes.toString('latin1')
    case TAG.teletexString:
      // Old Russian authorities wrote Cyrillic here in their own code page.
      return new TextDecoder('windows-1251').decode(bytes)
    case TAG.bmpString:
      if (bytes.length % 2) throw new Malformed('a BMPString of odd length')
      return bytes.swap16().toString('utf16le')
    default:
      throw new Malformed(`a text of tag ${value.tag}`)
  }
}

/** UTCTime or GeneralizedTime in UTC (RFC 5280 §4.1.2.5); a date that no calendar has is refused. Throws Malformed. */
export function timeOf(value: Der): Date {
  const text = Buffer.from(value.body).toString('latin1')
  const short = value.tag === TAG.utcTime && /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text)
  const long = value.tag === TAG.generalizedTime && /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\.\d+)?Z$/.exec(text)
  const match = short || long
  if (!match) throw new Malformed('a time of another form')
  const year = short ? (Number(match[1]) >= 50 ? '19' : '20') + match[1] : match[1]
  const seconds = `${year}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}`
  const time = new Date(`${seconds}Z`)
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(seconds)) throw new Malformed('no such time')
  return time
}

import { Malformed } from './malformed.ts'

// Reading DER (X.690 §8, §10): values keep the exact bytes they came in, because signatures are over those bytes. One
// meaning has one spelling here: long lengths where short ones do, trailing bytes and the like are refused.

/** Tags of the universal class this folder meets. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/** The constructed tag [n], as `a0` for 0. */
export const tagged = (n: number): number => 0xa0 | n
/** The primitive tag [n], as `80` for 0. */
export const taggedValue = (n: number): number => 0x80 | n

const CONSTRUCTED = 0x20

/** One value: its whole bytes and its contents. */
export type Der = { tag: number; raw: Uint8Array; body: Uint8Array }

/** How a value begins: `length` is undefined for the indefinite form, `head` is the size of tag and length. */
export type Head = { tag: number; length: number | undefined; head: number }

/** Reads a tag and a length in any form BER has. Throws Malformed. */
export function readHead(bytes: Uint8Array, at: number): Head {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined) throw new Malformed('the value is cut short')
  if ((tag & 0x1f) === 0x1f) throw new Malformed('a tag of several bytes')
  if (first < 0x80) return { tag, length: first, head: 2 }
  if (first === 0x80) return { tag, length: undefined, head: 2 }
  const size = first & 0x7f
  if (size > 4 || at + 2 + size > bytes.length) throw new Malformed('a length of too many bytes')
  let length = 0
  for (let i = 0; i < size; i++) length = length * 256 + bytes[at + 2 + i]!
  return { tag, length, head: 2 + size }
}

/** How many bytes the head of a value of this length takes in DER. */
export const headSize = (length: number): number =>
  length < 0x80 ? 2 : length < 0x100 ? 3 : length < 0x10000 ? 4 : length < 0x1000000 ? 5 : 6

function readAt(bytes: Uint8Array, at: number): Der {
  const { tag, length, head } = readHead(bytes, at)
  if (length === undefined) throw new Malformed('an indefinite length')
  if (head !== headSize(length)) throw new Malformed('a length longer than it need be')
  const end = at + head + length
  if (end > bytes.length) throw new Malformed('the value is cut short')
  return { tag, raw: bytes.subarray(at, end), body: bytes.subarray(at + head, end) }
}

/** The one value these bytes are, with nothing after it. Throws Malformed. */
export function readDer(bytes: Uint8Array): Der {
  const value = readAt(bytes, 0)
  if (value.raw.length !== bytes.length) throw new Malformed('bytes after the value')
  return value
}

/** The values inside a constructed one. Throws Malformed. */
export function childrenOf(value: Der): Der[] {
  if (!(value.tag & CONSTRUCTED)) throw new Malformed('a value has no parts')
  const parts: Der[] = []
  for (let at = 0; at < value.body.length; at += parts.at(-1)!.raw.length) parts.push(readAt(value.body, at))
  return parts
}

/** The value itself when it has this tag. Throws Malformed naming `what` was looked for. */
export function expectTag(value: Der | undefined, tag: number, what: string): Der {
  if (value?.tag !== tag) throw new Malformed(`${what}: tag ${tag} expected, ${value?.tag ?? 'nothing'} found`)
  return value
}

/** The parts of a constructed value taken one after another, as its ASN.1 definition lists them. */
export class Fields {
  readonly #what: string
  readonly #parts: readonly Der[]
  #at = 0

  constructor(value: Der, what: string) {
    this.#what = what
    this.#parts = childrenOf(value)
  }

  /** The next part, which must be there; with `tag`, it must have it. Throws Malformed. */
  take(tag?: number): Der {
    const part = this.#parts[this.#at]
    if (!part) throw new Malformed(`${this.#what}: a part is missing`)
    if (tag !== undefined) expectTag(part, tag, this.#what)
    this.#at++
    return part
  }

  /** The next part if it has one of these tags. */
  takeIf(...tags: number[]): Der | undefined {
    const part = this.#parts[this.#at]
    if (!part || !tags.includes(part.tag)) return undefined
    this.#at++
    return part
  }

  /** Nothing may be left. Throws Malformed. */
  end(): void {
    if (this.#at < this.#parts.length) throw new Malformed(`${this.#what}: parts nobody expects`)
  }
}

/** The parts of a SEQUENCE. Throws Malformed. */
export const sequenceOf = (value: Der | undefined, what: string): Fields =>
  new Fields(expectTag(value, TAG.sequence, what), what)

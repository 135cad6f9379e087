import { headSize, readHead, TAG, type Head } from './der.ts'
import { der } from './der-write.ts'
import { Malformed } from './malformed.ts'

const CONSTRUCTED = 0x20
const CONSTRUCTED_OCTETS = TAG.octetString | CONSTRUCTED
const MAX_DEPTH = 24

/** A value and where it ends in what it was read from. */
type Read = { value: Uint8Array; end: number }

/**
 * BER as DER: programs that sign in one pass write CMS with indefinite lengths and contents in pieces (X.690 §8.1.3.6,
 * §8.7). What is DER already keeps its bytes, so signatures over it still hold. Throws Malformed.
 */
export function derOfBer(bytes: Uint8Array): Uint8Array {
  const { value, end } = readValue(bytes, 0, 0)
  if (end !== bytes.length) throw new Malformed('bytes after the value')
  return value
}

function readValue(bytes: Uint8Array, at: number, depth: number): Read {
  if (depth > MAX_DEPTH) throw new Malformed('values nested too deep')
  const head = readHead(bytes, at)
  if (!(head.tag & CONSTRUCTED)) return readPrimitive(bytes, at, head)
  const { parts, changed, end } = readParts(bytes, at, head, depth)
  if (head.tag === CONSTRUCTED_OCTETS) return { value: der(TAG.octetString, ...parts.map(contentsOfPiece)), end }
  const isDer = !changed && head.length !== undefined && head.head === headSize(head.length)
  return { value: isDer ? bytes.subarray(at, end) : der(head.tag, ...parts), end }
}

function readPrimitive(bytes: Uint8Array, at: number, { tag, length, head }: Head): Read {
  if (length === undefined) throw new Malformed('an indefinite length of a primitive value')
  const end = at + head + length
  if (end > bytes.length) throw new Malformed('the value is cut short')
  const isDer = head === headSize(length)
  return { value: isDer ? bytes.subarray(at, end) : der(tag, bytes.subarray(at + head, end)), end }
}

function readParts(bytes: Uint8Array, at: number, { length, head }: Head, depth: number) {
  const parts: Uint8Array[] = []
  const limit = length === undefined ? bytes.length : at + head + length
  if (limit > bytes.length) throw new Malformed('the value is cut short')
  let changed = false
  let next = at + head
  while (next < limit) {
    if (length === undefined && bytes[next] === 0 && bytes[next + 1] === 0) return { parts, changed, end: next + 2 }
    const part = readValue(bytes, next, depth + 1)
    changed ||= part.value.buffer !== bytes.buffer
    parts.push(part.value)
    next = part.end
  }
  if (length === undefined || next > limit) throw new Malformed('the value does not end where it says')
  return { parts, changed, end: next }
}

function contentsOfPiece(piece: Uint8Array): Uint8Array {
  const { tag, head } = readHead(piece, 0)
  if (tag !== TAG.octetString) throw new Malformed('a piece of another type')
  return piece.subarray(head)
}

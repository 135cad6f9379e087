import { MATRIX, ROUND_CONSTANTS, SUBSTITUTION } from './streebog-tables.ts'

// The hash ГОСТ Р 34.11-2012 «Стрибог» (RFC 6986). A state of 512 bits is 16 halves of 64-bit words, least significant
// first: word w is [2w] (low 32 bits) and [2w + 1] (high). Digests come out in the byte order of CMS and X.509.

const BLOCK = 64
const WORDS = 16
const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll('\n', ''), 'hex')

/** The transformations S, P and L in one: what byte `b` of word `w` adds to the result, at [w * 256 + b]. */
const { LOW, HIGH } = lpsTables()
const CONSTANTS = constants()
const NOTHING = new Int32Array(WORDS)

function lpsTables(): { LOW: Int32Array; HIGH: Int32Array } {
  const LOW = new Int32Array(8 * 256)
  const HIGH = new Int32Array(8 * 256)
  const substitution = bytesOf(SUBSTITUTION)
  const matrix = bytesOf(MATRIX)
  for (let word = 0; word < 8; word++)
    for (let byte = 0; byte < 256; byte++) {
      const entry = word * 256 + byte
      for (let bit = 0; bit < 8; bit++) {
        if (!((substitution[byte]! >> bit) & 1)) continue
        const row = (63 - (word * 8 + bit)) * 8
        LOW[entry] = LOW[entry]! ^ matrix.readInt32BE(row + 4)
        HIGH[entry] = HIGH[entry]! ^ matrix.readInt32BE(row)
      }
    }
  return { LOW, HIGH }
}

function constants(): Int32Array[] {
  const bytes = bytesOf(ROUND_CONSTANTS)
  return Array.from({ length: 12 }, (_, round) => {
    const state = new Int32Array(WORDS)
    for (let i = 0; i < WORDS; i++) state[i] = bytes.readInt32BE(round * BLOCK + BLOCK - 4 - i * 4)
    return state
  })
}

/**
 * out = LPS(a ⊕ b). All the work of the hash, 25 times a block, so the eight lookups are written out: a loop over
 * them halves the speed.
 */
function lpsOfXor(a: Int32Array, b: Int32Array, out: Int32Array): void {
  for (let half = 0; half < 2; half++) {
    const w0 = a[half]! ^ b[half]!
    const w1 = a[2 + half]! ^ b[2 + half]!
    const w2 = a[4 + half]! ^ b[4 + half]!
    const w3 = a[6 + half]! ^ b[6 + half]!
    const w4 = a[8 + half]! ^ b[8 + half]!
    const w5 = a[10 + half]! ^ b[10 + half]!
    const w6 = a[12 + half]! ^ b[12 + half]!
    const w7 = a[14 + half]! ^ b[14 + half]!
    for (let shift = 0; shift < 32; shift += 8) {
      const e0 = (w0 >>> shift) & 255
      const e1 = (1 << 8) | ((w1 >>> shift) & 255)
      const e2 = (2 << 8) | ((w2 >>> shift) & 255)
      const e3 = (3 << 8) | ((w3 >>> shift) & 255)
      const e4 = (4 << 8) | ((w4 >>> shift) & 255)
      const e5 = (5 << 8) | ((w5 >>> shift) & 255)
      const e6 = (6 << 8) | ((w6 >>> shift) & 255)
      const e7 = (7 << 8) | ((w7 >>> shift) & 255)
      const at = (half << 3) | (shift >> 2)
      out[at] = LOW[e0]! ^ LOW[e1]! ^ LOW[e2]! ^ LOW[e3]! ^ LOW[e4]! ^ LOW[e5]! ^ LOW[e6]! ^ LOW[e7]!
      out[at + 1] = HIGH[e0]! ^ HIGH[e1]! ^ HIGH[e2]! ^ HIGH[e3]! ^ HIGH[e4]! ^ HIGH[e5]! ^ HIGH[e6]! ^ HIGH[e7]!
    }
  }
}

/** sum += addend, as numbers of 512 bits. */
function add(sum: Int32Array, addend: Int32Array): void {
  let carry = 0
  for (let i = 0; i < WORDS; i++) {
    const s = (sum[i]! >>> 0) + (addend[i]! >>> 0) + carry
    sum[i] = s
    carry = s > 0xffffffff ? 1 : 0
  }
}

/** One hash over bytes given in pieces: `new Streebog(256).update(a).update(b).digest()`. */
export class Streebog {
  readonly #bits: 256 | 512
  readonly #hash = new Int32Array(WORDS)
  readonly #length = new Int32Array(WORDS)
  readonly #checksum = new Int32Array(WORDS)
  readonly #message = new Int32Array(WORDS)
  readonly #added = new Int32Array(WORDS)
  readonly #rest = new Uint8Array(BLOCK)
  #filled = 0
  // Scratch of the compression: the round's key and state, and where their next values are made.
  #key = new Int32Array(WORDS)
  #nextKey = new Int32Array(WORDS)
  #state = new Int32Array(WORDS)
  #nextState = new Int32Array(WORDS)

  constructor(bits: 256 | 512) {
    this.#bits = bits
    if (bits === 256) this.#hash.fill(0x01010101)
  }

  update(bytes: Uint8Array): this {
    let at = 0
    if (this.#filled > 0) {
      at = Math.min(BLOCK - this.#filled, bytes.length)
      this.#rest.set(bytes.subarray(0, at), this.#filled)
      this.#filled += at
      if (this.#filled < BLOCK) return this
      this.#absorb(this.#rest, 0, BLOCK * 8)
      this.#filled = 0
    }
    for (; at + BLOCK <= bytes.length; at += BLOCK) this.#absorb(bytes, at, BLOCK * 8)
    this.#rest.set(bytes.subarray(at))
    this.#filled = bytes.length - at
    return this
  }

  /** The digest, 32 or 64 bytes. The object is spent afterwards. */
  digest(): Uint8Array {
    const bits = this.#filled * 8
    this.#rest.fill(0, this.#filled)
    this.#rest[this.#filled] = 1
    this.#absorb(this.#rest, 0, bits)
    this.#compress(NOTHING, this.#length)
    this.#compress(NOTHING, this.#checksum)
    const out = Buffer.alloc(BLOCK)
    this.#hash.forEach((word, i) => out.writeInt32LE(word, i * 4))
    return new Uint8Array(out.subarray(this.#bits === 256 ? 32 : 0))
  }

  /** Takes in one block of which `bits` are message. */
  #absorb(bytes: Uint8Array, at: number, bits: number): void {
    const m = this.#message
    for (let i = 0, o = at; i < WORDS; i++, o += 4)
      m[i] = bytes[o]! | (bytes[o + 1]! << 8) | (bytes[o + 2]! << 16) | (bytes[o + 3]! << 24)
    this.#compress(this.#length, m)
    this.#added[0] = bits
    add(this.#length, this.#added)
    add(this.#checksum, m)
  }

  /** The compression function g (RFC 6986 §8): hash ⊕= E(LPS(hash ⊕ n), m) ⊕ m. */
  #compress(n: Int32Array, m: Int32Array): void {
    lpsOfXor(this.#hash, n, this.#key)
    this.#state.set(m)
    for (const constant of CONSTANTS) {
      lpsOfXor(this.#state, this.#key, this.#nextState)
      lpsOfXor(this.#key, constant, this.#nextKey)
      ;[this.#state, this.#nextState] = [this.#nextState, this.#state]
      ;[this.#key, this.#nextKey] = [this.#nextKey, this.#key]
    }
    const h = this.#hash
    for (let i = 0; i < WORDS; i++) h[i] = h[i]! ^ this.#state[i]! ^ this.#key[i]! ^ m[i]!
  }
}

/** ГОСТ Р 34.11-2012 of bytes, 32 or 64 bytes long. */
export const streebog = (bits: 256 | 512, bytes: Uint8Array): Uint8Array => new Streebog(bits).update(bytes).digest()

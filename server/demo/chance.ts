import { createHash } from 'node:crypto'

/** Chance that falls the same way on every run: the demo region is the same region everywhere. */
export class Chance {
  #state: number

  constructor(seed: string) {
    this.#state = createHash('sha256').update(seed).digest().readUInt32LE(0)
  }

  /** A number in [0, 1): the mulberry32 generator. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1))
  }

  /** True with the given probability. */
  happens(probability: number): boolean {
    return this.next() < probability
  }

  /** One of the list. Throws on an empty one. */
  pick<T>(list: readonly T[]): T {
    const found = list[this.int(0, list.length - 1)]
    if (found === undefined) throw new Error('nothing to pick from')
    return found
  }
}

/** The identifier of a thing of the demo, the same on every run: a UUID of version 7 whose time is 1 January 2025. */
export function demoId(kind: string, ...parts: (string | number)[]): string {
  const hash = createHash('sha256')
    .update([kind, ...parts].join('\n'))
    .digest('hex')
  return `01941f29-7c00-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`
}

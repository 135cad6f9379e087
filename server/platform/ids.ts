import { createHash, randomBytes, randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

/** Random bytes for the next identifiers: asking the system for each one's sixteen costs more than all the rest of it. */
const pool = Buffer.alloc(4096)
let used = pool.length
let last = { msecs: 0, seq: 0 }

/**
 * A new identifier, UUIDv7: made in the app, sorted by time. Those of one process are in the order they were made in,
 * also within a millisecond and when the clock goes back: a counter that begins at random goes on (RFC 9562 §6.2,
 * method 1).
 */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const random = pool.subarray(used, (used += 16))
  const now = Date.now()
  if (now > last.msecs) last = { msecs: now, seq: random.readUInt32BE(0) >>> 1 }
  else if (last.seq < 0xffffffff) last = { ...last, seq: last.seq + 1 }
  else last = { msecs: last.msecs + 1, seq: 0 }
  return v7({ random, ...last })
}

/** A random token for links and sessions given to people: 256 bits, base64url, 43 characters. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** SHA-256 of a text or bytes; what we keep instead of a token. */
export const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest()

/** The actor id of the system itself: background jobs and listeners. */
export const SYSTEM_ID = '00000000-0000-7000-8000-000000000001'

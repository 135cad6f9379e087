import { createHash, randomBytes } from 'node:crypto'
import { v7 } from 'uuid'

/** A new identifier, UUIDv7: made in the app, sorted by time. */
export const newId = (): string => v7()

/** A random token for links and sessions given to people: 256 bits, base64url, 43 characters. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** SHA-256 of a text or bytes; what we keep instead of a token. */
export const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest()

/** The actor id of the system itself: background jobs and listeners. */
export const SYSTEM_ID = '00000000-0000-7000-8000-000000000001'
/** The actor id of somebody who has not signed in. */
export const ANONYMOUS_ID = '00000000-0000-7000-8000-000000000000'

import type { Role } from '../../../contracts/endpoint.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/**
 * How long a session lives. A citizen's phone is shared and lost: 30 minutes without a request. Staff work a shift at
 * their own place: an hour. Nobody stays signed in for longer than 12 hours (приказ ФСТЭК № 17, УПД.10: a session ends
 * after a time of inaction set by the operator).
 */
export const sessionTerms = {
  citizen: { idleMs: 30 * MINUTE, absoluteMs: 12 * HOUR },
  employee: { idleMs: HOUR, absoluteMs: 12 * HOUR },
} as const

/** How long a right password waits for the second factor. */
export const HALF_OPEN_MS = 10 * MINUTE
/** `seen_at` is written at most this often, so that reading pages does not become writing to the database. */
export const SEEN_EVERY_MS = MINUTE
/** How long a person may stay on the page of ЕСИА before coming back. */
export const ESIA_REQUEST_MS = 15 * MINUTE
/** Wrong guesses in a row before no more are heard … */
export const MAX_FAILURES = 5
/** … and for how long. Failures further apart than this are not «in a row». */
export const LOCK_MS = 15 * MINUTE
/** Ended sessions are shown to nobody and are forgotten after this; the journal keeps who acted in them. */
export const KEEP_ENDED_MS = 30 * 24 * HOUR

/** A login as it is stored and compared: without surrounding blanks, in lower case. */
export const normalLogin = (login: string): string => login.trim().toLowerCase().normalize('NFC')

/** A capacity to act in: a role, where, and as which member of staff. */
export type Assignment = { id: string; role: Role; organizationId: string | null; staffId: string | null }

/** The place somebody starts to work at after signing in: the one they worked at last, or else the first given. */
export const firstPlace = (places: readonly Assignment[], lastId: string | undefined): Assignment | undefined =>
  places.find((place) => place.id === lastId) ?? places[0]

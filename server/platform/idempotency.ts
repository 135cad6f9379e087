import type { Kysely } from 'kysely'
import { IdempotencyKeyMissing, IdempotencyKeyReused } from '../../contracts/problems.ts'
import type { DB } from './database/db.generated.ts'
import { sha256 } from './ids.ts'
import { Problem } from './problem.ts'

/** The reply kept for a key that has been used before. */
export type KeptReply = { status: number; reply: string }

/** The key stood already: what this request has begun is to be undone, and the kept reply given. */
export class KeyIsTaken extends Error {}

/** Checks the header's form; 8–100 visible ASCII characters. Throws Problem(IdempotencyKeyMissing). */
export function requireKey(header: string | string[] | undefined): string {
  if (typeof header !== 'string' || !/^[\x21-\x7e]{8,100}$/.test(header)) throw new Problem(IdempotencyKeyMissing)
  return header
}

/**
 * Claims the key for this actor within the operation's transaction. Two requests with one key queue on the primary
 * key: the second waits for the first to end, then finds the key taken, or takes it over when the first rolled back.
 * Throws KeyIsTaken.
 */
export async function claimKey(
  db: Kysely<DB>,
  actorId: string,
  key: string,
  request: string,
  now: Date,
): Promise<void> {
  const claimed = await db
    .insertInto('platform.idempotency')
    .values({ actor_id: actorId, key, request_hash: sha256(request), created_at: now })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  if (claimed.numInsertedOrUpdatedRows !== 1n) throw new KeyIsTaken('the idempotency key has been used')
}

/**
 * The reply kept for a key that was found taken; undefined when it is free after all: keys are forgotten in time.
 * Throws Problem(IdempotencyKeyReused) when the key stood with another request.
 */
export async function keptReply(
  db: Kysely<DB>,
  actorId: string,
  key: string,
  request: string,
): Promise<KeptReply | undefined> {
  const kept = await db
    .selectFrom('platform.idempotency')
    .select(['request_hash', 'status', 'reply'])
    .where('actor_id', '=', actorId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!kept) return undefined
  if (!kept.request_hash.equals(sha256(request))) throw new Problem(IdempotencyKeyReused)
  if (kept.status === null || kept.reply === null) throw new Error('an idempotency key was committed without its reply')
  return { status: kept.status, reply: kept.reply }
}

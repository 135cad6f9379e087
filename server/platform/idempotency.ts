import type { Kysely } from 'kysely'
import { IdempotencyKeyMissing, IdempotencyKeyReused } from '../../contracts/problems.ts'
import type { DB } from './database/db.generated.ts'
import { sha256 } from './ids.ts'
import { Problem } from './problem.ts'

/** The reply kept for a key that has been used before. */
export type KeptReply = { status: number; reply: string }

/** Checks the header's form; 8–100 visible ASCII characters. Throws Problem(IdempotencyKeyMissing). */
export function requireKey(header: string | string[] | undefined): string {
  if (typeof header !== 'string' || !/^[\x21-\x7e]{8,100}$/.test(header)) throw new Problem(IdempotencyKeyMissing)
  return header
}

/**
 * Claims the key for this actor within the operation's transaction. Two requests with one key queue on the primary
 * key: the second waits for the first to end, then gets its reply, or takes the key over when the first rolled back.
 * Throws Problem(IdempotencyKeyReused) when the key stood with another request.
 */
export async function claimKey(
  db: Kysely<DB>,
  actorId: string,
  key: string,
  request: string,
  now: Date,
): Promise<KeptReply | undefined> {
  const hash = sha256(request)
  const claimed = await db
    .insertInto('platform.idempotency')
    .values({ actor_id: actorId, key, request_hash: hash, created_at: now })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  if (claimed.numInsertedOrUpdatedRows === 1n) return undefined
  const kept = await db
    .selectFrom('platform.idempotency')
    .select(['request_hash', 'status', 'reply'])
    .where('actor_id', '=', actorId)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  if (!kept.request_hash.equals(hash)) throw new Problem(IdempotencyKeyReused)
  if (kept.status === null || kept.reply === null) throw new Error('an idempotency key was committed without its reply')
  return { status: kept.status, reply: kept.reply }
}

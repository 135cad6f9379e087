import { sql, type Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { sha256 } from '../../platform/ids.ts'
import { LOCK_MS, MAX_FAILURES } from './rules.ts'

/** Whose guesses are counted: a login, existing or not; or one session that proves presence again. */
export type Subject = `login:${string}` | `session:${string}`

/**
 * Takes one guess, before it is judged, in one statement of its own (never in the operation's transaction, whose
 * rollback on refusal would forget it). Because the count goes up first, guesses sent in parallel cannot pass the limit.
 * The guess that reaches the limit still counts and closes the subject; a right one opens it again.
 * Returns until when the subject is closed, when it is.
 */
export async function takeGuess(attempts: Kysely<DB>, subject: Subject, now: Date): Promise<Date | undefined> {
  const hash = sha256(subject)
  const lockUntil = new Date(now.getTime() + LOCK_MS)
  const forgotten = new Date(now.getTime() - LOCK_MS)
  const taken = await sql`
    insert into access.attempt as a (subject_hash, failures, last_at) values (${hash}, 1, ${now})
    on conflict (subject_hash) do update set
      failures = case when a.locked_until is not null or a.last_at <= ${forgotten} then 1 else a.failures + 1 end,
      locked_until = case when a.locked_until is null and a.last_at > ${forgotten} and a.failures + 1 >= ${MAX_FAILURES}
        then ${lockUntil}::timestamptz end,
      last_at = ${now}
    where a.locked_until is null or a.locked_until <= ${now}
    returning failures`.execute(attempts)
  if (taken.rows.length > 0) return undefined
  const row = await attempts
    .selectFrom('access.attempt')
    .select('locked_until')
    .where('subject_hash', '=', hash)
    .executeTakeFirst()
  return row?.locked_until ?? now
}

/** Gives a guess back: it was right, but the sign-in is not complete, so earlier wrong ones still stand. */
export async function giveGuessBack(db: Kysely<DB>, subject: Subject): Promise<void> {
  await sql`update access.attempt set failures = greatest(failures - 1, 0), locked_until = null
    where subject_hash = ${sha256(subject)}`.execute(db)
}

/** Forgets all guesses: the person has proved who they are. */
export async function forgetGuesses(db: Kysely<DB>, subject: Subject): Promise<void> {
  await db.deleteFrom('access.attempt').where('subject_hash', '=', sha256(subject)).execute()
}

/** Removes counts that no longer decide anything. */
export async function forgetOldGuesses(db: Kysely<DB>, before: Date): Promise<void> {
  await sql`delete from access.attempt where last_at < ${before} and (locked_until is null or locked_until < ${before})`.execute(
    db,
  )
}

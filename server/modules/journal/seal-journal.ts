import type { Work } from '../../platform/work.ts'
import { merkleRoot, sealHash } from './merkle.ts'
import * as store from './store.ts'

/**
 * Rows are sealed this long after they could be written: an operation takes its time before its transaction begins, it
 * may wait for a free connection between the two, and clocks of nodes differ.
 */
const SETTLE_MS = 60_000
/** A batch covers about this many rows, so that a verifier re-reads little at a time; quiet years are one batch. */
const BATCH_ROWS = 5000

/** What of a row is sealed: every column, in a fixed order. A change of any of them changes the root. */
export const sealedText = (row: store.ActionRecord): string =>
  JSON.stringify([
    row.at.toISOString(),
    row.id,
    row.request_id,
    row.actor_id,
    row.actor_role,
    row.actor_name,
    row.organization_id,
    row.session_id,
    row.operation,
    row.patient_id,
    row.grounds,
    row.object_type,
    row.object_id,
    row.outcome,
    row.problem,
    row.address,
    row.duration_ms,
  ])

/**
 * Seals what has settled since the last seal: one batch a call. Returns whether a seal was added. Concurrent calls meet
 * on the last seal's row lock and on the number's primary key.
 */
export async function sealJournal(work: Work): Promise<boolean> {
  const last = await store.lastSealLocked(work)
  const since = last?.until ?? (await store.firstActionAt(work))
  if (!since) return false
  const settled = await settledUntil(work)
  if (settled <= since) return false
  const until = await endOfBatch(work, since, settled)
  const rows = await store.actionsBetween(work, since, until)
  const number = Number(last?.number ?? 0) + 1
  const root = merkleRoot(rows.map(sealedText))
  const previous = last?.hash ?? Buffer.alloc(32)
  const hash = sealHash({ number, since, until, rowCount: rows.length, root, previous })
  return store.insertSeal(work, {
    number,
    since,
    until,
    row_count: rows.length,
    merkle_root: root,
    previous_hash: previous,
    hash,
    sealed_at: work.now,
  })
}

/** Up to when no row can come any more: what is still to commit brings none much older than its transaction. */
async function settledUntil(work: Work): Promise<Date> {
  const oldest = await store.oldestWriter(work)
  const frontier = oldest && oldest < work.now ? oldest : work.now
  return new Date(frontier.getTime() - SETTLE_MS)
}

/** Where a batch that begins at `since` ends: before the row that is one too many, and after every row of one moment. */
async function endOfBatch(work: Work, since: Date, settled: Date): Promise<Date> {
  const next = await store.actionAtPlace(work, since, settled, BATCH_ROWS)
  if (!next) return settled
  return next > since ? next : new Date(since.getTime() + 1)
}

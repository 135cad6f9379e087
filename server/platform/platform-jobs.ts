import { sql } from 'kysely'
import type { Job } from './jobs.ts'

const DAY_MS = 86_400_000
/** A reply is repeated for a week; a retry later than that is a new action. */
const KEEP_REPLIES_MS = 7 * DAY_MS
/** A page that was away for longer than this reads everything anew. */
const KEEP_EVENTS_MS = 3 * DAY_MS
/** Longer than a listener is tried again, so that a handled event is never handled twice. */
const KEEP_HANDLED_MS = 30 * DAY_MS

/** What the platform itself has to forget: replies kept for retries, told events, memories of handled ones. */
export const platformJobs: readonly Job[] = [
  {
    name: 'platform.forget-old',
    cron: '10 0 * * *',
    run: async ({ db, now }) => {
      const before = (ms: number) => new Date(now.getTime() - ms)
      await sql`delete from platform.idempotency where created_at < ${before(KEEP_REPLIES_MS)}`.execute(db)
      await sql`delete from platform.event where created_at < ${before(KEEP_EVENTS_MS)}
        and id not in (select (payload->>'eventId')::uuid from graphile_worker._private_jobs where payload->>'eventId' is not null)`.execute(
        db,
      )
      await sql`delete from platform.handled where at < ${before(KEEP_HANDLED_MS)}`.execute(db)
    },
  },
]

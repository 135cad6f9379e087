import type { Kysely, Transaction } from 'kysely'
import type { DB } from './database/db.generated.ts'
import type { Transact } from './database/transact.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Actor } from './work.ts'

/** What every operation needs from its surroundings; made once in wiring.ts and passed as an argument. */
export type Platform = {
  /** For single statements outside an operation. */
  db: Kysely<DB>
  transact: Transact
  log: Log
  metrics: Metrics
  /** The clock; tests set their own. */
  now(): Date
  /** The region's zone (RMIS_TIME_ZONE): its days are what ages and terms are counted by. */
  zone: string
  /**
   * Who a session token belongs to, within the operation's transaction; undefined when it is unknown, ended or revoked.
   * It counts as a use of the session unless the page only listens.
   */
  authenticate(db: Transaction<DB>, token: string, now: Date, how?: 'listening'): Promise<Actor | undefined>
  /** Called after a commit that announced events, so that this node's relay need not wait for its next look. */
  wakeRelay(): void
}

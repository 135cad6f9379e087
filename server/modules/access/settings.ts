import type { Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'

/** What this module needs from the installation; passed by wiring.ts. */
export type AccessSettings = {
  /** The installation's secret, 64 hexadecimal digits: seals the secrets of second factors. */
  secret: string
  /** This installation is a demo: pages say so, demo logins and their codes are shown. */
  demo: boolean
  /**
   * A database handle with connections of its own (two are enough), for counting guesses outside the operation's
   * transaction. It must not be the operations' pool: each operation holds a connection of that pool while it waits
   * for this statement, so sign-ins that fill the pool would wait for each other.
   */
  attempts: Kysely<DB>
}

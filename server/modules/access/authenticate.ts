import type { Transaction } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { sha256 } from '../../platform/ids.ts'
import type { Actor } from '../../platform/work.ts'
import { SEEN_EVERY_MS } from './rules.ts'
import { liveSessionByHash, markSeen, type LiveSession } from './store.ts'

/**
 * Who a session token belongs to; undefined when it is unknown, half-open, ended, revoked or left idle, when the account
 * is blocked, or when the employee's capacity has ended. One statement; at most once a minute a second one marks the
 * session as used and travels with the operation's next statement. An open page that only
 * listens is no use of the session: it would keep a telephone left on a table signed in.
 */
export async function authenticate(
  db: Transaction<DB>,
  token: string,
  now: Date,
  how?: 'listening',
): Promise<Actor | undefined> {
  const session = await liveSessionByHash(db, sha256(token), now)
  if (!session) return undefined
  if (session.kind === 'employee' && !session.role) return undefined
  // Not awaited: it goes out with the next statement, and when it fails so does the transaction.
  if (how !== 'listening' && now.getTime() - session.seen_at.getTime() >= SEEN_EVERY_MS)
    markSeen(db, session.session_id, now).catch(() => {})
  return actorOf(session)
}

function actorOf(session: LiveSession): Actor {
  return {
    id: session.account_id,
    kind: session.kind,
    role: session.role ?? 'citizen',
    name: session.display_name,
    sessionId: session.session_id,
    ...(session.organization_id && { organizationId: session.organization_id }),
    ...(session.staff_id && { staffId: session.staff_id }),
    ...(session.stepped_up_at && { steppedUpAt: session.stepped_up_at }),
  }
}

import type { Work } from '../../platform/work.ts'
import { sessionsOf } from './store.ts'

/** Where this account is signed in now, the session used last first. */
export async function listSessions(work: Work) {
  const sessions = await sessionsOf(work, work.actor.id)
  return {
    sessions: sessions.map((s) => ({
      id: s.id,
      current: s.id === work.actor.sessionId,
      method: s.method,
      userAgent: s.user_agent,
      address: s.address,
      createdAt: s.created_at.toISOString(),
      seenAt: s.seen_at.toISOString(),
      expiresAt: s.expires_at.toISOString(),
    })),
  }
}

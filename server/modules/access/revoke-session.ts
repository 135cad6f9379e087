import { NotFound } from '../../../contracts/problems.ts'
import type { Exchange } from '../../platform/http/serve.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { announceEnd } from './announce-end.ts'
import { revokeSessionOf } from './store.ts'

/** Ends one of the account's own sessions; another person's is not found. Throws Problem(NotFound). */
export async function revokeSession(work: Work, sessionId: string, exchange: Exchange): Promise<{ revoked: true }> {
  if (!(await revokeSessionOf(work, work.actor.id, sessionId))) throw new Problem(NotFound)
  announceEnd(work, sessionId)
  work.note({ objectType: 'session', objectId: sessionId })
  if (sessionId === work.actor.sessionId) exchange.setSession(undefined)
  return { revoked: true }
}

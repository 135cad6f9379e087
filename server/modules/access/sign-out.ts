import type { Exchange } from '../../platform/http/serve.ts'
import type { Work } from '../../platform/work.ts'
import { announceEnd } from './announce-end.ts'
import { revokeSessionOf } from './store.ts'

/** Ends this session and takes its cookie away. */
export async function signOut(work: Work, exchange: Exchange): Promise<{ signedOut: true }> {
  await revokeSessionOf(work, work.actor.id, work.actor.sessionId!)
  announceEnd(work, work.actor.sessionId!)
  work.note({ objectType: 'session', objectId: work.actor.sessionId! })
  exchange.setSession(undefined)
  return { signedOut: true }
}

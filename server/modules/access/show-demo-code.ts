import { NotFound } from '../../../contracts/problems.ts'
import type { Exchange } from '../../platform/http/serve.ts'
import { sha256 } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { openSecret } from './sealed-secret.ts'
import type { AccessSettings } from './settings.ts'
import { provingSession } from './store.ts'
import { codeOfStep, STEP_SECONDS, stepOf } from './totp.ts'

/**
 * The code a demo employee would read from a telephone, for a session (half-open or complete) of a demo account on a
 * demo installation; everything else is Problem(NotFound). A code that was used is not shown again: the next step's is,
 * which is accepted already (a neighbour of the current step), unless that one is used too: then `readyIn` says in how
 * many seconds it will be.
 */
export async function showDemoCode(work: Work, settings: AccessSettings, exchange: Exchange) {
  if (!settings.demo || !exchange.sessionToken) throw new Problem(NotFound)
  const session = await provingSession(work, sha256(exchange.sessionToken))
  if (!session?.demo || !session.totp_secret) throw new Problem(NotFound)
  work.note({ objectType: 'account', objectId: session.account_id })
  const secret = openSecret(settings.secret, session.account_id, session.totp_secret)
  const step = Math.max(stepOf(work.now), Number(session.totp_last_step) + 1)
  const now = work.now.getTime() / 1000
  return {
    code: codeOfStep(secret, step),
    secondsLeft: Math.ceil((step + 1) * STEP_SECONDS - now),
    readyIn: Math.max(0, Math.ceil((step - 1) * STEP_SECONDS - now)),
  }
}

import { SignInLocked, WrongCode, type Me } from '../../../contracts/access.ts'
import { NotFound, NotSignedIn } from '../../../contracts/problems.ts'
import type { Exchange } from '../../platform/http/serve.ts'
import { newToken, sha256 } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { sessionTerms } from './rules.ts'
import { openSecret } from './sealed-secret.ts'
import type { AccessSettings } from './settings.ts'
import { forgetGuesses, takeGuess, type Subject } from './store-attempts.ts'
import {
  acceptTotpStep,
  completeSession,
  currentAssignments,
  markSteppedUp,
  provingSession,
  type ProvingSession,
} from './store.ts'
import { stepOfCode } from './totp.ts'
import { employeeActor, meOf } from './who-am-i.ts'

/**
 * The second factor (TOTP, RFC 6238). For a half-open session it completes the sign-in under a new token; for a complete
 * one it proves presence again (step-up). Wrong codes of a sign-in are counted with the wrong passwords of its login, so
 * that giving the password again does not buy more guesses; wrong codes of a step-up are counted with the session alone,
 * so that a stranger who guesses passwords cannot stop a signed-in doctor from signing.
 * Throws Problem(NotSignedIn | NotFound | WrongCode | SignInLocked).
 */
export async function giveSecondFactor(
  work: Work,
  settings: AccessSettings,
  code: string,
  exchange: Exchange,
): Promise<Me> {
  const session = exchange.sessionToken && (await provingSession(work, sha256(exchange.sessionToken)))
  if (!session) throw new Problem(NotSignedIn)
  work.note({ objectType: 'account', objectId: session.account_id })
  if (!session.login || !session.totp_secret)
    throw new Problem(NotFound, { detail: 'Для этой учётной записи второй фактор не настроен.' })
  const subject: Subject = session.complete ? `session:${session.id}` : `login:${session.login}`
  const closedUntil = await takeGuess(settings.attempts, subject, work.now)
  if (closedUntil) throw new Problem(SignInLocked, { until: closedUntil.toISOString() })
  const secret = openSecret(settings.secret, session.account_id, session.totp_secret)
  const step = stepOfCode(secret, code, work.now)
  if (step === undefined || !(await acceptTotpStep(work, session.account_id, step))) throw new Problem(WrongCode)
  await forgetGuesses(work.db, subject)
  if (session.complete) await markSteppedUp(work, session.id)
  else await complete(work, session, exchange)
  return describe(work, settings, session)
}

/** The token changes with the session's power: one seen before the second factor is worth nothing after it. */
async function complete(work: Work, session: ProvingSession, exchange: Exchange): Promise<void> {
  const token = newToken()
  const expiresAt = new Date(work.now.getTime() + sessionTerms.employee.absoluteMs)
  if (!(await completeSession(work, session.id, { tokenHash: sha256(token), expiresAt })))
    throw new Problem(NotSignedIn)
  exchange.setSession(token, expiresAt)
}

async function describe(work: Work, settings: AccessSettings, session: ProvingSession): Promise<Me> {
  const places = await currentAssignments(work, session.account_id)
  const place = places.find((p) => p.id === session.assignment_id)
  if (!place) throw new Problem(NotSignedIn)
  const account = { id: session.account_id, name: session.display_name }
  const actor = employeeActor(account, place, session.id, work.now)
  work.note({ actor })
  return meOf(actor, { places, currentId: place.id, needsSecondFactor: false, demo: settings.demo })
}

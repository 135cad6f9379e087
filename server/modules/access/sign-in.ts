import { SignInLocked, WrongPassword, type Me } from '../../../contracts/access.ts'
import { NotAllowed } from '../../../contracts/problems.ts'
import type { Exchange } from '../../platform/http/serve.ts'
import { newId, newToken, sha256 } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { passwordFits } from './passwords.ts'
import { firstPlace, HALF_OPEN_MS, normalLogin } from './rules.ts'
import type { AccessSettings } from './settings.ts'
import { giveGuessBack, takeGuess } from './store-attempts.ts'
import { employeeByLogin, type EmployeeRow } from './store-employees.ts'
import { currentAssignments, insertSession, revokeByHash } from './store.ts'
import { employeeActor, meOf } from './who-am-i.ts'

/**
 * The first factor: a right password opens a half-open session, whose token goes into the cookie and which may only
 * give the second factor within ten minutes. A login that does not exist answers like a wrong password, in the same
 * time, and is closed after as many guesses. Throws Problem(WrongPassword | SignInLocked | NotAllowed).
 */
export async function signIn(
  work: Work,
  settings: AccessSettings,
  input: { login: string; password: string },
  exchange: Exchange,
): Promise<Me> {
  const login = normalLogin(input.login)
  const closedUntil = await takeGuess(settings.attempts, `login:${login}`, work.now)
  if (closedUntil) throw new Problem(SignInLocked, { until: closedUntil.toISOString() })
  const employee = await employeeByLogin(work, login)
  if (employee) work.note({ objectType: 'account', objectId: employee.account_id })
  const fits = await passwordFits(employee?.password_hash, input.password)
  if (!employee || !fits) throw new Problem(WrongPassword)
  return openHalf(work, settings, employee, exchange)
}

async function openHalf(work: Work, settings: AccessSettings, employee: EmployeeRow, exchange: Exchange): Promise<Me> {
  if (employee.blocked_at) throw new Problem(NotAllowed, { detail: 'Учётная запись заблокирована.' })
  const places = await currentAssignments(work, employee.account_id)
  const place = firstPlace(places, employee.last_assignment_id ?? undefined)
  if (!place) throw new Problem(NotAllowed, { detail: 'У учётной записи нет действующего рабочего места.' })
  const token = newToken()
  const expiresAt = new Date(work.now.getTime() + HALF_OPEN_MS)
  const session = {
    id: newId(),
    tokenHash: sha256(token),
    accountId: employee.account_id,
    assignmentId: place.id,
    method: 'password' as const,
    complete: false,
    userAgent: exchange.userAgent,
    address: exchange.address,
    expiresAt,
  }
  await Promise.all([
    exchange.sessionToken && revokeByHash(work, sha256(exchange.sessionToken)),
    giveGuessBack(work.db, `login:${employee.login}`),
    insertSession(work, session),
  ])
  exchange.setSession(token, expiresAt)
  const actor = employeeActor({ id: employee.account_id, name: employee.display_name }, place, session.id)
  work.note({ actor })
  return meOf(actor, { places, currentId: place.id, needsSecondFactor: true, demo: settings.demo })
}

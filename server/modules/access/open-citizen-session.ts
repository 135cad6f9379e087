import { NotAllowed } from '../../../contracts/problems.ts'
import { newId, newToken, sha256 } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Actor, Work } from '../../platform/work.ts'
import { sessionTerms } from './rules.ts'
import { accountOfIdentity, type EsiaIdentity } from './store-citizens.ts'
import { insertSession, revokeByHash } from './store.ts'

/** A citizen's fresh session: its token for the cookie, and the actor to go on as. */
export type OpenedSession = { accountId: string; token: string; expiresAt: Date; actor: Actor }

/**
 * Signs a citizen in by what ЕСИА said: finds or makes the account, keeps the identity, opens a session. A session this
 * browser had is ended. An unconfirmed person is let in as well: what they may see is for `patients` to decide.
 * Throws Problem(NotAllowed) when the account is blocked.
 */
export async function openCitizenSession(
  work: Work,
  identity: EsiaIdentity,
  exchange: { address: string; userAgent: string; sessionToken: string | undefined },
): Promise<OpenedSession> {
  const { accountId, blocked, name } = await accountOfIdentity(work, identity, newId())
  work.note({ objectType: 'account', objectId: accountId })
  if (blocked) throw new Problem(NotAllowed, { detail: 'Учётная запись заблокирована.' })
  const token = newToken()
  const sessionId = newId()
  const expiresAt = new Date(work.now.getTime() + sessionTerms.citizen.absoluteMs)
  await Promise.all([
    exchange.sessionToken && revokeByHash(work, sha256(exchange.sessionToken)),
    insertSession(work, {
      id: sessionId,
      tokenHash: sha256(token),
      accountId,
      assignmentId: null,
      method: 'esia',
      complete: true,
      userAgent: exchange.userAgent,
      address: exchange.address,
      expiresAt,
    }),
  ])
  const actor: Actor = { id: accountId, kind: 'citizen', role: 'citizen', name, sessionId }
  work.note({ actor })
  return { accountId, token, expiresAt, actor }
}

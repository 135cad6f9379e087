import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import {
  NoSuchSystemSession,
  SystemNameTaken,
  SystemNotAllowed,
  SystemNotFound,
  type ExternalSystem,
  type SystemInterface,
} from '../../../contracts/other-systems.ts'
import { NotSignedIn, TooManyRequests } from '../../../contracts/problems.ts'
import type { DB } from '../../platform/database/db.generated.ts'
import { newId, sha256 } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { minutesLater } from '../../platform/time.ts'
import type { Actor, Work } from '../../platform/work.ts'
import * as store from './store-systems.ts'

/** How long a session of another system lasts after the patient was named; our choice, the protocols give none. */
const SESSION_MINUTES = 60

type NewSystem = Pick<ExternalSystem, 'name' | 'interfaces' | 'organizationIds' | 'requestsPerMinute'>

/**
 * Gives another system access. The token is a random UUID (the protocols carry a GUID); it is in this reply only. An
 * administrator of one organisation connects systems to that organisation. Throws SystemNameTaken, SystemNotAllowed.
 */
export async function registerSystem(
  work: Work,
  wanted: NewSystem,
): Promise<{ system: ExternalSystem; token: string }> {
  const own = work.actor.organizationId
  if (own && (wanted.organizationIds?.length !== 1 || wanted.organizationIds[0] !== own))
    throw new Problem(SystemNotAllowed, { detail: 'Подключить систему вы можете только к своей организации.' })
  const token = randomUUID()
  const system: store.SystemRow = { ...wanted, id: newId(), createdAt: work.now, revokedAt: null, seenAt: null }
  work.note({ objectType: 'external-system', objectId: system.id })
  if (!(await store.insertSystem(work, { ...system, name: wanted.name.trim() }, sha256(token))))
    throw new Problem(SystemNameTaken)
  return { system: describe({ ...system, name: wanted.name.trim() }), token }
}

/** Systems that were given access, revoked ones last. An administrator of one organisation sees those of that one. */
export async function listSystems(work: Work): Promise<{ systems: ExternalSystem[] }> {
  const systems = await store.allSystems(work)
  return { systems: systems.filter((system) => isManagedBy(work.actor, system)).map(describe) }
}

/** One of the systems that this administrator sees, also when its access is over. Throws SystemNotFound. */
export async function managedSystem(work: Work, systemId: string): Promise<ExternalSystem> {
  const { systems } = await listSystems(work)
  const system = systems.find(({ id }) => id === systemId)
  if (!system) throw new Problem(SystemNotFound)
  return system
}

/** Takes the access back: the next request with the token is refused. Throws SystemNotFound. */
export async function revokeSystem(work: Work, systemId: string): Promise<{ revoked: true }> {
  work.note({ objectType: 'external-system', objectId: systemId })
  const system = await store.findLiveSystem(work, systemId)
  if (!system || !isManagedBy(work.actor, system)) throw new Problem(SystemNotFound)
  await store.closeSystem(work, systemId)
  return { revoked: true }
}

const isManagedBy = (actor: Actor, { organizationIds }: store.SystemRow): boolean =>
  !actor.organizationId || (organizationIds?.length === 1 && organizationIds[0] === actor.organizationId)

const describe = (system: store.SystemRow): ExternalSystem => ({
  id: system.id,
  name: system.name,
  interfaces: system.interfaces,
  organizationIds: system.organizationIds,
  requestsPerMinute: system.requestsPerMinute,
  createdAt: system.createdAt.toISOString(),
  revokedAt: system.revokedAt?.toISOString() ?? null,
  seenAt: system.seenAt?.toISOString() ?? null,
})

/**
 * Who comes with this token, by this protocol, and why it may not: SystemNotAllowed (another protocol), TooManyRequests;
 * the refusal is given and not thrown, so that it is journalled under the system's name. Counts the request in a statement
 * of its own, before anything is judged. Throws NotSignedIn (unknown or revoked).
 */
export async function admitSystem(
  db: Kysely<DB>,
  { token, by, now }: { token: string; by: SystemInterface; now: Date },
): Promise<{ actor: Actor; refusal: Problem | undefined }> {
  const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000)
  const system = await store.countRequest(db, sha256(token.toLowerCase()), minute)
  if (!system)
    throw new Problem(NotSignedIn, {
      detail: 'Токен системы не подходит.',
      advice: 'Проверьте токен у администратора.',
    })
  const actor: Actor = {
    id: system.id,
    kind: 'system-account',
    role: 'external-system',
    name: system.name,
    ...(system.organizationIds && { organizationIds: system.organizationIds }),
  }
  return { actor, refusal: refusalOf(system, by) }
}

function refusalOf(system: store.SystemRow & { requests: number }, by: SystemInterface): Problem | undefined {
  if (!system.interfaces.includes(by))
    return new Problem(SystemNotAllowed, { detail: 'Этот протокол системе не разрешён.' })
  return system.requests > system.requestsPerMinute ? new Problem(TooManyRequests) : undefined
}

/** Opens the system's session about a patient; the system makes the id. The same id again is about the newest patient. */
export const openSystemSession = (work: Work, sessionId: string, patientId: string): Promise<void> =>
  store.putSession(work, { sessionId, patientId, expiresAt: minutesLater(work.now, SESSION_MINUTES) })

/** The patient a session of this system is about. Throws NoSuchSystemSession, for another system's session too. */
export async function patientOfSystemSession(work: Work, sessionId: string): Promise<string> {
  const patientId = await store.patientOfSession(work, sessionId)
  if (patientId === undefined) throw new Problem(NoSuchSystemSession)
  return patientId
}

import type { Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { sha256 } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { ESIA_REQUEST_MS } from './rules.ts'
import { deleteEsiaRequest, insertEsiaRequest } from './store-citizens.ts'
import { anyDemoAccount, closeAssignment, blockAndEndSessions } from './store-employees.ts'

export { authenticate } from './authenticate.ts'
export {
  addAssignment,
  createEmployee,
  importEmployees,
  type CreatedEmployee,
  type NewAssignment,
  type NewEmployee,
} from './create-employee.ts'
export { liveActor } from './live-actor.ts'
export { openCitizenSession, type OpenedSession } from './open-citizen-session.ts'
export { admitSystem, managedSystem, openSystemSession, patientOfSystemSession } from './other-systems.ts'
export type { AccessSettings } from './settings.ts'
export { contactsOf, type EsiaIdentity } from './store-citizens.ts'

/** Whether this database holds anybody of the demo: `rmis serve` refuses to run over it. */
export const isDemoPresent = (db: Kysely<DB>): Promise<boolean> => anyDemoAccount(db)

/** Ends a capacity; sessions that act in it end with it at once. False when there is none that still runs. */
export const endAssignment = (db: Kysely<DB>, id: string, at: Date): Promise<boolean> => closeAssignment(db, id, at)

/** Keeps a person out: nobody signs in with the account, and its sessions end at once. */
export const blockAccount = (db: Kysely<DB>, accountId: string, at: Date): Promise<void> =>
  blockAndEndSessions(db, accountId, at)

/** Remembers a sign-in that leaves for ЕСИА: `state` comes back once, to the browser that holds `browserToken`. */
export const leaveForEsia = (
  work: Work,
  request: { state: string; browserToken: string; returnTo: string },
): Promise<void> =>
  insertEsiaRequest(work, {
    state: request.state,
    browserHash: sha256(request.browserToken),
    returnTo: request.returnTo,
    expiresAt: new Date(work.now.getTime() + ESIA_REQUEST_MS),
  })

/** Takes a sign-in that came back from ЕСИА; undefined when it is unknown, used, late, or another browser's. */
export const returnFromEsia = (
  work: Work,
  request: { state: string; browserToken: string },
): Promise<{ returnTo: string } | undefined> => deleteEsiaRequest(work, request.state, sha256(request.browserToken))

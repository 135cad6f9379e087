import type { Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { sha256 } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { ESIA_REQUEST_MS } from './rules.ts'
import { deleteEsiaRequest, insertCitizens, insertEsiaRequest, type EsiaIdentity } from './store-citizens.ts'
import { anyDemoAccount, closeAssignment, setBlocked } from './store-employees.ts'
import { accountsById } from './store.ts'

export { authenticate } from './authenticate.ts'
export {
  addAssignment,
  createEmployee,
  importEmployees,
  type CreatedEmployee,
  type NewAssignment,
  type NewEmployee,
} from './create-employee.ts'
export { openCitizenSession, type OpenedSession } from './open-citizen-session.ts'
export type { AccessSettings } from './settings.ts'
export type { EsiaIdentity } from './store-citizens.ts'

/** An account's name, for pages that show who did something. */
export type AccountName = { id: string; kind: 'citizen' | 'employee'; name: string }

/** Names of accounts; ids nobody has are left out. */
export async function accountsByIds(work: Work, ids: readonly string[]): Promise<Map<string, AccountName>> {
  const rows = await accountsById(work, ids)
  return new Map(rows.map((r) => [r.id, { id: r.id, kind: r.kind as AccountName['kind'], name: r.display_name }]))
}

/** Whether this database holds anybody of the demo: `rmis serve` refuses to run over it. */
export const isDemoPresent = (db: Kysely<DB>): Promise<boolean> => anyDemoAccount(db)

/** Ends a capacity; sessions that act in it end with it at once. False when there is none that still runs. */
export const endAssignment = (db: Kysely<DB>, id: string, at: Date): Promise<boolean> => closeAssignment(db, id, at)

/** Keeps a person out: nobody signs in with the account, and its sessions end at once. */
export const blockAccount = (db: Kysely<DB>, accountId: string, at: Date): Promise<void> =>
  setBlocked(db, accountId, at)

/** Lets a blocked person sign in again. */
export const unblockAccount = (db: Kysely<DB>, accountId: string): Promise<void> => setBlocked(db, accountId, null)

/** A citizen's account with what ЕСИА would say, for the demo region. */
export type NewCitizen = EsiaIdentity & { accountId: string; demo: boolean }

/** Makes citizens' accounts in bulk, as if each had signed in at `now`; repeating it changes nothing. */
export async function importCitizens(db: Kysely<DB>, now: Date, citizens: readonly NewCitizen[]): Promise<void> {
  for (let i = 0; i < citizens.length; i += 1000) await insertCitizens(db, citizens.slice(i, i + 1000), now)
}

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

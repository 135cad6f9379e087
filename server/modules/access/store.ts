import { sql, type Kysely, type Transaction } from 'kysely'
import type { Role } from '../../../contracts/endpoint.ts'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'
import { sessionTerms, type Assignment } from './rules.ts'

type SignInMethod = 'esia' | 'password' | 'password+totp'

/** A session that may still be used at this moment: not revoked, not past its end, not left idle too long. */
const isLive = (now: Date) => sql<boolean>`s.revoked_at is null and s.expires_at > ${now} and s.seen_at >
  case s.method when 'esia' then ${new Date(now.getTime() - sessionTerms.citizen.idleMs)}::timestamptz
  else ${new Date(now.getTime() - sessionTerms.employee.idleMs)}::timestamptz end`

const isCurrent = (now: Date) => sql<boolean>`g.since <= ${now} and (g.until is null or g.until > ${now})`

export type LiveSession = {
  session_id: string
  account_id: string
  kind: 'citizen' | 'employee'
  display_name: string
  role: Role | null
  organization_id: string | null
  staff_id: string | null
  stepped_up_at: Date | null
  seen_at: Date
}

/** Whom a session belongs to and what they act as, in one statement: it is on the way of every request. */
export async function liveSessionByHash(
  db: Transaction<DB>,
  tokenHash: Buffer,
  now: Date,
): Promise<LiveSession | undefined> {
  const { rows } = await sql<LiveSession>`
    select s.id as session_id, a.id as account_id, a.kind, a.display_name, g.role, g.organization_id, g.staff_id,
      s.stepped_up_at, s.seen_at
    from access.session s
    join access.account a on a.id = s.account_id and a.blocked_at is null
    left join access.assignment g on g.id = s.assignment_id and g.account_id = a.id and ${isCurrent(now)}
    where s.token_hash = ${tokenHash} and s.complete and ${isLive(now)}`.execute(db)
  return rows[0]
}

/** Marks the session as used now. Skips a row another request is marking: the mark is the same and need not be waited for. */
export async function markSeen(db: Kysely<DB>, sessionId: string, now: Date): Promise<void> {
  await sql`update access.session set seen_at = ${now} where id in
    (select id from access.session where id = ${sessionId} and seen_at < ${now} for no key update skip locked)`.execute(
    db,
  )
}

export type ProvingSession = {
  id: string
  account_id: string
  display_name: string
  demo: boolean
  complete: boolean
  assignment_id: string | null
  login: string | null
  totp_secret: string | null
  totp_last_step: string | null
  expires_at: Date
}

/** A live session of either kind, half-open or complete, with what is needed to judge its second factor. */
export async function provingSession(work: Work, tokenHash: Buffer): Promise<ProvingSession | undefined> {
  const { rows } = await sql<ProvingSession>`
    select s.id, s.account_id, a.display_name, a.demo, s.complete, s.assignment_id, l.login, l.totp_secret,
      l.totp_last_step, s.expires_at
    from access.session s
    join access.account a on a.id = s.account_id and a.blocked_at is null
    left join access.employee_login l on l.account_id = a.id
    where s.token_hash = ${tokenHash} and ${isLive(work.now)}`.execute(work.db)
  return rows[0]
}

/** A new session, half-open or complete. */
export async function insertSession(
  work: Work,
  session: {
    id: string
    tokenHash: Buffer
    accountId: string
    assignmentId: string | null
    method: SignInMethod
    complete: boolean
    userAgent: string
    address: string
    expiresAt: Date
  },
): Promise<void> {
  await work.db
    .insertInto('access.session')
    .values({
      id: session.id,
      token_hash: session.tokenHash,
      account_id: session.accountId,
      assignment_id: session.assignmentId,
      method: session.method,
      complete: session.complete,
      user_agent: session.userAgent || null,
      address: session.address || null,
      created_at: work.now,
      seen_at: work.now,
      expires_at: session.expiresAt,
    })
    .execute()
}

/** Makes a half-open session whole under a new token; false when another request has done it or it was revoked. */
export async function completeSession(
  work: Work,
  id: string,
  change: { tokenHash: Buffer; expiresAt: Date },
): Promise<boolean> {
  const done = await work.db
    .updateTable('access.session')
    .set({
      token_hash: change.tokenHash,
      complete: true,
      method: 'password+totp',
      expires_at: change.expiresAt,
      seen_at: work.now,
      stepped_up_at: work.now,
    })
    .where('id', '=', id)
    .where('complete', '=', false)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Notes that presence was proved again in a complete session. */
export async function markSteppedUp(work: Work, id: string): Promise<void> {
  await work.db.updateTable('access.session').set({ stepped_up_at: work.now }).where('id', '=', id).execute()
}

/**
 * Accepts the code of a step unless that step or a later one was accepted before. The guard in the UPDATE is what makes
 * «each code works once» true: of two requests with one code the second waits for the row and then matches nothing.
 */
export async function acceptTotpStep(work: Work, accountId: string, step: number): Promise<boolean> {
  const done = await work.db
    .updateTable('access.employee_login')
    .set({ totp_last_step: String(step) })
    .where('account_id', '=', accountId)
    .where('totp_last_step', '<', String(step))
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Live complete sessions of an account, the one used last first. */
export async function sessionsOf(work: Work, accountId: string) {
  const { rows } = await sql<{
    id: string
    method: SignInMethod
    user_agent: string | null
    address: string | null
    created_at: Date
    seen_at: Date
    expires_at: Date
  }>`select s.id, s.method, s.user_agent, s.address, s.created_at, s.seen_at, s.expires_at from access.session s
    where s.account_id = ${accountId} and s.complete and ${isLive(work.now)} order by s.seen_at desc, s.id`.execute(
    work.db,
  )
  return rows
}

/** Ends a session of this account; false when there is no such live one. */
export async function revokeSessionOf(work: Work, accountId: string, id: string): Promise<boolean> {
  const done = await work.db
    .updateTable('access.session')
    .set({ revoked_at: work.now })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Ends whatever session this browser had before it signs in anew. */
export async function revokeByHash(work: Work, tokenHash: Buffer): Promise<void> {
  await work.db
    .updateTable('access.session')
    .set({ revoked_at: work.now })
    .where('token_hash', '=', tokenHash)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Lets the session act in another of its account's current capacities; false when the capacity is not one of them. */
export async function setAssignment(
  work: Work,
  sessionId: string,
  accountId: string,
  assignmentId: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update access.session s set assignment_id = g.id from access.assignment g
    where s.id = ${sessionId} and s.account_id = ${accountId}
      and g.id = ${assignmentId} and g.account_id = s.account_id and ${isCurrent(work.now)}`.execute(work.db)
  return numAffectedRows === 1n
}

/** Current capacities of an account, the earliest first. */
export async function currentAssignments(work: Work, accountId: string): Promise<Assignment[]> {
  const { rows } = await sql<{ id: string; role: Role; organization_id: string | null; staff_id: string | null }>`
    select g.id, g.role, g.organization_id, g.staff_id from access.assignment g
    where g.account_id = ${accountId} and ${isCurrent(work.now)} order by g.since, g.id`.execute(work.db)
  return rows.map((g) => ({ id: g.id, role: g.role, organizationId: g.organization_id, staffId: g.staff_id }))
}

/** The capacity a session acts in. */
export async function assignmentOfSession(work: Work, sessionId: string): Promise<string | undefined> {
  const row = await work.db
    .selectFrom('access.session')
    .select('assignment_id')
    .where('id', '=', sessionId)
    .executeTakeFirst()
  return row?.assignment_id ?? undefined
}

/** Forgets sessions that ended before the moment, and sign-ins that never came back from ЕСИА. */
export async function forgetEnded(db: Kysely<DB>, endedBefore: Date, now: Date): Promise<void> {
  await Promise.all([
    sql`delete from access.session where expires_at < ${endedBefore} or revoked_at < ${endedBefore}`.execute(db),
    db.deleteFrom('access.esia_request').where('expires_at', '<', now).execute(),
  ])
}

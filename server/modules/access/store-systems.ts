import { sql, type Kysely } from 'kysely'
import type { SystemInterface } from '../../../contracts/other-systems.ts'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'

/** Another system as it is kept; `seenAt` is the minute of its latest request. */
export type SystemRow = {
  id: string
  name: string
  interfaces: SystemInterface[]
  organizationIds: string[] | null
  requestsPerMinute: number
  createdAt: Date
  revokedAt: Date | null
  seenAt: Date | null
}

const columns = sql`s.id, s.name, s.interfaces, s.organization_ids as "organizationIds",
  s.requests_per_minute as "requestsPerMinute", s.created_at as "createdAt", s.revoked_at as "revokedAt"`

/** Adds a system; false when a live one has the name. */
export async function insertSystem(work: Work, system: SystemRow, tokenHash: Buffer): Promise<boolean> {
  const done =
    await sql`insert into access.external_system (id, name, interfaces, organization_ids, requests_per_minute,
      token_hash, created_by, created_at)
    values (${system.id}, ${system.name}, ${system.interfaces}::text[], ${system.organizationIds}::uuid[],
      ${system.requestsPerMinute}, ${tokenHash}, ${work.actor.id}, ${system.createdAt})
    on conflict do nothing`.execute(work.db)
  return done.numAffectedRows === 1n
}

/** Systems, the live ones first, then by name. */
export async function allSystems(work: Work): Promise<SystemRow[]> {
  const { rows } = await sql<SystemRow>`select ${columns}, l.minute as "seenAt"
    from access.external_system s left join access.external_load l on l.system_id = s.id
    order by s.revoked_at is not null, lower(s.name), s.created_at`.execute(work.db)
  return rows
}

export async function findLiveSystem(work: Work, id: string): Promise<SystemRow | undefined> {
  const { rows } = await sql<SystemRow>`select ${columns}, null as "seenAt" from access.external_system s
    where s.id = ${id} and s.revoked_at is null for update`.execute(work.db)
  return rows[0]
}

export async function closeSystem(work: Work, id: string): Promise<void> {
  await sql`update access.external_system set revoked_at = ${work.now} where id = ${id} and revoked_at is null`.execute(
    work.db,
  )
}

/** The live system of a token, with this request counted to its minute; undefined when there is none. One statement. */
export async function countRequest(
  db: Kysely<DB>,
  tokenHash: Buffer,
  minute: Date,
): Promise<(SystemRow & { requests: number }) | undefined> {
  const { rows } = await sql<SystemRow & { requests: number }>`
    with s as (select * from access.external_system where token_hash = ${tokenHash} and revoked_at is null),
    counted as (
      insert into access.external_load as l (system_id, minute, requests) select s.id, ${minute}, 1 from s
      on conflict (system_id) do update set minute = excluded.minute,
        requests = case when l.minute = excluded.minute then l.requests + 1 else 1 end
      returning l.minute, l.requests)
    select ${columns}, c.minute as "seenAt", c.requests from s, counted c`.execute(db)
  return rows[0]
}

/** Opens a session about a patient, or turns it to another one; a session id that is over begins anew. */
export async function putSession(
  work: Work,
  session: { sessionId: string; patientId: string; expiresAt: Date },
): Promise<void> {
  await sql`insert into access.external_session (system_id, session_id, patient_id, created_at, expires_at)
    values (${work.actor.id}, ${session.sessionId}, ${session.patientId}, ${work.now}, ${session.expiresAt})
    on conflict (system_id, session_id) do update set patient_id = excluded.patient_id, expires_at = excluded.expires_at`.execute(
    work.db,
  )
}

/** The patient of a session of this system that is not over. */
export async function patientOfSession(work: Work, sessionId: string): Promise<string | undefined> {
  const { rows } = await sql<{ patientId: string }>`select patient_id as "patientId" from access.external_session
    where system_id = ${work.actor.id} and session_id = ${sessionId} and expires_at > ${work.now}`.execute(work.db)
  return rows[0]?.patientId
}

export async function forgetOldSessions(db: Kysely<DB>, before: Date): Promise<void> {
  await sql`delete from access.external_session where expires_at < ${before}`.execute(db)
}

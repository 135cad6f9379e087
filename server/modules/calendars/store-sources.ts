import { sql, type RawBuilder } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { Failure } from './ports.ts'

/** A calendar outside as it is kept. */
export type SourceRow = {
  organizationId: string
  id: string
  staffId: string
  name: string
  kind: 'ics' | 'caldav'
  host: string
  sealed: Buffer
  readAt: Date | null
  knownUntil: Date | null
  etag: string | null
  lastModified: string | null
  busyTimes: number
  failingSince: Date | null
  failure: Failure | null
  failures: number
}

const columns = sql`s.organization_id as "organizationId", s.id, s.staff_id as "staffId", s.name, s.kind, s.host, s.sealed,
  s.read_at as "readAt", s.known_until as "knownUntil", s.etag, s.last_modified as "lastModified", s.busy_times as "busyTimes",
  s.failing_since as "failingSince", s.failure, s.failures`
const isLive = (organizationId: string, id: string): RawBuilder<unknown> =>
  sql`s.organization_id = ${organizationId} and s.id = ${id} and s.removed_at is null`

/** Live calendars of an organisation, of one doctor when named, in the order they came. */
export async function liveSources(
  work: Work,
  organizationId: string,
  staffId: string | undefined,
): Promise<SourceRow[]> {
  const { rows } = await sql<SourceRow>`select ${columns} from calendars.source s
    where s.organization_id = ${organizationId} and s.removed_at is null
      ${staffId ? sql`and s.staff_id = ${staffId}` : sql``} order by s.staff_id, s.created_at, s.id`.execute(work.db)
  return rows
}

/** A live calendar, locked until the end of the work. */
export async function lockSource(work: Work, organizationId: string, id: string): Promise<SourceRow | undefined> {
  const { rows } = await sql<SourceRow>`select ${columns} from calendars.source s
    where ${isLive(organizationId, id)} for update`.execute(work.db)
  return rows[0]
}

/**
 * Adds a calendar at the first place that is free; false when there is none, or when another took it in this moment
 * (`source_place`).
 */
export async function insertSource(
  work: Work,
  s: Pick<SourceRow, 'organizationId' | 'id' | 'staffId' | 'name' | 'kind' | 'host' | 'sealed'>,
): Promise<boolean> {
  const done =
    await sql`insert into calendars.source (organization_id, id, staff_id, place, name, kind, host, sealed, created_by,
      created_at, next_at)
    select ${s.organizationId}, ${s.id}, ${s.staffId}, min(n), ${s.name}, ${s.kind}, ${s.host}, ${s.sealed}::bytea,
      ${work.actor.id}::uuid, ${work.now}::timestamptz, ${work.now}::timestamptz
    from generate_series(1, 5) n where not exists (select from calendars.source o
      where o.organization_id = ${s.organizationId} and o.staff_id = ${s.staffId} and o.place = n and o.removed_at is null)
    having min(n) is not null on conflict do nothing`.execute(work.db)
  return done.numAffectedRows === 1n
}

export async function markSourceRemoved(work: Work, organizationId: string, id: string): Promise<void> {
  await sql`update calendars.source s set removed_at = ${work.now} where ${isLive(organizationId, id)}`.execute(work.db)
}

/** Has it read as soon as the job comes by. */
export async function readSoon(work: Work, organizationId: string, id: string): Promise<boolean> {
  const done = await sql`update calendars.source s set next_at = ${work.now}
    where ${isLive(organizationId, id)}`.execute(work.db)
  return done.numAffectedRows === 1n
}

/** Takes calendars whose time has come, so that no other node reads them until `until`. */
export async function claimSources(work: Work, limit: number, until: Date): Promise<SourceRow[]> {
  const { rows } = await sql<SourceRow>`update calendars.source s set claimed_until = ${until}
    from (select organization_id, id from calendars.source
      where removed_at is null and next_at <= ${work.now} and (claimed_until is null or claimed_until <= ${work.now})
      order by next_at limit ${limit} for update skip locked) d
    where d.organization_id = s.organization_id and d.id = s.id returning ${columns}`.execute(work.db)
  return rows
}

/** Keeps that it was read well. */
export async function noteRead(
  work: Work,
  source: Pick<SourceRow, 'organizationId' | 'id'>,
  read: { nextAt: Date } & Partial<Pick<SourceRow, 'knownUntil' | 'etag' | 'lastModified' | 'busyTimes'>>,
): Promise<void> {
  const fresh = read.knownUntil
    ? sql`, known_until = ${read.knownUntil}, etag = ${read.etag ?? null}, last_modified = ${read.lastModified ?? null},
        busy_times = ${read.busyTimes ?? 0}`
    : sql``
  await sql`update calendars.source s set read_at = ${work.now}, failing_since = null, failure = null, failures = 0,
      claimed_until = null, next_at = ${read.nextAt} ${fresh}
    where ${isLive(source.organizationId, source.id)}`.execute(work.db)
}

/** Keeps that it could not be read, since when, and when to try again. What was known stays. */
export async function noteFailed(
  work: Work,
  source: Pick<SourceRow, 'organizationId' | 'id'>,
  failure: Failure,
  nextAt: Date,
): Promise<void> {
  await sql`update calendars.source s set failing_since = coalesce(failing_since, ${work.now}), failure = ${failure},
      failures = least(failures + 1, 1000), claimed_until = null, next_at = ${nextAt}
    where ${isLive(source.organizationId, source.id)}`.execute(work.db)
}

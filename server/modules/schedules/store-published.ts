import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { SlotKind } from './pattern.ts'
import { LONGEST_SLOT, type Interval, type SlotStatus } from './rules.ts'
import type { SlotKey } from './slot-ref.ts'

/** A published time as an edit of the timetable looks at it. `version` 0: nobody ever had it. */
export type PublishedTime = SlotKey &
  Interval & {
    staffId: string
    roomId: string
    specialtyCode: string
    kind: SlotKind
    status: SlotStatus
    holdUntil: Date | null
    appointmentId: string | null
    closedFor: 'absence' | 'calendar' | 'edit' | 'external' | null
    closedBy: string | null
    version: number
  }

/** Times of these doctors or rooms that overlap [from, until), whatever their state, earliest first. */
export async function publishedTimes(
  work: Work,
  organizationId: string,
  resources: readonly string[],
  from: Date,
  until: Date,
): Promise<PublishedTime[]> {
  const earliest = new Date(from.getTime() - LONGEST_SLOT * 60_000)
  const { rows } = await sql<PublishedTime>`
    select s.organization_id as "organizationId", s.schedule_id as "scheduleId", s.starts_at as "startsAt", s.seq, s.ends_at as "endsAt",
      t.practitioner_role_id as "staffId", t.room_id as "roomId", t.specialty_code as "specialtyCode", s.kind, s.status,
      s.hold_until as "holdUntil", s.appointment_id as "appointmentId", s.closed_for as "closedFor", s.closed_by as "closedBy", s.version
    from schedules.schedule t join lateral (
      select * from schedules.slot s where s.organization_id = t.organization_id and s.schedule_id = t.id
        and s.starts_at < ${until} and s.starts_at > ${earliest} and s.ends_at > ${from} offset 0
    ) s on true
    where t.organization_id = ${organizationId}
      and (t.practitioner_role_id = any(${[...resources]}::uuid[]) or t.room_id = any(${[...resources]}::uuid[]))
    order by s.starts_at, s.schedule_id, s.seq`.execute(work.db)
  return rows
}

type Key = Pick<SlotKey, 'organizationId' | 'scheduleId' | 'startsAt' | 'seq'>

const keysOf = (keys: readonly Key[]) => sql`unnest(${keys.map((k) => k.organizationId)}::uuid[],
  ${keys.map((k) => k.scheduleId)}::uuid[], ${keys.map((k) => k.startsAt.toISOString())}::timestamptz[],
  ${keys.map((k) => k.seq)}::smallint[])`
const matches = sql`s.organization_id = n.organization_id and s.schedule_id = n.schedule_id and s.starts_at = n.starts_at and s.seq = n.seq`

/**
 * Closes times that nobody is booked to, each for its reason. Whoever holds one loses it, except to a calendar outside:
 * that does not take a time from the hands of who is just choosing it, and the next look closes it. Returns how many.
 */
export async function closeTimes(
  work: Work,
  times: readonly (Key & { closing: { for: 'absence' | 'calendar' | 'edit' | 'external'; by: string } })[],
): Promise<number> {
  if (times.length === 0) return 0
  const done = await sql`update schedules.slot s
    set status = 'closed', closed_for = r.closed_for, closed_by = r.closed_by, hold_id = null, hold_until = null, version = s.version + 1
    from (select n.*, row_number() over () as i from ${keysOf(times)} as n (organization_id, schedule_id, starts_at, seq)) n
    join unnest(${times.map((t) => t.closing.for)}::text[], ${times.map((t) => t.closing.by)}::uuid[]) with ordinality
      as r (closed_for, closed_by, i) on r.i = n.i
    where ${matches} and (s.status = 'free' or s.closed_for is not null)
      and (r.closed_for <> 'external' or s.hold_until is null or s.hold_until <= ${work.now})`.execute(work.db)
  return Number(done.numAffectedRows ?? 0n)
}

/** Opens times that were closed by themselves. Returns those that opened. */
export async function openTimes(work: Work, times: readonly Key[]): Promise<SlotKey[]> {
  if (times.length === 0) return []
  const { rows } =
    await sql<SlotKey>`update schedules.slot s set status = 'free', closed_for = null, closed_by = null, version = s.version + 1
    from ${keysOf(times)} as n (organization_id, schedule_id, starts_at, seq)
    where ${matches} and s.closed_for is not null
    returning s.organization_id as "organizationId", s.schedule_id as "scheduleId", s.starts_at as "startsAt", s.seq`.execute(
      work.db,
    )
  return rows
}

/** Removes times that nobody ever had and nobody holds. Returns how many. */
export async function deleteTimes(work: Work, times: readonly Key[]): Promise<number> {
  if (times.length === 0) return 0
  const done =
    await sql`delete from schedules.slot s using ${keysOf(times)} as n (organization_id, schedule_id, starts_at, seq)
    where ${matches} and s.version = 0 and s.status <> 'booked' and (s.hold_until is null or s.hold_until <= ${work.now})`.execute(
      work.db,
    )
  return Number(done.numAffectedRows ?? 0n)
}

/** Locks times until the end of the transaction, in the order of their references, and tells who has them now. */
export async function lockTimes(
  work: Work,
  times: readonly Key[],
): Promise<(SlotKey & { status: SlotStatus; appointmentId: string | null })[]> {
  if (times.length === 0) return []
  const { rows } = await sql<SlotKey & { status: SlotStatus; appointmentId: string | null }>`
    select s.organization_id as "organizationId", s.schedule_id as "scheduleId", s.starts_at as "startsAt", s.seq, s.status,
      s.appointment_id as "appointmentId"
    from schedules.slot s join ${keysOf(times)} as n (organization_id, schedule_id, starts_at, seq) on ${matches}
    order by s.organization_id, s.schedule_id, s.starts_at, s.seq for no key update of s`.execute(work.db)
  return rows
}

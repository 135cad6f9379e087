import { sql, type RawBuilder } from 'kysely'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Waiter } from './waiting-rules.ts'

// The waiting list: every statement names the organisation first, but for a patient's own list.

export type EntryState = 'waiting' | 'offered' | 'served' | 'left' | 'lapsed'

/** An entry of the waiting list as it is kept. */
export type EntryRow = Waiter & {
  organizationId: string
  specialtyCode: string
  priority: number
  state: EntryState
  joinedBy: string
  joinedAt: Date
}

/** An entry with its place among those who wait for the same; `waiting` counts them all. */
export type QueuedEntry = EntryRow & { place: number; waiting: number }

const columns = sql`w.organization_id as "organizationId", w.id, w.patient_id as "patientId", w.specialty_code as "specialtyCode",
  w.practitioner_role_id as "staffId", w.first_day as "firstDay", w.last_day as "lastDay", w.from_time as "fromTime",
  w.until_time as "untilTime", w.channels, w.earlier, w.priority, w.state, w.joined_by as "joinedBy", w.joined_at as "joinedAt"`

const isLive = sql`w.state in ('waiting', 'offered')`

/** Specialties of an organisation that somebody waits for and has no offer of. */
export async function specialtiesWaitedFor(work: Work, organizationId: string): Promise<Set<string>> {
  const { rows } = await sql<{ code: string }>`select distinct w.specialty_code as code from booking.waiting w
    where w.organization_id = ${organizationId} and ${isLive} and w.state = 'waiting'`.execute(work.db)
  return new Set(rows.map((row) => row.code))
}

/** Locks these queues until the end of the transaction, in the order of their specialties. */
export async function lockQueues(work: Work, organizationId: string, specialties: readonly string[]): Promise<void> {
  await sql`insert into booking.waiting_queue (organization_id, specialty_code)
    select ${organizationId}, s.code from unnest(${[...specialties].sort()}::text[]) with ordinality as s (code, n) order by s.n
    on conflict (organization_id, specialty_code) do update set version = booking.waiting_queue.version + 1`.execute(
    work.db,
  )
}

/** The next in a queue, without those who have an offer, behind `after`. */
export async function nextInQueue(
  work: Work,
  organizationId: string,
  specialtyCode: string,
  after: EntryRow | undefined,
  limit: number,
): Promise<EntryRow[]> {
  const behind = after
    ? sql`and (w.priority < ${after.priority}::smallint or (w.priority = ${after.priority}::smallint
        and (w.joined_at, w.id) > (${after.joinedAt}::timestamptz, ${after.id}::uuid)))`
    : sql``
  const { rows } = await sql<EntryRow>`select ${columns} from booking.waiting w
    where w.organization_id = ${organizationId} and w.specialty_code = ${specialtyCode} and ${isLive} and w.state = 'waiting' ${behind}
    order by w.priority desc, w.joined_at, w.id limit ${limit}`.execute(work.db)
  return rows
}

/** Adds an entry; false when the patient has a live one in this queue (waiting_once). */
export async function insertEntry(work: Work, e: EntryRow): Promise<boolean> {
  const done =
    await sql`insert into booking.waiting (organization_id, id, patient_id, specialty_code, practitioner_role_id, first_day,
      last_day, from_time, until_time, channels, earlier, priority, joined_by, joined_at)
    values (${e.organizationId}, ${e.id}, ${e.patientId}, ${e.specialtyCode}, ${e.staffId}, ${e.firstDay}::date, ${e.lastDay}::date,
      ${e.fromTime}, ${e.untilTime}, ${e.channels}::text[], ${e.earlier}, ${e.priority}, ${e.joinedBy}, ${e.joinedAt})
    on conflict do nothing`.execute(work.db)
  return done.numAffectedRows === 1n
}

const queued = (where: RawBuilder<unknown>, order: RawBuilder<unknown>): RawBuilder<QueuedEntry> => sql<QueuedEntry>`
  select ${columns}, q.place, q.waiting from booking.waiting w cross join lateral (
    select count(*)::int as waiting,
      1 + count(*) filter (where (-o.priority, o.joined_at, o.id) < (-w.priority, w.joined_at, w.id))::int as place
    from booking.waiting o where o.organization_id = w.organization_id and o.specialty_code = w.specialty_code
      and o.state in ('waiting', 'offered')
  ) q where ${where} and ${isLive} order by ${order}`

/** A patient's live entries, the newest last; of one organisation when named. */
export async function entriesOfPatient(
  work: Work,
  patientId: string,
  organizationId: string | undefined,
): Promise<QueuedEntry[]> {
  const own = organizationId ? sql`and w.organization_id = ${organizationId}` : sql``
  const { rows } = await queued(sql`w.patient_id = ${patientId} ${own}`, sql`w.joined_at, w.id`).execute(work.db)
  return rows
}

/** The queues of an organisation in their order, of one specialty when named. */
export async function entriesOfOrganization(
  work: Work,
  organizationId: string,
  specialtyCode: string | undefined,
  limit: number,
): Promise<QueuedEntry[]> {
  const one = specialtyCode ? sql`and w.specialty_code = ${specialtyCode}` : sql``
  const order = sql`w.specialty_code, w.priority desc, w.joined_at, w.id limit ${limit}`
  const { rows } = await queued(sql`w.organization_id = ${organizationId} ${one}`, order).execute(work.db)
  return rows
}

/** How many wait for each specialty of an organisation. */
export async function countWaiting(work: Work, organizationId: string): Promise<{ code: string; waiting: number }[]> {
  const { rows } = await sql<{
    code: string
    waiting: number
  }>`select w.specialty_code as code, count(*)::int as waiting
    from booking.waiting w where w.organization_id = ${organizationId} and ${isLive} group by 1`.execute(work.db)
  return rows
}

type Whose = { organizationId: string } | { patientId: string }

const liveEntry = (
  whose: Whose,
  id: string,
): RawBuilder<EntryRow> => sql<EntryRow>`select ${columns} from booking.waiting w
  where ${'patientId' in whose ? sql`w.patient_id = ${whose.patientId}` : sql`w.organization_id = ${whose.organizationId}`}
    and w.id = ${id} and ${isLive}`

/** A live entry of a patient or an organisation. */
export async function findEntry(work: Work, whose: Whose, id: string): Promise<EntryRow | undefined> {
  const { rows } = await liveEntry(whose, id).execute(work.db)
  return rows[0]
}

/** The same, locked until this work ends. */
export async function lockEntry(work: Work, whose: Whose, id: string): Promise<EntryRow | undefined> {
  const { rows } = await sql<EntryRow>`${liveEntry(whose, id)} for no key update`.execute(work.db)
  return rows[0]
}

/** Takes entries from a state to another; answers with the ids of those that were in it. */
export async function changeEntries(
  work: Work,
  organizationId: string,
  ids: readonly string[],
  from: EntryState,
  to: EntryState,
): Promise<Set<string>> {
  const ended = to === 'waiting' || to === 'offered' ? null : work.now
  const { rows } = await sql<{ id: string }>`update booking.waiting w set state = ${to}, ended_at = ${ended}
    where w.organization_id = ${organizationId} and w.id = any(${[...ids]}::uuid[]) and w.state = ${from} returning w.id`.execute(
    work.db,
  )
  return new Set(rows.map((row) => row.id))
}

/** Ends the patient's entry in this queue whose days are over, so that a new one may be made. */
export async function lapseEntry(
  work: Work,
  { organizationId, specialtyCode, patientId }: EntryRow,
  today: string,
): Promise<void> {
  await sql`update booking.waiting set state = 'lapsed', ended_at = ${work.now} where organization_id = ${organizationId}
    and specialty_code = ${specialtyCode} and patient_id = ${patientId} and state = 'waiting' and last_day < ${today}::date`.execute(
    work.db,
  )
}

/** Ends every entry whose last day was over before `day`, wherever it is. */
export async function lapseEntries(work: Work, day: string): Promise<void> {
  await sql`update booking.waiting set state = 'lapsed', ended_at = ${work.now}
    where state = 'waiting' and last_day < ${day}::date`.execute(work.db)
}

/** Changes an entry's priority and keeps who did it and why. */
export async function writePriority(work: Work, entry: EntryRow, priority: number, reason: string): Promise<void> {
  const { organizationId, id } = entry
  await Promise.all([
    sql`update booking.waiting set priority = ${priority} where organization_id = ${organizationId} and id = ${id}`.execute(
      work.db,
    ),
    sql`insert into booking.waiting_priority (organization_id, id, entry_id, before, after, reason, actor_id, at)
      values (${organizationId}, ${newId()}, ${id}, ${entry.priority}, ${priority}, ${reason}, ${work.actor.id}, ${work.now})`.execute(
      work.db,
    ),
  ])
}

/** How many visits of a specialty were given back since then while their time could still be used by another. */
export async function countGivenBack(
  work: Work,
  queues: readonly { organizationId: string; specialtyCode: string }[],
  since: Date,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ queue: string; count: number }>`
    select q.organization_id || ' ' || q.specialty_code as queue, c.count from (select distinct * from unnest(
        ${queues.map((q) => q.organizationId)}::uuid[], ${queues.map((q) => q.specialtyCode)}::text[])) as q (organization_id, specialty_code)
    cross join lateral (select count(*)::int as count from booking.appointment a where a.organization_id = q.organization_id
      and a.specialty_code = q.specialty_code and a.status in ('cancelled', 'moved') and a.cancelled_at >= ${since}
      and a.cancelled_at < a.starts_at) c`.execute(work.db)
  return new Map(rows.map((row) => [row.queue, row.count]))
}

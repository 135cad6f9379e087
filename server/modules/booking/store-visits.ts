import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'
import type { Channel } from '../schedules/index.ts'
import type { PatientVisit, VisitState } from './rules.ts'

// The patient's side: every statement names the patient first. Statements of one use case that are sent together are
// all `sql` tags, so that they leave in the order they are written in.

/** A visit as the patient's side knows it. */
export type VisitRow = PatientVisit & {
  patientId: string
  staffId: string
  roomId: string
  channel: Channel | null
  createdAt: Date
  /** The patient did not come; left out: not so. */
  missed?: boolean
}

const columns = sql`v.patient_id as "patientId", v.visit_id as id, v.organization_id as "organizationId", v.schedule_id as "scheduleId",
  v.starts_at as "startsAt", v.seq, v.ends_at as "endsAt", v.practitioner_role_id as "staffId", v.specialty_code as "specialtyCode",
  v.room_id as "roomId", v.state, v.held_until as "heldUntil", v.held_by as "heldBy", v.channel, v.replaces, v.rule_scope as "ruleScope", v.created_at as "createdAt"`

const isVisit = (patientId: string, id: string): RawBuilder<unknown> =>
  sql`patient_id = ${patientId} and visit_id = ${id}`

/** The patient's holds, coming visits, and those that go on at this moment. */
export async function visitsInPlay(work: Work, patientId: string): Promise<VisitRow[]> {
  const { rows } = await sql<VisitRow>`select ${columns} from booking.patient_visit v where v.patient_id = ${patientId}
    and (v.state in ('coming', 'moving') or (v.state = 'began' and v.ends_at > ${work.now})) order by v.starts_at`.execute(
    work.db,
  )
  return rows
}

/** The same of many patients at once; who has none is left out. */
export async function visitsInPlayOf(work: Work, patientIds: readonly string[]): Promise<Map<string, VisitRow[]>> {
  const { rows } = await sql<VisitRow>`select ${columns} from booking.patient_visit v
    where v.patient_id = any(${[...patientIds]}::uuid[])
      and (v.state in ('coming', 'moving') or (v.state = 'began' and v.ends_at > ${work.now})) order by v.starts_at`.execute(
    work.db,
  )
  const visits = new Map<string, VisitRow[]>()
  for (const row of rows) visits.set(row.patientId, [...(visits.get(row.patientId) ?? []), row])
  return visits
}

export async function findVisit(work: Work, patientId: string, id: string): Promise<VisitRow | undefined> {
  const { rows } =
    await sql<VisitRow>`select ${columns} from booking.patient_visit v where ${isVisit(patientId, id)}`.execute(work.db)
  return rows[0]
}

/** Visits of one patient, locked in the order of their ids until this work ends: the first lock of every change. */
export async function lockVisits(work: Work, patientId: string, ids: readonly string[]): Promise<VisitRow[]> {
  const { rows } = await sql<VisitRow>`select ${columns} from booking.patient_visit v
    where v.patient_id = ${patientId} and v.visit_id = any(${[...ids]}::uuid[]) order by v.visit_id for no key update`.execute(
    work.db,
  )
  return rows
}

/** What the patient has or had, newest first, at most `limit`; of one organisation when named. Holds are not visits yet. */
export async function visitsOfPatient(
  work: Work,
  patientId: string,
  organizationId: string | undefined,
  limit: number,
): Promise<VisitRow[]> {
  const { rows } = await sql<VisitRow>`select ${columns} from booking.patient_visit v
    where v.patient_id = ${patientId} and v.held_until is null and v.state <> 'moved'
      ${organizationId ? sql`and v.organization_id = ${organizationId}` : sql``}
    order by v.starts_at desc limit ${limit}`.execute(work.db)
  return rows
}

/** Keys of visits of several patients that begin after an instant, cancelled ones too. */
export async function visitsOfPatientsSince(
  work: Work,
  patientIds: readonly string[],
  after: Date,
): Promise<{ organizationId: string; id: string }[]> {
  const { rows } = await sql<{ organizationId: string; id: string }>`
    select v.organization_id as "organizationId", v.visit_id as id from booking.patient_visit v
    where v.patient_id = any(${[...patientIds]}::uuid[]) and v.starts_at > ${after} and v.held_until is null
      and v.state <> 'moved'`.execute(work.db)
  return rows
}

/** Whether the patient has, or had since then, a visit to this very doctor that was not cancelled. */
export async function hasVisitWith(
  work: Work,
  who: { patientId: string; organizationId: string; staffId: string },
  since: Date,
): Promise<boolean> {
  const { rows } = await sql`select from booking.patient_visit where patient_id = ${who.patientId}
    and organization_id = ${who.organizationId} and practitioner_role_id = ${who.staffId}
    and state in ('coming', 'began', 'over') and held_until is null and starts_at >= ${since} limit 1`.execute(work.db)
  return rows.length > 0
}

/**
 * Adds a hold, or the visit that takes a moved one's place. False when another visit of the patient stands in the way:
 * one_visit_per_specialty and visits_do_not_overlap decide, also between transactions that run at once.
 */
export async function insertVisit(work: Work, v: VisitRow): Promise<boolean> {
  const done = await sql`
    insert into booking.patient_visit (patient_id, visit_id, organization_id, schedule_id, starts_at, seq, ends_at,
      practitioner_role_id, specialty_code, room_id, state, held_until, held_by, channel, replaces, rule_scope, created_at)
    values (${v.patientId}, ${v.id}, ${v.organizationId}, ${v.scheduleId}, ${v.startsAt}, ${v.seq}, ${v.endsAt},
      ${v.staffId}, ${v.specialtyCode}, ${v.roomId}, ${v.state}, ${v.heldUntil}, ${v.heldBy}, ${v.channel}, ${v.replaces},
      ${v.ruleScope}, ${v.createdAt})
    on conflict do nothing`.execute(work.db)
  return done.numAffectedRows === 1n
}

/** Removes these holds, while they are still holds, and all of the patient's that have run out. */
export async function deleteHolds(work: Work, patientId: string, ids: readonly string[]): Promise<void> {
  await sql`delete from booking.patient_visit where patient_id = ${patientId} and held_until is not null
    and (visit_id = any(${[...ids]}::uuid[]) or held_until <= ${work.now})`.execute(work.db)
}

/** Removes the actor's own hold and says which slot it held; undefined when there is none (any more). */
export async function deleteOwnHold(work: Work, patientId: string, id: string): Promise<VisitRow | undefined> {
  const { rows } = await sql<VisitRow>`delete from booking.patient_visit v where ${isVisit(patientId, id)}
    and held_until is not null and held_by = ${work.actor.id} returning ${columns}`.execute(work.db)
  return rows[0]
}

/** Moves the end of a hold that has not run out; false when there is none (any more). Un-indexed: HOT. */
export async function prolongHold(work: Work, patientId: string, id: string, until: Date): Promise<boolean> {
  const done = await sql`update booking.patient_visit set held_until = ${until}
    where ${isVisit(patientId, id)} and held_until > ${work.now} and held_by = ${work.actor.id}`.execute(work.db)
  return done.numAffectedRows === 1n
}

/** Notes that the patient did not come, or takes the note back. */
export async function markMissed(work: Work, patientId: string, id: string, missed: boolean): Promise<void> {
  await sql`update booking.patient_visit set missed = ${missed} where ${isVisit(patientId, id)}`.execute(work.db)
}

/** Turns a hold into a coming visit (only un-indexed columns change: HOT); false when it is no hold any more. */
export async function keepHold(work: Work, patientId: string, id: string): Promise<boolean> {
  const done = await sql`update booking.patient_visit set held_until = null
    where ${isVisit(patientId, id)} and state = 'coming' and held_until is not null`.execute(work.db)
  return done.numAffectedRows === 1n
}

/** Takes a visit from one of the given states to another; does nothing when it is in none of them. */
export async function changeState(
  work: Work,
  patientId: string,
  ids: readonly string[],
  from: readonly VisitState[],
  to: VisitState,
): Promise<void> {
  await sql`update booking.patient_visit set state = ${to} where patient_id = ${patientId}
    and visit_id = any(${[...ids]}::uuid[]) and state = any(${[...from]}::text[]) and held_until is null`.execute(
    work.db,
  )
}

/** Adds many visits at once; those that another visit of the patient stands in the way of are left out. Answers with ids. */
export async function insertVisits(db: Kysely<DB>, visits: readonly VisitRow[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    insert into booking.patient_visit (patient_id, visit_id, organization_id, schedule_id, starts_at, seq, ends_at,
      practitioner_role_id, specialty_code, room_id, state, created_at, missed)
    select * from unnest(${visits.map((v) => v.patientId)}::uuid[], ${visits.map((v) => v.id)}::uuid[],
      ${visits.map((v) => v.organizationId)}::uuid[], ${visits.map((v) => v.scheduleId)}::uuid[],
      ${visits.map((v) => v.startsAt.toISOString())}::timestamptz[], ${visits.map((v) => v.seq)}::smallint[],
      ${visits.map((v) => v.endsAt.toISOString())}::timestamptz[], ${visits.map((v) => v.staffId)}::uuid[],
      ${visits.map((v) => v.specialtyCode)}::text[], ${visits.map((v) => v.roomId)}::uuid[],
      ${visits.map((v) => v.state)}::text[], ${visits.map((v) => v.createdAt.toISOString())}::timestamptz[],
      ${visits.map((v) => v.missed ?? false)}::boolean[])
    on conflict do nothing returning visit_id as id`.execute(db)
  return new Set(rows.map((row) => row.id))
}

/** Takes back visits that an import could not give a slot to. */
export async function deleteVisits(
  db: Kysely<DB>,
  visits: readonly Pick<VisitRow, 'patientId' | 'id'>[],
): Promise<void> {
  await sql`delete from booking.patient_visit v using unnest(${visits.map((v) => v.patientId)}::uuid[],
      ${visits.map((v) => v.id)}::uuid[]) as n (patient_id, visit_id)
    where v.patient_id = n.patient_id and v.visit_id = n.visit_id`.execute(db)
}

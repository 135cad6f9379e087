import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'
import type { Channel, SlotKey } from '../schedules/index.ts'
import type { Status } from './rules.ts'

// The organisation's side: every statement names the organisation first.

/** An appointment as it is kept. `movedFrom` is the one it replaced; `calendarUid` and `sequence` are iCalendar's. */
export type AppointmentRow = SlotKey & {
  id: string
  endsAt: Date
  staffId: string
  specialtyCode: string
  roomId: string
  patientId: string
  status: Status
  code: string
  ticketToken: string
  channel: Channel
  createdBy: string
  createdAt: Date
  cancelledAt: Date | null
  cancelReason: string | null
  movedFrom: string | null
  calendarUid: string
  sequence: number
  /** What the patient answered to a reminder. */
  patientAnswer: 'coming' | 'not-coming' | null
}

const columns = sql`a.organization_id as "organizationId", a.id, a.schedule_id as "scheduleId", a.starts_at as "startsAt", a.seq,
  a.ends_at as "endsAt", a.practitioner_role_id as "staffId", a.specialty_code as "specialtyCode", a.room_id as "roomId",
  a.patient_id as "patientId", a.status, a.code, a.ticket_token as "ticketToken", a.channel, a.created_by as "createdBy",
  a.created_at as "createdAt", a.cancelled_at as "cancelledAt", a.cancel_reason as "cancelReason", a.moved_from as "movedFrom",
  a.calendar_uid as "calendarUid", a.sequence, a.patient_answer as "patientAnswer"`

const isAppointment = (organizationId: string, id: string): RawBuilder<unknown> =>
  sql`a.organization_id = ${organizationId} and a.id = ${id}`

export async function findAppointment(
  work: Work,
  organizationId: string,
  id: string,
): Promise<AppointmentRow | undefined> {
  const { rows } =
    await sql<AppointmentRow>`select ${columns} from booking.appointment a where ${isAppointment(organizationId, id)}`.execute(
      work.db,
    )
  return rows[0]
}

export async function findByTicketToken(
  work: Work,
  organizationId: string,
  token: string,
): Promise<AppointmentRow | undefined> {
  const { rows } = await sql<AppointmentRow>`select ${columns} from booking.appointment a
    where a.organization_id = ${organizationId} and a.ticket_token = ${token}`.execute(work.db)
  return rows[0]
}

/** Appointments by their keys, whichever organisations they are at. */
export async function appointmentsByKeys(
  work: Work,
  keys: readonly { organizationId: string; id: string }[],
): Promise<AppointmentRow[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<AppointmentRow>`select ${columns} from booking.appointment a
    join unnest(${keys.map((k) => k.organizationId)}::uuid[], ${keys.map((k) => k.id)}::uuid[]) as k (organization_id, id)
      on k.organization_id = a.organization_id and k.id = a.id`.execute(work.db)
  return rows
}

/** Who is expected or was seen between two instants, by time; of one doctor when named. Cancelled and moved ones are not. */
export async function appointmentsBetween(
  work: Work,
  organizationId: string,
  from: Date,
  until: Date,
  staffId: string | undefined,
): Promise<AppointmentRow[]> {
  const { rows } = await sql<AppointmentRow>`select ${columns} from booking.appointment a
    where a.organization_id = ${organizationId} and a.starts_at >= ${from} and a.starts_at < ${until}
      ${staffId ? sql`and a.practitioner_role_id = ${staffId}` : sql``} and a.status not in ('cancelled', 'moved')
    order by a.starts_at, a.practitioner_role_id, a.seq`.execute(work.db)
  return rows
}

/** Appointments with one doctor that begin after an instant, by time, whatever became of them. */
export async function appointmentsOfDoctor(
  work: Work,
  { organizationId, staffId }: { organizationId: string; staffId: string },
  after: Date,
): Promise<AppointmentRow[]> {
  const { rows } = await sql<AppointmentRow>`select ${columns} from booking.appointment a
    where a.organization_id = ${organizationId} and a.starts_at > ${after} and a.practitioner_role_id = ${staffId}
    order by a.starts_at, a.id`.execute(work.db)
  return rows
}

/** Adds an appointment; false when its id or its slot has one already. */
export async function insertAppointment(work: Work, a: AppointmentRow): Promise<boolean> {
  const done = await sql`
    insert into booking.appointment (organization_id, id, schedule_id, starts_at, seq, ends_at, practitioner_role_id, specialty_code,
      room_id, patient_id, status, code, ticket_token, channel, created_by, created_at, moved_from, calendar_uid, sequence,
      patient_answer)
    values (${a.organizationId}, ${a.id}, ${a.scheduleId}, ${a.startsAt}, ${a.seq}, ${a.endsAt}, ${a.staffId}, ${a.specialtyCode},
      ${a.roomId}, ${a.patientId}, ${a.status}, ${a.code}, ${a.ticketToken}, ${a.channel}, ${a.createdBy}, ${a.createdAt},
      ${a.movedFrom}, ${a.calendarUid}, ${a.sequence}, ${a.patientAnswer})
    on conflict do nothing`.execute(work.db)
  return done.numAffectedRows === 1n
}

/** Takes an appointment from one of the given statuses to another; false when it is in none of them. */
export async function changeStatus(
  work: Work,
  organizationId: string,
  id: string,
  from: readonly Status[],
  to: Status,
): Promise<boolean> {
  const done = await sql`update booking.appointment a set status = ${to}, version = version + 1
    where ${isAppointment(organizationId, id)} and status = any(${[...from]}::text[])`.execute(work.db)
  return done.numAffectedRows === 1n
}

/**
 * Closes an appointment as cancelled or moved; false when it is not expected any more. A cancelled visit's calendar event
 * gets the next SEQUENCE; a moved one's goes on with the appointment that took its place.
 */
export async function closeAppointment(
  work: Work,
  organizationId: string,
  id: string,
  from: readonly Status[],
  closing: { status: 'cancelled' | 'moved'; reason: string | null },
): Promise<boolean> {
  const done = await sql`update booking.appointment a set status = ${closing.status}, cancelled_at = ${work.now},
      cancel_reason = ${closing.reason}, sequence = sequence + ${closing.status === 'cancelled' ? 1 : 0}::int, version = version + 1
    where ${isAppointment(organizationId, id)} and status = any(${[...from]}::text[])`.execute(work.db)
  return done.numAffectedRows === 1n
}

/** Keeps what the patient answered; false when the appointment is not expected any more. */
export async function keepAnswer(
  work: Work,
  organizationId: string,
  id: string,
  answer: 'coming' | 'not-coming',
): Promise<boolean> {
  const done = await sql`update booking.appointment a set patient_answer = ${answer}, version = version + 1
    where ${isAppointment(organizationId, id)} and status in ('booked', 'arrived')`.execute(work.db)
  return done.numAffectedRows === 1n
}

/** Adds many appointments at once. */
export async function insertAppointments(db: Kysely<DB>, appointments: readonly AppointmentRow[]): Promise<void> {
  const texts = (of: (a: AppointmentRow) => string | null) => appointments.map(of)
  const times = (of: (a: AppointmentRow) => Date | null) => appointments.map((a) => of(a)?.toISOString() ?? null)
  await sql`
    insert into booking.appointment (organization_id, id, schedule_id, starts_at, seq, ends_at, practitioner_role_id, specialty_code,
      room_id, patient_id, status, code, ticket_token, channel, created_by, created_at, cancelled_at, cancel_reason, calendar_uid)
    select * from unnest(${texts((a) => a.organizationId)}::uuid[], ${texts((a) => a.id)}::uuid[], ${texts((a) => a.scheduleId)}::uuid[],
      ${times((a) => a.startsAt)}::timestamptz[], ${appointments.map((a) => a.seq)}::smallint[], ${times((a) => a.endsAt)}::timestamptz[],
      ${texts((a) => a.staffId)}::uuid[], ${texts((a) => a.specialtyCode)}::text[], ${texts((a) => a.roomId)}::uuid[],
      ${texts((a) => a.patientId)}::uuid[], ${texts((a) => a.status)}::text[], ${texts((a) => a.code)}::text[],
      ${texts((a) => a.ticketToken)}::text[], ${texts((a) => a.channel)}::text[], ${texts((a) => a.createdBy)}::uuid[],
      ${times((a) => a.createdAt)}::timestamptz[], ${times((a) => a.cancelledAt)}::timestamptz[],
      ${texts((a) => a.cancelReason)}::text[], ${texts((a) => a.calendarUid)}::uuid[])
    on conflict do nothing`.execute(db)
}

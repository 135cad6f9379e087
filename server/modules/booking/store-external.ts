import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'

// What other systems booked: every statement names the system first.

/** A booking of another system: its own id of the request, and what came of it. */
export type ExternalBooking = {
  externalId: string
  organizationId: string
  appointmentId: string | null
  patientId: string
  slotRef: string
}

const columns = sql`b.external_id as "externalId", b.organization_id as "organizationId",
  b.appointment_id as "appointmentId", b.patient_id as "patientId", b.slot_ref as "slotRef"`

/**
 * Claims the system's id for a booking; false when it stands already. Of two requests that run at once the second waits
 * on the primary key until the first has ended.
 */
export async function claimExternalId(work: Work, b: ExternalBooking): Promise<boolean> {
  const done = await sql`insert into booking.external_booking (system_id, external_id, organization_id, appointment_id,
      patient_id, slot_ref, created_at)
    values (${work.actor.id}, ${b.externalId}, ${b.organizationId}, ${b.appointmentId}, ${b.patientId}, ${b.slotRef}, ${work.now})
    on conflict do nothing`.execute(work.db)
  return done.numAffectedRows === 1n
}

export async function setAppointment(work: Work, externalId: string, appointmentId: string): Promise<void> {
  await sql`update booking.external_booking set appointment_id = ${appointmentId}
    where system_id = ${work.actor.id} and external_id = ${externalId}`.execute(work.db)
}

/** The booking of this system's id, locked: requests with one id go one after another. */
export async function lockByExternalId(work: Work, externalId: string): Promise<ExternalBooking | undefined> {
  const { rows } = await sql<ExternalBooking>`select ${columns} from booking.external_booking b
    where b.system_id = ${work.actor.id} and b.external_id = ${externalId} for update`.execute(work.db)
  return rows[0]
}

/** The booking of this system that became the appointment. */
export async function findByAppointment(work: Work, appointmentId: string): Promise<ExternalBooking | undefined> {
  const { rows } = await sql<ExternalBooking>`select ${columns} from booking.external_booking b
    where b.system_id = ${work.actor.id} and b.appointment_id = ${appointmentId}`.execute(work.db)
  return rows[0]
}

/** What this system booked for a patient, the latest first, at most `limit`. */
export async function bookingsForPatient(work: Work, patientId: string, limit: number): Promise<ExternalBooking[]> {
  const { rows } = await sql<ExternalBooking>`select ${columns} from booking.external_booking b
    where b.system_id = ${work.actor.id} and b.patient_id = ${patientId} and b.appointment_id is not null
    order by b.created_at desc limit ${limit}`.execute(work.db)
  return rows
}

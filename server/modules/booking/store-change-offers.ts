import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'

// The patient's side: every statement names the patient first, but the list of the organisation's desk.

export type Answer = 'accepted' | 'moved' | 'cancelled' | 'overtaken'

/** A question to a patient whether the new time of a visit suits. Open while `answer` is null. */
export type ChangeOfferRow = {
  patientId: string
  appointmentId: string
  organizationId: string
  /** The appointment it was before. */
  replacedId: string
  reason: string
  madeAt: Date
  answerBy: Date
  answer: Answer | null
}

const columns = sql`o.patient_id as "patientId", o.appointment_id as "appointmentId", o.organization_id as "organizationId",
  o.replaced_id as "replacedId", o.reason, o.made_at as "madeAt", o.answer_by as "answerBy", o.answer`

export async function insertChangeOffer(work: Work, o: ChangeOfferRow): Promise<void> {
  await sql`insert into booking.change_offer (patient_id, appointment_id, organization_id, replaced_id, reason, made_at, answer_by)
    values (${o.patientId}, ${o.appointmentId}, ${o.organizationId}, ${o.replacedId}, ${o.reason}, ${o.madeAt}, ${o.answerBy})`.execute(
    work.db,
  )
}

export async function findChangeOffer(
  work: Work,
  patientId: string,
  appointmentId: string,
): Promise<ChangeOfferRow | undefined> {
  const { rows } = await sql<ChangeOfferRow>`select ${columns} from booking.change_offer o
    where o.patient_id = ${patientId} and o.appointment_id = ${appointmentId}`.execute(work.db)
  return rows[0]
}

/** Keeps the first answer; false when there is no question or it was answered. */
export async function answerChange(
  work: Work,
  patientId: string,
  appointmentId: string,
  answer: Answer,
): Promise<boolean> {
  const done = await sql`update booking.change_offer set answer = ${answer}, answered_at = ${work.now}
    where patient_id = ${patientId} and appointment_id = ${appointmentId} and answer is null`.execute(work.db)
  return done.numAffectedRows === 1n
}

/** Open questions of a patient whose time to answer is not over. */
export async function openChangesOf(work: Work, patientId: string): Promise<ChangeOfferRow[]> {
  const { rows } = await sql<ChangeOfferRow>`select ${columns} from booking.change_offer o
    where o.patient_id = ${patientId} and o.answer is null and o.answer_by > ${work.now}
    order by o.answer_by, o.appointment_id`.execute(work.db)
  return rows
}

/** Questions of an organisation made since an instant, the newest first. */
export async function changesMadeSince(
  work: Work,
  organizationId: string,
  since: Date,
  limit: number,
): Promise<ChangeOfferRow[]> {
  const { rows } = await sql<ChangeOfferRow>`select ${columns} from booking.change_offer o
    where o.organization_id = ${organizationId} and o.made_at > ${since}
    order by o.made_at desc, o.appointment_id limit ${limit}`.execute(work.db)
  return rows
}

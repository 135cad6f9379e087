import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { ReminderKind } from './kinds.ts'

export type ReminderRow = {
  patientId: string
  appointmentId: string
  organizationId: string
  kind: ReminderKind
  dueAt: Date
}

/** Plans reminders; one that is planned already stays as it is. */
export async function insertReminders(work: Work, reminders: readonly ReminderRow[]): Promise<void> {
  await sql`
    insert into notifications.reminder (patient_id, appointment_id, kind, organization_id, due_at)
    select * from unnest(${reminders.map((r) => r.patientId)}::uuid[], ${reminders.map((r) => r.appointmentId)}::uuid[],
      ${reminders.map((r) => r.kind)}::text[], ${reminders.map((r) => r.organizationId)}::uuid[],
      ${reminders.map((r) => r.dueAt.toISOString())}::timestamptz[])
    on conflict do nothing`.execute(work.db)
}

export async function deleteReminders(work: Work, patientId: string, appointmentId: string): Promise<void> {
  await sql`delete from notifications.reminder where patient_id = ${patientId} and appointment_id = ${appointmentId}`.execute(
    work.db,
  )
}

/** Takes the reminders whose time has come: the row goes to one node, and to nobody when its transaction fails. */
export async function takeDueReminders(work: Work, limit: number): Promise<ReminderRow[]> {
  const { rows } = await sql<ReminderRow>`
    with due as (
      select patient_id, appointment_id, kind from notifications.reminder where due_at <= ${work.now}
      order by due_at limit ${limit} for update skip locked
    )
    delete from notifications.reminder r using due
    where r.patient_id = due.patient_id and r.appointment_id = due.appointment_id and r.kind = due.kind
    returning r.patient_id as "patientId", r.appointment_id as "appointmentId", r.kind, r.organization_id as "organizationId",
      r.due_at as "dueAt"`.execute(work.db)
  return rows
}

export type AnswerLink = { token: string; patientId: string; organizationId: string; appointmentId: string }

const linkColumns = sql`token, patient_id as "patientId", organization_id as "organizationId", appointment_id as "appointmentId"`

/** Makes the link of a visit; one that has been made stays, so that every reminder of a visit has the same. */
export async function insertAnswerLink(work: Work, link: AnswerLink): Promise<void> {
  await sql`insert into notifications.answer_link (token, patient_id, organization_id, appointment_id, created_at)
    values (${link.token}, ${link.patientId}, ${link.organizationId}, ${link.appointmentId}, ${work.now})
    on conflict do nothing`.execute(work.db)
}

export async function findAnswerLink(work: Work, token: string): Promise<AnswerLink | undefined> {
  const { rows } =
    await sql<AnswerLink>`select ${linkColumns} from notifications.answer_link where token = ${token}`.execute(work.db)
  return rows[0]
}

export async function answerLinksOf(
  work: Work,
  visits: readonly { patientId: string; appointmentId: string }[],
): Promise<AnswerLink[]> {
  if (visits.length === 0) return []
  const { rows } = await sql<AnswerLink>`select ${linkColumns} from notifications.answer_link
    where (patient_id, appointment_id) in (select * from unnest(${visits.map((v) => v.patientId)}::uuid[],
      ${visits.map((v) => v.appointmentId)}::uuid[]))`.execute(work.db)
  return rows
}

/** Leads a link on to the appointment that took the place of the one it was made for. */
export async function leadLinkTo(work: Work, token: string, appointmentId: string): Promise<void> {
  await sql`update notifications.answer_link set appointment_id = ${appointmentId} where token = ${token}`.execute(
    work.db,
  )
}

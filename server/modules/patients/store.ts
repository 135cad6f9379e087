import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { Representation } from './ages.ts'
import type { Attachment, PatientRecord } from './patient.ts'

/** The columns of PatientRecord, for a patients.patient called `p`. */
export const patientColumns = sql`p.patient_id as id, p.last_name as "lastName", p.first_name as "firstName", p.middle_name as "middleName",
  p.birth_date as "birthDate", p.sex, p.snils, p.enp, p.inn, p.phone, p.email, p.address, p.no_snils_reason as "noSnilsReason", p.version`

/** Patients by id, in no order. */
export async function findPatients(work: Work, ids: readonly string[]): Promise<PatientRecord[]> {
  const { rows } = await sql<PatientRecord>`
    select ${patientColumns} from patients.patient p where p.patient_id = any(${[...ids]}::uuid[])`.execute(work.db)
  return rows
}

/** The birth date of a patient; undefined when there is no such patient. */
export async function sexOf(work: Work, patientId: string): Promise<'male' | 'female' | undefined> {
  const row = await work.db
    .selectFrom('patients.patient')
    .select('sex')
    .where('patient_id', '=', patientId)
    .executeTakeFirst()
  return row?.sex as 'male' | 'female' | undefined
}

export async function birthDateOf(work: Work, patientId: string): Promise<string | undefined> {
  const row = await work.db
    .selectFrom('patients.patient')
    .select('birth_date')
    .where('patient_id', '=', patientId)
    .executeTakeFirst()
  return row?.birth_date
}

/** What rules of booking ask about a person. Benefits with their terms; the last day is included. */
export type BookingFacts = {
  birthDate: string
  sex: 'male' | 'female'
  attachedTo: string | null
  benefits: { code: string; since: string; until: string | null }[]
}

/** What booking judges a patient by, in one statement; undefined when there is no such patient. */
export async function bookingFactsOf(work: Work, patientId: string): Promise<BookingFacts | undefined> {
  const { rows } = await sql<BookingFacts>`
    select p.birth_date as "birthDate", p.sex,
      (select a.organization_id from patients.attachment a where a.patient_id = p.patient_id and a.until is null) as "attachedTo",
      coalesce((select json_agg(json_build_object('code', b.code, 'since', b.since, 'until', b.until))
        from patients.benefit b where b.patient_id = p.patient_id), '[]') as benefits
    from patients.patient p where p.patient_id = ${patientId}`.execute(work.db)
  return rows[0]
}

/** Locks the patient until this work ends: what is counted per person is counted by one at a time. */
export async function lockPatient(work: Work, patientId: string): Promise<void> {
  await sql`select from patients.patient where patient_id = ${patientId} for no key update`.execute(work.db)
}

/** Where the patient is attached now. */
export async function liveAttachment(work: Work, patientId: string): Promise<Attachment | undefined> {
  const { rows } = await sql<Attachment>`
    select a.organization_id as "organizationId", a.area, a.since from patients.attachment a
    where a.patient_id = ${patientId} and a.until is null`.execute(work.db)
  return rows[0]
}

/** What an account's person has to do with a patient: their own card, or a representation that was not revoked. */
export async function tiesOf(
  work: Work,
  accountId: string,
  patientId: string,
): Promise<{ isOwn: boolean; representation: Representation | undefined } | undefined> {
  const { rows } = await sql<{ isOwn: boolean; representation: Representation | null }>`
    select l.patient_id = ${patientId}::uuid as "isOwn",
      case when r.id is not null then
        json_build_object('basis', r.basis, 'since', r.since, 'until', r.until, 'birthDate', p.birth_date) end as representation
    from patients.account_link l
    left join patients.representation r
      on r.patient_id = ${patientId}::uuid and r.representative_id = l.patient_id and r.revoked_at is null
    left join patients.patient p on p.patient_id = r.patient_id
    where l.account_id = ${accountId}`.execute(work.db)
  return rows[0] && { isOwn: rows[0].isOwn, representation: rows[0].representation ?? undefined }
}

/** Those whom a patient represents, as they are registered, with the terms; revoked ones are left out. */
export async function wardsOf(work: Work, representativeId: string): Promise<(PatientRecord & Representation)[]> {
  const { rows } = await sql<PatientRecord & Representation>`
    select ${patientColumns}, r.basis, r.since, r.until
    from patients.representation r join patients.patient p on p.patient_id = r.patient_id
    where r.representative_id = ${representativeId} and r.revoked_at is null`.execute(work.db)
  return rows
}

/** Those who represent a patient, with the terms; revoked ones are left out. */
export async function representativesOf(
  work: Work,
  patientId: string,
): Promise<(Representation & { patientId: string })[]> {
  const { rows } = await sql<Representation & { patientId: string }>`
    select r.representative_id as "patientId", r.basis, r.since, r.until, p.birth_date as "birthDate"
    from patients.representation r join patients.patient p on p.patient_id = r.patient_id
    where r.patient_id = ${patientId} and r.representative_id is not null and r.revoked_at is null`.execute(work.db)
  return rows
}

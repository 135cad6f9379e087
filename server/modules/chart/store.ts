import { sql } from 'kysely'
import type { ConsultationDraft } from '../../../contracts/chart.ts'
import type { Work } from '../../platform/work.ts'

export type EpisodeRow = {
  patientId: string
  id: string
  organizationId: string
  openedBy: string
  openedAt: Date
  number: string
}
export type VisitRow = {
  patientId: string
  id: string
  episodeId: string
  episodeNumber: string
  organizationId: string
  appointmentId: string | null
  staffId: string
  specialtyCode: string
  kind: 'primary' | 'repeat'
  startedAt: Date
  finishedAt: Date | null
  state: 'open' | 'signed'
}
export type DraftRow = { version: number; body: ConsultationDraft; savedAt: Date }

const visitColumns = sql`v.patient_id as "patientId", v.id, v.episode_id as "episodeId", e.number as "episodeNumber", v.organization_id as "organizationId",
  v.appointment_id as "appointmentId", v.practitioner_role_id as "staffId", v.specialty_code as "specialtyCode", v.kind,
  v.started_at as "startedAt", v.finished_at as "finishedAt", v.state`

/** Adds a case and its first visit; false when a visit of this appointment is there already (visit_appointment decides). */
export async function insertVisit(
  work: Work,
  episode: EpisodeRow,
  visit: Omit<VisitRow, 'episodeNumber' | 'state' | 'finishedAt'>,
): Promise<boolean> {
  await work.db
    .insertInto('chart.episode')
    .values({
      patient_id: episode.patientId,
      id: episode.id,
      organization_id: episode.organizationId,
      opened_by: episode.openedBy,
      opened_at: episode.openedAt,
      number: episode.number,
    })
    .execute()
  const done = await work.db
    .insertInto('chart.visit')
    .values({
      patient_id: visit.patientId,
      id: visit.id,
      episode_id: visit.episodeId,
      organization_id: visit.organizationId,
      appointment_id: visit.appointmentId,
      practitioner_role_id: visit.staffId,
      specialty_code: visit.specialtyCode,
      kind: visit.kind,
      started_at: visit.startedAt,
      state: 'open',
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  if (done.numInsertedOrUpdatedRows === 1n) return true
  await work.db
    .deleteFrom('chart.episode')
    .where('patient_id', '=', episode.patientId)
    .where('id', '=', episode.id)
    .execute()
  return false
}

/** The visit of an appointment, if it was opened. */
export async function visitOfAppointment(
  work: Work,
  patientId: string,
  appointmentId: string,
): Promise<VisitRow | undefined> {
  const { rows } =
    await sql<VisitRow>`select ${visitColumns} from chart.visit v join chart.episode e on e.patient_id = v.patient_id and e.id = v.episode_id
    where v.patient_id = ${patientId} and v.appointment_id = ${appointmentId}`.execute(work.db)
  return rows[0]
}

/** A visit by id. `lock` keeps others from changing its draft or signing it until this work ends. */
export async function findVisit(
  work: Work,
  patientId: string,
  visitId: string,
  lock = false,
): Promise<VisitRow | undefined> {
  const { rows } =
    await sql<VisitRow>`select ${visitColumns} from chart.visit v join chart.episode e on e.patient_id = v.patient_id and e.id = v.episode_id
    where v.patient_id = ${patientId} and v.id = ${visitId} ${lock ? sql`for no key update of v` : sql``}`.execute(
      work.db,
    )
  return rows[0]
}

/** Whether the patient has or had a visit at this organisation: a case is grounds to read the card. */
export async function hasVisitAt(work: Work, patientId: string, organizationId: string): Promise<boolean> {
  const row = await work.db
    .selectFrom('chart.visit')
    .select('id')
    .where('patient_id', '=', patientId)
    .where('organization_id', '=', organizationId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether the patient has been seen here in this specialty before: then the visit is a repeat one. */
export async function hasSignedVisit(
  work: Work,
  patientId: string,
  organizationId: string,
  specialtyCode: string,
  since: Date,
): Promise<boolean> {
  const row = await work.db
    .selectFrom('chart.visit')
    .select('id')
    .where('patient_id', '=', patientId)
    .where('organization_id', '=', organizationId)
    .where('specialty_code', '=', specialtyCode)
    .where('state', '=', 'signed')
    .where('started_at', '>=', since)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function findDraft(work: Work, patientId: string, visitId: string): Promise<DraftRow | undefined> {
  const row = await work.db
    .selectFrom('chart.draft')
    .select(['version', 'body', 'saved_at'])
    .where('patient_id', '=', patientId)
    .where('visit_id', '=', visitId)
    .executeTakeFirst()
  return row && { version: row.version, body: row.body as unknown as ConsultationDraft, savedAt: row.saved_at }
}

/**
 * Saves a draft over the version last seen; undefined when somebody saved in between. The primary key and the guarded
 * update let exactly one of two writers through.
 */
export async function writeDraft(
  work: Work,
  key: { patientId: string; visitId: string },
  seen: number,
  body: ConsultationDraft,
): Promise<number | undefined> {
  const json = JSON.stringify(body)
  const { rows } =
    seen === 0
      ? await sql<{ version: number }>`insert into chart.draft (patient_id, visit_id, version, body, saved_by, saved_at)
        values (${key.patientId}, ${key.visitId}, 1, ${json}, ${work.actor.id}, ${work.now}) on conflict do nothing returning version`.execute(
          work.db,
        )
      : await sql<{
          version: number
        }>`update chart.draft set version = version + 1, body = ${json}, saved_by = ${work.actor.id}, saved_at = ${work.now}
        where patient_id = ${key.patientId} and visit_id = ${key.visitId} and version = ${seen} returning version`.execute(
          work.db,
        )
  return rows[0]?.version
}

export async function closeVisit(work: Work, patientId: string, visitId: string): Promise<void> {
  await work.db
    .updateTable('chart.visit')
    .set({ state: 'signed', finished_at: work.now })
    .where('patient_id', '=', patientId)
    .where('id', '=', visitId)
    .execute()
  await work.db.deleteFrom('chart.draft').where('patient_id', '=', patientId).where('visit_id', '=', visitId).execute()
}

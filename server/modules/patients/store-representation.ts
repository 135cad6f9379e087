import { sql } from 'kysely'
import type { Representation as Shown } from '../../../contracts/representation.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Basis, Representation } from './ages.ts'
import { patientColumns } from './store.ts'
import type { PatientRecord } from './patient.ts'

/** A representation with everything that is known of it. `ends` is the last day that was written. */
export type RepresentationRow = Representation & {
  id: string
  patientId: string
  representativeId: string | null
  authorityName: string | null
  document: string
  documentKind: Shown['document']['kind']
  documentDate: string | null
  documentIssuer: string | null
  addedBy: string | null
  addedAt: Date | null
  endedBy: string | null
  endedAt: Date | null
  endReason: string | null
}

/** Everything that was ever entered about who acts for this patient or for whom the patient acts, the newest first. */
export async function representationsOf(work: Work, patientId: string): Promise<RepresentationRow[]> {
  const { rows } = await sql<RepresentationRow>`
    select r.id, r.patient_id as "patientId", r.representative_id as "representativeId", a.name as "authorityName", r.basis,
      r.document, r.document_kind as "documentKind", r.document_date as "documentDate", r.document_issuer as "documentIssuer",
      r.since, r.until, p.birth_date as "birthDate", r.added_by_name as "addedBy", r.added_at as "addedAt",
      r.ended_by_name as "endedBy", r.revoked_at as "endedAt", r.end_reason as "endReason"
    from patients.representation r
    join patients.patient p on p.patient_id = r.patient_id
    left join patients.guardianship_authority a on a.id = r.authority_id
    where r.patient_id = ${patientId} or r.representative_id = ${patientId}
    order by r.since desc, r.id desc`.execute(work.db)
  return rows
}

export type NewRepresentation = {
  id: string
  patientId: string
  representativeId: string | null
  authorityId: string | null
  basis: Basis
  document: { kind: string; number: string; date: string; issuer: string }
  since: string
  until: string
}

/** Takes what ran out by its own term off the way of a new one: the live one of a pair is unique. */
export async function closeRunOut(
  work: Work,
  pair: Pick<NewRepresentation, 'patientId' | 'representativeId' | 'basis'>,
  today: string,
): Promise<void> {
  await sql`update patients.representation set revoked_at = ${work.now}, end_reason = 'Срок истёк'
    where patient_id = ${pair.patientId} and revoked_at is null and until < ${today}
      and (representative_id = ${pair.representativeId}::uuid or (basis = 'authority' and ${pair.basis} = 'authority'))`.execute(
    work.db,
  )
}

/** Enters a representation; false when the pair has a live one (unique `representation_live`, `representation_live_authority`). */
export async function insertRepresentation(work: Work, r: NewRepresentation): Promise<boolean> {
  const { rows } =
    await sql`insert into patients.representation (patient_id, id, representative_id, authority_id, basis, document,
      document_kind, document_date, document_issuer, since, until, added_by, added_by_name, added_at)
    values (${r.patientId}, ${r.id}, ${r.representativeId}, ${r.authorityId}, ${r.basis}, ${r.document.number},
      ${r.document.kind}, ${r.document.date}, ${r.document.issuer}, ${r.since}, ${r.until}, ${work.actor.id},
      ${work.actor.name}, ${work.now})
    on conflict do nothing returning id`.execute(work.db)
  return rows.length === 1
}

/** Ends a live one; undefined when it is not there, with `wasLive` false when somebody was faster. */
export async function endOne(
  work: Work,
  patientId: string,
  id: string,
  reason: string,
): Promise<{ representativeId: string | null; wasLive: boolean } | undefined> {
  const { rows } = await sql<{ representativeId: string | null }>`
    update patients.representation set revoked_at = ${work.now}, ended_by = ${work.actor.id},
      ended_by_name = ${work.actor.name}, end_reason = ${reason}
    where patient_id = ${patientId} and id = ${id} and revoked_at is null
    returning representative_id as "representativeId"`.execute(work.db)
  if (rows[0]) return { ...rows[0], wasLive: true }
  const there = await sql`select from patients.representation where patient_id = ${patientId} and id = ${id}`.execute(
    work.db,
  )
  return there.rows.length > 0 ? { representativeId: null, wasLive: false } : undefined
}

export type AuthorityRow = { id: string; name: string; address: string | null; phone: string | null }

/** Every guardianship authority, by name. */
export const allAuthorities = (work: Work): Promise<AuthorityRow[]> =>
  work.db
    .selectFrom('patients.guardianship_authority')
    .select(['id', 'name', 'address', 'phone'])
    .orderBy('name')
    .execute()

/** Adds an authority; undefined when the name is taken (unique index). */
export async function insertAuthority(
  work: Work,
  authority: Omit<AuthorityRow, 'id'>,
): Promise<AuthorityRow | undefined> {
  const id = newId()
  const done = await work.db
    .insertInto('patients.guardianship_authority')
    .values({ id, ...authority, added_by: work.actor.id, added_at: work.now })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n ? { id, ...authority } : undefined
}

type Ward = PatientRecord &
  Representation & {
    document: string
    documentKind: Shown['document']['kind']
    documentDate: string | null
    documentIssuer: string | null
  }

/** Those an authority acts for, or only the named one; ended ones are left out. */
export async function wardsOfAuthority(work: Work, authorityId: string, patientId?: string): Promise<Ward[]> {
  const { rows } = await sql<Ward>`
    select ${patientColumns}, r.basis, r.since, r.until, r.document, r.document_kind as "documentKind",
      r.document_date as "documentDate", r.document_issuer as "documentIssuer"
    from patients.representation r join patients.patient p on p.patient_id = r.patient_id
    where r.authority_id = ${authorityId} and r.revoked_at is null
      and (${patientId ?? null}::uuid is null or r.patient_id = ${patientId ?? null}::uuid)`.execute(work.db)
  return rows
}

/** What is over of those a person acted for: ended by somebody, or in its term or age. The newest first. */
export async function formerWardsOf(
  work: Work,
  representativeId: string,
): Promise<
  (Representation & { patientId: string; firstName: string; endedAt: Date | null; endReason: string | null })[]
> {
  const { rows } = await sql<
    Representation & { patientId: string; firstName: string; endedAt: Date | null; endReason: string | null }
  >`select r.patient_id as "patientId", p.first_name as "firstName", r.basis, r.since, r.until, p.birth_date as "birthDate",
      r.revoked_at as "endedAt", r.end_reason as "endReason"
    from patients.representation r join patients.patient p on p.patient_id = r.patient_id
    where r.representative_id = ${representativeId} order by r.since desc, r.id desc`.execute(work.db)
  return rows
}

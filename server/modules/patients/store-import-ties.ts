import { sql, type Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Basis } from './ages.ts'
import type { Attachment } from './patient.ts'

export type NewAttachment = Attachment & { patientId: string; id: string }
/** One who acts for another; `patientId` is the child or ward, both days are included. */
export type NewRepresentation = {
  patientId: string
  id: string
  /** Null where an authority acts. */
  representativeId: string | null
  authorityId?: string
  basis: Basis
  document: string
  documentKind?: string
  since: string
  until: string
}

/** Attaches patients to organisations; rows whose key is there stay as they are. */
export async function insertAttachments(db: Kysely<DB>, attachments: readonly NewAttachment[]): Promise<void> {
  const rows = attachments.map((a) => ({
    patient_id: a.patientId,
    id: a.id,
    organization_id: a.organizationId,
    area: a.area,
    since: a.since,
  }))
  await sql`insert into patients.attachment (patient_id, id, organization_id, area, since)
    select patient_id, id, organization_id, area, since
    from json_populate_recordset(null::patients.attachment, ${JSON.stringify(rows)}::json)
    on conflict (patient_id, id) do nothing`.execute(db)
}

/** Lets parents and guardians act; rows whose key is there stay as they are. */
export async function insertRepresentations(
  db: Kysely<DB>,
  representations: readonly NewRepresentation[],
): Promise<void> {
  const rows = representations.map((r) => ({
    patient_id: r.patientId,
    id: r.id,
    representative_id: r.representativeId,
    authority_id: r.authorityId ?? null,
    document_kind: r.documentKind ?? 'other',
    basis: r.basis,
    document: r.document,
    since: r.since,
    until: r.until,
  }))
  await sql`insert into patients.representation (patient_id, id, representative_id, authority_id, basis, document, document_kind,
      since, until)
    select patient_id, id, representative_id, authority_id, basis, document, document_kind, since, until
    from json_populate_recordset(null::patients.representation, ${JSON.stringify(rows)}::json)
    on conflict (patient_id, id) do nothing`.execute(db)
}

/** Links accounts to cards; links that are there stay as they are. */
export async function insertLinks(
  db: Kysely<DB>,
  links: readonly { accountId: string; patientId: string }[],
  now: Date,
): Promise<void> {
  const rows = links.map((l) => ({ patient_id: l.patientId, account_id: l.accountId }))
  await sql`insert into patients.account_link (patient_id, account_id, linked_at, linked_by)
    select patient_id, account_id, ${now}::timestamptz, 'esia'
    from json_populate_recordset(null::patients.account_link, ${JSON.stringify(rows)}::json)
    on conflict (patient_id) do nothing`.execute(db)
}

/** Guardianship authorities; one whose id is there stays as it is. */
export async function insertAuthorities(
  db: Kysely<DB>,
  authorities: readonly { id: string; name: string; address: string; phone: string }[],
  now: Date,
): Promise<void> {
  if (authorities.length === 0) return
  await db
    .insertInto('patients.guardianship_authority')
    .values(authorities.map((a) => ({ ...a, added_at: now })))
    .onConflict((c) => c.doNothing())
    .execute()
}

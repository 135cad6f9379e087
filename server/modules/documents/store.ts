import { sql } from 'kysely'
import type { ConsultationDraft } from '../../../contracts/chart.ts'
import type { Work } from '../../platform/work.ts'

/** What both renditions of a document were made from, kept with it. */
export type StoredContent = { record: ConsultationDraft; draftVersion: number }
export type DocumentRecord = {
  patientId: string
  id: string
  setId: string
  versionNumber: number
  kind: string
  title: string
  organizationId: string
  staffId: string
  authorSnils: string
  authorName: string
  visitId: string
  state: 'prepared' | 'signed'
  content: StoredContent
  happenedAt: Date
  preparedAt: Date
  signedAt: Date | null
}
export type Format = 'cda' | 'pdf'
export type SignatureRecord = {
  id: string
  format: Format
  kind: 'person' | 'organization'
  cms: Buffer
  signerName: string
  signerSnils: string | null
  signedAt: Date
}

const columns = sql`patient_id as "patientId", id, set_id as "setId", version_number as "versionNumber", kind, title, organization_id as "organizationId",
  practitioner_role_id as "staffId", author_snils as "authorSnils", author_name as "authorName", visit_id as "visitId", state, content,
  happened_at as "happenedAt", prepared_at as "preparedAt", signed_at as "signedAt"`

/** Freezes a prepared document with its bytes; an earlier preparation of the same visit is replaced. */
export async function insertPrepared(
  work: Work,
  document: DocumentRecord,
  renditions: Record<Format, { bytes: Uint8Array; sha256: Buffer }>,
): Promise<void> {
  await forgetPrepared(work, document.patientId, document.visitId)
  await work.db
    .insertInto('documents.document')
    .values({
      patient_id: document.patientId,
      id: document.id,
      set_id: document.setId,
      version_number: document.versionNumber,
      kind: document.kind,
      title: document.title,
      organization_id: document.organizationId,
      practitioner_role_id: document.staffId,
      author_snils: document.authorSnils,
      author_name: document.authorName,
      visit_id: document.visitId,
      state: 'prepared',
      content: JSON.stringify(document.content),
      happened_at: document.happenedAt,
      prepared_at: document.preparedAt,
    })
    .execute()
  await work.db
    .insertInto('documents.rendition')
    .values(
      (['cda', 'pdf'] as const).map((format) => ({
        patient_id: document.patientId,
        document_id: document.id,
        format,
        bytes: Buffer.from(renditions[format].bytes),
        sha256: renditions[format].sha256,
      })),
    )
    .execute()
}

async function forgetPrepared(work: Work, patientId: string, visitId: string): Promise<void> {
  await sql`delete from documents.rendition r using documents.document d where d.patient_id = ${patientId} and d.visit_id = ${visitId} and d.state = 'prepared'
    and r.patient_id = d.patient_id and r.document_id = d.id`.execute(work.db)
  await work.db
    .deleteFrom('documents.document')
    .where('patient_id', '=', patientId)
    .where('visit_id', '=', visitId)
    .where('state', '=', 'prepared')
    .execute()
}

export async function findDocument(
  work: Work,
  patientId: string,
  documentId: string,
  lock = false,
): Promise<DocumentRecord | undefined> {
  const { rows } =
    await sql<DocumentRecord>`select ${columns} from documents.document where patient_id = ${patientId} and id = ${documentId} ${lock ? sql`for no key update` : sql``}`.execute(
      work.db,
    )
  return rows[0]
}

/** Signed documents of a patient, newest first. */
export async function signedDocuments(work: Work, patientId: string, limit: number): Promise<DocumentRecord[]> {
  const { rows } =
    await sql<DocumentRecord>`select ${columns} from documents.document where patient_id = ${patientId} and state = 'signed' order by happened_at desc, id desc limit ${limit}`.execute(
      work.db,
    )
  return rows
}

export async function findBytes(
  work: Work,
  patientId: string,
  documentId: string,
  format: Format,
): Promise<Buffer | undefined> {
  const row = await work.db
    .selectFrom('documents.rendition')
    .select('bytes')
    .where('patient_id', '=', patientId)
    .where('document_id', '=', documentId)
    .where('format', '=', format)
    .executeTakeFirst()
  return row?.bytes
}

export async function findSignatures(work: Work, patientId: string, documentId: string): Promise<SignatureRecord[]> {
  const rows = await work.db
    .selectFrom('documents.signature')
    .select(['id', 'format', 'kind', 'cms', 'signer_name', 'signer_snils', 'signed_at'])
    .where('patient_id', '=', patientId)
    .where('document_id', '=', documentId)
    .orderBy('format')
    .execute()
  return rows.map((r) => ({
    id: r.id,
    format: r.format as Format,
    kind: r.kind as 'person',
    cms: r.cms,
    signerName: r.signer_name,
    signerSnils: r.signer_snils,
    signedAt: r.signed_at,
  }))
}

export type NewSignature = SignatureRecord & { serial: string; issuer: string; validFrom: Date; validUntil: Date }

/** Adds the signatures and marks the document signed. */
export async function markSigned(
  work: Work,
  document: DocumentRecord,
  signatures: readonly NewSignature[],
): Promise<void> {
  await Promise.all([
    work.db
      .insertInto('documents.signature')
      .values(
        signatures.map((s) => ({
          patient_id: document.patientId,
          document_id: document.id,
          id: s.id,
          format: s.format,
          kind: s.kind,
          cms: s.cms,
          signer_name: s.signerName,
          signer_snils: s.signerSnils,
          certificate_serial: s.serial,
          certificate_issuer: s.issuer,
          valid_from: s.validFrom,
          valid_until: s.validUntil,
          signed_at: s.signedAt,
          verified_at: work.now,
        })),
      )
      .execute(),
    work.db
      .updateTable('documents.document')
      .set({ state: 'signed', signed_at: work.now })
      .where('patient_id', '=', document.patientId)
      .where('id', '=', document.id)
      .execute(),
  ])
}

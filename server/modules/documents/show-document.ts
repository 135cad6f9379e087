import {
  DocumentNotFound,
  type DocumentRow,
  type DocumentView,
  type SignatureView,
} from '../../../contracts/documents.ts'
import type { FileContent } from '../../../contracts/endpoint.ts'
import { Problem } from '../../platform/problem.ts'
import { localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { readCard } from '../chart/index.ts'
import { organizationsByIds, staffByIds, type OrganizationFull, type StaffMember } from '../organizations/index.ts'
import { patientsByIds } from '../patients/index.ts'
import { plainMeaning } from '../terminology/index.ts'
import { isMadeOf } from './content-fingerprint.ts'
import type { DocumentPorts } from './ports.ts'
import * as store from './store.ts'

const LIST_LIMIT = 200
const OTHER_CONTENT = 'На странице не то, что подписано: верьте только файлу XML или PDF.'

/** The document, if this actor may read this card; a prepared one is its author's only. Throws DocumentNotFound. */
async function readableDocument(work: Work, patientId: string, documentId: string): Promise<store.DocumentRecord> {
  await readCard(work, patientId)
  work.note({ objectType: 'document', objectId: documentId })
  const document = await store.findDocument(work, patientId, documentId)
  const own = document?.staffId === work.actor.staffId
  if (!document || (document.state !== 'signed' && !own)) throw new Problem(DocumentNotFound)
  return document
}

/** «Мои медицинские документы»: signed ones, newest first (DOC-1). */
export async function listDocuments(work: Work, patientId: string): Promise<{ documents: DocumentRow[] }> {
  await readCard(work, patientId)
  const documents = await store.signedDocuments(work, patientId, LIST_LIMIT)
  const [organizations, staff] = await Promise.all([
    organizationsByIds(work, [...new Set(documents.map((d) => d.organizationId))]),
    staffByIds(work, [...new Set(documents.map((d) => d.staffId))]),
  ])
  return { documents: documents.map((d) => rowOf(d, organizations.get(d.organizationId), staff.get(d.staffId))) }
}

/** The document's content for the page, with each signature checked over the stored bytes just now. */
export async function showDocument(
  work: Work,
  ports: DocumentPorts,
  patientId: string,
  documentId: string,
): Promise<DocumentView> {
  return describeDocument(work, ports, await readableDocument(work, patientId, documentId))
}

/** The frozen bytes of one rendition. */
export async function downloadRendition(
  work: Work,
  patientId: string,
  documentId: string,
  format: store.Format,
): Promise<FileContent> {
  const document = await readableDocument(work, patientId, documentId)
  const bytes = await store.findBytes(work, patientId, documentId, format)
  if (!bytes) throw new Problem(DocumentNotFound)
  return {
    bytes,
    fileName: `${await fileNameOf(work, document)}.${format === 'cda' ? 'xml' : 'pdf'}`,
    inline: format === 'pdf',
  }
}

/** The detached signature (CMS, DER) of one rendition. */
export async function downloadSignature(
  work: Work,
  patientId: string,
  documentId: string,
  format: store.Format,
): Promise<FileContent> {
  const document = await readableDocument(work, patientId, documentId)
  const signature = (await store.findSignatures(work, patientId, documentId)).find((s) => s.format === format)
  if (!signature) throw new Problem(DocumentNotFound)
  return {
    bytes: signature.cms,
    fileName: `${await fileNameOf(work, document)}.${format === 'cda' ? 'xml' : 'pdf'}.sig`,
  }
}

/** By the day where it happened. No names in file names: a downloads folder is often shared. */
async function fileNameOf(work: Work, { organizationId, happenedAt }: store.DocumentRecord): Promise<string> {
  const organization = (await organizationsByIds(work, [organizationId])).get(organizationId)
  return `Протокол консультации ${localDay(happenedAt, organization?.timeZone ?? 'UTC')}`
}

function rowOf(
  d: store.DocumentRecord,
  organization: OrganizationFull | undefined,
  doctor: StaffMember | undefined,
): DocumentRow {
  return {
    id: d.id,
    kind: d.kind,
    title: d.title,
    happenedAt: d.happenedAt.toISOString(),
    signedAt: d.signedAt?.toISOString() ?? null,
    organizationName: organization?.shortName ?? '',
    doctorName: d.authorName,
    specialtyTitle: doctor?.specialtyTitle ?? '',
    versionNumber: d.versionNumber,
    timeZone: organization?.timeZone ?? 'UTC',
  }
}

/** A document in the words of its contract. */
export async function describeDocument(
  work: Work,
  ports: DocumentPorts,
  document: store.DocumentRecord,
): Promise<DocumentView> {
  const [organizations, staff, patients, signatures] = await Promise.all([
    organizationsByIds(work, [document.organizationId]),
    staffByIds(work, [document.staffId]),
    patientsByIds(work, [document.patientId]),
    verifiedSignatures(work, ports, document),
  ])
  const { record } = document.content
  return {
    ...rowOf(document, organizations.get(document.organizationId), staff.get(document.staffId)),
    patientId: document.patientId,
    patientName: patients.get(document.patientId)?.name ?? '',
    state: document.state,
    content: record,
    plainWords: record.diagnoses.flatMap((d) => {
      const meaning = plainMeaning(d.code)
      return meaning ? { term: d.name, meaning } : []
    }),
    signatures,
  }
}

async function verifiedSignatures(
  work: Work,
  ports: DocumentPorts,
  document: store.DocumentRecord,
): Promise<SignatureView[]> {
  const signatures = await store.findSignatures(work, document.patientId, document.id)
  return Promise.all(
    signatures.map(async (s): Promise<SignatureView> => {
      const bytes = (await store.findBytes(work, document.patientId, document.id, s.format)) ?? Buffer.alloc(0)
      const verdict = await ports.verify(work, s.cms, bytes, {
        snils: s.signerSnils ?? document.authorSnils,
        at: s.signedAt,
      })
      // The page shows the row's content; it must be what these bytes were made of.
      const shown = s.format !== 'cda' || isMadeOf(bytes, document.id, document.content.record)
      return {
        signerName: s.signerName,
        position: verdict.signer.position,
        organization: verdict.signer.organization,
        kind: s.kind,
        format: s.format,
        signedAt: s.signedAt.toISOString(),
        certificateSerial: verdict.certificate?.serial ?? '',
        issuer: verdict.certificate?.issuer ?? '',
        validFrom: (verdict.certificate?.validFrom ?? s.signedAt).toISOString(),
        validUntil: (verdict.certificate?.validUntil ?? s.signedAt).toISOString(),
        valid: verdict.valid && shown,
        checkedAt: work.now.toISOString(),
        reasons: shown ? verdict.reasons : [...verdict.reasons, OTHER_CONTENT],
      }
    }),
  )
}

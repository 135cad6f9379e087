import { NoSigningKey, PreparedIsStale, RecordIncomplete } from '../../../contracts/documents.ts'
import { directories } from '../../../contracts/terminology.ts'
import { newId, sha256 } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { flawsOf, recordToSign, type RecordToSign } from '../chart/index.ts'
import { organizationsByIds, staffByIds, type StaffMember } from '../organizations/index.ts'
import { patientFull } from '../patients/index.ts'
import type { SigningCertificate } from '../signatures/index.ts'
import { conceptsByCodes } from '../terminology/index.ts'
import { markOf } from './content-fingerprint.ts'
import type { ConsultationContent, DocumentPorts } from './ports.ts'
import * as store from './store.ts'

type Prepared = { documentId: string; certificate: { owner: string; serial: string; validUntil: string } }

/**
 * Freezes the bytes of a visit's record so that the doctor reads and signs exactly them. Throws RecordIncomplete with
 * the sections to fill, NoSigningKey, PreparedIsStale when the draft has moved on from `draftVersion`.
 */
export async function prepareDocument(
  work: Work,
  ports: DocumentPorts,
  patientId: string,
  visitId: string,
  draftVersion: number,
): Promise<Prepared> {
  const toSign = await recordToSign(work, patientId, visitId)
  if (toSign.draft.version !== draftVersion) throw new Problem(PreparedIsStale)
  const flaws = flawsOf(toSign.draft.body)
  if (flaws.length > 0) throw new Problem(RecordIncomplete, { fields: flaws })
  const author = (await staffByIds(work, [toSign.visit.staffId])).get(toSign.visit.staffId)!
  const certificate = await ports.provider.certificateOf(work, author.snils)
  if (!certificate) throw new Problem(NoSigningKey)

  const content = await contentOf(work, toSign, author, certificate)
  const bytes = await ports.render(content)
  await store.insertPrepared(work, recordOf(work, toSign, content), {
    cda: { bytes: bytes.cda, sha256: sha256(bytes.cda) },
    pdf: { bytes: bytes.pdf, sha256: sha256(bytes.pdf) },
  })
  return {
    documentId: content.documentId,
    certificate: {
      owner: certificate.owner,
      serial: certificate.serial,
      validUntil: certificate.validUntil.toISOString(),
    },
  }
}

async function contentOf(
  work: Work,
  { visit, draft, diagnoses, services }: RecordToSign,
  author: StaffMember,
  certificate: SigningCertificate,
): Promise<ConsultationContent> {
  const [patient, organizations, positions] = await Promise.all([
    patientFull(work, visit.patientId),
    organizationsByIds(work, [visit.organizationId]),
    conceptsByCodes(work, directories.positions, [author.positionCode]),
  ])
  const documentId = newId()
  const record = named(draft.body, diagnoses, services)
  return {
    documentId,
    setId: newId(),
    versionNumber: 1,
    preparedAt: work.now,
    patient,
    organization: organizations.get(visit.organizationId)!,
    author,
    position: positions.get(author.positionCode),
    visit: {
      id: visit.id,
      episodeId: visit.episodeId,
      episodeNumber: visit.episodeNumber,
      startedAt: visit.startedAt,
      kind: visit.kind,
    },
    record,
    mark: markOf(documentId, record),
    diagnoses,
    services,
    certificate,
  }
}

/** The names that stand in the document are the directory's, whatever the editor sent beside the code. */
function named(
  record: RecordToSign['draft']['body'],
  diagnoses: RecordToSign['diagnoses'],
  services: RecordToSign['services'],
) {
  return {
    ...record,
    diagnoses: record.diagnoses.map((d) => ({ ...d, name: diagnoses.get(d.code)!.name })),
    services: record.services.map((s) => ({ ...s, name: services.get(s.code)!.name })),
  }
}

function recordOf(work: Work, { visit, draft }: RecordToSign, content: ConsultationContent): store.DocumentRecord {
  return {
    patientId: visit.patientId,
    id: content.documentId,
    setId: content.setId,
    versionNumber: content.versionNumber,
    kind: '119',
    title: `Протокол консультации: ${content.author.specialtyTitle ?? content.author.position}`,
    organizationId: visit.organizationId,
    staffId: visit.staffId,
    authorSnils: content.author.snils,
    authorName: content.author.name,
    visitId: visit.id,
    state: 'prepared',
    content: { record: content.record, draftVersion: draft.version },
    happenedAt: visit.startedAt,
    preparedAt: work.now,
    signedAt: null,
  }
}

import { StepUpNeeded } from '../../../contracts/access.ts'
import {
  DocumentNotFound,
  NoSigningKey,
  PreparedIsStale,
  SignatureRefused,
  type DocumentView,
} from '../../../contracts/documents.ts'
import { VisitIsSigned } from '../../../contracts/chart.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { concludeVisit, recordToSign, type RecordToSign } from '../chart/index.ts'
import { organizationsByIds } from '../organizations/index.ts'
import type { DocumentPorts } from './ports.ts'
import { describeDocument } from './show-document.ts'
import * as store from './store.ts'

/** A second factor given this long ago still stands for presence at the signing (SEC-1, step-up). */
const STEP_UP_MS = 10 * 60_000

type Given = { cda: string; pdf: string } | undefined

/**
 * Signs the prepared bytes and closes the visit. Every signature is verified on entry: integrity, chain, validity,
 * revocation, and that the signer is the author (EMR-3). Throws StepUpNeeded, DocumentNotFound, VisitIsSigned,
 * PreparedIsStale, NoSigningKey, SignatureRefused.
 */
export async function signDocument(
  work: Work,
  ports: DocumentPorts,
  patientId: string,
  documentId: string,
  given: Given,
): Promise<DocumentView> {
  const document = await store.findDocument(work, patientId, documentId)
  if (!document || document.staffId !== work.actor.staffId) throw new Problem(DocumentNotFound)
  work.note({ patientId, grounds: 'case', objectType: 'document', objectId: documentId })
  if (document.state === 'signed') throw new Problem(VisitIsSigned)
  if (!work.actor.steppedUpAt || work.now.getTime() - work.actor.steppedUpAt.getTime() > STEP_UP_MS)
    throw new Problem(StepUpNeeded)
  const toSign = await recordToSign(work, patientId, document.visitId)
  // The visit's lock comes first, as in preparing: one that made the document anew meanwhile has taken this one away.
  if (!(await store.findDocument(work, patientId, documentId, true))) throw new Problem(DocumentNotFound)
  if (toSign.draft.version !== document.content.draftVersion) throw new Problem(PreparedIsStale)

  const signatures: store.NewSignature[] = []
  for (const format of ['cda', 'pdf'] as const)
    signatures.push(await signatureOf(work, ports, document, format, given?.[format]))
  await store.markSigned(work, document, signatures)
  await concludeVisit(work, toSign.visit, await signedConsultation(work, document, toSign))
  work.announce({
    type: 'documents.document-signed',
    key: patientId,
    topics: [`patient/${patientId}`, `day/${document.staffId}`],
    payload: { patientId, documentId, visitId: document.visitId },
  })
  return describeDocument(work, ports, { ...document, state: 'signed', signedAt: work.now })
}

/** The signature over one rendition: the given one, or one made by the provider; verified either way. */
async function signatureOf(
  work: Work,
  ports: DocumentPorts,
  document: store.DocumentRecord,
  format: store.Format,
  given: string | undefined,
): Promise<store.NewSignature> {
  const bytes = (await store.findBytes(work, document.patientId, document.id, format))!
  const cms = given === undefined ? await signWithProvider(work, ports, document, bytes) : Buffer.from(given, 'base64')
  const verdict = await ports.verify(work, cms, bytes, { snils: document.authorSnils, at: work.now })
  if (!verdict.valid || !verdict.certificate)
    throw new Problem(SignatureRefused, { detail: verdict.reasons.join(' '), reasons: verdict.reasons })
  return {
    id: newId(),
    format,
    kind: 'person',
    cms: Buffer.from(cms),
    signerName: verdict.signer.name,
    signerSnils: verdict.signer.snils,
    signedAt: verdict.signedAt ?? work.now,
    serial: verdict.certificate.serial,
    issuer: verdict.certificate.issuer,
    validFrom: verdict.certificate.validFrom,
    validUntil: verdict.certificate.validUntil,
  }
}

async function signWithProvider(
  work: Work,
  ports: DocumentPorts,
  document: store.DocumentRecord,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const certificate = await ports.provider.certificateOf(work, document.authorSnils)
  if (!certificate) throw new Problem(NoSigningKey)
  return ports.provider.sign(work, certificate, bytes)
}

async function signedConsultation(
  work: Work,
  document: store.DocumentRecord,
  { visit, diagnoses, services }: RecordToSign,
) {
  const organization = (await organizationsByIds(work, [visit.organizationId])).get(visit.organizationId)!
  return {
    patientId: visit.patientId,
    visitId: visit.id,
    episodeId: visit.episodeId,
    documentId: document.id,
    organizationId: visit.organizationId,
    organizationOid: organization.oid,
    timeZone: organization.timeZone,
    staffId: visit.staffId,
    doctorName: document.authorName,
    specialtyTitle: document.title.replace(/^Протокол консультации: /, ''),
    startedAt: visit.startedAt,
    signedAt: work.now,
    record: document.content.record,
    diagnoses,
    services,
  }
}

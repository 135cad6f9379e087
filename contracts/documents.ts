import * as T from 'typebox'
import { ConsultationDraft, UnknownCode, VisitIsSigned, VisitNotFound } from './chart.ts'
import { StepUpNeeded } from './access.ts'
import { endpoint, type ProblemType } from './endpoint.ts'
import { PatientNotFound } from './patients.ts'
import { Id, Instant, Nullable, OneOf, RowVersion, Shape } from './values.ts'

export const DocumentNotFound = {
  type: '/problems/document-not-found',
  status: 404,
  title: 'Документ не найден',
} as const satisfies ProblemType
/** `fields` say what is missing or wrong in the record, by section. */
export const RecordIncomplete = {
  type: '/problems/record-incomplete',
  status: 422,
  title: 'Запись ещё нельзя подписать',
  advice: 'Заполните отмеченные разделы.',
} as const satisfies ProblemType
export const NoSigningKey = {
  type: '/problems/no-signing-key',
  status: 409,
  title: 'Нет действующего сертификата подписи',
  advice: 'Обратитесь к администратору за сертификатом.',
} as const satisfies ProblemType
/** `reasons` list what is wrong with the signature, as sentences. */
export const SignatureRefused = {
  type: '/problems/signature-refused',
  status: 422,
  title: 'Подпись не прошла проверку',
} as const satisfies ProblemType
export const PreparedIsStale = {
  type: '/problems/prepared-is-stale',
  status: 409,
  title: 'Запись изменилась после подготовки документа',
  advice: 'Подготовьте документ ещё раз и прочитайте его.',
} as const satisfies ProblemType

export const DocumentRow = Shape({
  id: Id,
  kind: T.String(),
  title: T.String(),
  happenedAt: Instant,
  signedAt: Nullable(Instant),
  organizationName: T.String(),
  doctorName: T.String(),
  specialtyTitle: T.String(),
  versionNumber: T.Integer(),
  timeZone: T.String(),
})
export type DocumentRow = T.Static<typeof DocumentRow>

export const SignatureView = Shape({
  signerName: T.String(),
  position: Nullable(T.String()),
  organization: Nullable(T.String()),
  kind: OneOf('person', 'organization'),
  format: OneOf('cda', 'pdf'),
  signedAt: Instant,
  certificateSerial: T.String(),
  issuer: T.String(),
  validFrom: Instant,
  validUntil: Instant,
  /** The bytes were checked just now. */
  valid: T.Boolean(),
  checkedAt: Instant,
  reasons: T.Array(T.String()),
})
export type SignatureView = T.Static<typeof SignatureView>

/** What the document says, for reading in the page; names of codes included, in words for people. */
export const DocumentView = Shape({
  ...DocumentRow.properties,
  patientId: Id,
  patientName: T.String(),
  state: OneOf('prepared', 'signed'),
  content: ConsultationDraft,
  /** Short explanations of the diagnoses and terms in plain words, where we have them. */
  plainWords: T.Array(Shape({ term: T.String(), meaning: T.String() })),
  signatures: T.Array(SignatureView),
})
export type DocumentView = T.Static<typeof DocumentView>

/** Freezes the bytes (CDA and PDF) of the visit's record, to be read and signed. The draft's version must be the last. */
export const prepareDocument = endpoint({
  name: 'documents.prepare',
  summary: 'Подготовка документа к подписи',
  method: 'POST',
  path: '/api/v1/patients/:patientId/visits/:visitId/document',
  who: ['doctor'],
  journal: 'patient-change',
  params: Shape({ patientId: Id, visitId: Id }),
  body: Shape({ draftVersion: RowVersion }),
  reply: Shape({ documentId: Id, certificate: Shape({ owner: T.String(), serial: T.String(), validUntil: Instant }) }),
  problems: [VisitNotFound, VisitIsSigned, PreparedIsStale, RecordIncomplete, NoSigningKey, UnknownCode],
})
/**
 * Signs the prepared bytes with the doctor's key. `signatures` come from a provider in the browser; when absent the
 * server's provider signs (the demo's software key). Needs a second factor given within the last 10 minutes.
 */
export const signDocument = endpoint({
  name: 'documents.sign',
  summary: 'Подписание документа',
  method: 'POST',
  path: '/api/v1/patients/:patientId/documents/:documentId/signature',
  who: ['doctor'],
  journal: 'patient-change',
  params: Shape({ patientId: Id, documentId: Id }),
  body: Shape({
    signatures: T.Optional(Shape({ cda: T.String({ maxLength: 100_000 }), pdf: T.String({ maxLength: 100_000 }) })),
  }),
  reply: DocumentView,
  problems: [DocumentNotFound, VisitIsSigned, PreparedIsStale, NoSigningKey, SignatureRefused, StepUpNeeded],
})
export const listDocuments = endpoint({
  name: 'documents.list',
  summary: 'Просмотр списка документов',
  method: 'GET',
  path: '/api/v1/patients/:patientId/documents',
  who: ['citizen', 'doctor', 'head', 'guardianship-officer'],
  journal: 'patient-read',
  params: Shape({ patientId: Id }),
  reply: Shape({ documents: T.Array(DocumentRow) }),
  problems: [PatientNotFound],
})
export const showDocument = endpoint({
  name: 'documents.show',
  summary: 'Просмотр документа',
  method: 'GET',
  path: '/api/v1/patients/:patientId/documents/:documentId',
  who: ['citizen', 'doctor', 'head', 'guardianship-officer'],
  journal: 'patient-read',
  params: Shape({ patientId: Id, documentId: Id }),
  reply: DocumentView,
  problems: [DocumentNotFound],
})
const DocumentParams = Shape({ patientId: Id, documentId: Id })
export const downloadPdf = endpoint({
  name: 'documents.download-pdf',
  summary: 'Скачивание документа (PDF)',
  method: 'GET',
  path: '/api/v1/patients/:patientId/documents/:documentId/document.pdf',
  who: ['citizen', 'doctor', 'head', 'guardianship-officer'],
  journal: 'patient-read',
  params: DocumentParams,
  reply: { file: 'application/pdf' },
  problems: [DocumentNotFound],
})
export const downloadXml = endpoint({
  name: 'documents.download-xml',
  summary: 'Скачивание документа (XML)',
  method: 'GET',
  path: '/api/v1/patients/:patientId/documents/:documentId/document.xml',
  who: ['citizen', 'doctor', 'head', 'guardianship-officer'],
  journal: 'patient-read',
  params: DocumentParams,
  reply: { file: 'application/xml' },
  problems: [DocumentNotFound],
})
/** The detached CMS of a rendition, to be checked with other tools. */
export const downloadSignature = endpoint({
  name: 'documents.download-signature',
  summary: 'Скачивание подписи',
  method: 'GET',
  path: '/api/v1/patients/:patientId/documents/:documentId/signatures/:format',
  who: ['citizen', 'doctor', 'head', 'guardianship-officer'],
  journal: 'patient-read',
  params: Shape({ patientId: Id, documentId: Id, format: OneOf('cda', 'pdf') }),
  reply: { file: 'application/pkcs7-signature' },
  problems: [DocumentNotFound],
})

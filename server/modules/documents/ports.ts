import type { ConsultationDraft } from '../../../contracts/chart.ts'
import type { Concept } from '../../../contracts/terminology.ts'
import type { OrganizationFull, StaffMember } from '../organizations/index.ts'
import type { PatientFull } from '../patients/index.ts'
import type { SignatureProvider, SigningCertificate, VerifySignature } from '../signatures/index.ts'

/** Everything a consultation document says; both renditions are made from this and nothing else. */
export type ConsultationContent = {
  documentId: string
  setId: string
  versionNumber: number
  preparedAt: Date
  patient: PatientFull
  organization: OrganizationFull
  author: StaffMember
  /** The author's position in its directory; undefined when the current version no longer has it. */
  position: Concept | undefined
  visit: { id: string; episodeId: string; episodeNumber: string; startedAt: Date; kind: 'primary' | 'repeat' }
  record: ConsultationDraft
  /** Written into the XML as a comment: ties the content kept beside the bytes to the signature. */
  mark: string
  diagnoses: ReadonlyMap<string, Concept>
  services: ReadonlyMap<string, Concept>
  /** Whose signature stamp the PDF shows. */
  certificate: SigningCertificate
}

/** Port: makes the document's bytes in both formats. Implemented in server/exchange/consultation-document. */
export type RenderDocument = (content: ConsultationContent) => Promise<{ cda: Uint8Array; pdf: Uint8Array }>

/** What documents need from outside; passed by wiring. */
export type DocumentPorts = { render: RenderDocument; provider: SignatureProvider; verify: VerifySignature }

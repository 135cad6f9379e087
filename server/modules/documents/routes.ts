import * as contract from '../../../contracts/documents.ts'
import { serve, type Route } from '../../platform/http/serve.ts'
import type { DocumentPorts } from './ports.ts'
import { prepareDocument } from './prepare-document.ts'
import { downloadRendition, downloadSignature, listDocuments, showDocument } from './show-document.ts'
import { signDocument } from './sign-document.ts'

export const documentRoutes = (ports: DocumentPorts): readonly Route[] => [
  serve(contract.prepareDocument, (work, { params, body }) =>
    prepareDocument(work, ports, params.patientId, params.visitId, body.draftVersion),
  ),
  serve(contract.signDocument, (work, { params, body }) =>
    signDocument(work, ports, params.patientId, params.documentId, body.signatures),
  ),
  serve(contract.listDocuments, (work, { params }) => listDocuments(work, params.patientId)),
  serve(contract.showDocument, (work, { params }) => showDocument(work, ports, params.patientId, params.documentId)),
  serve(contract.downloadPdf, (work, { params }) =>
    downloadRendition(work, params.patientId, params.documentId, 'pdf'),
  ),
  serve(contract.downloadXml, (work, { params }) =>
    downloadRendition(work, params.patientId, params.documentId, 'cda'),
  ),
  serve(contract.downloadSignature, (work, { params }) =>
    downloadSignature(work, params.patientId, params.documentId, params.format),
  ),
]

import type { ReactNode } from 'react'
import { listDocuments } from '../../../contracts/documents.ts'
import { PatientFrame } from '../people/patient-frame.tsx'
import { DocumentsList } from './documents-list.tsx'

/** The patient's signed documents. */
export default function DocumentsPage({ patientId }: { patientId: string }): ReactNode {
  return (
    <PatientFrame patientId={patientId} current="documents" live={[listDocuments]}>
      {() => <DocumentsList patientId={patientId} />}
    </PatientFrame>
  )
}

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Button, Dialog, Segments } from '../../ui/index.ts'
import { DocumentReading } from '../card/document-reading.tsx'
import { DocumentsList } from '../card/documents-list.tsx'
import { Timeline } from '../card/timeline-list.tsx'

type Props = { patientId: string; name: string }

/** The card beside the record: history and documents are read here without leaving what is being written. */
export function PatientPanel({ patientId, name }: Props): ReactNode {
  const [shown, setShown] = useState(false)
  return (
    <>
      <aside className="visit__card" aria-label="Карта пациента">
        <Panel patientId={patientId} />
      </aside>
      <div className="visit__open-card">
        <Button icon="card" onClick={() => setShown(true)}>
          Карта пациента
        </Button>
      </div>
      <Dialog open={shown} title={name} width="wide" onClose={() => setShown(false)}>
        <Panel patientId={patientId} />
      </Dialog>
    </>
  )
}

function Panel({ patientId }: { patientId: string }): ReactNode {
  const [part, setPart] = useState<'history' | 'documents'>('history')
  const [documentId, setDocumentId] = useState<string | undefined>(undefined)
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (documentId) back.current?.focus()
  }, [documentId])
  if (documentId)
    return (
      <div className="stack">
        <div>
          <Button size="small" icon="back" ref={back} onClick={() => setDocumentId(undefined)}>
            К карте
          </Button>
        </div>
        <DocumentReading patientId={patientId} documentId={documentId} level={3} />
      </div>
    )
  return (
    <div className="stack">
      <Segments
        legend="Что показать из карты"
        value={part}
        onChange={setPart}
        options={[
          { value: 'history', label: 'История' },
          { value: 'documents', label: 'Документы' },
        ]}
      />
      {part === 'history' ? (
        <Timeline patientId={patientId} kind="" period="" level={3} onDocument={setDocumentId} />
      ) : (
        <DocumentsList patientId={patientId} onDocument={setDocumentId} />
      )}
    </div>
  )
}

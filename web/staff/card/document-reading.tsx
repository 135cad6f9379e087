import type { ReactNode } from 'react'
import {
  downloadPdf,
  downloadSignature,
  downloadXml,
  showDocument,
  type DocumentView,
} from '../../../contracts/documents.ts'
import { pathOf, useRead } from '../../api/index.ts'
import { SignatureDetails } from '../../domain/signature-details.tsx'
import { verdictOf } from '../../domain/signature-words.ts'
import {
  Badge,
  Button,
  ButtonLink,
  Card,
  ErrorState,
  Facts,
  Notice,
  ownZone,
  Skeleton,
  stampWords,
} from '../../ui/index.ts'
import { DocumentContents } from './document-contents.tsx'

type Props = { patientId: string; documentId: string; level?: 2 | 3 }

/** A document for reading, on its own page or beside a record: its head, its contents, its signatures checked just now. */
export function DocumentReading({ patientId, documentId, level = 2 }: Props): ReactNode {
  const params = { patientId, documentId }
  const read = useRead(showDocument, { params })
  if (read.error && !read.data)
    return <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
  if (!read.data) return <Skeleton shape="card" label="Открываем документ и проверяем подпись" />
  const document = read.data
  return (
    <div className="stack">
      <DocumentHead document={document} level={level} />
      <DocumentContents record={document.content} level={level} />
      <Signatures document={document} level={level} checking={read.isFetching} onCheck={() => void read.refetch()} />
    </div>
  )
}

/** What the document is, and its files. */
export function DocumentHead({ document, level = 2 }: { document: DocumentView; level?: 2 | 3 }): ReactNode {
  const params = { patientId: document.patientId, documentId: document.id }
  const verdict = verdictOf(document.signatures)
  return (
    <Card title={document.title} level={level} aside={<Badge kind={verdict.kind}>{verdict.title}</Badge>}>
      <Facts
        items={[
          ['Пациент', document.patientName],
          ['Врач', document.doctorName],
          ['Организация', document.organizationName],
          ['Приём', stampWords(document.happenedAt, document.timeZone)],
          document.versionNumber > 1 && ['Версия', `${document.versionNumber}, исправленная`],
        ]}
      />
      <div className="cluster no-print">
        <ButtonLink size="small" icon="document" href={pathOf(downloadPdf, { params })} newTab>
          Открыть PDF
        </ButtonLink>
        <ButtonLink size="small" icon="download" href={pathOf(downloadXml, { params })} download>
          Скачать XML
        </ButtonLink>
      </div>
    </Card>
  )
}

type SignaturesProps = { document: DocumentView; level: 2 | 3; checking: boolean; onCheck: () => void }

function Signatures({ document, level, checking, onCheck }: SignaturesProps): ReactNode {
  const { signatures, timeZone } = document
  const params = { patientId: document.patientId, documentId: document.id }
  const verdict = verdictOf(signatures)
  const checkedAt = signatures[0]?.checkedAt
  return (
    <Card title="Проверка подписи" level={level}>
      <Notice kind={verdict.kind} title={verdict.title}>
        <p>{verdict.text}</p>
        {checkedAt && <p className="small">Проверено: {stampWords(checkedAt, ownZone())}.</p>}
      </Notice>
      {signatures.map((signature) => (
        <SignatureDetails
          key={signature.format + signature.certificateSerial}
          signature={signature}
          zone={timeZone}
          file={pathOf(downloadSignature, { params: { ...params, format: signature.format } })}
        />
      ))}
      <div className="no-print">
        <Button size="small" busy={checking} busyText="Проверяем…" icon="seal" onClick={onCheck}>
          Проверить ещё раз
        </Button>
      </div>
    </Card>
  )
}

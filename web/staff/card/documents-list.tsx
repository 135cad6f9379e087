import type { ReactNode } from 'react'
import { listDocuments } from '../../../contracts/documents.ts'
import { useRead } from '../../api/index.ts'
import { Card, dateWords, dayOf, EmptyState, ErrorState, Row, Rows, shortName, Skeleton } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { ArrowList } from '../keyboard/arrow-list.tsx'
import { useToday } from '../session.tsx'

type Props = { patientId: string; onDocument?: (documentId: string) => void }

/** Signed documents, newest first. */
export function DocumentsList({ patientId, onDocument }: Props): ReactNode {
  const read = useRead(listDocuments, { params: { patientId } })
  const thisYear = Number(useToday().slice(0, 4))
  if (read.error && !read.data)
    return <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
  if (!read.data) return <Skeleton shape="rows" count={4} label="Загружаем документы" />
  if (read.data.documents.length === 0)
    return (
      <EmptyState icon="document" title="Документов пока нет">
        <p>Документ появится здесь, как только врач подпишет запись приёма.</p>
      </EmptyState>
    )
  return (
    <Card>
      <ArrowList>
        <Rows label="Документы">
          {read.data.documents.map((document) => (
            <Row
              key={document.id}
              icon="document"
              title={document.title}
              about={
                <>
                  {dateWords(dayOf(document.happenedAt, document.timeZone), thisYear)}, {shortName(document.doctorName)}
                  <br />
                  {document.organizationName}
                </>
              }
              {...(onDocument
                ? { onPress: () => onDocument(document.id) }
                : { href: at.document(patientId, document.id) })}
            />
          ))}
        </Rows>
      </ArrowList>
    </Card>
  )
}

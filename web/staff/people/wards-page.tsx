import type { ReactNode } from 'react'
import { listMyWards } from '../../../contracts/representation.ts'
import { useRead } from '../../api/index.ts'
import { Card, dateWords, EmptyState, ErrorState, Page, Row, Rows, Skeleton } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { useToday } from '../session.tsx'
import { documentWords } from './representation-words.ts'
import { personWords } from './person-words.ts'

/** The wards of the officer's authority: whose cards are open to them, until when, and by which act. */
export default function WardsPage(): ReactNode {
  const today = useToday()
  const read = useRead(listMyWards, {})
  return (
    <Page title="Подопечные" {...(read.data && { lead: read.data.authority })}>
      {read.error && !read.data ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !read.data ? (
        <Skeleton shape="rows" label="Загружаем список" />
      ) : read.data.wards.length === 0 ? (
        <EmptyState icon="people" title="Подопечных нет">
          <p>Подопечного вносит регистратура поликлиники по акту органа опеки. После этого он появится здесь.</p>
        </EmptyState>
      ) : (
        <Card>
          <Rows label="Подопечные">
            {read.data.wards.map(({ patient, until, document }) => (
              <Row
                key={patient.id}
                href={at.patient(patient.id)}
                title={patient.name}
                about={
                  <>
                    {personWords(patient, today)}
                    <br />
                    {documentWords(document)}. До {dateWords(until)}
                  </>
                }
              />
            ))}
          </Rows>
        </Card>
      )}
    </Page>
  )
}

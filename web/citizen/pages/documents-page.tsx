import type { ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import { listDocuments } from '../../../contracts/documents.ts'
import { useLive, useRead } from '../../api/index.ts'
import {
  ButtonLink,
  Card,
  dayOf,
  EmptyState,
  ErrorState,
  ownZone,
  Page,
  Rows,
  Select,
  Skeleton,
  useNow,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { CardTabs } from '../blocks/card-tabs.tsx'
import { DocumentLine } from '../blocks/document-line.tsx'
import { isWithin, periods, periodStart } from '../../domain/timeline.ts'
import { WhoseCard } from '../blocks/whose-card.tsx'
import { WithCard } from '../blocks/with-card.tsx'
import { useWho } from '../session.tsx'

/** «Мои медицинские документы» (DOC-1). */
export default function DocumentsPage(): ReactNode {
  return (
    <WithCard title="Документы">
      <Documents />
    </WithCard>
  )
}

function Documents(): ReactNode {
  const patient = useWho()
  const [, navigate] = useLocation()
  const asked = new URLSearchParams(useSearch()).get('period')
  const period = periods.find((p) => p.value === asked)?.value ?? ''
  const read = useRead(listDocuments, { params: { patientId: patient.id } })
  useLive([`patient/${patient.id}`], [listDocuments])
  const from = periodStart(period, dayOf(useNow(), ownZone()))
  const documents = read.data?.documents.filter((d) => isWithin(d.happenedAt, d.timeZone, from))
  return (
    <Page title="Документы" lead={patient.relation === 'self' ? undefined : patient.name}>
      <WhoseCard address={at.documents} />
      <CardTabs current="documents" />
      <div className="filters">
        <Select
          label="Период"
          value={period}
          onChange={(value) => navigate(at.documents(patient, { period: value }), { replace: true })}
          options={periods}
        />
      </div>
      {read.error && !documents ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !documents ? (
        <Skeleton shape="rows" count={5} label="Загружаем документы" />
      ) : documents.length === 0 ? (
        <EmptyState
          icon="document"
          title={period ? 'За этот период документов нет' : 'Документов пока нет'}
          actions={period && <ButtonLink href={at.documents(patient)}>Показать все</ButtonLink>}
        >
          <p>Документ появляется здесь сразу, как только врач подпишет его электронной подписью.</p>
        </EmptyState>
      ) : (
        <Card>
          <Rows label="Документы">
            {documents.map((document) => (
              <DocumentLine key={document.id} patientId={patient.id} document={document} />
            ))}
          </Rows>
        </Card>
      )}
    </Page>
  )
}

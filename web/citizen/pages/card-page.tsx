import type { ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import { showTimeline, type TimelineEntry } from '../../../contracts/chart.ts'
import { useLive, usePages } from '../../api/index.ts'
import {
  Button,
  ButtonLink,
  Card,
  dateWords,
  dayOf,
  EmptyState,
  ErrorState,
  ownZone,
  Page,
  Row,
  Rows,
  Segments,
  Select,
  Skeleton,
  useNow,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { CardTabs } from '../blocks/card-tabs.tsx'
import { HappeningCard } from '../blocks/happening-card.tsx'
import { happeningsOf, kinds, periods, periodStart } from '../../domain/timeline.ts'
import { WhoseCard } from '../blocks/whose-card.tsx'
import { WithCard } from '../blocks/with-card.tsx'
import { useWho } from '../session.tsx'

/** The medical card as its owner reads it (EMR-5). */
export default function CardPage(): ReactNode {
  return (
    <WithCard title="Медицинская карта">
      <Timeline />
    </WithCard>
  )
}

function Timeline(): ReactNode {
  const patient = useWho()
  const [, navigate] = useLocation()
  const search = new URLSearchParams(useSearch())
  const kind = kinds.find((k) => k.value === search.get('kind'))?.value ?? ''
  const period = periods.find((p) => p.value === search.get('period'))?.value ?? ''
  const from = periodStart(period, dayOf(useNow(), ownZone()))
  const query = { ...(kind && { kind }), ...(from && { from }) }
  const read = usePages(showTimeline, { params: { patientId: patient.id }, query })
  useLive([`patient/${patient.id}`], [showTimeline])
  const entries = read.pages?.flatMap((page) => page.entries)
  const filter = (next: { kind?: string; period?: string }) =>
    navigate(at.card(patient, { kind, period, ...next }), { replace: true })
  return (
    <Page title="Медицинская карта" lead={patient.relation === 'self' ? undefined : patient.name}>
      <WhoseCard address={at.card} />
      <CardTabs current="card" />
      <div className="filters">
        <Segments
          scroll
          legend="Что показать"
          value={kind}
          onChange={(value) => filter({ kind: value })}
          options={kinds}
        />
        <Select label="Период" value={period} onChange={(value) => filter({ period: value })} options={periods} />
      </div>
      {read.refusal && !entries ? (
        <ErrorState problem={read.refusal.problem} onRetry={read.retry} retrying={read.retrying} />
      ) : !entries ? (
        <Skeleton shape="card" label="Загружаем карту" />
      ) : entries.length === 0 ? (
        <Nothing filtered={Boolean(kind || period)} />
      ) : (
        <>
          {kind ? (
            <Plain entries={entries} patientId={patient.id} />
          ) : (
            <Visits entries={entries} hasMore={read.hasMore} patientId={patient.id} />
          )}
          {read.hasMore && (
            <Button wide busy={read.loadingMore} onClick={read.more}>
              Показать ещё
            </Button>
          )}
        </>
      )}
    </Page>
  )
}

type List = { entries: readonly TimelineEntry[]; patientId: string }

const Visits = ({ entries, hasMore, patientId }: List & { hasMore: boolean }) => (
  <div className="stack">
    {happeningsOf(entries, hasMore).map((happening) => (
      <HappeningCard key={happening.key} happening={happening} patientId={patientId} />
    ))}
  </div>
)

function Plain({ entries, patientId }: List): ReactNode {
  const thisYear = useNow().getFullYear()
  return (
    <Card>
      <Rows label="События">
        {entries.map((entry) => (
          <Row
            key={entry.id}
            title={entry.title}
            about={
              <>
                {entry.plain && (
                  <>
                    {entry.plain}
                    <br />
                  </>
                )}
                {dateWords(dayOf(entry.at, entry.timeZone), thisYear)}
                {entry.doctorName && `, ${entry.doctorName}`}, {entry.organizationName}
              </>
            }
            {...(entry.documentId && { href: at.document(patientId, entry.documentId) })}
          />
        ))}
      </Rows>
    </Card>
  )
}

function Nothing({ filtered }: { filtered: boolean }): ReactNode {
  const patient = useWho()
  if (filtered)
    return (
      <EmptyState
        icon="search"
        title="За этот период ничего такого нет"
        actions={<ButtonLink href={at.card(patient)}>Показать всё</ButtonLink>}
      />
    )
  return (
    <EmptyState
      icon="card"
      title="В карте пока пусто"
      actions={
        <ButtonLink kind="primary" href={at.book({ for: patient.id })}>
          Записаться к врачу
        </ButtonLink>
      }
    >
      <p>После приёма здесь появятся диагнозы, назначения и документы с подписью врача.</p>
    </EmptyState>
  )
}

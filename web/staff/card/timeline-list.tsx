import type { ReactNode } from 'react'
import { showTimeline } from '../../../contracts/chart.ts'
import { usePages } from '../../api/index.ts'
import { happeningsOf, periodStart, type Happening } from '../../domain/timeline.ts'
import { Button, ButtonLink, Card, dateWords, dayOf, EmptyState, ErrorState, Skeleton } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { useToday } from '../session.tsx'

type Props = {
  patientId: string
  /** A kind of fact alone, or '' for everything; see domain/timeline.ts. */
  kind: string
  period: string
  level?: 2 | 3
  /** Opens a document where one is, instead of going to its page. */
  onDocument?: (documentId: string) => void
}

/** What happened to the patient, newest first, by visits. */
export function Timeline({ patientId, kind, period, level = 2, onDocument }: Props): ReactNode {
  const from = periodStart(period, useToday())
  const query = { ...(kind && { kind }), ...(from && { from }) }
  const read = usePages(showTimeline, { params: { patientId }, query })
  const entries = read.pages?.flatMap((page) => page.entries)
  if (read.refusal && !entries)
    return <ErrorState problem={read.refusal.problem} onRetry={read.retry} retrying={read.retrying} />
  if (!entries) return <Skeleton shape="card" label="Загружаем карту" />
  if (entries.length === 0)
    return (
      <EmptyState icon="card" title={kind || period ? 'За этот период ничего такого нет' : 'В карте пока пусто'}>
        <p>Здесь появятся приёмы, диагнозы, услуги и документы, как только их подпишут.</p>
      </EmptyState>
    )
  return (
    <div className="stack">
      {happeningsOf(entries, read.hasMore).map((happening) => (
        <HappeningCard
          key={happening.key}
          happening={happening}
          patientId={patientId}
          level={level}
          {...(onDocument && { onDocument })}
        />
      ))}
      {read.hasMore && (
        <Button wide busy={read.loadingMore} onClick={read.more}>
          Показать ещё
        </Button>
      )}
    </div>
  )
}

type HappeningProps = {
  happening: Happening
  patientId: string
  level: 2 | 3
  onDocument?: (documentId: string) => void
}

function HappeningCard({ happening, patientId, level, onDocument }: HappeningProps): ReactNode {
  const { title, diagnoses, services, measurements, others, documentId, doctorName, organizationName } = happening
  const day = dateWords(dayOf(happening.at, happening.timeZone), Number(useToday().slice(0, 4)))
  return (
    <Card level={level} title={title} aside={<span className="soft nowrap">{day}</span>}>
      <p className="soft small">{[doctorName, organizationName].filter(Boolean).join(', ')}</p>
      {diagnoses.length > 0 && (
        <ul className="findings">
          {diagnoses.map((d) => (
            <li key={d.id}>
              <span className="strong numbers">{d.code}</span> {d.title}
            </li>
          ))}
        </ul>
      )}
      <Part title="Измерено" words={measurements.map((m) => m.title)} />
      <Part title="Услуги" words={services.map((s) => s.title)} />
      <Part title="Ещё" words={others.filter((o) => o.title !== title).map((o) => o.title)} />
      {documentId && (
        <div>
          {onDocument ? (
            <Button
              size="small"
              icon="document"
              aria-label={`Протокол: ${title}, ${day}`}
              onClick={() => onDocument(documentId)}
            >
              Протокол
            </Button>
          ) : (
            <ButtonLink
              size="small"
              icon="document"
              href={at.document(patientId, documentId)}
              label={`Протокол: ${title}, ${day}`}
            >
              Протокол
            </ButtonLink>
          )}
        </div>
      )}
    </Card>
  )
}

function Part({ title, words }: { title: string; words: string[] }): ReactNode {
  if (words.length === 0) return null
  return (
    <p>
      <span className="soft small">{title}: </span>
      {words.join('; ')}
    </p>
  )
}

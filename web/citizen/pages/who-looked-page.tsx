import type { ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import { listCardAccess, type CardAccess } from '../../../contracts/journal.ts'
import { usePages } from '../../api/index.ts'
import {
  Badge,
  Button,
  capital,
  Card,
  dayOf,
  dayWords,
  EmptyState,
  ErrorState,
  ownZone,
  Page,
  Row,
  Rows,
  Segments,
  Skeleton,
  timeWords,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { CardTabs } from '../blocks/card-tabs.tsx'
import { WhoseCard } from '../blocks/whose-card.tsx'
import { WithCard } from '../blocks/with-card.tsx'
import { useWho } from '../session.tsx'

/** «Кто смотрел карту» (EMR-7): others first, because that is the question; one’s own looks on request. */
export default function WhoLookedPage(): ReactNode {
  return (
    <WithCard title="Кто смотрел карту">
      <Journal />
    </WithCard>
  )
}

function Journal(): ReactNode {
  const patient = useWho()
  const [, navigate] = useLocation()
  const everyone = new URLSearchParams(useSearch()).get('everyone') === 'yes'
  const query = everyone ? {} : { others: true }
  const read = usePages(listCardAccess, { params: { patientId: patient.id }, query })
  const entries = read.pages?.flatMap((page) => page.entries)
  return (
    <Page
      title="Кто смотрел карту"
      lead={
        patient.relation === 'self'
          ? 'Каждый, кто открывал вашу карту или менял её: когда, что и на каком основании.'
          : `Карта: ${patient.name}`
      }
    >
      <WhoseCard address={at.whoLooked} />
      <CardTabs current="whoLooked" />
      <Segments
        legend="Чьи действия показать"
        value={everyone ? 'everyone' : 'others'}
        onChange={(value) => navigate(at.whoLooked(patient, { everyone: value === 'everyone' }), { replace: true })}
        options={[
          { value: 'others', label: 'Только другие' },
          { value: 'everyone', label: 'Все, и я тоже' },
        ]}
      />
      {read.refusal && !entries ? (
        <ErrorState problem={read.refusal.problem} onRetry={read.retry} retrying={read.retrying} />
      ) : !entries ? (
        <Skeleton shape="rows" count={6} label="Загружаем журнал" />
      ) : entries.length === 0 ? (
        <EmptyState icon="eye" title={everyone ? 'Карту ещё никто не открывал' : 'Кроме вас, карту никто не открывал'}>
          <p>Запись появится здесь сразу, как только кто-нибудь её откроет.</p>
        </EmptyState>
      ) : (
        <>
          {byDay(entries).map(([day, list]) => (
            <Card key={day} title={capital(dayWords(day, dayOf(new Date(), ownZone())))}>
              <Rows>
                {list.map((entry) => (
                  <Look key={entry.id} entry={entry} />
                ))}
              </Rows>
            </Card>
          ))}
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

function Look({ entry }: { entry: CardAccess }): ReactNode {
  const { outcome } = entry
  const who = entry.own ? 'Вы' : entry.actorName
  return (
    <Row
      icon={entry.own ? 'person' : 'eye'}
      title={
        <>
          {who}{' '}
          {outcome !== 'done' && <Badge kind="warning">{outcome === 'refused' ? 'Отказано' : 'Не удалось'}</Badge>}
        </>
      }
      about={
        <>
          {entry.what}
          {!entry.own && (
            <>
              <br />
              {[capital(entry.actorRole), entry.organizationName].filter(Boolean).join(', ')}
            </>
          )}
          {entry.grounds && (
            <>
              <br />
              Основание: {entry.grounds}
            </>
          )}
        </>
      }
      aside={
        <time className="numbers" dateTime={entry.at}>
          {timeWords(entry.at, ownZone())}
        </time>
      }
    />
  )
}

/** Entries under the day they happened on, by the reader's own calendar. */
function byDay(entries: readonly CardAccess[]): [string, CardAccess[]][] {
  const days = new Map<string, CardAccess[]>()
  for (const entry of entries) {
    const day = dayOf(entry.at, ownZone())
    days.set(day, [...(days.get(day) ?? []), entry])
  }
  return [...days]
}

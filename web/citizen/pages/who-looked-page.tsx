import type { ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import { listCardAccess } from '../../../contracts/journal.ts'
import { usePages } from '../../api/index.ts'
import {
  Badge,
  Button,
  capital,
  Card,
  count,
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
  useNow,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { CardTabs } from '../blocks/card-tabs.tsx'
import { byDay, looksOf, type Look } from '../blocks/looks.ts'
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
  const today = dayOf(useNow(), ownZone())
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
          {byDay(looksOf(entries, ownZone()), ownZone()).map(([day, looks]) => (
            <Card key={day} title={capital(dayWords(day, today))}>
              <Rows>
                {looks.map((look) => (
                  <LookRow key={look.key} look={look} />
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

const outcomes = { done: undefined, refused: 'Отказано', failed: 'Не удалось' } as const

function LookRow({ look }: { look: Look }): ReactNode {
  const outcome = outcomes[look.outcome]
  const times = [...new Set([look.from, look.until].map((at) => timeWords(at, ownZone())))]
  return (
    <Row
      icon={look.own ? 'person' : 'eye'}
      title={
        <>
          {look.own ? 'Вы' : look.actorName} {outcome && <Badge kind="warning">{outcome}</Badge>}
        </>
      }
      about={
        <>
          <time className="numbers" dateTime={look.from}>
            {times.join('–')}
          </time>
          <br />
          {!look.own && (
            <>
              {[capital(look.actorRole), look.organizationName].filter(Boolean).join(', ')}
              <br />
            </>
          )}
          {look.grounds && (
            <>
              Основание: {look.grounds}
              <br />
            </>
          )}
          {look.actions
            .map(({ what, times: n }) => (n > 1 ? `${what} (${count(n, ['раз', 'раза', 'раз'])})` : what))
            .join('; ')}
        </>
      }
    />
  )
}

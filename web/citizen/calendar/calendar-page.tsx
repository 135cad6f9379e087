import { useState, type ReactNode } from 'react'
import {
  renewCalendarFeed,
  revokeCalendarFeed,
  showCalendarFeed,
  type CalendarFeed,
} from '../../../contracts/calendars.ts'
import type { ReplyOf } from '../../../contracts/endpoint.ts'
import { useAction, useRead } from '../../api/index.ts'
import { CalendarAddress } from '../../domain/calendar-address.tsx'
import {
  Button,
  Card,
  ErrorState,
  Facts,
  inOneSentence,
  momentWords,
  Notice,
  ownZone,
  Page,
  showToast,
  Skeleton,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { WithCard } from '../blocks/with-card.tsx'

/** Visits in the calendar of one's telephone: the address, when it was read last, taking it back. */
export default function CalendarPage(): ReactNode {
  return (
    <WithCard title="Календарь телефона">
      <Page
        title="Календарь телефона"
        lead="Ваши приёмы и приёмы тех, кого вы представляете, появятся в вашем календаре сами"
        back={{ href: at.visits(), label: 'Записи к врачу' }}
      >
        <Feed />
      </Page>
    </WithCard>
  )
}

function Feed(): ReactNode {
  const read = useRead(showCalendarFeed, {})
  return (
    <Card title="Адрес календаря">
      <p className="soft">
        Переносы и отмены тоже дойдут: обычно за час, смотря как часто ваш календарь обновляется. Врач, специальность и
        диагноз в нём не видны.
      </p>
      {read.error && !read.data ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !read.data ? (
        <Skeleton count={2} label="Загружаем календарь" />
      ) : (
        <Address feed={read.data.feed} />
      )}
    </Card>
  )
}

function Address({ feed }: { feed: CalendarFeed | null }): ReactNode {
  const [made, setMade] = useState<ReplyOf<typeof renewCalendarFeed> | null>(null)
  const renew = useAction(renewCalendarFeed, { refreshes: [showCalendarFeed], onDone: setMade })
  const revoke = useAction(revokeCalendarFeed, {
    refreshes: [showCalendarFeed],
    onDone: () => {
      setMade(null)
      showToast({ text: 'Адрес больше не работает' })
    },
  })
  const refusal = renew.refusal ?? revoke.refusal
  const busy = renew.busy || revoke.busy
  return (
    <div className="stack">
      {refusal && !busy && (
        <Notice live kind="error">
          {inOneSentence(refusal.problem)}
        </Notice>
      )}
      {made && <CalendarAddress made={made} onClose={() => setMade(null)} />}
      {feed && (
        <Facts
          items={[
            ['Адрес создан', momentWords(feed.createdAt, ownZone())],
            ['Календарь обновлялся', feed.fetchedAt ? momentWords(feed.fetchedAt, ownZone()) : 'ещё ни разу'],
          ]}
        />
      )}
      <div className="cluster">
        <Button icon="calendar-plus" busy={renew.busy} busyText="Создаём адрес…" onClick={() => renew.run({})}>
          {feed ? 'Создать новый адрес' : 'Добавить в календарь телефона'}
        </Button>
        {feed && (
          <Button kind="danger" busy={revoke.busy} busyText="Отзываем…" onClick={() => revoke.run({})}>
            Отозвать адрес
          </Button>
        )}
      </div>
      {feed && (
        <p className="soft small">С новым адресом прежний перестанет работать: подпишитесь на календарь заново.</p>
      )}
    </div>
  )
}

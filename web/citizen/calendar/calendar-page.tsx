import { useState, type ReactNode } from 'react'
import {
  renewCalendarFeed,
  revokeCalendarFeed,
  showCalendarFeed,
  type CalendarFeed,
} from '../../../contracts/calendars.ts'
import type { ReplyOf } from '../../../contracts/endpoint.ts'
import { useAction, useRead } from '../../api/index.ts'
import { CalendarAddress, FeedActions, FeedFacts } from '../../domain/calendar-address.tsx'
import { Card, ErrorState, inOneSentence, Notice, Page, showToast, Skeleton } from '../../ui/index.ts'
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
      {feed && <FeedFacts feed={feed} />}
      <FeedActions
        feed={feed}
        first="Добавить в календарь телефона"
        renew={{ busy: renew.busy, run: () => renew.run({}) }}
        revoke={{ busy: revoke.busy, run: () => revoke.run({}) }}
      />
      {feed && (
        <p className="soft small">С новым адресом прежний перестанет работать: подпишитесь на календарь заново.</p>
      )}
    </div>
  )
}

import { useState, type ReactNode } from 'react'
import {
  changeCalendarFeed,
  renewCalendarFeed,
  revokeCalendarFeed,
  showCalendarFeed,
  type CalendarFeed,
} from '../../../contracts/calendars.ts'
import type { ReplyOf } from '../../../contracts/endpoint.ts'
import { useAction, useRead } from '../../api/index.ts'
import { CalendarAddress, FeedActions, FeedFacts } from '../../domain/calendar-address.tsx'
import { Card, Checkbox, ErrorState, showToast, Skeleton } from '../../ui/index.ts'
import { ProblemNotice } from '../problem-notice.tsx'

/** A doctor's day in their own calendar: the address, what it tells of patients, taking it back. */
export function OwnFeed(): ReactNode {
  const read = useRead(showCalendarFeed, {})
  return (
    <Card title="Мой приём в моём календаре">
      <p className="soft">
        Подпишите календарь телефона или компьютера на секретный адрес: записи, переносы и отмены будут приходить сами.
        Имён и диагнозов в нём нет: «Приём, каб. 12».
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
  const change = useAction(changeCalendarFeed, { refreshes: [showCalendarFeed] })
  const busy = renew.busy || revoke.busy || change.busy
  const shown = change.busy && change.asked ? change.asked.body.showsInitials : feed?.showsInitials
  return (
    <div className="stack">
      {!busy && <ProblemNotice refusal={renew.refusal ?? revoke.refusal ?? change.refusal} />}
      {made && <CalendarAddress made={made} onClose={() => setMade(null)} />}
      {feed && (
        <>
          <FeedFacts feed={feed} />
          <Checkbox
            label="Показывать инициалы пациента"
            hint="Их увидит и тот, кто видит экран вашего телефона, и владелец сервиса календаря"
            checked={shown ?? false}
            onChange={(showsInitials) => change.run({ body: { showsInitials } })}
          />
        </>
      )}
      <FeedActions
        feed={feed}
        first="Создать адрес календаря"
        renew={{ busy: renew.busy, run: () => renew.run({}) }}
        revoke={{ busy: revoke.busy, run: () => revoke.run({}) }}
      />
    </div>
  )
}

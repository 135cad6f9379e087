import type { ReactNode } from 'react'
import {
  countUnread,
  listNotifications,
  markAllRead,
  markRead,
  type Notification,
} from '../../../contracts/notifications.ts'
import { useAction, usePages } from '../../api/index.ts'
import {
  Badge,
  Button,
  ButtonLink,
  Card,
  EmptyState,
  ErrorState,
  inOneSentence,
  momentWords,
  Notice,
  ownZone,
  Page,
  Skeleton,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { LinkState } from '../blocks/link-state.tsx'
import { useSession } from '../session.tsx'

/** What happened to oneself and to those one acts for, newest first. */
export default function NotificationsPage(): ReactNode {
  const { link } = useSession()
  return <Page title="Уведомления">{link.state === 'linked' ? <Notifications /> : <LinkState />}</Page>
}

function Notifications(): ReactNode {
  const read = usePages(listNotifications, { query: {} })
  const all = useAction(markAllRead, { refreshes: [countUnread, listNotifications] })
  const rows = read.pages?.flatMap((page) => page.notifications)
  if (read.refusal && !rows)
    return <ErrorState problem={read.refusal.problem} onRetry={read.retry} retrying={read.retrying} />
  if (!rows) return <Skeleton shape="rows" count={4} label="Загружаем уведомления" />
  const settings = <a href={at.notificationSettings()}>Как сообщать</a>
  if (rows.length === 0)
    return (
      <EmptyState icon="bell" title="Уведомлений пока нет" actions={settings}>
        <p>Здесь появятся записи к врачу, их изменения, напоминания и готовые документы.</p>
      </EmptyState>
    )
  return (
    <>
      {all.refusal && (
        <Notice live kind="error">
          {inOneSentence(all.refusal.problem)}
        </Notice>
      )}
      <div className="cluster">
        {rows.some((row) => row.readAt === null) && (
          <Button icon="check" busy={all.busy} onClick={() => all.run({})}>
            Прочитать все
          </Button>
        )}
        {settings}
      </div>
      <ul className="news" aria-label="Уведомления, новые сверху">
        {rows.map((row) => (
          <One key={row.id} notification={row} />
        ))}
      </ul>
      {read.hasMore && (
        <Button wide busy={read.loadingMore} onClick={read.more}>
          Показать ещё
        </Button>
      )}
    </>
  )
}

const openWords = { visit: 'Открыть запись', document: 'Открыть документ', profile: 'Открыть профиль' } as const

function One({ notification: n }: { notification: Notification }): ReactNode {
  const mark = useAction(markRead, { refreshes: [countUnread, listNotifications] })
  const params = { patientId: n.patientId, notificationId: n.id }
  const isNew = n.readAt === null
  const seen = () => isNew && mark.run({ params })
  return (
    <li>
      <Card title={n.title} aside={isNew && <Badge kind="info">Новое</Badge>}>
        <p className="soft small">
          {n.about && `${n.about}. `}
          <time dateTime={n.createdAt}>{momentWords(n.createdAt, ownZone())}</time>
        </p>
        <p className="news__text">{n.text}</p>
        {mark.refusal && (
          <Notice live kind="error">
            {inOneSentence(mark.refusal.problem)}
          </Notice>
        )}
        <div className="cluster">
          {n.link && (
            // The way there goes on while it is being marked.
            <span onClickCapture={seen}>
              <ButtonLink size="small" href={addressOf(n)} label={`${openWords[n.link.to]}: ${n.title}`}>
                {openWords[n.link.to]}
              </ButtonLink>
            </span>
          )}
          {isNew && (
            <Button size="small" busy={mark.busy} onClick={seen}>
              Прочитано<span className="visually-hidden">: {n.title}</span>
            </Button>
          )}
        </div>
      </Card>
    </li>
  )
}

function addressOf({ patientId, link }: Notification): string {
  if (link?.to === 'visit' && link.id) return at.ticket(patientId, link.id)
  if (link?.to === 'document' && link.id) return at.document(patientId, link.id)
  return at.profile()
}

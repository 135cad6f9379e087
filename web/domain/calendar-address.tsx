import type { ReactNode } from 'react'
import type { CalendarFeed } from '../../contracts/calendars.ts'
import { Button, Facts, momentWords, Notice, ownZone, showToast } from '../ui/index.ts'

type Made = { address: string; qr: string; server: string; password: string }

/** When the address was made, and when a program read it last. */
export const FeedFacts = ({ feed }: { feed: CalendarFeed }): ReactNode => (
  <Facts
    items={[
      ['Адрес создан', momentWords(feed.createdAt, ownZone())],
      ['Календарь обновлялся', feed.fetchedAt ? momentWords(feed.fetchedAt, ownZone()) : 'ещё ни разу'],
    ]}
  />
)

type Doing = { busy: boolean; run: () => void }
type ActionsProps = { feed: CalendarFeed | null; first: string; renew: Doing; revoke: Doing }

/** `first`: what the button says where there is no address yet. */
export const FeedActions = ({ feed, first, renew, revoke }: ActionsProps): ReactNode => (
  <div className="cluster">
    <Button icon="calendar-plus" busy={renew.busy} busyText="Создаём адрес…" onClick={renew.run}>
      {feed ? 'Создать новый адрес' : first}
    </Button>
    {feed && (
      <Button kind="danger" busy={revoke.busy} busyText="Отзываем…" onClick={revoke.run}>
        Отозвать адрес
      </Button>
    )}
  </div>
)

const copy = async (text: string, done: string) => {
  await navigator.clipboard.writeText(text)
  showToast({ text: done })
}

/** A calendar address, once: it is not kept anywhere it could be read from again. */
export function CalendarAddress({ made, onClose }: { made: Made; onClose: () => void }): ReactNode {
  return (
    <Notice
      kind="success"
      title="Адрес календаря готов"
      live
      actions={
        <>
          {/* webcal: opens the calendar of a telephone or a computer at the subscription. */}
          <a className="button button--primary" href={made.address.replace(/^https?:/, 'webcal:')}>
            Открыть в календаре
          </a>
          <Button onClick={() => void copy(made.address, 'Адрес скопирован')}>Скопировать адрес</Button>
          <Button onClick={onClose}>Готово</Button>
        </>
      }
    >
      <p>
        Адрес показан один раз. Кто его знает, тот видит календарь: никому его не пересылайте. Если он потеряется или
        попадёт к чужим, создайте новый, и прежний перестанет работать.
      </p>
      <p>
        <code className="token">{made.address}</code>
      </p>
      <img
        src={`data:image/svg+xml,${encodeURIComponent(made.qr)}`}
        width={180}
        height={180}
        alt="QR-код с адресом календаря: наведите камеру телефона"
      />
      <details>
        <summary>Для программ с CalDAV: iPhone, Thunderbird, DAVx⁵</summary>
        <Facts
          items={[
            [
              'Сервер',
              <code key="server" className="token">
                {made.server}
              </code>,
            ],
            ['Имя', 'любое, например rmis'],
            [
              'Пароль',
              <code key="password" className="token">
                {made.password}
              </code>,
            ],
          ]}
        />
        <Button size="small" onClick={() => void copy(made.password, 'Пароль скопирован')}>
          Скопировать пароль
        </Button>
      </details>
    </Notice>
  )
}

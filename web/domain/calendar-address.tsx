import type { ReactNode } from 'react'
import { Button, Facts, Notice, showToast } from '../ui/index.ts'

type Made = { address: string; qr: string; server: string; password: string }

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

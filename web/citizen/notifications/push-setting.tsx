import { useEffect, useState, type ReactNode } from 'react'
import {
  showNotificationSettings,
  subscribePush,
  unsubscribePush,
  type NotificationSettings,
} from '../../../contracts/notifications.ts'
import { useAction } from '../../api/index.ts'
import { Button, Checkbox, count, inOneSentence, Notice } from '../../ui/index.ts'
import { isSubscribedHere, pushSupport, subscribeHere, unsubscribeHere } from './this-browser.ts'

type Props = { setting: NotificationSettings['push']; onSwitch: (on: boolean) => void }

const failures = {
  refused: 'Браузер не разрешил уведомления. Разрешить можно в настройках сайта рядом с адресом страницы.',
  failed: 'Браузер не смог подключить уведомления. Попробуйте ещё раз позже или выберите почту.',
} as const

/** Notifications of browsers: what they are, in which of them, and this one's permission, asked for by a press only. */
export function PushSetting({ setting, onSwitch }: Props): ReactNode {
  const [here, setHere] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<keyof typeof failures | undefined>(undefined)
  const subscribe = useAction(subscribePush, { refreshes: [showNotificationSettings] })
  const unsubscribe = useAction(unsubscribePush, { refreshes: [showNotificationSettings] })
  useEffect(() => void isSubscribedHere().then(setHere, () => undefined), [])
  const label = 'Уведомления в браузере'
  if (!setting.connected || !setting.publicKey)
    return <Checkbox label={label} hint="В регионе пока не подключено" checked={false} disabled onChange={onSwitch} />
  const support = pushSupport()
  const during = async (work: () => Promise<void>) => {
    setBusy(true)
    setFailure(undefined)
    await work().catch(() => setFailure('failed'))
    setBusy(false)
  }
  const turnOn = () =>
    during(async () => {
      const body = await subscribeHere(setting.publicKey!)
      if (!body) return setFailure('refused')
      await subscribe.runAsync({ body })
      setHere(true)
    })
  const turnOff = () =>
    during(async () => {
      const endpoint = await unsubscribeHere()
      if (endpoint) await unsubscribe.runAsync({ body: { endpoint } })
      setHere(false)
    })
  const devices = setting.devices > 0 && `Подключено: ${count(setting.devices, ['браузер', 'браузера', 'браузеров'])}.`
  const refusal = subscribe.refusal ?? unsubscribe.refusal
  return (
    <div className="stack stack--tight">
      <Checkbox
        label={label}
        hint={devices || 'Пока ни в одном браузере не разрешены.'}
        checked={setting.on}
        onChange={onSwitch}
      />
      <p className="soft small">
        Приходят на это устройство, даже когда кабинет закрыт. Их увидит каждый, кто держит его в руках, поэтому о
        здоровье в них ничего нет. Сообщение идёт через службу производителя браузера, она прочитать его не может.
      </p>
      {(failure ?? refusal) && (
        <Notice live kind="error">
          {refusal ? inOneSentence(refusal.problem) : failures[failure!]}
        </Notice>
      )}
      {support === 'yes' ? (
        <div>
          <Button size="small" busy={busy} onClick={() => void (here ? turnOff() : turnOn())}>
            {here ? 'Отключить в этом браузере' : 'Разрешить в этом браузере'}
          </Button>
        </div>
      ) : (
        <p className="small">{support === 'forbidden' ? failures.refused : 'Этот браузер их не умеет.'}</p>
      )}
    </div>
  )
}

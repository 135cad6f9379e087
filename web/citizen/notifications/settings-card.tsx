import type { ReactNode } from 'react'
import {
  changeNotificationSettings,
  showNotificationSettings,
  type NotificationSettings,
} from '../../../contracts/notifications.ts'
import { useAction, useRead } from '../../api/index.ts'
import { Card, Checkbox, ErrorState, inOneSentence, Notice, Skeleton, TextInput } from '../../ui/index.ts'
import { AddressSetting } from './address-setting.tsx'
import { PushSetting } from './push-setting.tsx'

/** How one wants to be told; every change is kept at once. */
export function NotificationSettingsCard(): ReactNode {
  const read = useRead(showNotificationSettings, {})
  return (
    <section id="notifications" aria-label="Как сообщать">
      <Card title="Как сообщать">
        {read.error && !read.data ? (
          <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
        ) : !read.data ? (
          <Skeleton count={5} label="Загружаем настройки" />
        ) : (
          <Settings settings={read.data} />
        )}
      </Card>
    </section>
  )
}

function Settings({ settings }: { settings: NotificationSettings }): ReactNode {
  const change = useAction(changeNotificationSettings, { refreshes: [showNotificationSettings] })
  const { email, sms, push } = settings
  const { remindDay, remindHours, quietFrom, quietUntil } = settings
  const kept = { emailOn: email.on, smsOn: sms.on, pushOn: push.on, remindDay, remindHours, quietFrom, quietUntil }
  // What was pressed is shown at once, and taken back when it could not be kept.
  const now = change.busy && change.asked ? change.asked.body : kept
  const put = (part: Partial<typeof kept>) => change.run({ body: { ...now, ...part } })
  // A time that is being typed is empty for a moment.
  const putTime = (name: 'quietFrom' | 'quietUntil') => (time: string) => time && put({ [name]: time })
  return (
    <div className="stack">
      <p className="soft">
        В кабинете уведомления есть всегда. Сюда можно получать их ещё; о тех, кого вы представляете, тоже.
      </p>
      {change.refusal && (
        <Notice live kind="error">
          {inOneSentence(change.refusal.problem)}
        </Notice>
      )}
      <AddressSetting
        channel="email"
        setting={{ ...email, on: now.emailOn }}
        onSwitch={(emailOn) => put({ emailOn })}
      />
      <AddressSetting channel="sms" setting={{ ...sms, on: now.smsOn }} onSwitch={(smsOn) => put({ smsOn })} />
      <PushSetting setting={{ ...push, on: now.pushOn }} onSwitch={(pushOn) => put({ pushOn })} />
      <h3>Напоминать о приёме</h3>
      <Checkbox label="За день" checked={now.remindDay} onChange={(checked) => put({ remindDay: checked })} />
      <Checkbox label="За два часа" checked={now.remindHours} onChange={(checked) => put({ remindHours: checked })} />
      <h3>Тихие часы</h3>
      <p className="soft small">
        В это время ничего не приходит: сообщения ждут утра. Исключение одно: отмена или перенос приёма, если утром было
        бы поздно. Одинаковое время значит «без тихих часов».
      </p>
      <div className="cluster">
        <TextInput label="С" type="time" width="short" value={now.quietFrom} onChange={putTime('quietFrom')} />
        <TextInput label="До" type="time" width="short" value={now.quietUntil} onChange={putTime('quietUntil')} />
      </div>
    </div>
  )
}

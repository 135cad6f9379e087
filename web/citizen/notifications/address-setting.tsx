import { useState, type ReactNode } from 'react'
import {
  confirmContact,
  dropContact,
  requestContact,
  showNotificationSettings,
  type NotificationSettings,
} from '../../../contracts/notifications.ts'
import { useAction } from '../../api/index.ts'
import { Button, Checkbox, inOneSentence, Notice, phoneWords, TextInput } from '../../ui/index.ts'

const words = {
  email: {
    label: 'Электронная почта',
    none: 'Адреса почты мы не знаем.',
    other: 'Указать другую почту',
    field: 'Почта',
  },
  sms: { label: 'SMS', none: 'Номера телефона мы не знаем.', other: 'Указать другой номер', field: 'Телефон' },
} as const
const sources = { own: 'указан вами', esia: 'с Госуслуг', card: 'из медицинской карты' } as const

type Props = {
  channel: 'email' | 'sms'
  setting: NotificationSettings['email']
  onSwitch: (on: boolean) => void
}

/** E-mail or SMS: on or off, to which address, and how to give one of one's own. */
export function AddressSetting({ channel, setting, onSwitch }: Props): ReactNode {
  const { label, none, other } = words[channel]
  const [editing, setEditing] = useState(false)
  const drop = useAction(dropContact, { refreshes: [showNotificationSettings] })
  if (!setting.connected)
    return <Checkbox label={label} hint="В регионе пока не подключено" checked={false} disabled onChange={onSwitch} />
  const address = setting.address && (channel === 'sms' ? phoneWords(setting.address) : setting.address)
  return (
    <div className="stack stack--tight">
      <Checkbox
        label={label}
        hint={address ? `${address}, ${sources[setting.source ?? 'card']}` : none}
        checked={setting.on}
        onChange={onSwitch}
      />
      {drop.refusal && (
        <Notice live kind="error">
          {inOneSentence(drop.refusal.problem)}
        </Notice>
      )}
      {setting.waiting && <CodeForm channel={channel} address={setting.waiting} />}
      {editing && <AddressForm channel={channel} onDone={() => setEditing(false)} />}
      <div className="cluster">
        {!editing && (
          <Button size="small" onClick={() => setEditing(true)}>
            {other}
          </Button>
        )}
        {(setting.source === 'own' || setting.waiting) && (
          <Button size="small" busy={drop.busy} onClick={() => drop.run({ params: { channel } })}>
            {setting.source === 'own' ? 'Вернуть адрес с Госуслуг' : 'Не подтверждать'}
          </Button>
        )}
      </div>
    </div>
  )
}

function AddressForm({ channel, onDone }: { channel: Props['channel']; onDone: () => void }): ReactNode {
  const [address, setAddress] = useState('')
  const request = useAction(requestContact, { refreshes: [showNotificationSettings], onDone })
  const { refusal } = request
  return (
    <form
      className="stack stack--tight"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (address.trim()) request.run({ body: { channel, address: address.trim() } })
      }}
    >
      <TextInput
        label={words[channel].field}
        type={channel === 'email' ? 'email' : 'tel'}
        autoComplete={channel === 'email' ? 'email' : 'tel'}
        value={address}
        onChange={setAddress}
        error={refusal?.field('address')}
      />
      {refusal && !refusal.field('address') && (
        <Notice live kind="error">
          {inOneSentence(refusal.problem)}
        </Notice>
      )}
      <div className="cluster">
        <Button type="submit" kind="primary" size="small" busy={request.busy}>
          Прислать код
        </Button>
        <Button size="small" onClick={onDone}>
          Не менять
        </Button>
      </div>
    </form>
  )
}

function CodeForm({ channel, address }: { channel: Props['channel']; address: string }): ReactNode {
  const [code, setCode] = useState('')
  const confirm = useAction(confirmContact, { refreshes: [showNotificationSettings] })
  const answer = confirm.done
  const wrong =
    answer?.outcome === 'wrong'
      ? `Код не подходит. Осталось попыток: ${answer.left}`
      : answer?.outcome === 'expired'
        ? 'Код больше не действует. Запросите новый.'
        : undefined
  return (
    <form
      className="stack stack--tight"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (/^\d{6}$/.test(code.trim())) confirm.run({ body: { channel, code: code.trim() } })
      }}
    >
      <TextInput
        label={`Код, который мы отправили: ${address}`}
        hint="Шесть цифр. Действует 15 минут."
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        width="short"
        value={code}
        onChange={setCode}
        error={wrong}
      />
      {confirm.refusal && (
        <Notice live kind="error">
          {inOneSentence(confirm.refusal.problem)}
        </Notice>
      )}
      <div>
        <Button type="submit" kind="primary" size="small" busy={confirm.busy}>
          Подтвердить
        </Button>
      </div>
    </form>
  )
}

import { useState, type FormEvent, type ReactNode } from 'react'
import { addExternalCalendar, listExternalCalendars } from '../../../contracts/calendars.ts'
import { useAction } from '../../api/index.ts'
import { Button, fieldMessage, RadioCards, Select, showToast, TextInput } from '../../ui/index.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { useSession } from '../session.tsx'

/** Connects a calendar outside: whose it is, how it is read, where it is. */
export function AddExternal({ onClose }: { onClose: () => void }): ReactNode {
  const { me, workplace } = useSession()
  const own = me.role === 'doctor' ? me.staffId : null
  const doctors = (workplace?.staff ?? []).filter((s) => s.specialtyCode !== null)
  const [staffId, setStaffId] = useState(own ?? '')
  const [kind, setKind] = useState<'ics' | 'caldav'>('ics')
  const [form, setForm] = useState({ name: '', address: '', username: '', password: '' })
  const [tried, setTried] = useState(false)
  const add = useAction(addExternalCalendar, {
    refreshes: [listExternalCalendars],
    onDone: () => {
      onClose()
      showToast({ text: 'Календарь подключён: прочитаем его в течение минуты' })
    },
  })
  const put = (name: keyof typeof form) => (value: string) => setForm({ ...form, [name]: value })
  const wrong = {
    staffId: staffId ? undefined : 'Выберите врача',
    name: form.name.trim() ? undefined : 'Напишите название, например «Личный»',
    address: /^(https?|webcals?):\/\/\S+$/i.test(form.address.trim()) ? undefined : 'Нужен адрес вида https://…',
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.values(wrong).some(Boolean) || add.busy) return
    const [username, password] = [form.username.trim() || null, form.password || null]
    add.run({ body: { staffId, name: form.name.trim(), kind, address: form.address.trim(), username, password } })
  }
  return (
    <form className="stack" onSubmit={submit} noValidate>
      {own === null && (
        <Select
          label="Врач"
          placeholder="Выберите врача"
          value={staffId}
          onChange={setStaffId}
          options={doctors.map((d) => ({ value: d.id, label: `${d.name}, ${d.position.toLowerCase()}` }))}
          error={tried ? wrong.staffId : undefined}
        />
      )}
      <TextInput
        label="Название"
        maxLength={200}
        value={form.name}
        onChange={put('name')}
        error={tried ? wrong.name : undefined}
      />
      <RadioCards
        legend="Как читать"
        value={kind}
        onChange={(value) => setKind(value as typeof kind)}
        options={[
          {
            value: 'ics',
            title: 'По адресу',
            about: 'Секретный адрес в формате iCal: его даёт Яндекс, Google, Outlook',
          },
          { value: 'caldav', title: 'CalDAV', about: 'Почтовый сервер с именем и паролем приложения' },
        ]}
      />
      <TextInput
        label="Адрес"
        inputMode="url"
        autoComplete="off"
        value={form.address}
        onChange={put('address')}
        error={(tried && wrong.address) || fieldMessage(add.refusal?.problem, 'address') || undefined}
      />
      {kind === 'caldav' && (
        <>
          <TextInput label="Имя" autoComplete="off" value={form.username} onChange={put('username')} />
          <TextInput
            label="Пароль"
            type="password"
            autoComplete="new-password"
            value={form.password}
            onChange={put('password')}
          />
        </>
      )}
      {!add.busy && <ProblemNotice refusal={add.refusal} />}
      <div className="cluster">
        <Button type="submit" kind="primary" busy={add.busy} busyText="Подключаем…">
          Подключить
        </Button>
        <Button onClick={onClose}>Не нужно</Button>
      </div>
    </form>
  )
}

import type { ReactNode } from 'react'
import { Button, Checkbox, Icon, Select, TextInput } from '../../ui/index.ts'
import type { Workplace } from '../session.tsx'
import type { TimetableForm } from './timetable-form.ts'
import { channelNames, kindWords, visitKinds } from './weekly-hours.ts'

type Props = {
  form: TimetableForm
  onChange: (next: Partial<TimetableForm>) => void
  errorOf: (path: string) => string | undefined
}

/**
 * Where, from which day to which, and how long a time is, for each kind of visit. Without a workplace the room and the
 * first day are not asked: those of a published timetable stay.
 */
export function PlaceAndLengths({ form, workplace, onChange, errorOf }: Props & { workplace?: Workplace }): ReactNode {
  const rooms = workplace?.departments.flatMap((d) =>
    d.rooms.map((room) => ({ value: room.id, label: `${room.number} — ${d.name}` })),
  )
  return (
    <div className="form-grid">
      {rooms && (
        <Select
          label="Кабинет"
          placeholder="Выберите"
          value={form.roomId}
          onChange={(roomId) => onChange({ roomId })}
          options={rooms}
          error={errorOf('roomId')}
        />
      )}
      <Numbers {...{ form, onChange, errorOf }} field="slotMinutes" label="Один приём, минут" />
      {(rooms ? (['validFrom', 'validUntil'] as const) : (['validUntil'] as const)).map((field) => (
        <TextInput
          key={field}
          label={field === 'validFrom' ? 'Действует с' : rooms ? 'По' : 'График действует по'}
          type="date"
          width="middle"
          optional={field === 'validUntil'}
          value={form[field]}
          onChange={(value) => onChange({ [field]: value })}
          error={errorOf(field)}
        />
      ))}
      <fieldset className="field">
        <legend className="field__label">Если приём другой длины, минут</legend>
        <div className="choices">
          {visitKinds.map((kind) => (
            <TextInput
              key={kind}
              label={`Приём ${kindWords[kind]}`}
              inputMode="numeric"
              width="short"
              optional
              value={form.lengths[kind] ?? ''}
              onChange={(value) => onChange({ lengths: { ...form.lengths, [kind]: value } })}
              error={errorOf(`lengths.${kind}`)}
            />
          ))}
        </div>
      </fieldset>
      <Breaks {...{ form, onChange, errorOf }} />
    </div>
  )
}

type NumbersProps = Props & { field: 'slotMinutes' | 'ageFrom' | 'ageTo' | 'quotaHours'; label: string; hint?: string }

const Numbers = ({ form, onChange, errorOf, field, label, hint }: NumbersProps) => (
  <TextInput
    label={label}
    hint={hint}
    inputMode="numeric"
    width="short"
    value={form[field]}
    onChange={(value) => onChange({ [field]: value })}
    error={errorOf(field)}
  />
)

function Breaks({ form, onChange, errorOf }: Props): ReactNode {
  const { breaks } = form
  return (
    <fieldset className="field">
      <legend className="field__label">Перерывы каждый день</legend>
      <div className="stack stack--tight">
        {breaks.map((pause, i) => (
          <div key={i} className="field">
            <div className="week__hours">
              {(['starts', 'ends'] as const).map((field) => (
                <input
                  key={field}
                  type="time"
                  className="input input--short"
                  aria-label={`Перерыв ${i + 1}: ${field === 'starts' ? 'начало' : 'конец'}`}
                  aria-invalid={errorOf(`breaks.${i}.${field}`) ? true : undefined}
                  value={pause[field]}
                  onChange={(event) =>
                    onChange({
                      breaks: breaks.map((b, j) => (j === i ? { ...b, [field]: event.currentTarget.value } : b)),
                    })
                  }
                />
              ))}
              <button
                type="button"
                className="icon-button"
                onClick={() => onChange({ breaks: breaks.filter((_, j) => j !== i) })}
              >
                <Icon name="cross" size={20} />
                <span className="visually-hidden">Убрать перерыв {i + 1}</span>
              </button>
            </div>
            {(errorOf(`breaks.${i}.starts`) ?? errorOf(`breaks.${i}.ends`)) && (
              <p className="field__error">{errorOf(`breaks.${i}.starts`) ?? errorOf(`breaks.${i}.ends`)}</p>
            )}
          </div>
        ))}
        <div className="cluster">
          <Button
            size="small"
            icon="plus"
            disabled={breaks.length >= 10}
            onClick={() => onChange({ breaks: [...breaks, { starts: '12:00', ends: '12:30' }] })}
          >
            Перерыв
          </Button>
        </div>
      </div>
    </fieldset>
  )
}

/** Whom the times are offered to. */
export function Patients({ form, onChange, errorOf }: Props): ReactNode {
  const tick = (field: 'attachedOnly' | 'referralNeeded' | 'worksOnHolidays', label: string, hint: string) => (
    <Checkbox label={label} hint={hint} checked={form[field]} onChange={(on) => onChange({ [field]: on })} />
  )
  return (
    <div className="form-grid">
      <Numbers {...{ form, onChange, errorOf }} field="ageFrom" label="Возраст пациентов от" />
      <Numbers {...{ form, onChange, errorOf }} field="ageTo" label="и до" hint="150 — без ограничения" />
      <Select
        label="Пол пациентов"
        value={form.sex}
        onChange={(sex) => onChange({ sex: sex as TimetableForm['sex'] })}
        options={[
          { value: '', label: 'Любой' },
          { value: 'female', label: 'Женский' },
          { value: 'male', label: 'Мужской' },
        ]}
      />
      <div className="stack stack--tight">
        {tick('attachedOnly', 'Только прикреплённые', 'Остальным это время не показывается')}
        {tick('referralNeeded', 'Нужно направление', 'Об этом сказано пациенту до записи')}
        {tick('worksOnHolidays', 'Работает в праздники', 'Производственный календарь этого графика не касается')}
      </div>
    </div>
  )
}

const channels: Record<keyof typeof channelNames, string> = {
  portal: 'Пациенты сами, через кабинет и Госуслуги',
  'call-centre': 'Колл-центр',
  registrar: 'Регистратура',
  doctor: 'Врач, на повторный приём',
  system: 'Другие информационные системы',
}
const channelList = Object.keys(channels) as (keyof typeof channels)[]

/** Who books, which share of a day is only theirs, and when what they did not take is everybody's again. */
export function Channels({ form, onChange, errorOf }: Props): ReactNode {
  const { quotas } = form
  const choose = (channel: keyof typeof channels, on: boolean) =>
    onChange({
      channels: channelList.filter((c) => (c === channel ? on : form.channels.includes(c))),
      ...(!on && { quotas: quotas.filter((q) => q.channel !== channel) }),
    })
  const share = (channel: keyof typeof channels, text: string) => {
    const others = quotas.filter((q) => q.channel !== channel)
    const next = text ? [...others, { channel, share: text }] : others
    onChange({ quotas: channelList.flatMap((c) => next.filter((q) => q.channel === c)) })
  }
  return (
    <fieldset className="stack">
      <legend className="visually-hidden">Кто записывает</legend>
      <p className="soft">
        Доля — часть времени каждого дня, которую видит только этот канал. Остальное открыто всем отмеченным.
      </p>
      <ul className="quotas">
        {channelList.map((channel) => {
          const i = quotas.findIndex((q) => q.channel === channel)
          return (
            <li key={channel} className="quotas__row">
              <Checkbox
                label={channels[channel]}
                checked={form.channels.includes(channel)}
                onChange={(on) => choose(channel, on)}
              />
              {form.channels.includes(channel) && (
                <TextInput
                  label={`Доля, %: ${channelNames[channel]}`}
                  optional
                  inputMode="numeric"
                  width="short"
                  value={quotas[i]?.share ?? ''}
                  onChange={(text) => share(channel, text)}
                  error={i < 0 ? undefined : (errorOf(`quotas.${i}.share`) ?? errorOf(`quotas.${i}.channel`))}
                />
              )}
            </li>
          )
        })}
      </ul>
      {errorOf('quotas') && <p className="field__error">{errorOf('quotas')}</p>}
      {errorOf('channels') && <p className="field__error">{errorOf('channels')}</p>}
      {quotas.length > 0 && (
        <Numbers
          {...{ form, onChange, errorOf }}
          field="quotaHours"
          label="За сколько часов до приёма доля открывается всем"
          hint="0 — не открывается до самого начала"
        />
      )}
    </fieldset>
  )
}

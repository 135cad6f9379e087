import type { ReactNode } from 'react'
import { Button, Icon, showToast } from '../../ui/index.ts'
import { copiedToWorkdays, weekdayNames, type Hours } from './weekly-hours.ts'

type Props = {
  hours: readonly Hours[]
  onChange: (hours: Hours[]) => void
  /** What is wrong with the hours at this place of the list. */
  errorOf: (index: number) => string | undefined
}

/** Hours of a week: each day has none, one stretch or several. */
export function HoursEditor({ hours, onChange, errorOf }: Props): ReactNode {
  const change = (index: number, next: Partial<Hours>) =>
    onChange(hours.map((h, i) => (i === index ? { ...h, ...next } : h)))
  const remove = (index: number) => {
    const before = [...hours]
    onChange(hours.filter((_, i) => i !== index))
    showToast({ text: 'Часы убраны', action: { label: 'Вернуть', run: () => onChange(before) } })
  }
  return (
    <div className="week">
      {weekdayNames.map((name, i) => {
        const weekday = i + 1
        const own = hours.map((h, index) => ({ ...h, index })).filter((h) => h.weekday === weekday)
        return (
          <fieldset key={name} className="week__day">
            <legend className="week__name">{name}</legend>
            <div className="stack stack--tight">
              {own.length === 0 && <p className="soft week__none">Приёма нет</p>}
              {own.map((h) => (
                <Stretch
                  key={h.index}
                  name={name}
                  hours={h}
                  error={errorOf(h.index)}
                  onChange={(next) => change(h.index, next)}
                  onRemove={() => remove(h.index)}
                />
              ))}
            </div>
            <div className="cluster">
              <Button
                size="small"
                icon="plus"
                aria-label={`Добавить часы: ${name.toLowerCase()}`}
                onClick={() => onChange([...hours, { weekday, ...nextHours(own) }])}
              >
                Часы
              </Button>
              {own.length > 0 && weekday <= 5 && (
                <Button
                  size="small"
                  kind="plain"
                  aria-label={`Как ${name.toLowerCase()} — во все будни`}
                  onClick={() => onChange(copiedToWorkdays(hours, weekday))}
                >
                  Во все будни
                </Button>
              )}
            </div>
          </fieldset>
        )
      })}
    </div>
  )
}

/** After the last stretch of the day comes the afternoon; a free day begins in the morning. */
const nextHours = (own: readonly Hours[]): { starts: string; ends: string } =>
  own.length === 0 ? { starts: '08:00', ends: '14:00' } : { starts: '15:00', ends: '18:00' }

type StretchProps = {
  name: string
  hours: Hours
  error: string | undefined
  onChange: (next: Partial<Hours>) => void
  onRemove: () => void
}

function Stretch({ name, hours, error, onChange, onRemove }: StretchProps): ReactNode {
  const input = (field: 'starts' | 'ends', label: string) => (
    <input
      type="time"
      className="input input--short"
      aria-label={`${name}: ${label}`}
      aria-invalid={error ? true : undefined}
      value={hours[field]}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  )
  return (
    <div className={error ? 'field field--wrong' : 'field'}>
      <div className="week__hours">
        {input('starts', 'начало')}
        <span aria-hidden="true">–</span>
        {input('ends', 'конец')}
        <button type="button" className="icon-button" onClick={onRemove}>
          <Icon name="cross" size={20} />
          <span className="visually-hidden">Убрать часы: {name.toLowerCase()}</span>
        </button>
      </div>
      {error && <p className="field__error">{error}</p>}
    </div>
  )
}

import type { ReactNode } from 'react'
import { Icon } from '../../ui/index.ts'
import { kindWords, visitKinds, whichWords, type Hours } from './weekly-hours.ts'

type Props = {
  /** Which day it is of, for readers: «Понедельник», «2-й день цикла». */
  name: string
  hours: Hours
  error: string | undefined
  onChange: (next: Hours) => void
  onRemove: () => void
}

/** One stretch of hours: from when till when, for which visits, and of which weeks. */
export function StretchEditor({ name, hours, error, onChange, onRemove }: Props): ReactNode {
  const input = (field: 'starts' | 'ends', label: string) => (
    <input
      type="time"
      className="input input--short"
      aria-label={`${name}: ${label}`}
      aria-invalid={error ? true : undefined}
      value={hours[field]}
      onChange={(event) => onChange({ ...hours, [field]: event.currentTarget.value })}
    />
  )
  const choose = (field: 'kind' | 'on', value: string) => {
    const { [field]: _before, ...rest } = hours
    onChange(value ? ({ ...rest, [field]: value } as Hours) : rest)
  }
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
      <div className="week__choices">
        {hours.weekday !== undefined && (
          <Choice
            label={`${name}: в какие недели`}
            value={hours.on ?? 'every'}
            options={Object.entries(whichWords)}
            onChange={(value) => choose('on', value === 'every' ? '' : value)}
          />
        )}
        <Choice
          label={`${name}: для каких приёмов`}
          value={hours.kind ?? ''}
          options={[['', 'любой приём'], ...visitKinds.map((kind) => [kind, kindWords[kind]] as [string, string])]}
          onChange={(value) => choose('kind', value)}
        />
      </div>
      {error && <p className="field__error">{error}</p>}
    </div>
  )
}

type ChoiceProps = {
  label: string
  value: string
  options: readonly (readonly [string, string])[]
  onChange: (value: string) => void
}

const Choice = ({ label, value, options, onChange }: ChoiceProps) => (
  <span className="select">
    <select
      className="input input--small"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {options.map(([of, words]) => (
        <option key={of} value={of}>
          {words}
        </option>
      ))}
    </select>
    <Icon name="down" size={18} />
  </span>
)

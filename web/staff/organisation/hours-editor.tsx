import type { ReactNode } from 'react'
import { Button, Notice, Select, showToast, TextInput } from '../../ui/index.ts'
import { StretchEditor } from './stretch-editor.tsx'
import { mondayOf, rhythmOf, rhythms, withRhythm, type Rhythm, type TimetableForm } from './timetable-form.ts'
import { copiedToWorkdays, weekdayNames, type Hours } from './weekly-hours.ts'

type Props = {
  form: TimetableForm
  onChange: (next: Partial<TimetableForm>) => void
  /** What is wrong with the field at this path. */
  errorOf: (path: string) => string | undefined
}

/** When a doctor sees patients: how it repeats, the hours of each day, and single dates that differ. */
export function HoursEditor({ form, onChange, errorOf }: Props): ReactNode {
  const { hours, cycle } = form
  const setHours = (next: Hours[]) => onChange({ hours: next })
  const choose = (rhythm: Rhythm) => {
    const before = { hours: form.hours, cycle: form.cycle }
    onChange(withRhythm(form, rhythm, mondayOf(form.validFrom)))
    showToast({ text: 'Часы заменены', action: { label: 'Вернуть', run: () => onChange(before) } })
  }
  const days = cycle ? Math.min(60, Number(cycle.days) || 0) : 0
  return (
    <div className="stack">
      <div className="form-grid">
        <Select
          label="Как повторяется"
          value={rhythmOf(form)}
          onChange={(value) => choose(value as Rhythm)}
          options={Object.entries(rhythms).map(([value, { label }]) => ({ value, label }))}
        />
        {cycle && <CycleFields cycle={cycle} onChange={onChange} errorOf={errorOf} />}
      </div>
      <div className="week">
        {cycle
          ? Array.from({ length: days }, (_, i) => (
              <DayHours
                key={i}
                name={`${i + 1}-й день цикла`}
                when={{ cycleDay: i + 1 }}
                {...{ hours, setHours, errorOf }}
              />
            ))
          : weekdayNames.map((name, i) => (
              <DayHours
                key={name}
                name={name}
                when={{ weekday: i + 1 }}
                {...{ hours, setHours, errorOf }}
                more={
                  i < 5 && (
                    <Button
                      size="small"
                      kind="plain"
                      aria-label={`Как ${name.toLowerCase()} — во все будни`}
                      onClick={() => setHours(copiedToWorkdays(hours, i + 1))}
                    >
                      Во все будни
                    </Button>
                  )
                }
              />
            ))}
      </div>
      {errorOf('hours') && <Notice kind="error">{errorOf('hours')}</Notice>}
    </div>
  )
}

type CycleProps = { cycle: NonNullable<TimetableForm['cycle']> } & Pick<Props, 'onChange' | 'errorOf'>

const CycleFields = ({ cycle, onChange, errorOf }: CycleProps) => (
  <>
    <TextInput
      label="Дней в цикле"
      inputMode="numeric"
      width="short"
      value={cycle.days}
      onChange={(days) => onChange({ cycle: { ...cycle, days } })}
      error={errorOf('cycle.days')}
    />
    <TextInput
      label="Первый день цикла"
      type="date"
      width="middle"
      value={cycle.from}
      onChange={(from) => onChange({ cycle: { ...cycle, from } })}
      error={errorOf('cycle.from')}
    />
  </>
)

type DayProps = {
  name: string
  when: Pick<Hours, 'weekday' | 'cycleDay' | 'date'>
  hours: readonly Hours[]
  setHours: (hours: Hours[]) => void
  errorOf: Props['errorOf']
  more?: ReactNode
}

/** A day has no hours, one stretch or several. */
export function DayHours({ name, when, hours, setHours, errorOf, more }: DayProps): ReactNode {
  const own = hours
    .map((h, index) => ({ h, index }))
    .filter(({ h }) => h.weekday === when.weekday && h.cycleDay === when.cycleDay && h.date === when.date)
  const remove = (index: number) => {
    const before = [...hours]
    setHours(hours.filter((_, i) => i !== index))
    showToast({ text: 'Часы убраны', action: { label: 'Вернуть', run: () => setHours(before) } })
  }
  const wrong = (i: number) =>
    ['starts', 'ends', 'weekday', 'on', 'cycleDay', 'date'].map((f) => errorOf(`hours.${i}.${f}`)).find(Boolean)
  return (
    <fieldset className="week__day">
      <legend className="week__name">{name}</legend>
      <div className="stack stack--tight">
        {own.length === 0 && <p className="soft week__none">Приёма нет</p>}
        {own.map(({ h, index }) => (
          <StretchEditor
            key={index}
            name={name}
            hours={h}
            error={wrong(index)}
            onChange={(next) => setHours(hours.map((x, i) => (i === index ? next : x)))}
            onRemove={() => remove(index)}
          />
        ))}
      </div>
      <div className="cluster">
        <Button
          size="small"
          icon="plus"
          aria-label={`Добавить часы: ${name.toLowerCase()}`}
          onClick={() => setHours([...hours, { ...when, ...nextHours(own.length) }])}
        >
          Часы
        </Button>
        {own.length > 0 && more}
      </div>
    </fieldset>
  )
}

/** After the first stretch of the day comes the afternoon; a free day begins in the morning. */
const nextHours = (there: number): { starts: string; ends: string } =>
  there === 0 ? { starts: '08:00', ends: '14:00' } : { starts: '15:00', ends: '18:00' }

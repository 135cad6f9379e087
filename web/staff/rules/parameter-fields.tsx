import type { ReactNode } from 'react'
import { Checkbox, Segments, TextInput } from '../../ui/index.ts'
import { numbersOf, type RuleForm } from './rule-form.ts'
import { groupOptions, weekdayOptions } from './rule-words.ts'

type Props = {
  form: RuleForm
  onChange: (next: Partial<RuleForm>) => void
  errorOf: (field: string) => string | undefined
}

/** What the kind of the rule asks for. */
export function ParameterFields({ form, onChange, errorOf }: Props): ReactNode {
  const numbers = numbersOf[form.kind]
  if (form.kind === 'referral')
    return <p className="soft">Врач записывает сам, регистратор вводит номер направления, через портал — отказ.</p>
  return (
    <>
      {form.kind === 'sex' && (
        <Segments
          legend="Кого принимает врач"
          legendShown
          value={form.sex}
          onChange={(sex) => onChange({ sex })}
          options={[
            { value: 'female', label: 'Женщин' },
            { value: 'male', label: 'Мужчин' },
          ]}
        />
      )}
      {form.kind === 'attachment' && (
        <Checkbox
          label="Пускать тех, кто ещё нигде не прикреплён"
          hint="Первое обращение: прикрепиться человек может на приёме"
          checked={form.attachedNowhere === 'allowed'}
          onChange={(on) => onChange({ attachedNowhere: on ? 'allowed' : 'refused' })}
        />
      )}
      {numbers.length > 0 && (
        <div className="form-grid">
          {numbers.map(({ name, label, hint }) => (
            <TextInput
              key={name}
              label={label}
              hint={hint}
              inputMode="numeric"
              width="short"
              value={form.numbers[name] ?? ''}
              onChange={(value) => onChange({ numbers: { ...form.numbers, [name]: value } })}
              error={errorOf(`body.parameters.${name}`)}
            />
          ))}
        </div>
      )}
      {form.kind === 'priority-hours' && <PriorityFields form={form} onChange={onChange} errorOf={errorOf} />}
    </>
  )
}

function PriorityFields({ form, onChange, errorOf }: Props): ReactNode {
  return (
    <>
      <Choices
        legend="Кому сначала"
        options={groupOptions}
        chosen={form.groups}
        onChange={(groups) => onChange({ groups })}
        error={errorOf('body.parameters.groups')}
      />
      <Choices
        legend="Дни недели"
        options={weekdayOptions}
        chosen={form.weekdays}
        onChange={(weekdays) => onChange({ weekdays })}
        error={errorOf('body.parameters.weekdays')}
      />
      <div className="form-grid">
        <TextInput label="С" type="time" width="short" value={form.from} onChange={(from) => onChange({ from })} />
        <TextInput
          label="До"
          type="time"
          width="short"
          value={form.until}
          onChange={(until) => onChange({ until })}
          error={errorOf('body.parameters.until')}
        />
      </div>
    </>
  )
}

type ChoicesProps<V extends string> = {
  legend: string
  hint?: string
  options: readonly { value: V; label: string }[]
  chosen: readonly V[]
  onChange: (chosen: V[]) => void
  error?: string | undefined
}

/** Any number of several, kept in the order they are offered in. */
export function Choices<V extends string>({
  legend,
  hint,
  options,
  chosen,
  onChange,
  error,
}: ChoicesProps<V>): ReactNode {
  const turn = (value: V, on: boolean) =>
    onChange(options.map((o) => o.value).filter((v) => (v === value ? on : chosen.includes(v))))
  return (
    <fieldset className="stack stack--tight">
      <legend className="field__label">{legend}</legend>
      {hint && <p className="soft small">{hint}</p>}
      <div className="choices">
        {options.map(({ value, label }) => (
          <Checkbox key={value} label={label} checked={chosen.includes(value)} onChange={(on) => turn(value, on)} />
        ))}
      </div>
      {error && <p className="field__error">{error}</p>}
    </fieldset>
  )
}

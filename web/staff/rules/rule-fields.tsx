import { useRef, useState, type FormEvent, type ReactNode } from 'react'
import type { Refusal } from '../../api/index.ts'
import { Button, Card, Checkbox, fieldMessage, ownZone, TextInput } from '../../ui/index.ts'
import { Keys } from '../keyboard/keys.tsx'
import { useShortcut } from '../keyboard/shortcuts.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { Choices, ParameterFields } from './parameter-fields.tsx'
import { flawsOf, type RuleForm } from './rule-form.ts'
import { channelOptions, kindTitle } from './rule-words.ts'
import type { useRules } from './use-rules.ts'

type Props = {
  first: RuleForm
  known: ReturnType<typeof useRules>
  busy: boolean
  refusal: Refusal | undefined
  sendWords: string
  onSend: (form: RuleForm) => void
  onChange?: () => void
}

/** Everything an administrator decides about a rule, and why. Nothing is sent while something is wrong. */
export function RuleFields({ first, known, busy, refusal, sendWords, onSend, onChange }: Props): ReactNode {
  const [form, setForm] = useState(first)
  const [tried, setTried] = useState(false)
  const element = useRef<HTMLFormElement>(null)
  const flaws = flawsOf(form)
  const problem = busy ? undefined : refusal?.problem
  const errorOf = (field: string) => (tried ? flaws[field] : undefined) ?? fieldMessage(problem, field)
  const change = (next: Partial<RuleForm>) => {
    onChange?.()
    setForm({ ...form, ...next })
  }
  const send = () => {
    setTried(true)
    if (Object.keys(flaws).length > 0)
      requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
    else if (!busy) onSend(form)
  }
  useShortcut('Ctrl+Enter', sendWords, send)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  const props = { form, onChange: change, errorOf }
  return (
    <form ref={element} className="stack" onSubmit={submit} noValidate>
      <Card title={kindTitle(form.kind)}>
        <div className="form-grid">
          <Text {...props} field="name" label="Название для людей" hint="Его увидят в отказе" />
          <Text {...props} field="legalSource" label="Основание" hint="Приказ и пункт или «правило региона»" />
        </div>
        <ParameterFields {...props} />
        <Checkbox
          label="Сотрудник может обойти, указав причину"
          hint="Причина останется в записи и в журнале"
          checked={form.overridable}
          onChange={(overridable) => change({ overridable })}
        />
      </Card>
      <Card title="Кого касается">
        <p className="soft small">Где ничего не отмечено, касается всех.</p>
        <Choices
          legend="Кто записывает"
          options={channelOptions}
          chosen={form.channels}
          onChange={(channels) => change({ channels })}
        />
        <Choices
          legend="Специальности"
          options={known.specialties.map(({ code, title }) => ({ value: code, label: title }))}
          chosen={form.specialtyCodes}
          onChange={(specialtyCodes) => change({ specialtyCodes })}
        />
        <Choices
          legend="Организации"
          options={known.organizations.map(({ id, shortName }) => ({ value: id, label: shortName }))}
          chosen={form.organizationIds}
          onChange={(organizationIds) => change({ organizationIds })}
          error={errorOf('organizationIds')}
        />
      </Card>
      <Card title="Когда действует">
        <div className="form-grid">
          <Text {...props} field="validFrom" label="Для приёмов с" type="date" />
          <Text {...props} field="validUntil" label="По" type="date" optional />
          <Text {...props} field="order" label="Порядок проверки" inputMode="numeric" width="short" />
          <Text
            {...props}
            field="takesEffect"
            errorField="takesEffectAt"
            label="Вступает в силу"
            type="datetime-local"
            hint={`Пусто — сразу. Часы этого устройства: ${ownZone()}`}
            optional
          />
        </div>
        <Text {...props} field="reason" label="Почему" hint="Останется в истории правила" />
      </Card>
      {problem && !problem.fields?.length && <ProblemNotice refusal={refusal} />}
      <div className="cluster">
        <Button type="submit" kind="primary" busy={busy} busyText="Сохраняем…">
          {sendWords}
        </Button>
        <Keys of="Ctrl+Enter" />
      </div>
    </form>
  )
}

type TextField = 'name' | 'legalSource' | 'validFrom' | 'validUntil' | 'order' | 'takesEffect' | 'reason'
type TextProps = {
  form: RuleForm
  onChange: (next: Partial<RuleForm>) => void
  errorOf: (field: string) => string | undefined
  field: TextField
  errorField?: string
  label: string
  hint?: string
  type?: string
  inputMode?: 'numeric'
  width?: 'short'
  optional?: boolean
}

const Text = ({ form, onChange, errorOf, field, errorField = field, ...rest }: TextProps) => (
  <TextInput
    {...rest}
    value={form[field]}
    onChange={(value) => onChange({ [field]: value })}
    error={errorOf(errorField)}
  />
)

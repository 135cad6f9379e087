import { useEffect, useState, type FormEvent, type ReactNode } from 'react'
import { tryRules, type RuleVerdict } from '../../../contracts/booking-rules.ts'
import { showPatient, type PatientRow } from '../../../contracts/patients.ts'
import { useAction, useRead } from '../../api/index.ts'
import {
  addDays,
  Badge,
  Button,
  Card,
  Checkbox,
  ErrorState,
  fullYears,
  Notice,
  Page,
  Segments,
  Select,
  Skeleton,
  Table,
  TextInput,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { PatientPicker } from '../people/patient-picker.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { useSession, useToday } from '../session.tsx'
import { Choices } from './parameter-fields.tsx'
import { exampleOf, newExample, type Example } from './example.ts'
import { channelOptions, groupOptions } from './rule-words.ts'
import { useRules } from './use-rules.ts'

/** What every rule says of an example: a patient, real or not, a doctor, a time, a way to book. */
export default function TrialPage(): ReactNode {
  const known = useRules()
  return (
    <Page
      title="Проверка на примере"
      lead="Какие правила пропустят и какие откажут. Ничего не записывается"
      back={{ href: at.rules(), label: 'К правилам' }}
    >
      {known.failed ? (
        <ErrorState problem={known.failed.error!.problem} onRetry={() => void known.failed!.refetch()} />
      ) : known.ready ? (
        <Trial known={known} />
      ) : (
        <Skeleton shape="card" label="Загружаем списки" />
      )}
    </Page>
  )
}

function Trial({ known }: { known: ReturnType<typeof useRules> }): ReactNode {
  const today = useToday()
  const { me } = useSession()
  const [example, setExample] = useState(() =>
    newExample(
      addDays(today, 1),
      me.organizationId ?? known.organizations[0]?.id ?? '',
      known.specialties[0]?.code ?? '',
    ),
  )
  const trial = useAction(tryRules, {})
  const change = (next: Partial<Example>) => {
    trial.reset()
    setExample((before) => ({ ...before, ...next }))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    trial.run({ body: exampleOf(example) })
  }
  return (
    <>
      <form className="stack" onSubmit={submit} noValidate>
        <Patient example={example} onChange={change} today={today} />
        <Visit example={example} onChange={change} known={known} />
        <Standing example={example} onChange={change} />
        <div>
          <Button type="submit" kind="primary" busy={trial.busy} busyText="Проверяем…">
            Проверить
          </Button>
        </div>
      </form>
      {!trial.busy && <ProblemNotice refusal={trial.refusal} />}
      {trial.done && <Verdicts verdicts={trial.done.verdicts} />}
    </>
  )
}

type PartProps = { example: Example; onChange: (next: Partial<Example>) => void }

/** Whom the rules look at. */
function Patient({ example, onChange, today }: PartProps & { today: string }): ReactNode {
  return (
    <Card title="Пациент">
      <Somebody today={today} example={example} onChange={onChange} />
      <div className="form-grid">
        <Number example={example} onChange={onChange} field="age" label="Возраст, лет" />
        <Select
          label="Прикреплён"
          value={example.attached}
          onChange={(attached) => onChange({ attached: attached as Example['attached'] })}
          options={[
            { value: 'here', label: 'К этой организации' },
            { value: 'elsewhere', label: 'К другой' },
            { value: 'nowhere', label: 'Никуда' },
          ]}
        />
      </div>
      <Segments
        legend="Пол"
        legendShown
        value={example.sex}
        onChange={(sex) => onChange({ sex })}
        options={[
          { value: 'female', label: 'Женский' },
          { value: 'male', label: 'Мужской' },
        ]}
      />
      <Choices
        legend="Льготные категории"
        options={groupOptions}
        chosen={example.groups}
        onChange={(groups) => onChange({ groups })}
      />
      <Checkbox label="Есть направление" checked={example.referral} onChange={(referral) => onChange({ referral })} />
    </Card>
  )
}

/** Where to, when, and who books. */
function Visit({ example, onChange, known }: PartProps & { known: ReturnType<typeof useRules> }): ReactNode {
  return (
    <Card title="Приём">
      <div className="form-grid">
        <Select
          label="Организация"
          value={example.organizationId}
          onChange={(organizationId) => onChange({ organizationId })}
          options={known.organizations.map((o) => ({ value: o.id, label: o.shortName }))}
        />
        <Select
          label="Специальность"
          value={example.specialtyCode}
          onChange={(specialtyCode) => onChange({ specialtyCode })}
          options={known.specialties.map((s) => ({ value: s.code, label: s.title }))}
        />
        <TextInput
          label="Время приёма"
          type="datetime-local"
          value={example.startsAt}
          onChange={(startsAt) => onChange({ startsAt })}
        />
        <Select
          label="Кто записывает"
          value={example.channel}
          onChange={(channel) => onChange({ channel: channel as Example['channel'] })}
          options={channelOptions}
        />
      </div>
    </Card>
  )
}

/** What stands already, of the patient and of the doctor's day. */
function Standing({ example, onChange }: PartProps): ReactNode {
  return (
    <Card title="Что уже есть">
      <div className="form-grid">
        <Number example={example} onChange={onChange} field="coming" label="Записей к этой специальности" />
        <Number example={example} onChange={onChange} field="holds" label="Времён выбрано сейчас" />
        <Number example={example} onChange={onChange} field="dayTaken" label="Занято у врача в этот день" />
        <Number example={example} onChange={onChange} field="dayTakenByChannel" label="Из них этим способом" />
        <TextInput
          label="Неявки, дней назад"
          hint="Через запятую: 3, 20, 41"
          optional
          value={example.noShows}
          onChange={(noShows) => onChange({ noShows })}
        />
      </div>
    </Card>
  )
}

type FieldProps = {
  example: Example
  onChange: (next: Partial<Example>) => void
  field: 'age' | 'coming' | 'holds' | 'dayTaken' | 'dayTakenByChannel'
  label: string
}
const Number = ({ example, onChange, field, label }: FieldProps) => (
  <TextInput
    label={label}
    inputMode="numeric"
    width="short"
    value={example[field]}
    onChange={(value) => onChange({ [field]: value })}
  />
)

type SomebodyProps = { today: string; example: Example; onChange: (next: Partial<Example>) => void }

/** A real patient fills in age, sex and attachment; they can be changed after. */
function Somebody({ today, example, onChange }: SomebodyProps): ReactNode {
  const { me } = useSession()
  const [person, setPerson] = useState<PatientRow | null>(null)
  const read = useRead(showPatient, { params: { patientId: person?.id ?? '' } }, { enabled: person !== null })
  const patient = read.data
  const { organizationId } = example
  useEffect(() => {
    if (!patient) return
    const place = patient.attachment?.organizationId
    onChange({
      age: String(fullYears(patient.birthDate, today)),
      sex: patient.sex as Example['sex'],
      attached: place === undefined ? 'nowhere' : place === organizationId ? 'here' : 'elsewhere',
    })
    // Only when another patient or organisation is chosen: what was typed since stays.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [patient, organizationId, today])
  if (me.role === 'head') return null
  return (
    <PatientPicker
      label="Взять из карты"
      hint="Необязательно: возраст, пол и прикрепление заполнятся сами"
      value={person}
      onChange={setPerson}
    />
  )
}

const columns = [
  {
    name: 'Правило',
    heading: true,
    cell: (v: RuleVerdict) => (
      <>
        <a href={at.rule(v.id)}>{v.name}</a>
        <br />
        <span className="soft small">{v.legalSource}</span>
      </>
    ),
  },
  {
    name: 'Ответ',
    cell: (v: RuleVerdict) =>
      !v.concerns ? (
        <Badge>Не касается</Badge>
      ) : v.passes ? (
        <Badge kind="success">Пропускает</Badge>
      ) : (
        <Badge kind="error">Отказ</Badge>
      ),
  },
  { name: 'Почему', cell: (v: RuleVerdict) => (v.passes ? '—' : `${v.detail} ${v.advice}`) },
]

function Verdicts({ verdicts }: { verdicts: readonly RuleVerdict[] }): ReactNode {
  const refusing = verdicts.filter((v) => !v.passes)
  const firm = refusing.filter((v) => !v.overridable)
  return (
    <Card title="Что говорят правила">
      <Notice
        live
        kind={refusing.length === 0 ? 'success' : 'warning'}
        title={
          refusing.length === 0
            ? 'Записать можно'
            : firm.length === 0
              ? 'Запишет только сотрудник, указав причину'
              : 'Записать нельзя'
        }
      >
        {refusing[0] && (
          <p>
            {refusing[0].detail} {refusing[0].advice}
          </p>
        )}
      </Notice>
      {verdicts.length > 0 && (
        <Table caption="Правила по порядку" rows={verdicts} keyOf={(v) => v.id} columns={columns} />
      )}
    </Card>
  )
}

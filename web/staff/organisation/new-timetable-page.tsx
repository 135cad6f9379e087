import { useRef, useState, type FormEvent, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { createSchedule, listSchedules, showDayGrid } from '../../../contracts/schedules.ts'
import { useAction } from '../../api/index.ts'
import {
  Button,
  Card,
  Checkbox,
  count,
  EmptyState,
  fieldMessage,
  Notice,
  Page,
  Select,
  showToast,
  Skeleton,
  TextInput,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { Keys } from '../keyboard/keys.tsx'
import { useShortcut } from '../keyboard/shortcuts.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { useSession, useToday, type Workplace } from '../session.tsx'
import { HoursEditor } from './hours-editor.tsx'
import { NoWorkplace } from './no-workplace.tsx'
import { bodyOf, flawsOf, newTimetable, type TimetableForm } from './timetable-form.ts'
import { timesInWeek } from './weekly-hours.ts'

/** A new weekly timetable of a doctor: its times appear for booking at once, two weeks ahead. */
export default function NewTimetablePage({ staffId }: { staffId: string }): ReactNode {
  const { me, workplace } = useSession()
  const back = { href: at.timetables(staffId), label: 'К графикам врача' }
  if (me.organizationId === null) return <NoWorkplace title="Новый график" />
  const doctor = workplace?.staff.find((s) => s.id === staffId)
  if (!workplace)
    return (
      <Page title="Новый график" back={back}>
        <Skeleton shape="card" />
      </Page>
    )
  if (!doctor?.specialtyCode)
    return (
      <Page title="Новый график" back={{ href: at.timetables(), label: 'К врачам' }}>
        <EmptyState icon="person" title="Такого врача в организации нет" />
      </Page>
    )
  return (
    <Page title="Новый график" back={back} lead={`${doctor.name}, ${doctor.specialtyTitle?.toLowerCase()}`}>
      <Form workplace={workplace} doctor={{ staffId, specialtyCode: doctor.specialtyCode }} />
    </Page>
  )
}

type FormProps = { workplace: Workplace; doctor: { staffId: string; specialtyCode: string } }

function Form({ workplace, doctor }: FormProps): ReactNode {
  const today = useToday()
  const [, navigate] = useLocation()
  const form = useRef<HTMLFormElement>(null)
  const [timetable, setTimetable] = useState(() => newTimetable(today))
  const [tried, setTried] = useState(false)
  const create = useAction(createSchedule, {
    refreshes: [listSchedules, showDayGrid],
    onDone: () => {
      showToast({ text: 'График создан, время открыто для записи' })
      navigate(at.timetables(doctor.staffId), { replace: true })
    },
  })
  const flaws = flawsOf(timetable, today)
  const problem = create.busy ? undefined : create.refusal?.problem
  const errorOf = (field: string) => (tried ? flaws.fields[field] : undefined) ?? fieldMessage(problem, field)
  const change = (next: Partial<TimetableForm>) => {
    create.reset()
    setTimetable({ ...timetable, ...next })
  }
  const send = () => {
    setTried(true)
    if (flaws.any) requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
    else if (!create.busy) create.run({ body: bodyOf(timetable, doctor) })
  }
  useShortcut('Ctrl+Enter', 'Создать график', send)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  const week = timesInWeek(timetable.hours, Number(timetable.slotMinutes))
  return (
    <form ref={form} className="stack" onSubmit={submit} noValidate>
      <Card
        title="Часы приёма"
        aside={<span className="soft">{count(week, ['приём', 'приёма', 'приёмов'])} в неделю</span>}
      >
        <HoursEditor
          hours={timetable.hours}
          onChange={(hours) => change({ hours })}
          errorOf={(i) => (tried ? flaws.hours[i] : undefined) ?? hoursMessage(problem, i)}
        />
        {errorOf('hours') && <Notice kind="error">{errorOf('hours')}</Notice>}
      </Card>
      <Card title="Условия">
        <Conditions timetable={timetable} workplace={workplace} onChange={change} errorOf={errorOf} />
      </Card>
      {problem && !problem.fields?.length && <ProblemNotice refusal={create.refusal} />}
      <div className="cluster">
        <Button type="submit" kind="primary" busy={create.busy} busyText="Создаём…">
          Создать график
        </Button>
        <Keys of="Ctrl+Enter" />
      </div>
    </form>
  )
}

type Problem = Parameters<typeof fieldMessage>[0]
const hoursMessage = (problem: Problem, i: number) =>
  fieldMessage(problem, `hours.${i}.starts`) ?? fieldMessage(problem, `hours.${i}.ends`)

type ConditionsProps = {
  timetable: TimetableForm
  workplace: Workplace
  onChange: (next: Partial<TimetableForm>) => void
  errorOf: (field: string) => string | undefined
}

const channels = [
  { value: 'portal', label: 'Пациенты сами, через кабинет и Госуслуги' },
  { value: 'registrar', label: 'Регистратура' },
  { value: 'doctor', label: 'Врач, на повторный приём' },
] as const

function Conditions({ timetable, workplace, onChange, errorOf }: ConditionsProps): ReactNode {
  const rooms = workplace.departments.flatMap((d) =>
    d.rooms.map((room) => ({ value: room.id, label: `${room.number} — ${d.name}` })),
  )
  const text = (field: 'slotMinutes' | 'ageFrom' | 'ageTo', label: string, hint?: string) => (
    <TextInput
      label={label}
      hint={hint}
      inputMode="numeric"
      width="short"
      value={timetable[field]}
      onChange={(value) => onChange({ [field]: value })}
      error={errorOf(field)}
    />
  )
  const date = (field: 'validFrom' | 'validUntil', label: string, optional = false) => (
    <TextInput
      label={label}
      type="date"
      width="middle"
      optional={optional}
      value={timetable[field]}
      onChange={(value) => onChange({ [field]: value })}
      error={errorOf(field)}
    />
  )
  return (
    <div className="form-grid">
      <Select
        label="Кабинет"
        placeholder="Выберите"
        value={timetable.roomId}
        onChange={(roomId) => onChange({ roomId })}
        options={rooms}
        error={errorOf('roomId')}
      />
      {text('slotMinutes', 'Один приём, минут')}
      {date('validFrom', 'Действует с')}
      {date('validUntil', 'По', true)}
      {text('ageFrom', 'Возраст пациентов от')}
      {text('ageTo', 'и до', '150 — без ограничения')}
      <fieldset className="stack stack--tight">
        <legend className="field__label">Кто записывает</legend>
        {channels.map(({ value, label }) => (
          <Checkbox
            key={value}
            label={label}
            checked={timetable.channels.includes(value)}
            onChange={(on) =>
              onChange({
                channels: channels
                  .map((c) => c.value)
                  .filter((c) => (c === value ? on : timetable.channels.includes(c))),
              })
            }
          />
        ))}
        {errorOf('channels') && <p className="field__error">{errorOf('channels')}</p>}
      </fieldset>
    </div>
  )
}

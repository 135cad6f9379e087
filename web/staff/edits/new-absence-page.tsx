import { useState, type FormEvent, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { ScheduleEdit } from '../../../contracts/schedules.ts'
import type { Refusal } from '../../api/index.ts'
import { Button, Card, fieldMessage, Page, Select, showToast, Skeleton, TextInput } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { NoWorkplace } from '../organisation/no-workplace.tsx'
import { useSession, useToday, type Workplace } from '../session.tsx'
import { doneWords } from './done-words.ts'
import { absenceFlaws, absenceOf, newAbsence, type AbsenceForm } from './absence-form.ts'
import { kindWords } from './absence-words.ts'
import { ImpactStep } from './impact-step.tsx'

const title = 'Новое отсутствие'

/** A doctor, a room or the whole organisation will be away: first when, then whom it touches. */
export default function NewAbsencePage(): ReactNode {
  const { me, workplace } = useSession()
  if (me.organizationId === null) return <NoWorkplace title={title} />
  return (
    <Page title={title} back={{ href: at.absences(), label: 'Все отсутствия' }}>
      {workplace ? <Steps workplace={workplace} /> : <Skeleton shape="card" />}
    </Page>
  )
}

function Steps({ workplace }: { workplace: Workplace }): ReactNode {
  const today = useToday()
  const [, navigate] = useLocation()
  const [form, setForm] = useState(() => newAbsence(today))
  const [edit, setEdit] = useState<ScheduleEdit | undefined>(undefined)
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined)
  if (!edit) return <WhoAndWhen {...{ workplace, form, refusal }} onChange={setForm} onReady={setEdit} />
  return (
    <ImpactStep
      edit={edit}
      onBack={(why) => {
        setRefusal(why)
        setEdit(undefined)
      }}
      onDone={(done) => {
        showToast({ text: `Отсутствие записано. ${doneWords(done)}`.trim() })
        navigate(at.absences(), { replace: true })
      }}
    />
  )
}

type FormProps = {
  workplace: Workplace
  form: AbsenceForm
  refusal: Refusal | undefined
  onChange: (form: AbsenceForm) => void
  onReady: (edit: ScheduleEdit) => void
}

const kinds = Object.entries(kindWords).map(([value, label]) => ({ value, label }))

function WhoAndWhen({ workplace, form, refusal, onChange, onReady }: FormProps): ReactNode {
  const [tried, setTried] = useState(false)
  const flaws = absenceFlaws(form)
  const change = (next: Partial<AbsenceForm>) => onChange({ ...form, ...next })
  const errorOf = (field: string) => (tried ? flaws[field] : undefined) ?? fieldMessage(refusal?.problem, field)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(flaws).length === 0) onReady(absenceOf(form))
  }
  const input = (field: 'from' | 'until' | 'fromTime' | 'untilTime', type: 'date' | 'time', label: string) => (
    <TextInput
      label={label}
      type={type}
      width="middle"
      optional={type === 'time'}
      value={form[field]}
      onChange={(value) => change({ [field]: value })}
      error={errorOf(field)}
    />
  )
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <Card>
        <div className="form-grid">
          <Select
            label="Что случилось"
            value={form.kind}
            onChange={(kind) => change({ kind: kind as AbsenceForm['kind'] })}
            options={kinds}
          />
          <Place workplace={workplace} form={form} change={change} errorOf={errorOf} />
          {input('from', 'date', 'Первый день')}
          {input('until', 'date', 'Последний день')}
          {input('fromTime', 'time', 'С какого часа')}
          {input('untilTime', 'time', 'До какого часа')}
        </div>
      </Card>
      <div>
        <Button type="submit" kind="primary">
          Посмотреть, кого это затронет
        </Button>
      </div>
    </form>
  )
}

type PlaceProps = {
  workplace: Workplace
  form: AbsenceForm
  change: (next: Partial<AbsenceForm>) => void
  errorOf: (field: string) => string | undefined
}

/** Whom or what it concerns: a doctor, and who takes over; a room; nothing more when all is closed. */
function Place({ workplace, form, change, errorOf }: PlaceProps): ReactNode {
  if (form.kind === 'organization-closed') return null
  if (form.kind === 'room-closed')
    return (
      <Select
        label="Кабинет"
        placeholder="Выберите"
        value={form.roomId}
        onChange={(roomId) => change({ roomId })}
        options={workplace.departments.flatMap((d) =>
          d.rooms.map((room) => ({ value: room.id, label: `${room.number} — ${d.name}` })),
        )}
        error={errorOf('roomId')}
      />
    )
  const doctors = workplace.staff
    .filter((s) => s.specialtyCode !== null)
    .sort((a, b) => a.name.localeCompare(b.name, 'ru'))
  const doctor = doctors.find((s) => s.id === form.staffId)
  const named = (list: typeof doctors) =>
    list.map((s) => ({ value: s.id, label: `${s.name}, ${s.specialtyTitle?.toLowerCase()}` }))
  return (
    <>
      <Select
        label="Врач"
        placeholder="Выберите"
        value={form.staffId}
        onChange={(staffId) => change({ staffId, substituteId: '' })}
        options={named(doctors)}
        error={errorOf('staffId')}
      />
      <Select
        label="Замещает"
        hint="Той же специальности; примет в те же часы в том же кабинете"
        placeholder="Никто"
        value={form.substituteId}
        onChange={(substituteId) => change({ substituteId })}
        options={named(doctors.filter((s) => s.id !== doctor?.id && s.specialtyCode === doctor?.specialtyCode))}
        error={errorOf('substituteId')}
      />
    </>
  )
}

import { useRef, useState, type FormEvent, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { listSchedules, type Schedule, type ScheduleEdit } from '../../../contracts/schedules.ts'
import { useRead, type Refusal } from '../../api/index.ts'
import {
  addDays,
  Button,
  ButtonLink,
  Card,
  EmptyState,
  ErrorState,
  fieldMessage,
  Notice,
  Page,
  showToast,
  Skeleton,
  TextInput,
} from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { HoursEditor } from '../organisation/hours-editor.tsx'
import { NoWorkplace } from '../organisation/no-workplace.tsx'
import { flawsOf, type TimetableForm } from '../organisation/timetable-form.ts'
import { otherHours } from '../organisation/weekly-hours.ts'
import { useSession, useToday } from '../session.tsx'
import { doneWords } from './done-words.ts'
import { changesOf } from './hours-edit.ts'
import { ImpactStep } from './impact-step.tsx'

const title = 'Изменение графика'
type Props = { staffId: string; scheduleId: string }

/** New hours of a timetable that is published: first what they are, then whom they touch. */
export default function EditTimetablePage({ staffId, scheduleId }: Props): ReactNode {
  const { me, workplace } = useSession()
  const read = useRead(listSchedules, { query: { staffId } }, { enabled: me.organizationId !== null })
  if (me.organizationId === null) return <NoWorkplace title={title} />
  const schedule = read.data?.schedules.find((s) => s.id === scheduleId)
  const doctor = workplace?.staff.find((s) => s.id === staffId)
  return (
    <Page title={title} back={{ href: at.timetables(staffId), label: 'К графикам врача' }} lead={doctor?.name}>
      {read.error && !read.data ? (
        <ErrorState problem={read.error.problem} onRetry={() => void read.refetch()} retrying={read.isFetching} />
      ) : !read.data ? (
        <Skeleton shape="card" label="Загружаем график" />
      ) : !schedule ? (
        <EmptyState
          icon="clock"
          title="Такого графика нет"
          actions={<ButtonLink href={at.timetables(staffId)}>К графикам врача</ButtonLink>}
        />
      ) : (
        <Editing schedule={schedule} />
      )}
    </Page>
  )
}

function Editing({ schedule }: { schedule: Schedule }): ReactNode {
  const [, navigate] = useLocation()
  const tomorrow = addDays(useToday(), 1)
  const [from, setFrom] = useState(tomorrow > schedule.validFrom ? tomorrow : schedule.validFrom)
  const [form, setForm] = useState(() => formOf(schedule))
  const [edit, setEdit] = useState<ScheduleEdit | undefined>(undefined)
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined)
  if (edit)
    return (
      <ImpactStep
        edit={edit}
        onBack={(why) => {
          setRefusal(why)
          setEdit(undefined)
        }}
        onDone={(done) => {
          showToast({ text: `График изменён. ${doneWords(done)}` })
          navigate(at.timetables(schedule.staffId), { replace: true })
        }}
      />
    )
  return <Hours {...{ schedule, from, setFrom, form, setForm, refusal }} onReady={setEdit} />
}

const formOf = (s: Schedule): TimetableForm => ({
  roomId: s.roomId,
  slotMinutes: String(s.slotMinutes),
  channels: s.channels,
  ageFrom: String(s.ageFrom),
  ageTo: String(s.ageTo),
  validFrom: s.validFrom,
  validUntil: s.validUntil ?? '',
  hours: s.hours,
})

type HoursProps = {
  schedule: Schedule
  from: string
  setFrom: (day: string) => void
  form: TimetableForm
  setForm: (form: TimetableForm) => void
  refusal: Refusal | undefined
  onReady: (edit: ScheduleEdit) => void
}

function Hours({ schedule, from, setFrom, form, setForm, refusal, onReady }: HoursProps): ReactNode {
  const today = useToday()
  const place = useRef<HTMLFormElement>(null)
  const [tried, setTried] = useState(false)
  const flaws = flawsOf(form, today)
  const changes = changesOf(schedule, form)
  const same = Object.keys(changes).length === 0
  const problem = refusal?.problem
  const errorOf = (field: string) => (tried ? flaws.fields[field] : undefined) ?? fieldMessage(problem, field)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (flaws.any || !from) requestAnimationFrame(() => focusFlaw(place.current))
    else if (!same) onReady({ kind: 'hours', scheduleId: schedule.id, from, changes })
  }
  return (
    <form ref={place} className="stack" onSubmit={submit} noValidate>
      <Card title="Часы приёма">
        <HoursEditor
          hours={form.hours}
          onChange={(hours) => setForm({ ...form, hours })}
          errorOf={(i) => (tried ? flaws.hours[i] : undefined) ?? fieldMessage(problem, `hours.${i}.ends`)}
        />
        {errorOf('hours') && <Notice kind="error">{errorOf('hours')}</Notice>}
        {otherHours(form.hours).length > 0 && (
          <p className="soft small">Часы, которые повторяются не каждую неделю, остаются как есть.</p>
        )}
      </Card>
      <Card title="Когда и сколько">
        <div className="form-grid">
          <TextInput
            label="Изменить с"
            type="date"
            width="middle"
            hint="До этого дня всё остаётся по-прежнему"
            value={from}
            onChange={setFrom}
            error={(tried && !from && 'Введите день') || fieldMessage(problem, 'from')}
          />
          <TextInput
            label="Один приём, минут"
            inputMode="numeric"
            width="short"
            value={form.slotMinutes}
            onChange={(slotMinutes) => setForm({ ...form, slotMinutes })}
            error={errorOf('slotMinutes')}
          />
          <TextInput
            label="График действует по"
            type="date"
            width="middle"
            optional
            value={form.validUntil}
            onChange={(validUntil) => setForm({ ...form, validUntil })}
            error={errorOf('validUntil')}
          />
        </div>
      </Card>
      {tried && same && <Notice live kind="info" title="Пока ничего не изменено" />}
      <div>
        <Button type="submit" kind="primary">
          Посмотреть, кого это затронет
        </Button>
      </div>
    </form>
  )
}

const focusFlaw = (form: HTMLFormElement | null) => form?.querySelector<HTMLElement>('[aria-invalid]')?.focus()

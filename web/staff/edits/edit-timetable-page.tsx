import { useRef, useState, type FormEvent, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { listSchedules, type HoursEdit, type Schedule, type ScheduleEdit } from '../../../contracts/schedules.ts'
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
import { Keys } from '../keyboard/keys.tsx'
import { useShortcut } from '../keyboard/shortcuts.ts'
import { NoWorkplace } from '../organisation/no-workplace.tsx'
import { ConditionCards, focusFlaw, HoursCards } from '../organisation/timetable-cards.tsx'
import { PlaceAndLengths } from '../organisation/timetable-conditions.tsx'
import { flawsOf, type TimetableForm } from '../organisation/timetable-form.ts'
import { useSession, useToday } from '../session.tsx'
import { doneWords } from './done-words.ts'
import { changesOf, formOf } from './hours-edit.ts'
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
  // From the weeks of a department one comes with the hours decided: only the visits they touch are left to decide.
  const [brought] = useState(() => broughtEdit(schedule.id))
  const [from, setFrom] = useState(brought?.from ?? (tomorrow > schedule.validFrom ? tomorrow : schedule.validFrom))
  const [form, setForm] = useState(() => formOf({ ...schedule, ...brought?.changes } as Schedule))
  const [edit, setEdit] = useState<ScheduleEdit | undefined>(brought)
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

/** What the page before handed over in the state of the history; nothing when one came by another way. */
function broughtEdit(scheduleId: string): HoursEdit | undefined {
  const given = (history.state as { edit?: Pick<HoursEdit, 'from' | 'changes'> } | null)?.edit
  return given && { kind: 'hours', scheduleId, from: given.from, changes: given.changes }
}

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
  const send = () => {
    setTried(true)
    if (flaws.any || !from) focusFlaw(place.current)
    else if (!same) onReady({ kind: 'hours', scheduleId: schedule.id, from, changes })
  }
  useShortcut('Ctrl+Enter', 'Посмотреть, кого это затронет', send)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  const parts = { form, onChange: (next: Partial<TimetableForm>) => setForm({ ...form, ...next }), errorOf }
  return (
    <form ref={place} className="stack" onSubmit={submit} noValidate>
      <Card title="С какого дня">
        <TextInput
          label="Изменить с"
          type="date"
          width="middle"
          hint="До этого дня всё остаётся по-прежнему"
          value={from}
          onChange={setFrom}
          error={(tried && !from && 'Введите день') || fieldMessage(problem, 'from')}
        />
      </Card>
      <HoursCards {...parts} />
      <Card title="Сколько длится приём">
        <PlaceAndLengths {...parts} />
      </Card>
      <ConditionCards {...parts} />
      {tried && same && <Notice live kind="info" title="Пока ничего не изменено" />}
      <div className="cluster">
        <Button type="submit" kind="primary">
          Посмотреть, кого это затронет
        </Button>
        <Keys of="Ctrl+Enter" />
      </div>
    </form>
  )
}

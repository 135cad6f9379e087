import { useRef, useState, type FormEvent, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { createSchedule, listSchedules, showDayGrid } from '../../../contracts/schedules.ts'
import { useAction } from '../../api/index.ts'
import { Button, Card, EmptyState, fieldMessage, Page, showToast, Skeleton } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { Keys } from '../keyboard/keys.tsx'
import { useShortcut } from '../keyboard/shortcuts.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { useSession, useToday, type Workplace } from '../session.tsx'
import { NoWorkplace } from './no-workplace.tsx'
import { ConditionCards, focusFlaw, HoursCards } from './timetable-cards.tsx'
import { PlaceAndLengths } from './timetable-conditions.tsx'
import { bodyOf, flawsOf, newTimetable, type TimetableForm } from './timetable-form.ts'

/** A new timetable of a doctor: its times appear for booking at once, two weeks ahead. */
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
    if (flaws.any) focusFlaw(form.current)
    else if (!create.busy) create.run({ body: bodyOf(timetable, doctor) })
  }
  useShortcut('Ctrl+Enter', 'Создать график', send)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  const parts = { form: timetable, onChange: change, errorOf }
  return (
    <form ref={form} className="stack" onSubmit={submit} noValidate>
      <Card title="Место и время приёма">
        <PlaceAndLengths {...parts} workplace={workplace} />
      </Card>
      <HoursCards {...parts} />
      <ConditionCards {...parts} />
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

import { useState, type FormEvent, type ReactNode } from 'react'
import { addSlot, showDayGrid, type GridColumn } from '../../../contracts/schedules.ts'
import { useAction } from '../../api/index.ts'
import { Button, Dialog, fieldMessage, showToast, TextInput } from '../../ui/index.ts'
import { ProblemNotice } from '../problem-notice.tsx'

type Props = { column: GridColumn | undefined; day: string; onClose: () => void }

/** A time outside the weekly timetable: for one who must be seen, or a doctor who stays longer. */
export function AddTimeDialog({ column, day, onClose }: Props): ReactNode {
  return (
    <Dialog open={column !== undefined} title="Дополнительное время" onClose={onClose}>
      {column && <Form column={column} day={day} onClose={onClose} />}
    </Dialog>
  )
}

/** How long the doctor's times usually are. */
function usualMinutes({ slots: [first] }: GridColumn): number {
  return first ? (Date.parse(first.endsAt) - Date.parse(first.startsAt)) / 60_000 : 15
}

function Form({ column, day: shown, onClose }: { column: GridColumn; day: string; onClose: () => void }): ReactNode {
  const [day, setDay] = useState(shown)
  const [time, setTime] = useState('')
  const [minutes, setMinutes] = useState(String(usualMinutes(column)))
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const add = useAction(addSlot, {
    refreshes: [showDayGrid],
    onDone: () => {
      onClose()
      showToast({ text: `Добавлено время ${time}: ${column.doctorName}` })
    },
  })
  /** What was refused is no longer so once something else is asked for. */
  const change = (set: (value: string) => void) => (value: string) => {
    add.reset()
    set(value)
  }
  const length = Number(minutes)
  const wrong = {
    time: time ? undefined : 'Введите время',
    minutes: Number.isInteger(length) && length >= 5 && length <= 240 ? undefined : 'От 5 до 240 минут',
    reason: reason.trim() ? undefined : 'Напишите, почему',
  }
  const problem = add.busy ? undefined : add.refusal?.problem
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (wrong.time || wrong.minutes || wrong.reason || add.busy) return
    add.run({ params: { scheduleId: column.scheduleId }, body: { day, time, minutes: length, reason: reason.trim() } })
  }
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <p className="soft">
        {column.doctorName}, {column.specialtyTitle.toLowerCase()}
      </p>
      <TextInput
        label="Начало"
        type="time"
        width="short"
        value={time}
        onChange={change(setTime)}
        error={(tried ? wrong.time : undefined) ?? fieldMessage(problem, 'time')}
      />
      <TextInput
        label="День"
        type="date"
        width="middle"
        value={day}
        onChange={change(setDay)}
        error={fieldMessage(problem, 'day')}
      />
      <TextInput
        label="Сколько минут"
        inputMode="numeric"
        width="short"
        value={minutes}
        onChange={change(setMinutes)}
        error={tried ? wrong.minutes : undefined}
      />
      <TextInput
        label="Почему"
        hint="Останется в истории расписания"
        maxLength={200}
        value={reason}
        onChange={setReason}
        error={tried ? wrong.reason : undefined}
      />
      {problem && !problem.fields && <ProblemNotice refusal={add.refusal} />}
      <div className="cluster">
        <Button type="submit" kind="primary" busy={add.busy} busyText="Добавляем…">
          Добавить
        </Button>
        <Button onClick={onClose}>Не нужно</Button>
      </div>
    </form>
  )
}

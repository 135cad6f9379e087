import { useState, type FormEvent, type ReactNode } from 'react'
import {
  joinWaiting,
  leaveWaiting,
  listPatientWaiting,
  listWaiting,
  setWaitingPriority,
  type WaitingLine,
} from '../../../contracts/waiting.ts'
import { useAction } from '../../api/index.ts'
import { addDays, Button, Dialog, fieldMessage, Segments, Select, showToast, TextInput } from '../../ui/index.ts'
import { partsOfDay, type PartOfDay } from '../../domain/waiting-words.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { useSession, useToday } from '../session.tsx'

const refreshes = [listWaiting, listPatientWaiting]
const priorities = Array.from({ length: 10 }, (_, n) => ({
  value: String(n),
  label: n === 0 ? 'Общая очередь' : `${n}${n === 9 ? ' — раньше всех' : n === 1 ? ' — раньше общей' : ''}`,
}))

type LineProps = { line: WaitingLine; onClose: () => void }

/** Puts somebody forward, or back; why is kept with the name of who did it. */
export function PriorityDialog({ line, onClose }: LineProps): ReactNode {
  const { entry, patient } = line
  const [priority, setPriority] = useState(String(entry.priority))
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const change = useAction(setWaitingPriority, {
    refreshes,
    onDone: () => {
      onClose()
      showToast({ text: `${patient.name}: очерёдность изменена` })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!reason.trim() || change.busy) return
    const params = { organizationId: entry.organizationId, entryId: entry.id }
    change.run({ params, body: { priority: Number(priority), reason: reason.trim() } })
  }
  return (
    <Dialog open title={`Очерёдность: ${patient.name}`} onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        <Select
          label="Очерёдность"
          hint="Чем больше число, тем раньше предложат время"
          value={priority}
          onChange={setPriority}
          options={priorities}
        />
        <TextInput
          label="Основание"
          hint="Например: участник войны, удостоверение №…"
          maxLength={200}
          value={reason}
          onChange={setReason}
          error={tried && !reason.trim() ? 'Напишите основание: оно останется в журнале' : undefined}
        />
        {!change.busy && <ProblemNotice refusal={change.refusal} />}
        <div className="cluster">
          <Button type="submit" kind="primary" busy={change.busy} busyText="Сохраняем…">
            Изменить
          </Button>
          <Button onClick={onClose}>Оставить</Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Takes somebody off the list, as they asked. */
export function LeaveDialog({ line, onClose }: LineProps): ReactNode {
  const { entry, patient } = line
  const leave = useAction(leaveWaiting, {
    refreshes,
    onDone: () => {
      onClose()
      showToast({ text: `${patient.name}: снят с листа ожидания` })
    },
  })
  return (
    <Dialog
      open
      title="Снять с листа ожидания?"
      onClose={onClose}
      actions={
        <>
          <Button
            kind="danger"
            busy={leave.busy}
            busyText="Снимаем…"
            onClick={() => leave.run({ params: { patientId: entry.patientId, entryId: entry.id } })}
          >
            Снять
          </Button>
          <Button onClick={onClose}>Оставить</Button>
        </>
      }
    >
      <p>
        {patient.name}, {entry.specialtyTitle.toLowerCase()}. Место в очереди не сохранится
        {entry.offer ? ', предложенное время получит следующий' : ''}.
      </p>
      {!leave.busy && <ProblemNotice refusal={leave.refusal} />}
    </Dialog>
  )
}

type JoinProps = {
  patientId: string
  specialty: string
  doctor: string
  moving: string | undefined
  onClose: () => void
}

/** Puts a patient on the waiting list of what is chosen in the booking. */
export function JoinDialog({ patientId, specialty, doctor, moving, onClose }: JoinProps): ReactNode {
  const { me } = useSession()
  const today = useToday()
  const [firstDay, setFirstDay] = useState(today)
  const [lastDay, setLastDay] = useState(addDays(today, 30))
  const [part, setPart] = useState<PartOfDay>('any')
  const join = useAction(joinWaiting, {
    refreshes,
    onDone: ({ place }) => {
      onClose()
      showToast({ text: `Пациент в листе ожидания, место ${place}` })
    },
  })
  const problem = join.refusal?.problem
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (join.busy) return
    const { fromTime, untilTime } = partsOfDay.find((p) => p.value === part)!
    join.run({
      params: { patientId },
      body: {
        organizationId: me.organizationId!,
        specialtyCode: specialty,
        staffId: doctor === 'any' ? null : doctor,
        firstDay,
        lastDay,
        fromTime,
        untilTime,
        moving: moving ?? null,
      },
    })
  }
  return (
    <Dialog open title="В лист ожидания" onClose={onClose}>
      <form className="stack" onSubmit={submit} noValidate>
        <p>
          {doctor === 'any' ? 'К любому врачу этой специальности.' : 'К выбранному врачу.'}
          {moving && ' Прежняя запись останется, пока не найдётся время раньше.'}
        </p>
        <div className="form-grid">
          <TextInput
            type="date"
            label="Первый день"
            value={firstDay}
            onChange={setFirstDay}
            error={fieldMessage(problem, 'firstDay')}
          />
          <TextInput
            type="date"
            label="Последний день"
            value={lastDay}
            onChange={setLastDay}
            error={fieldMessage(problem, 'lastDay')}
          />
        </div>
        <Segments legend="Время дня" legendShown value={part} onChange={setPart} options={partsOfDay} />
        {!join.busy && !problem?.fields && <ProblemNotice refusal={join.refusal} />}
        <div className="cluster">
          <Button type="submit" kind="primary" busy={join.busy} busyText="Ставим…">
            Поставить в лист
          </Button>
          <Button onClick={onClose}>Закрыть</Button>
        </div>
      </form>
    </Dialog>
  )
}

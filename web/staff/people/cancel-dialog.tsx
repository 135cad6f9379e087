import { useState, type FormEvent, type ReactNode } from 'react'
import { cancelAppointment } from '../../../contracts/booking.ts'
import { useAction } from '../../api/index.ts'
import { Button, Dialog, momentWords, RadioCards, showToast, TextInput } from '../../ui/index.ts'
import { queryClient } from '../query-client.ts'
import { ProblemNotice } from '../problem-notice.tsx'
import { bringBack } from './bring-back.ts'
import { visitReads, type Visit } from './visits.ts'

const reasons = [
  { value: 'Попросил пациент', title: 'Попросил пациент' },
  { value: 'Врач не принимает', title: 'Врач не принимает' },
  { value: 'other', title: 'Другая причина' },
]

type Props = { open: boolean; visit: Visit; zone: string; onClose: () => void; onDone: () => void }

/** Asks why, which the patient will read, and cancels. The message after it can bring the visit back. */
export function CancelDialog({ open, visit, zone, onClose, onDone }: Props): ReactNode {
  const [reason, setReason] = useState(reasons[0]!.value)
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const cancel = useAction(cancelAppointment, {
    refreshes: visitReads,
    onDone: (cancelled) => {
      onDone()
      showToast({
        text: `Запись отменена: ${visit.patientName}`,
        action: { label: 'Вернуть', run: () => void bringBack(cancelled, queryClient) },
      })
    },
  })
  const why = reason === 'other' ? words.trim() : reason
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (why && !cancel.busy)
      cancel.run({ params: { patientId: visit.patientId, appointmentId: visit.id }, body: { reason: why } })
  }
  return (
    <Dialog open={open} title="Отмена записи" onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p>
          {visit.patientName}, {momentWords(visit.startsAt, zone)}. Время сразу станет свободным для других.
        </p>
        <RadioCards legend="Причина" value={reason} onChange={setReason} options={reasons} />
        {reason === 'other' && (
          <TextInput
            label="Какая"
            hint="Её прочитает пациент"
            maxLength={200}
            value={words}
            onChange={setWords}
            error={tried && !why ? 'Напишите причину' : undefined}
          />
        )}
        {!cancel.busy && <ProblemNotice refusal={cancel.refusal} />}
        <div className="cluster">
          <Button type="submit" kind="danger" busy={cancel.busy} busyText="Отменяем…">
            Отменить запись
          </Button>
          <Button onClick={onClose}>Оставить</Button>
        </div>
      </form>
    </Dialog>
  )
}

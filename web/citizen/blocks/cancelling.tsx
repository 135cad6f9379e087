import type { ReactNode } from 'react'
import { cancelAppointment, type Appointment } from '../../../contracts/booking.ts'
import type { Endpoint } from '../../../contracts/endpoint.ts'
import { useAction } from '../../api/index.ts'
import { Button, capital, Dialog, inOneSentence, momentWords, Notice, showToast, uncapital } from '../../ui/index.ts'
import { bringBack } from '../booking/bring-back.ts'
import { queryClient } from '../query-client.ts'

type Props = { visit: Appointment; open: boolean; refreshes: readonly Endpoint[]; onClose: () => void }

/** Asks once more before a visit is cancelled. */
export function Cancelling({ visit, open, refreshes, onClose }: Props): ReactNode {
  const cancel = useAction(cancelAppointment, {
    refreshes,
    onDone: () => {
      onClose()
      showToast({
        text: 'Запись отменена',
        action: { label: 'Вернуть', run: () => void bringBack(visit, queryClient) },
      })
    },
  })
  return (
    <Dialog
      open={open}
      title="Отменить запись?"
      onClose={onClose}
      actions={
        <>
          <Button
            kind="danger"
            busy={cancel.busy}
            busyText="Отменяем…"
            onClick={() =>
              cancel.run({ params: { patientId: visit.patientId, appointmentId: visit.id }, body: { reason: null } })
            }
          >
            Отменить запись
          </Button>
          <Button onClick={onClose}>Оставить</Button>
        </>
      }
    >
      <p>
        {capital(momentWords(visit.startsAt, visit.timeZone))}, {uncapital(visit.specialtyTitle)}, {visit.doctorName}.
      </p>
      <p>
        Время сразу станет свободным для других. Сразу после отмены запись ещё можно вернуть, если её никто не занял.
      </p>
      {cancel.refusal && (
        <Notice live kind="error">
          {inOneSentence(cancel.refusal.problem)}
        </Notice>
      )}
    </Dialog>
  )
}

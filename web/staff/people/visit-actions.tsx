import { useState, type ReactNode } from 'react'
import { markArrived, markNoShow } from '../../../contracts/day-visits.ts'
import { downloadTicket } from '../../../contracts/tickets.ts'
import { pathOf, useAction } from '../../api/index.ts'
import { Button, ButtonLink, dayOf, showToast, useNow } from '../../ui/index.ts'
import { at } from '../addresses.ts'
import { books, worksEverywhere } from '../role-words.ts'
import { useSession } from '../session.tsx'
import { ProblemNotice } from '../problem-notice.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import { actionsFor } from './visit-words.ts'
import { visitReads, type Visit } from './visits.ts'

type Props = {
  visit: Visit & { organizationId?: string }
  zone: string
  size?: 'usual' | 'small'
  onDone?: () => void
  ticket?: boolean
  /** Of the visit, where the workplace does not tell it. */
  specialty?: string
}

/** What can be done with a visit where one stands: each acts at once and can be undone, here or from the message. */
export function VisitActions({
  visit,
  zone,
  size = 'small',
  onDone,
  ticket = true,
  specialty: named,
}: Props): ReactNode {
  const { me, workplace } = useSession()
  const [cancelling, setCancelling] = useState(false)
  const mark = useMarks(visit, onDone)
  const everywhere = worksEverywhere(me.role)
  // Who comes is noted where they come.
  const actions = actionsFor(visit, zone, useNow()).filter((a) => !everywhere || a === 'move' || a === 'cancel')
  const specialty = named ?? workplace?.staff.find((s) => s.id === visit.staffId)?.specialtyCode
  const params = { patientId: visit.patientId, appointmentId: visit.id }
  const expected = visit.status === 'booked' || visit.status === 'arrived'
  if (!books(me.role)) return null
  return (
    <>
      {!mark.busy && <ProblemNotice refusal={mark.refusal} />}
      <div className="cluster">
        {actions.includes('arrive') && (
          <Button size={size} kind="primary" icon="check" busy={mark.busy} onClick={() => mark.arrived(true)}>
            Пришёл
          </Button>
        )}
        {actions.includes('not-arrived') && (
          <Button size={size} busy={mark.busy} onClick={() => mark.arrived(false)}>
            Ещё не пришёл
          </Button>
        )}
        {actions.includes('no-show') && (
          <Button size={size} busy={mark.busy} onClick={() => mark.noShow(true)}>
            Не пришёл
          </Button>
        )}
        {actions.includes('came-after-all') && (
          <Button size={size} busy={mark.busy} onClick={() => mark.noShow(false)}>
            Всё-таки пришёл
          </Button>
        )}
        {actions.includes('move') && specialty && (
          <ButtonLink
            size={size}
            icon="move"
            href={at.book(visit.patientId, {
              specialty,
              doctor: visit.staffId,
              day: dayOf(visit.startsAt, zone),
              moving: visit.id,
              ...(everywhere && visit.organizationId && { org: visit.organizationId }),
            })}
          >
            Перенести
          </ButtonLink>
        )}
        {ticket && expected && (
          <ButtonLink size={size} icon="document" href={pathOf(downloadTicket, { params })} newTab>
            Талон
          </ButtonLink>
        )}
        {actions.includes('cancel') && (
          <Button size={size} kind="danger" onClick={() => setCancelling(true)}>
            Отменить запись
          </Button>
        )}
      </div>
      <CancelDialog
        open={cancelling}
        visit={visit}
        zone={zone}
        onClose={() => setCancelling(false)}
        onDone={() => {
          setCancelling(false)
          onDone?.()
        }}
      />
    </>
  )
}

/** Notes of arrival and absence, each with its undoing in the message about it. */
function useMarks(visit: Visit, onDone: (() => void) | undefined) {
  const { me } = useSession()
  const params = { organizationId: me.organizationId ?? '', appointmentId: visit.id }
  const arrival = useAction(markArrived, { refreshes: visitReads })
  const absence = useAction(markNoShow, { refreshes: visitReads })
  const tell = (text: string, undo: () => void) => {
    showToast({ text: `${visit.patientName}: ${text}`, action: { label: 'Вернуть', run: undo } })
    onDone?.()
  }
  const arrived = (value: boolean) => {
    absence.reset()
    const undo = () => arrival.run({ params, body: { arrived: !value } })
    void arrival.runAsync({ params, body: { arrived: value } }).then(
      () => tell(value ? 'пришёл' : 'отметка о приходе снята', undo),
      () => undefined,
    )
  }
  const noShow = (value: boolean) => {
    arrival.reset()
    const undo = () => absence.run({ params, body: { noShow: !value } })
    void absence.runAsync({ params, body: { noShow: value } }).then(
      () => tell(value ? 'не пришёл' : 'отметка о неявке снята', undo),
      () => undefined,
    )
  }
  const busy = arrival.busy || absence.busy
  return { arrived, noShow, busy, refusal: busy ? undefined : (arrival.refusal ?? absence.refusal) }
}

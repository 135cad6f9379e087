import type { ReactNode } from 'react'
import { AlreadyBooked, SlotTaken, VisitsOverlap } from '../../../contracts/booking.ts'
import type { Refusal } from '../../api/index.ts'
import { ButtonLink, Notice } from '../../ui/index.ts'
import { at } from '../addresses.ts'

const intoView = (place: HTMLDivElement | null): void => place?.scrollIntoView({ block: 'nearest' })

/** Why a time could not be held, in the server's words, and the way on that fits the reason; brought into view. */
export function HoldRefusal({ refusal, patientId }: { refusal: Refusal; patientId: string }): ReactNode {
  const { type, title, detail, advice, status, appointmentId } = refusal.problem
  const inTheWay =
    (type === AlreadyBooked.type || type === VisitsOverlap.type) && typeof appointmentId === 'string'
      ? appointmentId
      : undefined
  return (
    <div ref={intoView}>
      <Notice
        live
        kind={type === SlotTaken.type || status === 0 ? 'warning' : 'error'}
        title={title}
        actions={
          inTheWay && (
            <ButtonLink size="small" href={at.ticket(patientId, inTheWay)}>
              Открыть эту запись
            </ButtonLink>
          )
        }
      >
        {detail && <p>{detail}</p>}
        {advice && <p>{advice}</p>}
      </Notice>
    </div>
  )
}

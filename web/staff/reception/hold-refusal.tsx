import type { ReactNode } from 'react'
import { SlotTaken } from '../../../contracts/booking.ts'
import type { Refusal } from '../../api/index.ts'
import { momentWords, Notice, ownZone } from '../../ui/index.ts'

/** Why a time could not be held or booked, in the server's words, and which visit is in the way. */
export function HoldRefusal({ refusal, zone = ownZone() }: { refusal: Refusal; zone?: string }): ReactNode {
  const { type, title, detail, advice, status, startsAt } = refusal.problem
  return (
    <Notice live kind={type === SlotTaken.type || status === 0 ? 'warning' : 'error'} title={title}>
      {detail && <p>{detail}</p>}
      {!detail && typeof startsAt === 'string' && <p>Эта запись: {momentWords(startsAt, zone)}.</p>}
      {advice && <p>{advice}</p>}
    </Notice>
  )
}

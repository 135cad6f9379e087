import {
  SlotIsBooked,
  SlotIsClosedByItself,
  SlotIsHeld,
  SlotIsOver,
  SlotNotFound,
} from '../../../contracts/schedules.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { announceTimes } from './announce-times.ts'
import { gridSlotOf, type GridSlot } from './grid-slot.ts'
import { slotIsFree } from './rules.ts'
import { formatSlotRef, parseSlotRef } from './slot-ref.ts'
import { lockSlot, setSlotStatus, type SlotRow } from './store-slot.ts'
import { writeChange } from './store-change.ts'

/**
 * Closes or opens a time of one's own organisation, with a line in its history. One that is already so stays so. Throws
 * SlotNotFound (also for another organisation's), SlotIsBooked, SlotIsHeld, SlotIsOver, SlotIsClosedByItself.
 */
export async function switchSlot(
  work: Work,
  ref: string,
  to: 'free' | 'closed',
  reason: string | null,
): Promise<GridSlot> {
  const key = parseSlotRef(ref)
  if (key.organizationId !== work.actor.organizationId) throw new Problem(SlotNotFound)
  const slot = await lockSlot(work, key)
  if (!slot) throw new Problem(SlotNotFound)
  requireNobodyHasIt(slot, work.now)
  if (slot.closedFor) throw new Problem(SlotIsClosedByItself)
  if (slot.status === to) return gridSlotOf(slot, work.now)
  await setSlotStatus(work, key, to)
  await writeChange(work, {
    organizationId: key.organizationId,
    scheduleId: key.scheduleId,
    startsAt: key.startsAt,
    kind: to === 'closed' ? 'closed' : 'opened',
    reason,
    before: { status: slot.status },
    after: { status: to },
  })
  announceTimes(work, key.organizationId, slot.staffId, formatSlotRef(key))
  return gridSlotOf({ ...slot, status: to, holdUntil: null }, work.now)
}

function requireNobodyHasIt(slot: SlotRow, now: Date): void {
  if (slot.status === 'booked') throw new Problem(SlotIsBooked)
  if (slot.startsAt <= now) throw new Problem(SlotIsOver)
  if (slot.status === 'free' && !slotIsFree(slot, now))
    throw new Problem(SlotIsHeld, { holdUntil: slot.holdUntil!.toISOString() })
}

import type { Static } from 'typebox'
import type { GridSlot as Shape } from '../../../contracts/schedules.ts'
import { slotState } from './rules.ts'
import { formatSlotRef, type SlotKey } from './slot-ref.ts'
import type { SlotRow } from './store-slot.ts'

export type GridSlot = Static<typeof Shape>

/** A time as the registrar's grid shows it now. */
export const gridSlotOf = (
  slot: SlotKey & Pick<SlotRow, 'endsAt' | 'status' | 'holdUntil' | 'appointmentId'>,
  now: Date,
): GridSlot => ({
  ref: formatSlotRef(slot),
  startsAt: slot.startsAt.toISOString(),
  endsAt: slot.endsAt.toISOString(),
  state: slotState(slot, now),
  appointmentId: slot.appointmentId,
})

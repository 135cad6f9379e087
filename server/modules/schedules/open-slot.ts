import type { Work } from '../../platform/work.ts'
import type { GridSlot } from './grid-slot.ts'
import type { TimesFreed } from './ports.ts'
import { parseSlotRef } from './slot-ref.ts'
import { switchSlot } from './switch-slot.ts'

/** Gives a closed time back to booking, where those who wait come first. Throws what `switchSlot` throws. */
export async function openSlot(work: Work, timesFreed: TimesFreed, ref: string): Promise<GridSlot> {
  const slot = await switchSlot(work, ref, 'free', null)
  await timesFreed(work, [parseSlotRef(ref)])
  return slot
}

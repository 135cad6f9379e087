import type { Work } from '../../platform/work.ts'
import type { GridSlot } from './grid-slot.ts'
import { switchSlot } from './switch-slot.ts'

/** Takes a free time out of booking. Throws what `switchSlot` throws. */
export const closeSlot = (work: Work, ref: string, reason: string): Promise<GridSlot> =>
  switchSlot(work, ref, 'closed', reason)

import type { Work } from '../../platform/work.ts'
import type { GridSlot } from './grid-slot.ts'
import { switchSlot } from './switch-slot.ts'

/** Gives a closed time back to booking. Throws what `switchSlot` throws. */
export const openSlot = (work: Work, ref: string): Promise<GridSlot> => switchSlot(work, ref, 'free', null)

export { importTimetables, type NewTimetable } from './import-timetables.ts'
export { channelsOf, slotIsFree, type Channel } from './rules.ts'
export { formatSlotRef, parseSlotRef, type SlotKey } from './slot-ref.ts'
export {
  bookSlots,
  claimSlot,
  describeSlot,
  freeSlot,
  lockSlots,
  releaseSlot,
  takeSlot,
  type SlotRow,
} from './store-slot.ts'
export type { NewTime } from './store-timetable.ts'

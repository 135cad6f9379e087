export { importTimetables, type NewTimetable } from './import-timetables.ts'
export { channelsOf, slotIsFree, type Channel } from './rules.ts'
export { formatSlotRef, parseSlotRef, type SlotKey } from './slot-ref.ts'
export { freeTimes, specialtyCodesOf } from './store-offers.ts'
export {
  bookSlots,
  claimSlot,
  describeSlot,
  freeSlot,
  prolongSlot,
  releaseSlot,
  takenBetween,
  takeSlot,
  type SlotRow,
  type Taken,
} from './store-slot.ts'
export type { NewTime } from './store-timetable.ts'

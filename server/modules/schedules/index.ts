export { importTimetables, type NewTimetable } from './import-timetables.ts'
export { listBookableOrganizations } from './list-bookable-organizations.ts'
export { listDoctors } from './list-doctors.ts'
export { listReceivingDays, type ReceivingDay } from './list-receiving-days.ts'
export { listFreeSlots } from './list-free-slots.ts'
export { listSpecialties } from './list-specialties.ts'
export { busyElsewhere, settleBusy, type BusyTime } from './busy-elsewhere.ts'
export type { SchedulePorts, TimesFreed } from './ports.ts'
export { channelsOf, lastOpenDay, openingOf, slotIsFree, type Channel, type Horizon } from './rules.ts'
export { horizonOf } from './store-publication.ts'
export { freeOnDay } from './store-offers.ts'
export { formatSlotRef, parseSlotRef, type SlotKey } from './slot-ref.ts'
export { freeTimes, specialtyCodesOf } from './store-offers.ts'
export {
  bookSlots,
  claimSlot,
  describeSlot,
  freeSlot,
  lockSlots,
  prolongSlot,
  releaseSlot,
  takenBetween,
  takeSlot,
  type SlotRow,
  type Taken,
} from './store-slot.ts'
export { doctorsOfTimetables, type NewTime } from './store-timetable.ts'
export { carryOutEdit } from './carry-out-edit.ts'
export { touchedBy, versionOf, type EditPlan } from './edit-plan.ts'
export { planEdit, planEditLocked } from './plan-edit.ts'
export { freeTimesFor, type FreeTime } from './free-times-for.ts'
export { importCalendar, type CalendarImport } from './import-calendar.ts'
export { statutoryCalendar, type CalendarDay } from './calendar.ts'
export { ownOrganizationId } from './own-organization.ts'
export { lockTimes, type PublishedTime } from './store-published.ts'
export { countTimes, nearestFreeTimes, type DaysOf, type TimesOfDay } from './store-usage.ts'

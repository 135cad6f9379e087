export { CalendarRefused, mergedWithin, readBusy, type Busy, type BusyWindow } from './read-busy.ts'
export type { Zone, ZoneChange } from './time-zone.ts'
export { writeCalendar, type Calendar, type CalendarEvent } from './write-calendar.ts'

export type { Zone, ZoneChange } from './time-zone.ts'
export { writeCalendar, type Calendar, type CalendarEvent } from './write-calendar.ts'

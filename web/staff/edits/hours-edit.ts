import type { HoursEdit, Schedule } from '../../../contracts/schedules.ts'
import type { TimetableForm } from '../organisation/timetable-form.ts'

/** What of a timetable the form has changed; what stays is not named. */
export function changesOf(schedule: Schedule, form: TimetableForm): HoursEdit['changes'] {
  const validUntil = form.validUntil || null
  return {
    ...(Number(form.slotMinutes) !== schedule.slotMinutes && { slotMinutes: Number(form.slotMinutes) }),
    ...(JSON.stringify(form.hours) !== JSON.stringify(schedule.hours) && { hours: form.hours }),
    ...(validUntil !== schedule.validUntil && { validUntil }),
  }
}

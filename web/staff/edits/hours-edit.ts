import type { HoursEdit, Schedule } from '../../../contracts/schedules.ts'
import { bodyOf, type TimetableForm } from '../organisation/timetable-form.ts'

/** A timetable as the form has it, to be changed. */
export const formOf = (schedule: Schedule): TimetableForm => ({
  roomId: schedule.roomId,
  slotMinutes: String(schedule.slotMinutes),
  lengths: Object.fromEntries(Object.entries(schedule.lengths).map(([kind, minutes]) => [kind, String(minutes)])),
  channels: schedule.channels,
  quotas: schedule.quotas.map(({ channel, share }) => ({ channel, share: String(share) })),
  quotaHours: String(schedule.quotaHours),
  ageFrom: String(schedule.ageFrom),
  ageTo: String(schedule.ageTo),
  sex: schedule.sex ?? '',
  attachedOnly: schedule.attachedOnly,
  referralNeeded: schedule.referralNeeded,
  worksOnHolidays: schedule.worksOnHolidays,
  validFrom: schedule.validFrom,
  validUntil: schedule.validUntil ?? '',
  cycle: schedule.cycle && { days: String(schedule.cycle.days), from: schedule.cycle.from },
  hours: schedule.hours,
  breaks: schedule.breaks,
  daysOff: schedule.daysOff,
})

/** Whose and where a timetable is, and from when, does not change by an edit. */
const fixed = ['staffId', 'specialtyCode', 'roomId', 'validFrom']

/** What of a timetable the form has changed; what stays is not named. The form has no flaws. */
export function changesOf(schedule: Schedule, form: TimetableForm): HoursEdit['changes'] {
  const { staffId, specialtyCode } = schedule
  const before: Record<string, unknown> = bodyOf(formOf(schedule), { staffId, specialtyCode })
  const after: Record<string, unknown> = bodyOf(form, { staffId, specialtyCode })
  const changed = Object.keys(after).filter(
    (field) => !fixed.includes(field) && JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  )
  return Object.fromEntries(changed.map((field) => [field, after[field]]))
}

import type { Work } from '../../platform/work.ts'
import type { AppointmentRow } from '../booking/index.ts'
import { organizationsByIds } from '../organizations/index.ts'
import type { NotificationSettings } from './ports.ts'
import { remindersOf } from './rules.ts'
import { deleteReminders, insertReminders } from './store-reminders.ts'

/** Plans the reminders of a booked visit by its organisation's clock; planned again, it changes nothing. */
export async function planReminders(work: Work, settings: NotificationSettings, visit: AppointmentRow): Promise<void> {
  if (visit.status !== 'booked') return
  const { organizationId, patientId, id: appointmentId } = visit
  const organization = (await organizationsByIds(work, [organizationId])).get(organizationId)
  const reminders = remindersOf(visit.startsAt, organization?.timeZone ?? settings.timeZone, work.now)
  if (reminders.length === 0) return
  work.note({ patientId, grounds: 'duty', objectType: 'appointment', objectId: appointmentId })
  await insertReminders(
    work,
    reminders.map((reminder) => ({ ...reminder, patientId, appointmentId, organizationId })),
  )
}

/** A visit that was cancelled or moved is not reminded of. */
export const forgetReminders = (work: Work, patientId: string, appointmentId: string): Promise<void> =>
  deleteReminders(work, patientId, appointmentId)

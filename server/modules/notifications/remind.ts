import { randomBytes } from 'node:crypto'
import type { Work } from '../../platform/work.ts'
import { appointmentOf } from '../booking/index.ts'
import { notify } from './notify.ts'
import type { NotificationSettings } from './ports.ts'
import type { Reachable } from './recipients.ts'
import { cameEarly, isOfUse } from './rules.ts'
import { insertAnswerLink, takeDueReminders, type ReminderRow } from './store-reminders.ts'

const BATCH = 100

/**
 * Reminds of the visits whose time to be reminded has come, at most so many at once; answers with how many were looked
 * at. Several nodes do this together: a reminder's row goes to one of them, and `notification_once` stands behind it.
 */
export async function remindDue(work: Work, settings: NotificationSettings): Promise<number> {
  const due = await takeDueReminders(work, BATCH)
  for (const reminder of due) await remindOf(work, settings, reminder)
  return due.length
}

async function remindOf(work: Work, settings: NotificationSettings, reminder: ReminderRow): Promise<void> {
  const { patientId, organizationId, appointmentId, kind } = reminder
  const visit = await appointmentOf(work, organizationId, appointmentId)
  // The visit may have been cancelled a moment ago, and its listener not have come to it yet.
  if (visit?.status !== 'booked' || visit.patientId !== patientId || !isOfUse(kind, visit.startsAt, work.now)) return
  await insertAnswerLink(work, { token: newLinkToken(), patientId, organizationId, appointmentId })
  const early = cameEarly(reminder.dueAt, visit.startsAt)
  const wanted = ({ preference }: Reachable): boolean =>
    kind === 'visit-reminder-day' ? preference.remindDay : preference.remindHours && !(early && preference.remindDay)
  await notify(work, settings, {
    patientId,
    kind,
    sourceId: appointmentId,
    data: { organizationId, appointmentId },
    expiresAt: visit.startsAt,
    wanted,
  })
}

/** 128 random bits, 22 characters: short enough for an SMS, too many to guess. */
const newLinkToken = (): string => randomBytes(16).toString('base64url')

import { LinkNotFound, type VisitToAnswer } from '../../../contracts/notifications.ts'
import { Problem } from '../../platform/problem.ts'
import type { Actor, Work } from '../../platform/work.ts'
import { appointmentOf, bringBack, confirmComing, declineVisit, describeAppointments } from '../booking/index.ts'
import { forgetReminders } from './plan-reminders.ts'
import { findAnswerLink, leadLinkTo, type AnswerLink } from './store-reminders.ts'

/** Whoever holds a reminder's link, in the journal: the system does not know more of them. */
const holder: Actor = {
  id: '00000000-0000-7000-8000-000000000002',
  kind: 'citizen',
  role: 'citizen',
  name: 'По ссылке из напоминания',
}

/** What the link shows: when, where, and what may be answered. Throws LinkNotFound. */
export async function showVisitToAnswer(work: Work, token: string): Promise<VisitToAnswer> {
  return describe(work, await openLink(work, token))
}

/**
 * «Приду», «не приду», «всё-таки приду», each as often as one likes. Throws LinkNotFound, AppointmentIsOver,
 * TooLateToChange, SlotTaken, AlreadyBooked, VisitsOverlap.
 */
export async function answerVisit(
  work: Work,
  token: string,
  answer: 'coming' | 'not-coming' | 'bring-back',
): Promise<VisitToAnswer> {
  const link = await openLink(work, token)
  const byLink: Work = { ...work, actor: holder }
  const shown = await describe(work, link)
  if (answer === 'coming') await confirmComing(byLink, link)
  // A second press of «не приду» finds what the first has done.
  else if (answer === 'not-coming' && !shown.canBringBack) {
    const { cancelled } = await declineVisit(byLink, link)
    if (cancelled) await forgetReminders(byLink, link.patientId, link.appointmentId)
  } else if (answer === 'bring-back' && shown.canBringBack) {
    const { appointmentId } = await bringBack(byLink, link)
    await leadLinkTo(work, token, appointmentId)
  }
  return describe(work, await openLink(work, token))
}

async function openLink(work: Work, token: string): Promise<AnswerLink> {
  const link = await findAnswerLink(work, token)
  if (!link) throw new Problem(LinkNotFound)
  const { patientId, appointmentId } = link
  work.note({ patientId, grounds: 'ticket', objectType: 'appointment', objectId: appointmentId, actor: holder })
  return link
}

async function describe(work: Work, { organizationId, appointmentId: id }: AnswerLink): Promise<VisitToAnswer> {
  const [shown, row] = await Promise.all([
    describeAppointments(work, [{ organizationId, id }]),
    appointmentOf(work, organizationId, id),
  ])
  const appointment = shown.get(id)
  if (!appointment || !row) throw new Problem(LinkNotFound)
  const isAhead = row.endsAt > work.now
  const expected = isAhead && (row.status === 'booked' || row.status === 'arrived')
  const cancelled = row.status === 'cancelled' || row.status === 'moved'
  return {
    startsAt: appointment.startsAt,
    timeZone: appointment.timeZone,
    organizationName: appointment.organizationName,
    organizationPhone: appointment.phone,
    state: expected ? 'expected' : cancelled ? 'cancelled' : 'over',
    answer: row.patientAnswer,
    cancelUntil: appointment.changeUntil,
    canBringBack: row.status === 'cancelled' && row.patientAnswer === 'not-coming' && row.startsAt > work.now,
  }
}

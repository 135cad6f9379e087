import { AppointmentIsOver, VisitIsAhead, VisitsOverlap } from '../../../contracts/booking.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { announceVisit } from './announce.ts'
import { appointmentToMark } from './appointment-of.ts'
import { EXPECTED, slotIsAhead, type Status } from './rules.ts'
import { changeStatus } from './store-appointments.ts'
import { changeState, markMissed } from './store-visits.ts'

/**
 * Notes, once the visit's time has come, that the patient has not; or takes the note back. Doing it again changes nothing.
 * Throws AppointmentNotFound, AppointmentIsOver, VisitIsAhead, and VisitsOverlap when the note can no longer be taken
 * back, because the patient went elsewhere at that time.
 */
export async function markNoShow(
  work: Work,
  { organizationId, appointmentId, noShow }: { organizationId: string; appointmentId: string; noShow: boolean },
): Promise<{ status: Status }> {
  const appointment = await appointmentToMark(work, organizationId, appointmentId)
  const to: Status = noShow ? 'no-show' : 'booked'
  if (appointment.status === to) return { status: to }
  if (slotIsAhead(appointment, work.now)) throw new Problem(VisitIsAhead)
  const { patientId } = appointment
  if (noShow) await changeState(work, patientId, [appointmentId], ['coming', 'began'], 'over')
  else await changeState(work, patientId, [appointmentId], ['over'], 'began').catch(explainOverlap)
  await markMissed(work, patientId, appointmentId, noShow)
  const changed = await changeStatus(work, organizationId, appointmentId, noShow ? EXPECTED : ['no-show'], to)
  if (!changed) throw new Problem(AppointmentIsOver)
  announceVisit(work, noShow ? 'no-show' : 'not-arrived', appointment)
  return { status: to }
}

function explainOverlap(error: unknown): never {
  const overlaps = (error as { constraint?: string }).constraint === 'visits_do_not_overlap'
  throw overlaps ? new Problem(VisitsOverlap, { detail: 'На это время пациент записался на другой приём.' }) : error
}

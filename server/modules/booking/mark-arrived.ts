import { AppointmentIsOver, VisitIsAhead } from '../../../contracts/booking.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import { announceVisit } from './announce.ts'
import { appointmentToMark } from './appointment-of.ts'
import { dayHasCome, type Status } from './rules.ts'
import { changeStatus } from './store-appointments.ts'

/**
 * Notes on the visit's day that the patient has come, or takes the note back; doing it again changes nothing.
 * Throws AppointmentNotFound, AppointmentIsOver, VisitIsAhead.
 */
export async function markArrived(
  work: Work,
  { organizationId, appointmentId, arrived }: { organizationId: string; appointmentId: string; arrived: boolean },
): Promise<{ status: Status }> {
  const appointment = await appointmentToMark(work, organizationId, appointmentId)
  const [from, to]: [Status, Status] = arrived ? ['booked', 'arrived'] : ['arrived', 'booked']
  if (appointment.status === to) return { status: to }
  const zone = (await organizationsByIds(work, [organizationId])).get(organizationId)?.timeZone ?? 'UTC'
  if (!dayHasCome(appointment.startsAt, zone, work.now)) throw new Problem(VisitIsAhead)
  if (!(await changeStatus(work, organizationId, appointmentId, [from], to))) throw new Problem(AppointmentIsOver)
  announceVisit(work, arrived ? 'arrived' : 'not-arrived', appointment)
  return { status: to }
}

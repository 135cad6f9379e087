import { AppointmentIsOver, AppointmentNotFound, type Appointment } from '../../../contracts/booking.ts'
import { ChangeIsAnswered } from '../../../contracts/schedule-edits.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { announceVisit } from './announce.ts'
import { describeOne } from './describe-appointment.ts'
import { actForPatient, requireSeen } from './rights.ts'
import { isHold, isOver } from './rules.ts'
import * as appointments from './store-appointments.ts'
import * as changes from './store-change-offers.ts'
import * as visits from './store-visits.ts'

/**
 * The patient agrees to where an edit of the timetable has put the visit; it is booked there already. Agreeing twice is
 * agreeing once, and so is agreeing after the time to answer, while the visit is ahead. The lock of the visit makes a
 * cancellation or a move at the same moment wait.
 * Throws AppointmentNotFound, AppointmentIsOver, ChangeIsAnswered (otherwise), PatientNotFound.
 */
export async function acceptChange(
  work: Work,
  { patientId, appointmentId }: { patientId: string; appointmentId: string },
): Promise<Appointment> {
  await actForPatient(work, patientId, { objectType: 'appointment', objectId: appointmentId })
  const [found] = await visits.lockVisits(work, patientId, [appointmentId])
  const visit = requireSeen(work, found && !isHold(found) ? found : undefined)
  const [offer, appointment] = await Promise.all([
    changes.findChangeOffer(work, patientId, appointmentId),
    appointments.findAppointment(work, visit.organizationId, appointmentId),
  ])
  if (!offer || !appointment) throw new Problem(AppointmentNotFound)
  if (offer.answer === 'accepted') return describeOne(work, appointment)
  if (offer.answer !== null) throw new Problem(ChangeIsAnswered)
  if (isOver(appointment, work.now)) throw new Problem(AppointmentIsOver)
  if (!(await changes.answerChange(work, patientId, appointmentId, 'accepted'))) throw new Problem(ChangeIsAnswered)
  announceVisit(work, 'answered', appointment)
  return describeOne(work, appointment)
}

import {
  AppointmentIsOver,
  AppointmentNotFound,
  TooLateToChange,
  type Appointment,
} from '../../../contracts/booking.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { freeSlot } from '../schedules/index.ts'
import { announceVisit } from './announce.ts'
import { describeAppointment, namesOf, type Names } from './describe-appointment.ts'
import { offerFreedTimes } from './offer-freed-times.ts'
import { actForPatient, actsAsCitizen, requireSeen } from './rights.ts'
import { changeableUntil, EXPECTED, isHold, isOver } from './rules.ts'
import * as appointments from './store-appointments.ts'
import * as changes from './store-change-offers.ts'
import * as visits from './store-visits.ts'

/**
 * Cancels an appointment and gives its time back at once: to the next of the waiting list, or to everybody. Citizens may
 * until the organisation's deadline, or while they are asked whether a changed time suits; its staff until the visit begins
 * or its time is over.
 * Throws AppointmentNotFound, TooLateToChange, AppointmentIsOver, PatientNotFound.
 */
export async function cancelAppointment(work: Work, cancelling: Cancelling): Promise<Appointment> {
  const { patientId, appointmentId } = cancelling
  await actForPatient(work, patientId, { objectType: 'appointment', objectId: appointmentId })
  return cancelVisit(work, cancelling)
}

type Cancelling = { patientId: string; appointmentId: string; reason: string | null }

/** The same for whoever is known to act for the patient. Throws AppointmentNotFound, TooLateToChange, AppointmentIsOver. */
export async function cancelVisit(work: Work, { patientId, appointmentId, reason }: Cancelling): Promise<Appointment> {
  const [visit] = await visits.lockVisits(work, patientId, [appointmentId])
  const { appointment, names } = await appointmentToChange(work, visit)
  const [, closed] = await Promise.all([
    visits.changeState(work, patientId, [appointmentId], ['coming', 'began'], 'cancelled'),
    appointments.closeAppointment(work, appointment.organizationId, appointmentId, EXPECTED, {
      status: 'cancelled',
      reason,
    }),
    freeSlot(work, appointment, appointmentId),
    changes.answerChange(work, patientId, appointmentId, 'cancelled'),
  ])
  if (!closed) throw new Problem(AppointmentIsOver)
  announceVisit(work, 'cancelled', appointment)
  await offerFreedTimes(work, [appointment])
  return describeAppointment({ ...appointment, status: 'cancelled', cancelReason: reason }, names, work.now)
}

/** The appointment of a locked visit, if this actor may cancel or move it now. */
export async function appointmentToChange(
  work: Work,
  locked: visits.VisitRow | undefined,
): Promise<{ appointment: appointments.AppointmentRow; names: Names }> {
  const visit = requireSeen(work, locked)
  if (isHold(visit)) throw new Problem(AppointmentNotFound)
  const [appointment, names] = await Promise.all([
    appointments.findAppointment(work, visit.organizationId, visit.id),
    namesOf(work, [visit]),
  ])
  if (!appointment) throw new Problem(AppointmentNotFound)
  if (isOver(appointment, work.now)) throw new Problem(AppointmentIsOver)
  const organization = names.organizations.get(visit.organizationId)
  const inTime = changeableUntil(appointment, organization?.changeDeadlineMinutes ?? 0, work.now) !== null
  const bound = work.actor.kind !== 'employee' || actsAsCitizen(work.actor)
  if (bound && !inTime && !(await isAsked(work, visit)))
    throw new Problem(TooLateToChange, {
      ...(organization?.phone && { advice: `Позвоните в регистратуру: ${organization.phone}.` }),
    })
  return { appointment, names }
}

/** Whom the organisation itself has moved may refuse until the moment they were given, whatever its deadline is. */
async function isAsked(work: Work, { patientId, id }: visits.VisitRow): Promise<boolean> {
  const offer = await changes.findChangeOffer(work, patientId, id)
  return offer !== undefined && offer.answer === null && offer.answerBy > work.now
}

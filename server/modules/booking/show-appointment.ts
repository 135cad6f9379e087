import type { Appointment } from '../../../contracts/booking.ts'
import type { Work } from '../../platform/work.ts'
import { describeOne } from './describe-appointment.ts'
import { actForPatient, requireSeen } from './rights.ts'
import { isHold } from './rules.ts'
import * as appointments from './store-appointments.ts'
import * as visits from './store-visits.ts'

/** One appointment of a patient, whatever became of it. Throws AppointmentNotFound, PatientNotFound. */
export async function showAppointment(work: Work, patientId: string, appointmentId: string): Promise<Appointment> {
  return describeOne(work, await appointmentOfPatient(work, patientId, appointmentId))
}

/** The appointment, if this actor may see it: found through the patient, so another patient's is not there. */
export async function appointmentOfPatient(
  work: Work,
  patientId: string,
  appointmentId: string,
): Promise<appointments.AppointmentRow> {
  const [, found] = await Promise.all([
    actForPatient(work, patientId, { objectType: 'appointment', objectId: appointmentId }),
    visits.findVisit(work, patientId, appointmentId),
  ])
  const visit = requireSeen(work, found && !isHold(found) ? found : undefined)
  return requireSeen(work, await appointments.findAppointment(work, visit.organizationId, appointmentId))
}

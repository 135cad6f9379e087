import { AppointmentNotFound } from '../../../contracts/booking.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { findAppointment, type AppointmentRow } from './store-appointments.ts'

/** An appointment by its key, for modules above; undefined when there is none. Rights are the caller's business. */
export const appointmentOf = (
  work: Work,
  organizationId: string,
  appointmentId: string,
): Promise<AppointmentRow | undefined> => findAppointment(work, organizationId, appointmentId)

/**
 * An appointment that this member of staff may mark: at their own organisation, and a doctor's own. Notes the patient.
 * Throws AppointmentNotFound.
 */
export async function appointmentToMark(work: Work, organizationId: string, id: string): Promise<AppointmentRow> {
  const { actor } = work
  work.note({ objectType: 'appointment', objectId: id })
  const row = actor.organizationId === organizationId ? await findAppointment(work, organizationId, id) : undefined
  if (!row || (actor.role === 'doctor' && row.staffId !== actor.staffId)) throw new Problem(AppointmentNotFound)
  work.note({ patientId: row.patientId, grounds: actor.role === 'doctor' ? 'appointment' : 'registration' })
  return row
}

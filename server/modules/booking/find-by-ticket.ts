import { AppointmentNotFound, type Appointment } from '../../../contracts/booking.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { describeOne } from './describe-appointment.ts'
import { findByTicketToken } from './store-appointments.ts'

/** The appointment whose QR code was scanned, at the actor's own organisation. Throws AppointmentNotFound. */
export async function findByTicket(work: Work, token: string): Promise<Appointment> {
  const { organizationId } = work.actor
  const row = organizationId ? await findByTicketToken(work, organizationId, token) : undefined
  if (!row) throw new Problem(AppointmentNotFound)
  work.note({ patientId: row.patientId, grounds: 'ticket', objectType: 'appointment', objectId: row.id })
  return describeOne(work, row)
}

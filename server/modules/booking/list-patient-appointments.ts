import type { Appointment } from '../../../contracts/booking.ts'
import type { Work } from '../../platform/work.ts'
import { describeAppointment, namesOf } from './describe-appointment.ts'
import { actForPatient, onlyPlaceOf } from './rights.ts'
import { isOver } from './rules.ts'
import * as appointments from './store-appointments.ts'
import * as visits from './store-visits.ts'

const LISTED = 200

/**
 * The patient's appointments: those still expected or going on, the nearest first; the others, the latest first (200 at
 * most in all; of moved ones only what they became). Staff see those at their own organisation. Throws PatientNotFound.
 */
export async function listPatientAppointments(
  work: Work,
  patientId: string,
): Promise<{ coming: Appointment[]; past: Appointment[] }> {
  const own = onlyPlaceOf(work.actor)
  const [, keys] = await Promise.all([
    actForPatient(work, patientId),
    visits.visitsOfPatient(work, patientId, own, LISTED),
  ])
  const [rows, names] = await Promise.all([appointments.appointmentsByKeys(work, keys), namesOf(work, keys)])
  rows.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const describe = (row: appointments.AppointmentRow) => describeAppointment(row, names, work.now)
  const isComing = (row: appointments.AppointmentRow) => row.status === 'in-progress' || !isOver(row, work.now)
  return {
    coming: rows.filter(isComing).map(describe),
    past: rows
      .filter((row) => !isComing(row))
      .map(describe)
      .reverse(),
  }
}

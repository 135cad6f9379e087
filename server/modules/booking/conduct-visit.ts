import { AppointmentIsOver, VisitIsAhead } from '../../../contracts/booking.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import { announceVisit } from './announce.ts'
import { dayHasCome, EXPECTED } from './rules.ts'
import { changeStatus, findAppointment, type AppointmentRow } from './store-appointments.ts'
import { changeState } from './store-visits.ts'

/**
 * The doctor has begun, on the visit's day or later: from here on the appointment can be neither cancelled nor moved.
 * Doing it again changes nothing. Throws VisitIsAhead, AppointmentIsOver when it was closed in the meantime or noted as a
 * no-show.
 */
export async function beginVisit(work: Work, appointment: AppointmentRow): Promise<void> {
  const { organizationId, id, patientId } = appointment
  const zone = (await organizationsByIds(work, [organizationId])).get(organizationId)?.timeZone ?? 'UTC'
  if (!dayHasCome(appointment.startsAt, zone, work.now)) throw new Problem(VisitIsAhead)
  const [, changed] = await Promise.all([
    changeState(work, patientId, [id], ['coming'], 'began'),
    changeStatus(work, organizationId, id, [...EXPECTED, 'in-progress'], 'in-progress'),
  ])
  if (!changed)
    throw new Problem(AppointmentIsOver, {
      ...(appointment.status === 'no-show' && {
        detail: 'Отмечено, что пациент не пришёл: снимите отметку и начните приём.',
      }),
    })
  announceVisit(work, 'began', appointment)
}

/** The visit's record is signed: the appointment is fulfilled. Does nothing for one that was closed otherwise. */
export async function finishVisit(work: Work, organizationId: string, appointmentId: string): Promise<void> {
  const appointment = await findAppointment(work, organizationId, appointmentId)
  if (!appointment) return
  const [, changed] = await Promise.all([
    changeState(work, appointment.patientId, [appointmentId], ['coming', 'began'], 'over'),
    changeStatus(work, organizationId, appointmentId, [...EXPECTED, 'in-progress'], 'fulfilled'),
  ])
  if (changed) announceVisit(work, 'finished', appointment)
}

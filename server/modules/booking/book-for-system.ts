import { AppointmentNotFound, type Appointment } from '../../../contracts/booking.ts'
import { ExternalIdReused } from '../../../contracts/other-systems.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { parseSlotRef } from '../schedules/index.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { confirmHold } from './confirm-hold.ts'
import { describeAppointment, describeOne, namesOf } from './describe-appointment.ts'
import { holdSlot } from './hold-slot.ts'
import { actForPatient, requireSeen } from './rights.ts'
import * as appointments from './store-appointments.ts'
import * as external from './store-external.ts'

/** Appointments shown to a system for one patient. */
const LISTED = 100

/**
 * Books a time for another system: hold and confirmation in one transaction, by the rules of everybody. `externalId` is
 * the system's own id of the request; the same id again gives the same appointment, whatever has become of it, and with
 * another time or patient ExternalIdReused. With `again` an appointment that was cancelled or moved gives way to a new
 * one: for protocols whose id of a request is no more than the time and the patient. Throws what holdSlot throws.
 */
export async function bookForSystem(
  work: Work,
  {
    externalId,
    patientId,
    ref,
    again = false,
  }: { externalId: string; patientId: string; ref: string; again?: boolean },
): Promise<Appointment> {
  work.note({ patientId })
  const { organizationId } = parseSlotRef(ref)
  const booking = { externalId, organizationId, appointmentId: null, patientId, slotRef: ref }
  if (!(await external.claimExternalId(work, booking))) {
    const known = await bookedBefore(work, booking)
    if (!again || (known.status !== 'cancelled' && known.status !== 'moved')) return describeOne(work, known)
  }
  const hold = await holdSlot(work, { patientId, ref })
  const appointment = await confirmHold(work, hold.id, patientId)
  await external.setAppointment(work, externalId, appointment.id)
  return appointment
}

async function bookedBefore(work: Work, asked: external.ExternalBooking): Promise<appointments.AppointmentRow> {
  const [, known] = await Promise.all([
    actForPatient(work, asked.patientId),
    external.lockByExternalId(work, asked.externalId),
  ])
  if (!known?.appointmentId || known.patientId !== asked.patientId || known.slotRef !== asked.slotRef)
    throw new Problem(ExternalIdReused)
  work.note({ objectType: 'appointment', objectId: known.appointmentId })
  return appointmentOfBooking(work, known)
}

async function appointmentOfBooking(work: Work, known: external.ExternalBooking): Promise<appointments.AppointmentRow> {
  if (!known.appointmentId) throw new Problem(AppointmentNotFound)
  return requireSeen(work, await appointments.findAppointment(work, known.organizationId, known.appointmentId))
}

/**
 * Cancels an appointment that this system booked, by the rules of a citizen: until the organisation's deadline. Throws
 * AppointmentNotFound (also for what others booked), TooLateToChange, AppointmentIsOver, PatientNotFound.
 */
export async function cancelForSystem(
  work: Work,
  { appointmentId, reason }: { appointmentId: string; reason: string | null },
): Promise<Appointment> {
  const known = await external.findByAppointment(work, appointmentId)
  if (!known) throw new Problem(AppointmentNotFound)
  return cancelAppointment(work, { patientId: known.patientId, appointmentId, reason })
}

type SystemVisit = Appointment & { slotRef: string; createdAt: Date }

/** What this system booked for a patient, the latest booking first, whatever has become of it. Throws PatientNotFound. */
export async function listForSystem(work: Work, patientId: string): Promise<SystemVisit[]> {
  const [, known] = await Promise.all([
    actForPatient(work, patientId),
    external.bookingsForPatient(work, patientId, LISTED),
  ])
  const rows = await appointments.appointmentsByKeys(
    work,
    known.map((b) => ({ organizationId: b.organizationId, id: b.appointmentId! })),
  )
  const names = await namesOf(work, rows)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return known.flatMap(({ appointmentId, slotRef }) => {
    const row = byId.get(appointmentId!)
    return row ? [{ ...describeAppointment(row, names, work.now), slotRef, createdAt: row.createdAt }] : []
  })
}

import { AppointmentNotFound } from '../../../contracts/booking.ts'
import type { FileContent } from '../../../contracts/endpoint.ts'
import { Problem } from '../../platform/problem.ts'
import { localDay, localTime } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { describeAppointment, namesOf } from './describe-appointment.ts'
import type { BookingPorts, Ticket } from './ports.ts'
import { appointmentOfPatient } from './show-appointment.ts'
import type { AppointmentRow } from './store-appointments.ts'

/** The ticket to print, PDF. Throws AppointmentNotFound, PatientNotFound. */
export async function downloadTicket(
  work: Work,
  ports: BookingPorts,
  patientId: string,
  appointmentId: string,
): Promise<FileContent> {
  const ticket = await ticketOf(work, await ticketedAppointment(work, patientId, appointmentId))
  return { bytes: await ports.printTicket(ticket), fileName: `${fileNameOf('Талон', ticket)}.pdf`, inline: true }
}

/** The visit for the patient's calendar, iCalendar. Throws AppointmentNotFound, PatientNotFound. */
export async function downloadCalendar(
  work: Work,
  ports: BookingPorts,
  patientId: string,
  appointmentId: string,
): Promise<FileContent> {
  const ticket = await ticketOf(work, await ticketedAppointment(work, patientId, appointmentId))
  return { bytes: await ports.calendarEvent(ticket), fileName: `${fileNameOf('Приём', ticket)}.ics` }
}

/** The QR code that the clinic scans, SVG. Throws AppointmentNotFound, PatientNotFound. */
export async function showTicketQr(
  work: Work,
  ports: BookingPorts,
  patientId: string,
  appointmentId: string,
): Promise<FileContent> {
  const { ticketToken } = await ticketedAppointment(work, patientId, appointmentId)
  return { bytes: await ports.ticketQr(ticketToken), fileName: 'qr.svg', inline: true }
}

/** A moved appointment has no ticket any more: the one that took its place has. */
async function ticketedAppointment(work: Work, patientId: string, appointmentId: string): Promise<AppointmentRow> {
  const row = await appointmentOfPatient(work, patientId, appointmentId)
  if (row.status === 'moved')
    throw new Problem(AppointmentNotFound, { detail: 'Запись перенесена: возьмите талон новой записи.' })
  return row
}

async function ticketOf(work: Work, row: AppointmentRow): Promise<Ticket> {
  const names = await namesOf(work, [row])
  const organization = names.organizations.get(row.organizationId)
  const room = names.rooms.get(row.roomId)
  const { changeUntil, ...described } = describeAppointment(row, names, work.now)
  return {
    ...described,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    changeUntil: changeUntil === null ? null : new Date(changeUntil),
    birthDate: names.patients.get(row.patientId)?.birthDate ?? '',
    organizationFullName: organization?.name ?? '',
    latitude: organization?.latitude ?? null,
    longitude: organization?.longitude ?? null,
    department: room?.departmentName ?? '',
    floor: room?.floor ?? null,
    calendarUid: row.calendarUid,
    sequence: row.sequence,
    changedAt: row.cancelledAt ?? row.createdAt,
  }
}

/** No names in file names: a downloads folder is often shared. */
const fileNameOf = (what: string, { startsAt, timeZone }: Ticket): string =>
  `${what} ${localDay(startsAt, timeZone)} ${localTime(startsAt, timeZone).replace(':', '-')}`

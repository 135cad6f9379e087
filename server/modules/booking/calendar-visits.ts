import type { Work } from '../../platform/work.ts'
import { namesOf } from './describe-appointment.ts'
import type { Status } from './rules.ts'
import { appointmentsByKeys, appointmentsOfDoctor, type AppointmentRow } from './store-appointments.ts'
import { visitsOfPatientsSince } from './store-visits.ts'

/** A visit as calendars show it. `calendarUid` stays through moves, `sequence` grows with each change. */
export type CalendarVisit = {
  organizationId: string
  id: string
  patientId: string
  patientName: string
  birthDate: string
  status: Status
  startsAt: Date
  endsAt: Date
  timeZone: string
  address: string
  room: string
  code: string
  calendarUid: string
  sequence: number
  createdAt: Date
  changedAt: Date
}

/**
 * Visits of these patients that begin after an instant, cancelled ones too; of a moved one only what it became. Checks no
 * rights and notes nothing.
 */
export async function calendarVisitsOfPatients(
  work: Work,
  patientIds: readonly string[],
  after: Date,
): Promise<CalendarVisit[]> {
  if (patientIds.length === 0) return []
  return describe(work, await appointmentsByKeys(work, await visitsOfPatientsSince(work, patientIds, after)))
}

/**
 * Visits to one doctor that begin after an instant, with those that were cancelled or moved away. Checks no rights and
 * notes nothing.
 */
export const calendarVisitsOfDoctor = async (
  work: Work,
  doctor: { organizationId: string; staffId: string },
  after: Date,
): Promise<CalendarVisit[]> => describe(work, await appointmentsOfDoctor(work, doctor, after))

async function describe(work: Work, rows: readonly AppointmentRow[]): Promise<CalendarVisit[]> {
  const names = await namesOf(work, rows)
  return rows.map((row) => {
    const organization = names.organizations.get(row.organizationId)
    const room = names.rooms.get(row.roomId)
    const patient = names.patients.get(row.patientId)
    return {
      organizationId: row.organizationId,
      id: row.id,
      patientId: row.patientId,
      patientName: patient?.name ?? '',
      birthDate: patient?.birthDate ?? '',
      status: row.status,
      startsAt: row.startsAt,
      endsAt: row.endsAt,
      timeZone: organization?.timeZone ?? 'UTC',
      address: room?.address ?? organization?.address ?? '',
      room: room?.number ?? '',
      code: row.code,
      calendarUid: row.calendarUid,
      sequence: row.sequence,
      createdAt: row.createdAt,
      changedAt: row.cancelledAt ?? row.createdAt,
    }
  })
}

import type { Appointment } from '../../../contracts/booking.ts'
import type { PatientRow } from '../../../contracts/patients.ts'
import type { Work } from '../../platform/work.ts'
import {
  organizationsByIds,
  roomsByIds,
  specialtyTitle,
  staffNamesByIds,
  type OrganizationFull,
  type Room,
  type StaffName,
} from '../organizations/index.ts'
import { patientsByIds } from '../patients/index.ts'
import { changeableUntil } from './rules.ts'
import { appointmentsByKeys, type AppointmentRow } from './store-appointments.ts'
import { categoriesOf } from './store-categories.ts'

type Named = { id: string; organizationId: string; staffId: string; roomId: string; patientId: string }

/** The people and places that appointments mention. */
export type Names = {
  organizations: Map<string, OrganizationFull>
  staff: Map<string, StaffName>
  rooms: Map<string, Room>
  patients: Map<string, PatientRow>
  /** What visits are for, by the visit. */
  categories: Awaited<ReturnType<typeof categoriesOf>>
}

/** Reads the names that these appointments mention, each kind in one statement, all sent together. */
export async function namesOf(work: Work, appointments: readonly Named[]): Promise<Names> {
  const distinct = (of: (a: Named) => string) => [...new Set(appointments.map(of))]
  const organizationIds = distinct((a) => a.organizationId)
  const [organizations, staff, patients, categories, ...rooms] = await Promise.all([
    organizationsByIds(work, organizationIds),
    staffNamesByIds(
      work,
      distinct((a) => a.staffId),
    ),
    patientsByIds(
      work,
      distinct((a) => a.patientId),
    ),
    categoriesOf(work, appointments),
    ...organizationIds.map((organizationId) => {
      const here = appointments.filter((a) => a.organizationId === organizationId)
      return roomsByIds(work, organizationId, [...new Set(here.map((a) => a.roomId))])
    }),
  ])
  return { organizations, staff, patients, categories, rooms: new Map(rooms.flatMap((map) => [...map])) }
}

/** An appointment in the words of its contract. */
export function describeAppointment(row: AppointmentRow, names: Names, now: Date): Appointment {
  const organization = names.organizations.get(row.organizationId)
  const doctor = names.staff.get(row.staffId)
  return {
    id: row.id,
    organizationId: row.organizationId,
    organizationName: organization?.shortName ?? '',
    address: names.rooms.get(row.roomId)?.address ?? organization?.address ?? '',
    phone: organization?.phone ?? null,
    timeZone: organization?.timeZone ?? 'UTC',
    patientId: row.patientId,
    patientName: names.patients.get(row.patientId)?.name ?? '',
    staffId: row.staffId,
    doctorName: doctor?.name ?? '',
    specialtyCode: row.specialtyCode,
    specialtyTitle:
      (doctor?.specialtyCode === row.specialtyCode && doctor.specialtyTitle) || specialtyTitle(row.specialtyCode) || '',
    room: names.rooms.get(row.roomId)?.number ?? '',
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    status: row.status,
    code: row.code,
    ticketToken: row.ticketToken,
    changeUntil: changeableUntil(row, organization?.changeDeadlineMinutes ?? 0, now)?.toISOString() ?? null,
    cancelReason: row.cancelReason,
    category: names.categories.get(row.id) ?? null,
  }
}

/** The same for one appointment whose names are not read yet. */
export async function describeOne(work: Work, row: AppointmentRow): Promise<Appointment> {
  return describeAppointment(row, await namesOf(work, [row]), work.now)
}

/** Appointments by their keys in the words of the contract, for modules above; those that are not there are left out. */
export async function describeAppointments(
  work: Work,
  keys: readonly { organizationId: string; id: string }[],
): Promise<Map<string, Appointment>> {
  const rows = await appointmentsByKeys(work, keys)
  const names = await namesOf(work, rows)
  return new Map(rows.map((row) => [row.id, describeAppointment(row, names, work.now)]))
}

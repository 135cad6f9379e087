import type { Work } from '../../platform/work.ts'
import { roomsByIds, staffNamesByIds, staffOfOrganization, type StaffName } from '../organizations/index.ts'

type Place = { staffId: string; roomId: string }
export type Names = { doctor(staffId: string): StaffName; room(roomId: string): string }

/** Doctors and room numbers of these rows. The ids come from our own tables, whose foreign keys keep them alive. */
export async function namesOf(work: Work, organizationId: string, rows: readonly Place[]): Promise<Names> {
  const [staff, rooms] = await Promise.all([
    staffNamesByIds(work, [...new Set(rows.map((row) => row.staffId))]),
    roomsByIds(work, organizationId, [...new Set(rows.map((row) => row.roomId))]),
  ])
  return { doctor: (id) => staff.get(id)!, room: (id) => rooms.get(id)!.number }
}

/**
 * Every position (staff id) of the same person at this organisation: somebody who works here as a therapist and as a
 * cardiologist still cannot be in two rooms.
 */
export async function positionsOfPerson(work: Work, organizationId: string, staffId: string): Promise<string[]> {
  const staff = await staffOfOrganization(work, organizationId)
  const person = staff.find((member) => member.id === staffId)?.practitionerId
  return [staffId, ...staff.filter((m) => m.practitionerId === person && m.id !== staffId).map((m) => m.id)]
}

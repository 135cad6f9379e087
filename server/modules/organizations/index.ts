import type { Work } from '../../platform/work.ts'
import { byText } from './order.ts'
import { describeStaff, nameStaff, type StaffMember, type StaffName } from './staff-member.ts'
import {
  allNumbers,
  currentPositions,
  currentStaff,
  findOrganizations,
  findRooms,
  findStaff,
  openOrganizations,
} from './store.ts'
import type { OrganizationFull, Room } from './store.ts'

export {
  importOrganizations,
  type NewPractitioner,
  type NewRole,
  type NewRoom,
  type OrganizationsImport,
} from './import-organizations.ts'
export { specialtyTitle } from './specialty-title.ts'
export type { StaffMember, StaffName } from './staff-member.ts'
export { zonesOfOrganizations } from './store.ts'
export type { OrganizationFull, Room } from './store.ts'
export type { FileProblem } from './flaws-of-files.ts'
export type { OrganizationFiles } from './organization-files.ts'
export { FilesRefused, updateOrganizations, type Updated } from './update-organizations.ts'

const byId = <T extends { id: string }>(items: readonly T[]): Map<string, T> =>
  new Map(items.map((item) => [item.id, item]))

/** Organisations by id, closed ones as well; an id nobody has is left out. One statement. */
export const organizationsByIds = async (work: Work, ids: readonly string[]): Promise<Map<string, OrganizationFull>> =>
  byId(ids.length > 0 ? await findOrganizations(work, ids) : [])

/** Every organisation that is open now, by short name. One statement. */
export const allOrganizations = async (work: Work): Promise<OrganizationFull[]> =>
  (await openOrganizations(work)).sort(byText((o) => o.shortName))

/**
 * Members of staff by id (practitioner_role), found by it alone and also when they have left; an id nobody has is left
 * out. A statement for the people, then one packet for the words of their codes.
 */
export const staffByIds = async (work: Work, ids: readonly string[]): Promise<Map<string, StaffMember>> =>
  byId(ids.length > 0 ? await describeStaff(work, await findStaff(work, ids)) : [])

/**
 * The same without the position's name in the directory, which few pages show: one statement, and a second one only for
 * specialties that have no plain word of ours.
 */
export const staffNamesByIds = async (work: Work, ids: readonly string[]): Promise<Map<string, StaffName>> =>
  byId(ids.length > 0 ? await nameStaff(work, await findStaff(work, ids)) : [])

/** Who works at the organisation today by its own calendar, by name. As many statements as `staffByIds`. */
export const staffOfOrganization = async (work: Work, organizationId: string): Promise<StaffMember[]> =>
  (await describeStaff(work, await currentStaff(work, organizationId))).sort(byText((s) => s.name))

/** The positions that the person with this СНИЛС (11 digits) holds today. As many statements as `staffNamesByIds`. */
export const staffBySnils = async (work: Work, snils: string): Promise<StaffName[]> =>
  nameStaff(work, await currentPositions(work, snils))

/** Rooms of the organisation by id; an id that is not its own is left out. One statement. */
export const roomsByIds = async (
  work: Work,
  organizationId: string,
  ids: readonly string[],
): Promise<Map<string, Room>> => byId(ids.length > 0 ? await findRooms(work, organizationId, ids) : [])

/** Organisations' whole numbers by id, for protocols that number organisations (IdLPU). A number is never given anew. */
export const organizationNumbers = async (work: Work): Promise<Map<string, number>> =>
  new Map((await allNumbers(work)).map(({ id, number }) => [id, number]))

import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import {
  departmentsByOid,
  lockForImport,
  organizationsByOid,
  practitionersBySnils,
  registeredPositions,
  upsertRecords,
  type Upserted,
} from './store-import.ts'
import { flawsOfFiles, type FileProblem } from './flaws-of-files.ts'
import {
  keyOfLine,
  positionKey,
  type OrganizationFiles,
  type OrganizationLine,
  type RoomLine,
  type StaffLine,
} from './organization-files.ts'

export type Updated = Record<keyof OrganizationFiles, Upserted>

/** The files contradict themselves or what is registered; nothing was written. */
export class FilesRefused extends Error {
  readonly problems: readonly FileProblem[]
  constructor(problems: readonly FileProblem[]) {
    super('the files contradict themselves or what is registered')
    this.problems = problems
  }
}

const MINUTES_TO_CHANGE = 120

/**
 * Brings organisations, departments, rooms and staff to what the files say: adds what is new by OID, number of the room,
 * СНИЛС and position, changes what differs, leaves what they do not name. Who leaves gets `until`. All or nothing: throws
 * FilesRefused with every line that is wrong. Imports wait for each other by the lock of `organizations.organization`.
 */
export async function updateOrganizations(work: Work, files: OrganizationFiles): Promise<Updated> {
  await lockForImport(work)
  const problems = await flawsOfFiles(work, files)
  if (problems.length > 0) throw new FilesRefused(problems)
  const organizations = await upsertRecords(work.db, 'organization', files.organizations.map(organizationRecord))
  const organizationIds = await organizationsByOid(work)
  const departments = await upsertRecords(
    work.db,
    'department',
    files.departments.map((department) => ({
      ...department,
      id: newId(),
      organization_id: organizationIds.get(department.organization_oid),
    })),
  )
  const places = await departmentsByOid(work)
  const rooms = await upsertRecords(
    work.db,
    'room',
    files.rooms.map((room) => roomRecord(room, places.get(room.department_oid)!)),
  )
  return { organizations, departments, rooms, staff: await putStaff(work, files.staff, places) }
}

const organizationRecord = (organization: OrganizationLine) => ({
  ...organization,
  id: newId(),
  change_deadline_minutes: organization.change_deadline_minutes ?? MINUTES_TO_CHANGE,
})

type Places = Awaited<ReturnType<typeof departmentsByOid>>
type Place = { id: string; organizationId: string }

const roomRecord = ({ number, floor }: RoomLine, { id, organizationId }: Place) => ({
  id: newId(),
  organization_id: organizationId,
  department_id: id,
  number,
  floor,
})

async function putStaff(work: Work, staff: readonly StaffLine[], places: Places): Promise<Upserted> {
  const people = new Map(staff.map((s) => [s.snils, s]))
  await upsertRecords(
    work.db,
    'practitioner',
    [...people.values()].map(({ snils, last_name, first_name, middle_name, sex, birth_date }) => ({
      id: newId(),
      snils,
      last_name,
      first_name,
      middle_name,
      sex,
      birth_date,
    })),
  )
  const [practitioners, known] = await Promise.all([practitionersBySnils(work), registeredPositions(work)])
  const positions = new Map(known.map((p) => [positionKey(p), p.id]))
  const records = staff.map((s) => ({
    id: positions.get(keyOfLine(s)) ?? newId(),
    organization_id: places.get(s.department_oid)!.organizationId,
    department_id: places.get(s.department_oid)!.id,
    practitioner_id: practitioners.get(s.snils),
    specialty_code: s.specialty_code,
    position_code: s.position_code,
    since: s.since,
    until: s.until,
  }))
  return upsertRecords(work.db, 'practitioner_role', records)
}

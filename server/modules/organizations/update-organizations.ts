import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { lockForImport, registered, upsertRecords, type Upserted } from './store-import.ts'
import { flawsOfFiles, type Refusal } from './flaws-of-files.ts'
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
  readonly refusals: readonly Refusal[]
  constructor(refusals: readonly Refusal[]) {
    super('the files contradict themselves or what is registered')
    this.refusals = refusals
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
  const refusals = await flawsOfFiles(work, files)
  if (refusals.length > 0) throw new FilesRefused(refusals)
  const organizations = await upsertRecords(work.db, 'organization', files.organizations.map(organizationRecord))
  const organizationIds = new Map((await registered(work)).organizations.map((o) => [o.oid, o.id]))
  const departments = await upsertRecords(
    work.db,
    'department',
    files.departments.map((department) => ({
      ...department,
      id: newId(),
      organization_id: organizationIds.get(department.organization_oid),
    })),
  )
  const rooms = await putRooms(work, files.rooms)
  return { organizations, departments, rooms, staff: await putStaff(work, files.staff) }
}

const organizationRecord = (organization: OrganizationLine) => ({
  ...organization,
  id: newId(),
  change_deadline_minutes: organization.change_deadline_minutes ?? MINUTES_TO_CHANGE,
})

async function putRooms(work: Work, rooms: readonly RoomLine[]): Promise<Upserted> {
  const departments = new Map((await registered(work)).departments.map((d) => [d.oid, d]))
  const records = rooms.map(({ department_oid, number, floor }) => {
    const { id, organizationId } = departments.get(department_oid)!
    return { id: newId(), organization_id: organizationId, department_id: id, number, floor }
  })
  return upsertRecords(work.db, 'room', records)
}

async function putStaff(work: Work, staff: readonly StaffLine[]): Promise<Upserted> {
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
  const known = await registered(work)
  const departments = new Map(known.departments.map((d) => [d.oid, d]))
  const practitioners = new Map(known.practitioners.map((p) => [p.snils, p.id]))
  const positions = new Map(known.positions.map((p) => [positionKey(p), p.id]))
  const records = staff.map((s) => ({
    id: positions.get(keyOfLine(s)) ?? newId(),
    organization_id: departments.get(s.department_oid)!.organizationId,
    department_id: departments.get(s.department_oid)!.id,
    practitioner_id: practitioners.get(s.snils),
    specialty_code: s.specialty_code,
    position_code: s.position_code,
    since: s.since,
    until: s.until,
  }))
  return upsertRecords(work.db, 'practitioner_role', records)
}

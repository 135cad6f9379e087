import type { Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import type { OrganizationFull, Room } from './store.ts'
import { insertRecords } from './store-import.ts'

type NewDepartment = { organizationId: string; id: string; oid: string; name: string; address: string | null }
export type NewRoom = Pick<Room, 'id' | 'number' | 'floor' | 'departmentId'> & { organizationId: string }
export type NewPractitioner = {
  id: string
  /** 11 digits. */
  snils: string
  lastName: string
  firstName: string
  middleName: string | null
  sex: 'male' | 'female'
  birthDate: string
}
/** A position to hold; codes are those of НСИ …11.1066 (specialty) and …11.1002 (position), days 'YYYY-MM-DD'. */
export type NewRole = {
  organizationId: string
  id: string
  practitionerId: string
  departmentId: string
  specialtyCode: string | null
  positionCode: string
  since: string
  until: string | null
}
/** What an import brings; ids are given, so that it can be repeated. */
export type OrganizationsImport = {
  organizations: readonly OrganizationFull[]
  departments: readonly NewDepartment[]
  rooms: readonly NewRoom[]
  practitioners: readonly NewPractitioner[]
  roles: readonly NewRole[]
}

/**
 * Adds organisations with their departments, rooms and staff in bulk. Repeating it changes nothing: what is there
 * already, by id, stays as it is. Throws a database error when another row has the same OID or СНИЛС (23505), or when
 * something refers to what is not there (23503).
 */
export async function importOrganizations(db: Kysely<DB>, data: OrganizationsImport): Promise<void> {
  await insertRecords(db, 'organization', data.organizations)
  await insertRecords(db, 'department', data.departments)
  await insertRecords(db, 'room', data.rooms)
  await insertRecords(db, 'practitioner', data.practitioners)
  await insertRecords(db, 'practitioner_role', data.roles)
}

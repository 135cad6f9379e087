import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import type { Work } from '../../platform/work.ts'

/** An organisation with everything that is known of it; `timeZone` is an IANA name. */
export type OrganizationFull = {
  id: string
  oid: string
  name: string
  shortName: string
  kind: string
  address: string
  latitude: number | null
  longitude: number | null
  phone: string | null
  inn: string
  ogrn: string
  license: string | null
  timeZone: string
  /** Minutes before a visit until which a patient may cancel or move it. */
  changeDeadlineMinutes: number
}

const organizationColumns = sql`o.id, o.oid, o.name, o.short_name as "shortName", o.kind, o.address, o.latitude, o.longitude,
  o.phone, o.inn, o.ogrn, o.license, o.time_zone as "timeZone", o.change_deadline_minutes as "changeDeadlineMinutes"`

/** Organisations by id, closed ones as well: what they did keeps their name. */
export async function findOrganizations(work: Work, ids: readonly string[]): Promise<OrganizationFull[]> {
  const { rows } = await sql<OrganizationFull>`
    select ${organizationColumns} from organizations.organization o where o.id = any(${[...ids]}::uuid[])`.execute(
    work.db,
  )
  return rows
}

const isOpen = (now: Date): RawBuilder<unknown> => sql`(o.closed_at is null or o.closed_at > ${now})`

/** Every organisation that is open now. */
export async function openOrganizations(work: Work): Promise<OrganizationFull[]> {
  const { rows } = await sql<OrganizationFull>`
    select ${organizationColumns} from organizations.organization o where ${isOpen(work.now)}`.execute(work.db)
  return rows
}

/** An organisation that is open now; undefined when there is none. */
export async function findOpenOrganization(work: Work, id: string): Promise<OrganizationFull | undefined> {
  const { rows } = await sql<OrganizationFull>`
    select ${organizationColumns} from organizations.organization o where o.id = ${id} and ${isOpen(work.now)}`.execute(
    work.db,
  )
  return rows[0]
}

/** A position held by a person, as it is stored: codes without their words. */
export type StaffRow = {
  id: string
  organizationId: string
  departmentId: string
  departmentName: string
  departmentOid: string
  practitionerId: string
  snils: string
  lastName: string
  firstName: string
  middleName: string | null
  sex: 'male' | 'female'
  specialtyCode: string | null
  positionCode: string
  since: string
  until: string | null
}

const staffOf = sql`
  select r.id, r.organization_id as "organizationId", r.department_id as "departmentId", d.name as "departmentName",
    d.oid as "departmentOid", r.practitioner_id as "practitionerId", p.snils, p.last_name as "lastName",
    p.first_name as "firstName", p.middle_name as "middleName", p.sex, r.specialty_code as "specialtyCode",
    r.position_code as "positionCode", r.since, r.until
  from organizations.practitioner_role r
  join organizations.practitioner p on p.id = r.practitioner_id
  join organizations.department d on d.organization_id = r.organization_id and d.id = r.department_id`

/** Members of staff by id, also those who have left: what they signed keeps their name. */
export async function findStaff(work: Work, ids: readonly string[]): Promise<StaffRow[]> {
  const { rows } = await sql<StaffRow>`${staffOf} where r.id = any(${[...ids]}::uuid[])`.execute(work.db)
  return rows
}

/** Who works at an organisation today, by its own calendar. */
export async function currentStaff(work: Work, organizationId: string): Promise<StaffRow[]> {
  const { rows } = await sql<StaffRow>`${staffOf}
    join organizations.organization o on o.id = r.organization_id
    cross join lateral (select (${work.now}::timestamptz at time zone o.time_zone)::date as day) today
    where r.organization_id = ${organizationId} and r.since <= today.day and (r.until is null or r.until >= today.day)`.execute(
    work.db,
  )
  return rows
}

/** The positions that a person holds today anywhere, by the calendars of the places. СНИЛС: 11 digits. */
export async function currentPositions(work: Work, snils: string): Promise<StaffRow[]> {
  const { rows } = await sql<StaffRow>`${staffOf}
    join organizations.organization o on o.id = r.organization_id
    cross join lateral (select (${work.now}::timestamptz at time zone o.time_zone)::date as day) today
    where p.snils = ${snils} and r.since <= today.day and (r.until is null or r.until >= today.day)
    order by r.id`.execute(work.db)
  return rows
}

/** A room with the department it belongs to; the address is the department's, when it is not the organisation's own. */
export type Room = {
  id: string
  number: string
  floor: number | null
  departmentId: string
  departmentName: string
  address: string | null
}

const roomsOf = sql`
  select m.id, m.number, m.floor, m.department_id as "departmentId", d.name as "departmentName", d.address
  from organizations.room m
  join organizations.department d on d.organization_id = m.organization_id and d.id = m.department_id`

/** Rooms of an organisation by id. */
export async function findRooms(work: Work, organizationId: string, ids: readonly string[]): Promise<Room[]> {
  const { rows } = await sql<Room>`${roomsOf}
    where m.organization_id = ${organizationId} and m.id = any(${[...ids]}::uuid[])`.execute(work.db)
  return rows
}

/** A department with its rooms. */
export type DepartmentWithRooms = {
  id: string
  name: string
  address: string | null
  rooms: { id: string; number: string }[]
}

/** Departments of an organisation, each with its rooms. */
export async function departmentsOf(work: Work, organizationId: string): Promise<DepartmentWithRooms[]> {
  const { rows } = await sql<DepartmentWithRooms>`
    select d.id, d.name, d.address, coalesce((
      select json_agg(json_build_object('id', m.id, 'number', m.number)) from organizations.room m
      where m.organization_id = d.organization_id and m.department_id = d.id), '[]') as rooms
    from organizations.department d where d.organization_id = ${organizationId}`.execute(work.db)
  return rows
}

/** The IANA time zone of every organisation, closed ones as well, by id. */
export async function zonesOfOrganizations(db: Kysely<DB>): Promise<Map<string, string>> {
  const rows = await db.selectFrom('organizations.organization').select(['id', 'time_zone']).execute()
  return new Map(rows.map((row) => [row.id, row.time_zone]))
}

/** Every organisation's whole number, for protocols that number organisations. */
export async function allNumbers(work: Work): Promise<{ id: string; number: number }[]> {
  const { rows } = await sql<{ id: string; number: number }>`
    select o.id, o.number from organizations.organization o`.execute(work.db)
  return rows
}

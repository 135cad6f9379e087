// Records of a region's files: they know each other by OID and СНИЛС, days are 'YYYY-MM-DD', `line` is where one stands.
export type Line = { line: number }
export type OrganizationLine = Line & {
  oid: string
  name: string
  short_name: string
  kind: string
  address: string
  latitude: number | null
  longitude: number | null
  phone: string | null
  inn: string
  ogrn: string
  license: string | null
  time_zone: string
  change_deadline_minutes: number | null
}
type DepartmentLine = Line & { organization_oid: string; oid: string; name: string; address: string | null }
export type RoomLine = Line & { department_oid: string; number: string; floor: number | null }
export type StaffLine = Line & {
  snils: string
  last_name: string
  first_name: string
  middle_name: string | null
  sex: 'male' | 'female'
  birth_date: string
  department_oid: string
  position_code: string
  specialty_code: string | null
  since: string
  until: string | null
}
export type OrganizationFiles = {
  organizations: OrganizationLine[]
  departments: DepartmentLine[]
  rooms: RoomLine[]
  staff: StaffLine[]
}

/** A position is known by its holder, department, position and specialty; it keeps its id, since timetables refer to it. */
export const positionKey = (p: {
  snils: string
  departmentOid: string
  position: string
  specialty: string | null
}): string => [p.snils, p.departmentOid, p.position, p.specialty].join('|')
export const keyOfLine = (s: StaffLine): string =>
  positionKey({
    snils: s.snils,
    departmentOid: s.department_oid,
    position: s.position_code,
    specialty: s.specialty_code,
  })

import type { OrganizationsImport } from '../modules/organizations/index.ts'
import { demoCitizens } from './citizens.ts'
import { demoOrganizations, type DemoOrganization } from './organizations.ts'
import { PatientMaker, type DemoPatients } from './patients.ts'
import { StaffMaker, type DemoStaff } from './staff.ts'

export type DemoRegion = {
  organizations: DemoOrganization[]
  staff: DemoStaff
  people: DemoPatients
  citizens: ReturnType<typeof demoCitizens>
}

/** The whole region as data; ages are those of `today` ('YYYY-MM-DD'). Some milliseconds. */
export function makeRegion(today: string): DemoRegion {
  const organizations = demoOrganizations()
  const people = new PatientMaker(today, organizations).make()
  return {
    organizations,
    staff: new StaffMaker(today).make(organizations),
    people,
    citizens: demoCitizens(people.patients),
  }
}

/** Organisations and staff as the module takes them. */
export const organizationsImport = ({ organizations, staff }: DemoRegion, timeZone: string): OrganizationsImport => ({
  organizations: organizations.map((o) => ({
    id: o.id,
    oid: o.oid,
    name: o.name,
    shortName: o.shortName,
    kind: o.kind as OrganizationsImport['organizations'][number]['kind'],
    address: o.address,
    latitude: o.latitude,
    longitude: o.longitude,
    phone: o.phone,
    inn: '0000000000',
    ogrn: '0000000000000',
    license: null,
    timeZone,
    changeDeadlineMinutes: o.changeDeadlineMinutes,
  })),
  departments: organizations.flatMap((o) =>
    o.departments.map((d) => ({ organizationId: o.id, id: d.id, oid: d.oid, name: d.name, address: null })),
  ),
  rooms: staff.rooms,
  practitioners: staff.practitioners,
  roles: staff.roles,
})

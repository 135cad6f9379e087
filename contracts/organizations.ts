import * as T from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Nullable, Shape } from './values.ts'

export const Organization = Shape({
  id: Id,
  oid: T.String(),
  name: T.String(),
  shortName: T.String(),
  kind: T.String(),
  address: T.String(),
  phone: Nullable(T.String()),
  timeZone: T.String(),
  /** Minutes before the visit until which a patient may cancel or move it. */
  changeDeadlineMinutes: T.Integer(),
})
export type Organization = T.Static<typeof Organization>

/** A doctor (practitioner role) as people see one. `specialtyTitle` is the plain word: «Терапевт». */
export const Staff = Shape({
  id: Id,
  organizationId: Id,
  name: T.String(),
  position: T.String(),
  specialtyCode: Nullable(T.String()),
  specialtyTitle: Nullable(T.String()),
  departmentName: T.String(),
})
export type Staff = T.Static<typeof Staff>

export const listOrganizations = endpoint({
  name: 'organizations.list',
  summary: 'Медицинские организации',
  method: 'GET',
  path: '/api/v1/organizations',
  who: 'signed-in',
  journal: 'read',
  reply: Shape({ organizations: T.Array(Organization) }),
  problems: [],
})
export const showOrganization = endpoint({
  name: 'organizations.show',
  summary: 'Медицинская организация',
  method: 'GET',
  path: '/api/v1/organizations/:organizationId',
  who: 'signed-in',
  journal: 'read',
  params: Shape({ organizationId: Id }),
  reply: Shape({
    organization: Organization,
    departments: T.Array(
      Shape({
        id: Id,
        name: T.String(),
        address: Nullable(T.String()),
        rooms: T.Array(Shape({ id: Id, number: T.String() })),
      }),
    ),
    staff: T.Array(Staff),
  }),
  problems: [],
})

import type { Staff, showOrganization as contract } from '../../../contracts/organizations.ts'
import type { ReplyOf } from '../../../contracts/endpoint.ts'
import { NotFound } from '../../../contracts/problems.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { publicPart } from './list-organizations.ts'
import { byText } from './order.ts'
import { describeStaff, type StaffMember } from './staff-member.ts'
import { currentStaff, departmentsOf, findOpenOrganization } from './store.ts'

/** An open organisation with its departments, rooms and the people who work there today. Throws NotFound. */
export async function showOrganization(work: Work, id: string): Promise<ReplyOf<typeof contract>> {
  const [organization, departments, rows] = await Promise.all([
    findOpenOrganization(work, id),
    departmentsOf(work, id),
    currentStaff(work, id),
  ])
  if (!organization) throw new Problem(NotFound, { detail: 'Такой организации нет.' })
  work.note({ objectType: 'organization', objectId: id })
  const staff = await describeStaff(work, rows)
  return {
    organization: publicPart(organization),
    departments: departments
      .map((d) => ({ ...d, rooms: d.rooms.sort(byText((room) => room.number)) }))
      .sort(byText((d) => d.name)),
    staff: staff.map(asSeen).sort(byText((s) => s.name)),
  }
}

/** What people see of a member of staff: no СНИЛС. */
const asSeen = (s: StaffMember): Staff => ({
  id: s.id,
  organizationId: s.organizationId,
  name: s.name,
  position: s.position,
  specialtyCode: s.specialtyCode,
  specialtyTitle: s.specialtyTitle,
  departmentName: s.departmentName,
})

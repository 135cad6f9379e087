import { NotFound } from '../../../contracts/problems.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds, type OrganizationFull } from '../organizations/index.ts'

/** The organisation whose timetables this actor keeps. Throws NotFound for who works in none. */
export function ownOrganizationId(work: Work): string {
  const { organizationId } = work.actor
  if (!organizationId) throw new Problem(NotFound)
  return organizationId
}

/** An organisation by id. Throws NotFound when there is none. */
export async function organizationOrNotFound(work: Work, organizationId: string): Promise<OrganizationFull> {
  const organization = (await organizationsByIds(work, [organizationId])).get(organizationId)
  if (!organization) throw new Problem(NotFound)
  return organization
}

import { NotFound } from '../../../contracts/problems.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { ownOrganizationId } from './own-organization.ts'
import type { Horizon } from './rules.ts'
import { horizonOf, setHorizon } from './store-publication.ts'

/** How far ahead one's own organisation opens its times. Throws NotFound for another. */
export async function showPublication(work: Work, organizationId: string): Promise<Horizon> {
  if (organizationId !== ownOrganizationId(work)) throw new Problem(NotFound)
  return horizonOf(work.db, organizationId)
}

/**
 * Sets how far ahead one's own organisation opens its times. The next publication (within a quarter of an hour) opens
 * what has become open; nothing that is open already closes. Throws NotFound for another organisation.
 */
export async function changePublication(work: Work, organizationId: string, horizon: Horizon): Promise<Horizon> {
  if (organizationId !== ownOrganizationId(work)) throw new Problem(NotFound)
  work.note({ objectType: 'publication', objectId: organizationId })
  await setHorizon(work.db, organizationId, horizon)
  return horizon
}

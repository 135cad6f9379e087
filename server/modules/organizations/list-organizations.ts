import type { Organization } from '../../../contracts/organizations.ts'
import type { Work } from '../../platform/work.ts'
import { openOrganizations, type OrganizationFull } from './store.ts'
import { byText } from './order.ts'

/** Organisations that are open, by their short names. */
export async function listOrganizations(work: Work): Promise<{ organizations: Organization[] }> {
  const rows = await openOrganizations(work)
  return { organizations: rows.map(publicPart).sort(byText((o) => o.shortName)) }
}

/** What anybody signed in may know of an organisation. */
export const publicPart = (o: OrganizationFull): Organization => ({
  id: o.id,
  oid: o.oid,
  name: o.name,
  shortName: o.shortName,
  kind: o.kind,
  address: o.address,
  phone: o.phone,
  timeZone: o.timeZone,
  changeDeadlineMinutes: o.changeDeadlineMinutes,
})

import * as contract from '../../../contracts/organizations.ts'
import { serve, type Route } from '../../platform/http/serve.ts'
import { listOrganizations } from './list-organizations.ts'
import { showOrganization } from './show-organization.ts'

export const organizationRoutes = (): readonly Route[] => [
  serve(contract.listOrganizations, (work) => listOrganizations(work)),
  serve(contract.showOrganization, (work, { params }) => showOrganization(work, params.organizationId)),
]

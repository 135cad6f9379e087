import * as contract from '../../../contracts/journal.ts'
import { serve, type Route } from '../../platform/http/serve.ts'
import { showSystemActivity } from '../../../contracts/other-systems.ts'
import { listCardAccess } from './list-card-access.ts'
import { searchJournal } from './search-journal.ts'
import { showSystemActivity as showActivity } from './show-system-activity.ts'
import { verifyJournal } from './verify-journal.ts'

export const journalRoutes = (): readonly Route[] => [
  serve(contract.listCardAccess, (work, { params, query }) => listCardAccess(work, params.patientId, query)),
  serve(contract.searchJournal, (work, { query }) => searchJournal(work, query)),
  serve(showSystemActivity, (work, { params, query }) => showActivity(work, params.systemId, query)),
  serve(contract.verifyJournal, (work) => verifyJournal(work)),
]

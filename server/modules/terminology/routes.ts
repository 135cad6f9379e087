import * as contract from '../../../contracts/terminology.ts'
import { serve, type Route } from '../../platform/http/serve.ts'
import { searchConcepts } from './search-concepts.ts'
import { currentDirectories } from './store.ts'

/** Search in a directory and the list of directories. */
export const terminologyRoutes = (): readonly Route[] => [
  serve(contract.searchConcepts, async (work, { params, query }) => ({
    concepts: await searchConcepts(work, params.oid, query.q, query.limit),
  })),
  serve(contract.listDirectories, async (work) => ({ directories: await currentDirectories(work) })),
]

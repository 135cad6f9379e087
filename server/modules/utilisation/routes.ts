import * as contract from '../../../contracts/utilisation.ts'
import { serve, type Route } from '../../platform/http/serve.ts'
import { exportUtilisation } from './export-utilisation.ts'
import { showUtilisation } from './show-utilisation.ts'

export const utilisationRoutes = (): readonly Route[] => [
  serve(contract.showUtilisation, (work, { query }) => showUtilisation(work, query)),
  serve(contract.exportUtilisation, (work, { query }) => exportUtilisation(work, query)),
]

import * as contract from '../../../contracts/openings.ts'
import { serve, serveFromMemory, type Route } from '../../platform/http/serve.ts'
import { joinOpening, showOpening } from './join-opening.ts'
import type { Queue } from './queue.ts'

export const openingRoutes = (queue: Queue): readonly Route[] => [
  serve(contract.showOpening, (work, { params }) => showOpening(work, params.organizationId)),
  serve(contract.joinOpening, (work, { params }) => joinOpening(work, queue, params.organizationId)),
  serveFromMemory(contract.showPlace, ({ params }) => queue.place(params.pass)),
]

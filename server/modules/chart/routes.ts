import * as contract from '../../../contracts/chart.ts'
import { serve, type Route } from '../../platform/http/serve.ts'
import { saveDraft } from './save-draft.ts'
import { showFact } from './show-fact.ts'
import { showTimeline } from './show-timeline.ts'
import { showVisit } from './show-visit.ts'
import { startVisit } from './start-visit.ts'

export const chartRoutes = (): readonly Route[] => [
  serve(contract.startVisit, (work, { params, body }) => startVisit(work, params.patientId, body.appointmentId)),
  serve(contract.showVisit, (work, { params }) => showVisit(work, params.patientId, params.visitId)),
  serve(contract.saveDraft, (work, { params, body }) =>
    saveDraft(work, params.patientId, params.visitId, body.version, body.draft),
  ),
  serve(contract.showTimeline, (work, { params, query }) => showTimeline(work, params.patientId, query)),
  serve(contract.showFact, (work, { params }) => showFact(work, params.patientId, params.factId)),
]

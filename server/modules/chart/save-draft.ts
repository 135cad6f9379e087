import { DraftConflict, VisitIsSigned, VisitNotFound, type ConsultationDraft } from '../../../contracts/chart.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import * as store from './store.ts'

/**
 * Saves what the doctor has typed, in whatever state of filling. `seen` is the version last seen (0: none yet).
 * Throws DraftConflict with the server's draft when another window saved in between: nothing typed is lost on either
 * side. Only the visit's own doctor writes.
 */
export async function saveDraft(
  work: Work,
  patientId: string,
  visitId: string,
  seen: number,
  draft: ConsultationDraft,
): Promise<{ version: number; savedAt: string }> {
  const visit = await store.findVisit(work, patientId, visitId, true)
  if (!visit || visit.staffId !== work.actor.staffId) throw new Problem(VisitNotFound)
  work.note({ patientId, grounds: 'case', objectType: 'visit', objectId: visitId })
  if (visit.state === 'signed') throw new Problem(VisitIsSigned)
  const version = await store.writeDraft(work, { patientId, visitId }, seen, draft)
  if (version === undefined) {
    const current = await store.findDraft(work, patientId, visitId)
    throw new Problem(DraftConflict, {
      draft: current && { version: current.version, savedAt: current.savedAt.toISOString(), body: current.body },
    })
  }
  return { version, savedAt: work.now.toISOString() }
}

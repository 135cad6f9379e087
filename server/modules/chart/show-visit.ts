import { VisitNotFound, type Visit } from '../../../contracts/chart.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds, staffByIds } from '../organizations/index.ts'
import { readCard } from './grounds.ts'
import { documentOfVisit } from './store-facts.ts'
import * as store from './store.ts'

/** The visit with its draft, for the editor. Throws VisitNotFound. */
export async function showVisit(work: Work, patientId: string, visitId: string): Promise<Visit> {
  await readCard(work, patientId)
  work.note({ objectType: 'visit', objectId: visitId })
  const visit = await store.findVisit(work, patientId, visitId)
  if (!visit) throw new Problem(VisitNotFound)
  return describeVisit(work, visit)
}

/** The visit in the words of its contract. A draft is shown to its own doctor only. */
export async function describeVisit(work: Work, visit: store.VisitRow): Promise<Visit> {
  const [staff, organizations, draft, documentId] = await Promise.all([
    staffByIds(work, [visit.staffId]),
    organizationsByIds(work, [visit.organizationId]),
    store.findDraft(work, visit.patientId, visit.id),
    documentOfVisit(work, visit.patientId, visit.id),
  ])
  const doctor = staff.get(visit.staffId)
  const organization = organizations.get(visit.organizationId)
  return {
    id: visit.id,
    patientId: visit.patientId,
    episodeId: visit.episodeId,
    episodeNumber: visit.episodeNumber,
    organizationId: visit.organizationId,
    organizationName: organization?.shortName ?? '',
    staffId: visit.staffId,
    doctorName: doctor?.name ?? '',
    specialtyTitle: doctor?.specialtyTitle ?? '',
    appointmentId: visit.appointmentId,
    kind: visit.kind,
    startedAt: visit.startedAt.toISOString(),
    finishedAt: visit.finishedAt?.toISOString() ?? null,
    state: visit.state,
    timeZone: organization?.timeZone ?? 'UTC',
    documentId: documentId ?? null,
    draft:
      draft && visit.staffId === work.actor.staffId
        ? { version: draft.version, savedAt: draft.savedAt.toISOString(), body: draft.body }
        : null,
  }
}

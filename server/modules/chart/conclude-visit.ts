import { directories } from '../../../contracts/terminology.ts'
import { UnknownCode, VisitIsSigned, VisitNotFound, type ConsultationDraft } from '../../../contracts/chart.ts'
import type { Concept } from '../../../contracts/terminology.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { finishVisit } from '../booking/index.ts'
import { selectableByCodes } from '../terminology/index.ts'
import { factsOf, type SignedConsultation } from './consultation-facts.ts'
import { insertFacts } from './store-facts.ts'
import * as store from './store.ts'

/** The visit with its draft, locked for the doctor who is about to prepare or sign its document. */
export type RecordToSign = {
  visit: store.VisitRow
  draft: store.DraftRow
  diagnoses: Map<string, Concept>
  services: Map<string, Concept>
}

/**
 * The open visit and its record, locked, for its own doctor. Throws VisitNotFound, VisitIsSigned, or UnknownCode naming
 * the codes that the current directories do not have.
 */
export async function recordToSign(work: Work, patientId: string, visitId: string): Promise<RecordToSign> {
  const visit = await store.findVisit(work, patientId, visitId, true)
  if (!visit || visit.staffId !== work.actor.staffId) throw new Problem(VisitNotFound)
  work.note({ patientId, grounds: 'case', objectType: 'visit', objectId: visitId })
  if (visit.state === 'signed') throw new Problem(VisitIsSigned)
  const draft = await store.findDraft(work, patientId, visitId)
  if (!draft) throw new Problem(VisitNotFound, { detail: 'В этом посещении ещё ничего не записано.' })
  return { visit, draft, ...(await codesOf(work, draft.body)) }
}

/** The concepts behind a record's codes: those that may be chosen now, in the current versions of their directories. */
async function codesOf(
  work: Work,
  record: ConsultationDraft,
): Promise<{ diagnoses: Map<string, Concept>; services: Map<string, Concept> }> {
  const [diagnoses, services] = await Promise.all([
    selectableByCodes(
      work,
      directories.icd10,
      record.diagnoses.map((d) => d.code),
    ),
    selectableByCodes(
      work,
      directories.services,
      record.services.map((s) => s.code),
    ),
  ])
  const fields = [
    ...record.diagnoses.flatMap((d, i) =>
      diagnoses.has(d.code) ? [] : { path: `diagnoses.${i}`, message: `Кода ${d.code} нет в МКБ-10` },
    ),
    ...record.services.flatMap((s, i) =>
      services.has(s.code) ? [] : { path: `services.${i}`, message: `Кода ${s.code} нет в номенклатуре услуг` },
    ),
  ]
  if (fields.length > 0) throw new Problem(UnknownCode, { fields })
  return { diagnoses, services }
}

/** Closes the visit with its signed document: facts go into the card, the appointment is fulfilled, the draft is gone. */
export async function concludeVisit(work: Work, visit: store.VisitRow, signed: SignedConsultation): Promise<void> {
  await Promise.all([
    store.closeVisit(work, visit.patientId, visit.id),
    insertFacts(work, factsOf(signed)),
    visit.appointmentId ? finishVisit(work, visit.organizationId, visit.appointmentId) : undefined,
  ])
}

import type { Decision, TouchedVisit } from '../../../contracts/schedule-edits.ts'

/** What is to become of one touched visit, as it is being decided. `ref`: where it goes, also while «cancel» is looked at. */
export type Draft = { action: 'move' | 'offer' | 'cancel'; ref: string }
/** By the appointment's id. */
export type Drafts = Readonly<Record<string, Draft>>

/** The nearest equivalent time of each visit, for the patient to answer; without one the visit can only be cancelled. */
export const suggested = (visits: readonly TouchedVisit[]): Drafts =>
  Object.fromEntries(visits.map((visit) => [visit.appointmentId, draftFor(visit)]))

const draftFor = (visit: TouchedVisit, action: Draft['action'] = 'offer'): Draft => {
  const [first] = visit.slots
  return first ? { action, ref: first.ref } : { action: 'cancel', ref: '' }
}

/** One decision for all, each at its suggested time. */
export const decidedForAll = (visits: readonly TouchedVisit[], action: Draft['action']): Drafts =>
  Object.fromEntries(visits.map((visit) => [visit.appointmentId, draftFor(visit, action)]))

/**
 * What was decided goes on for the visits of a newer list; where its time is taken meanwhile, the nearest one that is
 * left. `changed`: ids of visits to be looked at again, new ones and those whose time has gone.
 */
export function carriedOver(before: Drafts, visits: readonly TouchedVisit[]): { drafts: Drafts; changed: string[] } {
  const changed: string[] = []
  const drafts = visits.map((visit): [string, Draft] => {
    const id = visit.appointmentId
    const draft = before[id]
    const stands = draft && (draft.action === 'cancel' || visit.slots.some((slot) => slot.ref === draft.ref))
    if (stands) return [id, draft]
    changed.push(id)
    return [id, draftFor(visit, draft?.action)]
  })
  return { drafts: Object.fromEntries(drafts), changed }
}

/** Another doctor than the visit was booked to: then the patient is always asked. */
export const isAnotherDoctor = (visit: TouchedVisit, draft: Draft): boolean =>
  draft.action !== 'cancel' && visit.slots.find((slot) => slot.ref === draft.ref)?.staffId !== visit.staffId

/** Ids of visits that go to a time which an earlier one of the list takes. */
export function clashes(visits: readonly TouchedVisit[], drafts: Drafts): Set<string> {
  const taken = new Set<string>()
  const clashing = new Set<string>()
  for (const { appointmentId } of visits) {
    const draft = drafts[appointmentId]
    if (!draft || draft.action === 'cancel') continue
    if (taken.has(draft.ref)) clashing.add(appointmentId)
    taken.add(draft.ref)
  }
  return clashing
}

/** How many will move without a question, be asked, and be cancelled. */
export function countsOf(visits: readonly TouchedVisit[], drafts: Drafts) {
  const counts = { moved: 0, offered: 0, cancelled: 0 }
  for (const visit of visits) {
    const draft = drafts[visit.appointmentId]
    if (!draft) continue
    if (draft.action === 'cancel') counts.cancelled++
    else if (draft.action === 'offer' || isAnotherDoctor(visit, draft)) counts.offered++
    else counts.moved++
  }
  return counts
}

/** As the server takes them; a cancelled visit's reason is the edit's own. */
export const decisionsOf = (visits: readonly TouchedVisit[], drafts: Drafts, reason: string): Decision[] =>
  visits.map(({ appointmentId }) => {
    const { action, ref } = drafts[appointmentId]!
    return action === 'cancel' ? { appointmentId, action, reason } : { appointmentId, action, ref }
  })

import { sha256 } from '../../platform/ids.ts'
import { formatSlotRef } from './slot-ref.ts'
import type { AbsenceRow } from './store-absence.ts'
import type { FreeTime } from './store-offers.ts'
import type { PublishedTime } from './store-published.ts'
import type { NewTime, Timetable } from './store-timetable.ts'

/**
 * What an edit will do to published times. `resources`: whose timelines it needs. `leaving`: times, free and booked, that
 * will not be there any more; `coming`: those that will be, also such as are there already; `counted`: how many free ones
 * vanish and appear, for people.
 */
export type EditPlan = {
  organizationId: string
  zone: string
  resources: readonly string[]
  leaving: readonly PublishedTime[]
  coming: readonly (NewTime & FreeTime)[]
  counted: { closes: number; opens: number }
  change:
    | { kind: 'hours'; before: Timetable; after: Timetable; until: string; closedComing: readonly NewTime[] }
    | {
        kind: 'away'
        absence: Omit<AbsenceRow, 'createdBy' | 'createdAt' | 'removedAt'>
        substitutes: readonly { timetable: Timetable; until: string }[]
      }
}

/** The visits an edit touches: booked times that will not be there any more. */
export const touchedBy = (plan: EditPlan): (PublishedTime & { appointmentId: string })[] =>
  plan.leaving.filter((time): time is PublishedTime & { appointmentId: string } => time.status === 'booked')

/** Names the plan as far as people decided by it: changes when another visit is touched or the timetable was edited. */
export function versionOf(plan: EditPlan): string {
  const touched = touchedBy(plan).map((time) => `${formatSlotRef(time)} ${time.appointmentId}`)
  const of =
    plan.change.kind === 'hours' ? `${plan.change.before.id} ${plan.change.before.version}` : plan.change.absence.id
  return sha256([of, ...touched.sort()].join('\n'))
    .toString('hex')
    .slice(0, 32)
}

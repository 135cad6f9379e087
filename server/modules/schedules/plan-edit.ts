import type { ScheduleEdit } from '../../../contracts/schedules.ts'
import type { Work } from '../../platform/work.ts'
import type { EditPlan } from './edit-plan.ts'
import { planAway } from './plan-away.ts'
import { planHours } from './plan-hours.ts'
import { lockTimelines } from './store-timetable.ts'

/**
 * What an edit would do now; nothing is written. Throws NotFound for what is not one's own organisation's, Invalid naming
 * the fields, TimesOverlap when the new hours meet others of the doctor or the room.
 */
export const planEdit = (work: Work, edit: ScheduleEdit, reason = ''): Promise<EditPlan> =>
  edit.kind === 'hours' ? planHours(work, edit) : planAway(work, edit, reason)

/** Locks what the edit changes and plans it again: nobody makes or takes away times of these doctors and rooms meanwhile. */
export async function planEditLocked(work: Work, edit: ScheduleEdit, reason: string): Promise<EditPlan> {
  const { organizationId, resources } = await planEdit(work, edit, reason)
  await lockTimelines(work.db, organizationId, resources)
  return planEdit(work, edit, reason)
}

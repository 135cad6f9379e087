import { NotFound } from '../../../contracts/problems.ts'
import type { Schedule, ScheduleChange } from '../../../contracts/schedules.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { ownOrganizationId } from './own-organization.ts'
import { scheduleOf } from './schedule-of.ts'
import { changesOf, madeAt } from './store-change.ts'
import { findTimetable, USUAL_CONDITIONS } from './store-timetable.ts'

type Kept = { at: Date; before: Schedule | null; after: Schedule | null }

/** Every published state of a timetable of one's own organisation, newest first. Throws NotFound. */
export async function showScheduleHistory(work: Work, scheduleId: string): Promise<{ changes: ScheduleChange[] }> {
  const { changes } = await kept(work, scheduleId)
  return { changes: changes.toReversed().map((change) => ({ ...change, at: change.at.toISOString() })) }
}

/** A timetable of one's own organisation as it was at two moments, and the fields that differ. Throws NotFound. */
export async function compareSchedule(work: Work, scheduleId: string, moments: { earlier: string; later: string }) {
  const { timetable, changes, since } = await kept(work, scheduleId)
  const at = (moment: string) => stateAt(changes, scheduleOf(timetable), since, new Date(moment))
  const [earlier, later] = [at(moments.earlier), at(moments.later)]
  return { earlier, later, differ: differences(earlier, later) }
}

async function kept(work: Work, scheduleId: string) {
  const organizationId = ownOrganizationId(work)
  const [timetable, rows, since] = await Promise.all([
    findTimetable(work, organizationId, scheduleId),
    changesOf(work, organizationId, scheduleId),
    madeAt(work, organizationId, scheduleId),
  ])
  if (!timetable || !since) throw new Problem(NotFound)
  // What was written before a condition existed meant its usual value.
  const whole = (state: Schedule | null) => state && { ...USUAL_CONDITIONS, ...state }
  const changes = rows.map((row) => ({ ...row, before: whole(row.before), after: whole(row.after) }))
  return { timetable, changes, since }
}

/**
 * A timetable as it was at a moment: what the last change up to then made of it; without one, what the next change found;
 * without any, as it is. Null before it was made. How far it is published is not a state people set, and stays as written.
 */
function stateAt(changes: readonly Kept[], now: Schedule, since: Date, moment: Date): Schedule | null {
  const last = changes.findLast((change) => change.at <= moment)
  if (last) return last.after
  if (moment < since) return null
  const next = changes.find((change) => change.at > moment)
  return next ? next.before : now
}

/** Names of fields that are not the same, in the order of their names. */
function differences(a: Schedule | null, b: Schedule | null): string[] {
  const [x, y] = [a ?? {}, b ?? {}] as [Record<string, unknown>, Record<string, unknown>]
  return [...new Set([...Object.keys(x), ...Object.keys(y)])]
    .filter((key) => key !== 'publishedUntil' && !same(x[key], y[key]))
    .sort()
}

/** Objects of jsonb come back with their keys in another order. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [x, y] = [a, b] as [Record<string, unknown>, Record<string, unknown>]
  const keys = new Set([...Object.keys(x), ...Object.keys(y)])
  return Array.isArray(a) === Array.isArray(b) && [...keys].every((key) => same(x[key], y[key]))
}

import { Invalid } from '../../../contracts/problems.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { announceTimes } from './announce-times.ts'
import type { EditPlan } from './edit-plan.ts'
import { scheduleOf } from './schedule-of.ts'
import { insertAbsence } from './store-absence.ts'
import { closeTimes, deleteTimes } from './store-published.ts'
import { writeChange } from './store-change.ts'
import { insertTimes, insertTimetables, setPublished, updateTimetable } from './store-timetable.ts'

type Hours = Extract<EditPlan['change'], { kind: 'hours' }>
type Away = Extract<EditPlan['change'], { kind: 'away' }>

/**
 * Writes what was planned (`planEditLocked`), with author, time and reason. Whoever calls has locked the leaving times
 * (`lockTimes`) and given back those that were booked; a time that is booked still stays as it is. Throws Invalid when
 * an absence with this id is there already.
 */
export async function carryOutEdit(work: Work, plan: EditPlan, reason: string): Promise<void> {
  if (plan.change.kind === 'hours') await changeHours(work, plan, plan.change, reason)
  else await beAway(work, plan, plan.change, reason)
  const staff = new Set([...plan.leaving, ...plan.coming].map((time) => time.staffId))
  for (const staffId of staff) announceTimes(work, plan.organizationId, staffId)
}

/**
 * Times that nobody ever had are made anew, so that they say what the timetable now says; others keep their rows, because
 * visits refer to them, and are closed or made like the new ones.
 */
async function changeHours(work: Work, plan: EditPlan, change: Hours, reason: string): Promise<void> {
  const { organizationId } = plan
  const { before, after } = change
  await updateTimetable(work, after)
  await deleteTimes(work, plan.leaving)
  const coming = new Set(plan.coming.map((t) => +t.startsAt))
  const closing = { for: 'edit' as const, by: newId() }
  await closeTimes(
    work,
    plan.leaving.filter((t) => !coming.has(+t.startsAt)).map((t) => ({ ...t, closing })),
  )
  await insertTimes(work.db, [...plan.coming, ...change.closedComing], { refresh: true })
  if (before.publishedUntil !== null)
    await setPublished(work.db, organizationId, [{ scheduleId: after.id, until: change.until }])
  await writeChange(work, {
    organizationId,
    scheduleId: after.id,
    startsAt: null,
    kind: 'edited',
    reason,
    before: scheduleOf(before),
    after: scheduleOf(after),
  })
}

async function beAway(work: Work, plan: EditPlan, { absence, substitutes }: Away, reason: string): Promise<void> {
  const { organizationId } = plan
  if (!(await insertAbsence(work, { ...absence, reason })))
    throw new Problem(Invalid, { fields: [{ path: 'edit.id', message: 'Это отсутствие уже записано' }] })
  const closing = { for: 'absence' as const, by: absence.id }
  await closeTimes(
    work,
    plan.leaving.map((t) => ({ ...t, closing })),
  )
  if (substitutes.length === 0) return
  await insertTimetables(
    work.db,
    substitutes.map((s) => ({ ...s.timetable, publishedUntil: null })),
    work.now,
  )
  await insertTimes(work.db, plan.coming)
  const published = substitutes.filter((s) => s.until >= s.timetable.validFrom)
  await setPublished(
    work.db,
    organizationId,
    published.map((s) => ({ scheduleId: s.timetable.id, until: s.until })),
  )
  for (const { timetable, until } of substitutes)
    await writeChange(work, {
      organizationId,
      scheduleId: timetable.id,
      startsAt: null,
      kind: 'substitute',
      reason,
      before: null,
      after: scheduleOf({ ...timetable, publishedUntil: until >= timetable.validFrom ? until : null }),
    })
}

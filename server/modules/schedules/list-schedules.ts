import { NotFound } from '../../../contracts/problems.ts'
import type { Schedule, TimetableState } from '../../../contracts/schedules.ts'
import { Problem } from '../../platform/problem.ts'
import { localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { staffByIds, staffOfOrganization } from '../organizations/index.ts'
import { organizationOrNotFound, ownOrganizationId } from './own-organization.ts'
import { scheduleOf } from './schedule-of.ts'
import { timetablesOf } from './store-timetable.ts'

/** Timetables of a doctor of one's own organisation that are valid now or later. Throws NotFound for anybody else's. */
export async function listSchedules(work: Work, staffId: string): Promise<{ schedules: Schedule[] }> {
  const organizationId = ownOrganizationId(work)
  const [{ timeZone }, staff] = await Promise.all([
    organizationOrNotFound(work, organizationId),
    staffByIds(work, [staffId]),
  ])
  if (staff.get(staffId)?.organizationId !== organizationId) throw new Problem(NotFound)
  const timetables = await timetablesOf(work, organizationId, [staffId], localDay(work.now, timeZone))
  return { schedules: timetables.map(scheduleOf) }
}

/**
 * Timetables of a department of one's own organisation that are valid now or later, each with the number of its state, and
 * whose they may be. Throws NotFound when nobody of one's own organisation works there.
 */
export async function listDepartmentTimetables(
  work: Work,
  departmentId: string,
): Promise<{ staffIds: string[]; timetables: TimetableState[] }> {
  const organizationId = ownOrganizationId(work)
  const [{ timeZone }, everybody] = await Promise.all([
    organizationOrNotFound(work, organizationId),
    staffOfOrganization(work, organizationId),
  ])
  const staff = everybody.filter((member) => member.departmentId === departmentId)
  if (staff.length === 0) throw new Problem(NotFound)
  const staffIds = staff.filter((member) => member.specialtyCode !== null).map((member) => member.id)
  const timetables = await timetablesOf(work, organizationId, staffIds, localDay(work.now, timeZone))
  return { staffIds, timetables: timetables.map((t) => ({ schedule: scheduleOf(t), version: t.version! })) }
}

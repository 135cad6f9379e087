import { NotFound } from '../../../contracts/problems.ts'
import type { Schedule } from '../../../contracts/schedules.ts'
import { Problem } from '../../platform/problem.ts'
import { localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { staffByIds } from '../organizations/index.ts'
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

import type { ReplyOf } from '../../../contracts/endpoint.ts'
import { NotFound } from '../../../contracts/problems.ts'
import type { GridColumn, showDayGrid as contract } from '../../../contracts/schedules.ts'
import { Problem } from '../../platform/problem.ts'
import { addDays, startOfLocalDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { specialtyTitle } from '../organizations/index.ts'
import { namesOf } from './doctors-and-rooms.ts'
import { gridSlotOf } from './grid-slot.ts'
import { organizationOrNotFound, ownOrganizationId } from './own-organization.ts'
import { timesBetween } from './store-offers.ts'

/**
 * Every time of a day of one's own organisation, a column for each timetable that has one, by doctor's name. Throws
 * NotFound for another organisation.
 */
export async function showDayGrid(
  work: Work,
  organizationId: string,
  { day, specialty }: { day: string; specialty?: string },
): Promise<ReplyOf<typeof contract>> {
  if (organizationId !== ownOrganizationId(work)) throw new Problem(NotFound)
  const { timeZone } = await organizationOrNotFound(work, organizationId)
  const [from, until] = [startOfLocalDay(timeZone, day), startOfLocalDay(timeZone, addDays(day, 1))]
  const times = await timesBetween(work, organizationId, from, until, specialty)
  const names = await namesOf(work, organizationId, times)
  const columns = new Map<string, GridColumn>()
  for (const time of times) {
    const doctor = names.doctor(time.staffId)
    const column = columns.get(time.scheduleId) ?? {
      staffId: time.staffId,
      scheduleId: time.scheduleId,
      doctorName: doctor.name,
      specialtyTitle: doctor.specialtyTitle ?? specialtyTitle(time.specialtyCode),
      room: names.room(time.roomId),
      slots: [],
    }
    column.slots.push(gridSlotOf({ ...time, organizationId }, work.now))
    columns.set(time.scheduleId, column)
  }
  return { timeZone, columns: [...columns.values()].sort((a, b) => a.doctorName.localeCompare(b.doctorName, 'ru')) }
}

import type { InputOf } from '../../../contracts/endpoint.ts'
import { Invalid, NotFound } from '../../../contracts/problems.ts'
import { TimesOverlap, type addSlot as contract } from '../../../contracts/schedules.ts'
import { Problem } from '../../platform/problem.ts'
import { instantOf, localDay, localTime, minutesLater } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { announceTimes } from './announce-times.ts'
import { positionsOfPerson } from './doctors-and-rooms.ts'
import { gridSlotOf, type GridSlot } from './grid-slot.ts'
import { overlapWithTime } from './overlap.ts'
import { organizationOrNotFound, ownOrganizationId } from './own-organization.ts'
import type { TimesFreed } from './ports.ts'
import { lastOpenDay, type Horizon } from './rules.ts'
import { horizonOf } from './store-publication.ts'
import { formatSlotRef } from './slot-ref.ts'
import { writeChange } from './store-change.ts'
import { findTimetable, insertTimes, lockTimelines, takenTimes } from './store-timetable.ts'

type Addition = InputOf<typeof contract>['body']

/**
 * Adds a time outside the template to a timetable of one's own organisation: ahead, not beyond the days that are open
 * for booking. Throws NotFound, Invalid (day, time), and TimesOverlap when the doctor, in whatever position here, or
 * the room is taken.
 */
export async function addSlot(
  work: Work,
  timesFreed: TimesFreed,
  scheduleId: string,
  addition: Addition,
): Promise<GridSlot> {
  const organizationId = ownOrganizationId(work)
  const [timetable, { timeZone }, horizon] = await Promise.all([
    findTimetable(work, organizationId, scheduleId),
    organizationOrNotFound(work, organizationId),
    horizonOf(work.db, organizationId),
  ])
  if (!timetable) throw new Problem(NotFound)
  const startsAt = startOf(addition, timeZone, work.now, horizon)
  const endsAt = minutesLater(startsAt, addition.minutes)
  const key = { organizationId, scheduleId, startsAt, seq: 0 }

  const resources = [...(await positionsOfPerson(work, organizationId, timetable.staffId)), timetable.roomId]
  await lockTimelines(work.db, organizationId, resources)
  const [taken] = await takenTimes(work.db, organizationId, resources, startsAt, endsAt)
  if (taken) throw await overlapWithTime(work, organizationId, timeZone, taken)
  const added = await insertTimes(work.db, [{ organizationId, scheduleId, startsAt, endsAt }])
  if (added === 0) throw new Problem(TimesOverlap)
  const after = { startsAt, endsAt, status: 'free' }
  await writeChange(work, { ...key, kind: 'added', reason: addition.reason, before: null, after })
  announceTimes(work, organizationId, timetable.staffId, formatSlotRef(key))
  await timesFreed(work, [key])
  return gridSlotOf({ ...key, endsAt, status: 'free', holdUntil: null, appointmentId: null }, work.now)
}

function startOf({ day, time }: Addition, zone: string, now: Date, horizon: Horizon): Date {
  const refuse = (path: string, message: string) => new Problem(Invalid, { fields: [{ path, message }] })
  const startsAt = instantOf(zone, day, time)
  if (localDay(startsAt, zone) !== day || localTime(startsAt, zone) !== time)
    throw refuse('time', 'В этот день часы переводят вперёд: такого времени нет')
  if (startsAt <= now) throw refuse(day < localDay(now, zone) ? 'day' : 'time', 'Это время уже прошло')
  const last = lastOpenDay(now, zone, horizon)
  if (day > last)
    throw refuse('day', `Запись открыта по ${last.split('-').reverse().join('.')}: на более поздний день пока нельзя`)
  return startsAt
}

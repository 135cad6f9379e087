import type { InputOf } from '../../../contracts/endpoint.ts'
import { Invalid } from '../../../contracts/problems.ts'
import type { createSchedule as contract, Schedule } from '../../../contracts/schedules.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { roomsByIds, staffByIds, type StaffMember } from '../organizations/index.ts'
import { announceTimes } from './announce-times.ts'
import { positionsOfPerson } from './doctors-and-rooms.ts'
import { inOrder } from './hours-order.ts'
import { organizationOrNotFound, ownOrganizationId } from './own-organization.ts'
import type { TimesFreed } from './ports.ts'
import { publishTimes } from './publish-times.ts'
import { templateFlaws, timesOf, type Flaw } from './pattern.ts'
import { requireNoOverlapWith } from './require-no-overlap.ts'
import { lastOpenDay } from './rules.ts'
import { scheduleOf } from './schedule-of.ts'
import { horizonOf } from './store-publication.ts'
import { writeChange } from './store-change.ts'
import { insertTimetables, lockTimelines, USUAL_CONDITIONS, type Timetable } from './store-timetable.ts'

type NewSchedule = InputOf<typeof contract>['body']

/**
 * Makes a weekly timetable for a doctor of one's own organisation and publishes its times for the days that are open.
 * Throws NotFound, Invalid naming the fields, and TimesOverlap naming the timetable or the time of the same doctor (in
 * whatever position here) or room that stands in the way.
 */
export async function createSchedule(work: Work, timesFreed: TimesFreed, body: NewSchedule): Promise<Schedule> {
  const organizationId = ownOrganizationId(work)
  const [{ timeZone }, horizon] = await Promise.all([
    organizationOrNotFound(work, organizationId),
    horizonOf(work.db, organizationId),
  ])
  const clock = {
    zone: timeZone,
    today: localDay(work.now, timeZone),
    lastDay: lastOpenDay(work.now, timeZone, horizon),
  }
  await requireGood(work, organizationId, body, clock.today)
  const hours = inOrder(body.hours)
  const channels = [...new Set(body.channels)]
  const timetable: Timetable = {
    ...USUAL_CONDITIONS,
    ...body,
    hours,
    channels,
    organizationId,
    id: newId(),
    publishedUntil: null,
  }

  const resources = [...(await positionsOfPerson(work, organizationId, body.staffId)), body.roomId]
  await lockTimelines(work.db, organizationId, resources)
  const { zone, today, lastDay } = clock
  const wanted = timesOf(timetable, today, lastDay, zone).filter(({ startsAt }) => startsAt > work.now)
  await requireNoOverlapWith(work, { timetable, resources, zone, today, times: wanted })
  await insertTimetables(work.db, [timetable], work.now)
  const isAhead = timetable.validFrom > clock.lastDay
  const span = { timetable, from: clock.today, until: clock.lastDay }
  const times = isAhead ? [] : await publishTimes(work.db, { organizationId, zone, after: work.now }, [span])
  const after = scheduleOf({ ...timetable, publishedUntil: isAhead ? null : earlier(clock.lastDay, body.validUntil) })
  const change = { organizationId, scheduleId: timetable.id, startsAt: null, reason: null, before: null, after }
  await writeChange(work, { ...change, kind: 'created' })
  announceTimes(work, organizationId, body.staffId)
  await timesFreed(
    work,
    times.map((time) => ({ ...time, seq: 0 })),
  )
  return after
}

const earlier = (day: string, other: string | null): string => (other !== null && other < day ? other : day)

async function requireGood(work: Work, organizationId: string, body: NewSchedule, today: string): Promise<void> {
  const [staff, rooms] = await Promise.all([
    staffByIds(work, [body.staffId]),
    roomsByIds(work, organizationId, [body.roomId]),
  ])
  const fields = [
    ...templateFlaws(body),
    ...doctorFlaws(staff.get(body.staffId), organizationId, body.specialtyCode, today),
    ...(rooms.has(body.roomId) ? [] : [{ path: 'roomId', message: 'Такого кабинета в вашей организации нет' }]),
    ...(body.validUntil !== null && body.validUntil < today
      ? [{ path: 'validUntil', message: 'Этот день уже прошёл' }]
      : []),
  ]
  if (fields.length > 0) throw new Problem(Invalid, { fields })
}

/** A doctor of another organisation is answered like one that does not exist. */
function doctorFlaws(
  doctor: StaffMember | undefined,
  organizationId: string,
  specialtyCode: string,
  today: string,
): Flaw[] {
  if (!doctor || doctor.organizationId !== organizationId)
    return [{ path: 'staffId', message: 'Такого сотрудника в вашей организации нет' }]
  if (doctor.until !== null && doctor.until < today)
    return [{ path: 'staffId', message: 'Этот сотрудник здесь больше не работает' }]
  if (doctor.specialtyCode !== specialtyCode)
    return [{ path: 'specialtyCode', message: `Специальность врача другая: ${doctor.specialtyTitle ?? 'не указана'}` }]
  return []
}

import { TimesOverlap } from '../../../contracts/schedules.ts'
import { Problem } from '../../platform/problem.ts'
import { localDay, localTime, weekdayOf } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { namesOf } from './doctors-and-rooms.ts'
import { overlappingHours, type Template } from './pattern.ts'
import type { TakenTime, Timetable } from './store-timetable.ts'

const WEEKDAYS = ['понедельникам', 'вторникам', 'средам', 'четвергам', 'пятницам', 'субботам', 'воскресеньям']

/** The refusal that names the time in the way: «Мешает приём 02.03.2026 с 10:00 до 10:20: Орлов О. И., кабинет 103.» */
export async function overlapWithTime(
  work: Work,
  organizationId: string,
  zone: string,
  taken: TakenTime,
): Promise<Problem> {
  const names = await namesOf(work, organizationId, [taken])
  const day = localDay(taken.startsAt, zone).split('-').reverse().join('.')
  const [from, until] = [localTime(taken.startsAt, zone), localTime(taken.endsAt, zone)]
  const who = `${names.doctor(taken.staffId).shortName}, кабинет ${names.room(taken.roomId)}`
  return new Problem(TimesOverlap, { detail: `Мешает приём ${day} с ${from} до ${until}: ${who}.` })
}

/** The refusal that names the timetable in the way: «По вторникам с 09:00 до 12:00 уже принимает …» */
export async function overlapWithTimetable(
  work: Work,
  organizationId: string,
  wanted: Template,
  other: Timetable,
): Promise<Problem> {
  const names = await namesOf(work, organizationId, [other])
  const { day, starts, ends, everyWeek } = overlappingHours(wanted, other)!
  const when = everyWeek ? `По ${WEEKDAYS[weekdayOf(day) - 1]}` : day.split('-').reverse().join('.')
  const who = `${names.doctor(other.staffId).shortName}, кабинет ${names.room(other.roomId)}`
  return new Problem(TimesOverlap, {
    detail: `${when} с ${starts} до ${ends} уже есть приём: ${who}.`,
    scheduleId: other.id,
  })
}

import type { Schedule } from '../../../contracts/schedules.ts'
import type { Timetable } from './store-timetable.ts'

/** A timetable as the contract shows it: whose organisation it is, the caller knows. */
export function scheduleOf(timetable: Timetable): Schedule {
  const { organizationId: _organizationId, version: _version, ...schedule } = timetable
  return schedule
}

import type { Work } from '../../platform/work.ts'
import { overlapWithTime, overlapWithTimetable } from './overlap.ts'
import { overlappingHours } from './pattern.ts'
import { wholeOf } from './publish-times.ts'
import { intervalsOverlap, type Interval } from './rules.ts'
import { takenTimes, timetablesOf, type Timetable } from './store-timetable.ts'

/**
 * Looks whether a timetable, with the times it is to have, meets other timetables or times of these doctors and rooms;
 * those of the timetables `except` are no others. Throws TimesOverlap naming what stands in the way.
 */
export async function requireNoOverlapWith(
  work: Work,
  {
    timetable,
    resources,
    zone,
    today,
    times,
    except = [],
  }: {
    timetable: Timetable
    resources: readonly string[]
    zone: string
    today: string
    times: readonly Interval[]
    except?: readonly string[]
  },
): Promise<void> {
  const { organizationId } = timetable
  const isOther = (id: string) => id !== timetable.id && !except.includes(id)
  const others = await timetablesOf(work, organizationId, resources, today)
  const other = others.find((t) => isOther(t.id) && overlappingHours(timetable, t))
  if (other) throw await overlapWithTimetable(work, organizationId, timetable, other)

  // Times that no timetable explains: added by hand, or left of a timetable that has ended.
  const whole = wholeOf(times)
  if (!whole) return
  const taken = await takenTimes(work.db, organizationId, resources, whole.startsAt, whole.endsAt)
  const inTheWay = taken.find((t) => isOther(t.scheduleId) && times.some((time) => intervalsOverlap(t, time)))
  if (inTheWay) throw await overlapWithTime(work, organizationId, zone, inTheWay)
}

import { Invalid, NotFound } from '../../../contracts/problems.ts'
import type { HoursEdit } from '../../../contracts/schedules.ts'
import { Problem } from '../../platform/problem.ts'
import { addDays, localDay, startOfLocalDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { staffByIds } from '../organizations/index.ts'
import { positionsOfPerson } from './doctors-and-rooms.ts'
import type { EditPlan } from './edit-plan.ts'
import { inOrder } from './hours-order.ts'
import { organizationOrNotFound, ownOrganizationId } from './own-organization.ts'
import { templateFlaws, type Flaw } from './pattern.ts'
import { occupationOf, wantedTimes, wholeOf } from './publish-times.ts'
import { requireNoOverlapWith } from './require-no-overlap.ts'
import { lastOpenDay, slotIsFree, withoutOverlaps } from './rules.ts'
import { publishedTimes, type PublishedTime } from './store-published.ts'
import { horizonOf } from './store-publication.ts'
import { findTimetable, takenTimes, type Timetable } from './store-timetable.ts'

/** Far enough for every published time. */
const ALL = new Date('2200-01-01T00:00:00Z')

/**
 * What a timetable's new hours do to its published times from a day on. A booked time stays when the new hours have one of
 * its kind that begins with it. Throws NotFound, Invalid, TimesOverlap.
 */
export async function planHours(work: Work, edit: HoursEdit): Promise<EditPlan> {
  const organizationId = ownOrganizationId(work)
  const [before, { timeZone: zone }, horizon] = await Promise.all([
    findTimetable(work, organizationId, edit.scheduleId),
    organizationOrNotFound(work, organizationId),
    horizonOf(work.db, organizationId),
  ])
  if (!before) throw new Problem(NotFound)
  const today = localDay(work.now, zone)
  const after = changed(before, edit)
  const fields = [...templateFlaws(after), ...dayFlaws(edit, before, today, lastOpenDay(work.now, zone, horizon))]
  if (fields.length > 0) throw new Problem(Invalid, { fields })

  const until = await lastDay(work, before.staffId, lastOpenDay(work.now, zone, horizon))
  const resources = [...(await positionsOfPerson(work, organizationId, before.staffId)), before.roomId]
  const start = startOfLocalDay(zone, edit.from)
  const since = start > work.now ? start : work.now
  const own = (await publishedTimes(work, organizationId, resources, since, ALL)).filter(
    (t) => t.scheduleId === before.id && t.startsAt > work.now && t.startsAt >= start,
  )
  const span = { timetable: after, from: edit.from, until }
  const wanted = edit.from <= until ? await wantedTimes(work.db, { organizationId, zone, after: work.now }, [span]) : []
  const open = wanted.filter((t) => !t.closing)
  const ahead = { ...after, validFrom: edit.from > after.validFrom ? edit.from : after.validFrom }
  await requireNoOverlapWith(work, { timetable: ahead, resources, zone, today, times: open, except: [before.id] })

  const byStart = new Map(open.map((t) => [+t.startsAt, t]))
  const stays = (t: PublishedTime) => {
    const same = byStart.get(+t.startsAt)
    return same !== undefined && (same.kind === t.kind || same.kind === 'any' || t.kind === 'any')
  }
  const leaving = own.filter((t) => (t.status === 'booked' && !stays(t)) || t.status === 'free' || t.closedFor)
  const taken = await takenAround(work, organizationId, resources, open, leaving)
  const coming = withoutOverlaps(open, taken).map((t) => ({ ...t, ...freeTimeOf(after, t) }))
  const free = own.filter((t) => slotIsFree(t, work.now))
  const had = new Set(free.map((t) => +t.startsAt))
  const will = new Set(coming.map((t) => +t.startsAt))
  return {
    organizationId,
    zone,
    resources,
    leaving,
    coming,
    counted: {
      closes: free.filter((t) => !will.has(+t.startsAt)).length,
      opens: coming.filter((t) => !had.has(+t.startsAt)).length,
    },
    change: { kind: 'hours', before, after, until, closedComing: wanted.filter((t) => t.closing) },
  }
}

function changed(before: Timetable, { changes }: HoursEdit): Timetable {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  const after = { ...before, ...given } as Timetable
  return { ...after, hours: inOrder(after.hours), channels: [...new Set(after.channels)] }
}

/** The day from which an edit holds is one that is open for booking already, or the next: what is behind it is as it was. */
function dayFlaws(edit: HoursEdit, before: Timetable, today: string, last: string): Flaw[] {
  const flaw = (path: string, message: string) => [{ path, message }]
  const { validUntil } = edit.changes
  if (edit.from < today) return flaw('from', 'Этот день уже прошёл')
  if (before.publishedUntil !== null && edit.from > addDays(last, 1))
    return flaw(
      'from',
      'Изменить можно с дня, открытого для записи. На более поздний срок: закончите это расписание и создайте новое',
    )
  if (validUntil && validUntil < addDays(edit.from, -1))
    return flaw('changes.validUntil', 'Расписание не может кончиться раньше, чем его меняют')
  return []
}

async function lastDay(work: Work, staffId: string, open: string): Promise<string> {
  const leaves = (await staffByIds(work, [staffId])).get(staffId)?.until ?? null
  return leaves !== null && leaves < open ? leaves : open
}

/** What takes these doctors and rooms around the new times, without the times that leave. */
export async function takenAround(
  work: Work,
  organizationId: string,
  resources: readonly string[],
  times: readonly { startsAt: Date; endsAt: Date }[],
  leaving: readonly PublishedTime[],
) {
  const whole = wholeOf(times)
  if (!whole) return []
  const gone = new Set(leaving.map((t) => `${t.scheduleId} ${+t.startsAt}`))
  const taken = await takenTimes(work.db, organizationId, resources, whole.startsAt, whole.endsAt)
  return taken.filter((t) => !gone.has(`${t.scheduleId} ${+t.startsAt}`)).map(occupationOf)
}

/** A time that is coming, as lists of free times show one. */
export const freeTimeOf = (
  timetable: Timetable,
  time: { startsAt: Date; endsAt: Date; kind?: PublishedTime['kind'] },
) => ({
  scheduleId: timetable.id,
  startsAt: time.startsAt,
  endsAt: time.endsAt,
  seq: 0,
  staffId: timetable.staffId,
  roomId: timetable.roomId,
  kind: time.kind ?? ('any' as const),
  referralNeeded: timetable.referralNeeded,
  attachedOnly: timetable.attachedOnly,
  ageFrom: timetable.ageFrom,
  ageTo: timetable.ageTo,
  sex: timetable.sex,
})

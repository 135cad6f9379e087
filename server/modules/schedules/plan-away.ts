import { Invalid } from '../../../contracts/problems.ts'
import type { AwayEdit } from '../../../contracts/schedules.ts'
import { sha256 } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { addDays, instantOf, localDay, startOfLocalDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { roomsByIds, staffByIds } from '../organizations/index.ts'
import { positionsOfPerson } from './doctors-and-rooms.ts'
import type { EditPlan } from './edit-plan.ts'
import { organizationOrNotFound, ownOrganizationId } from './own-organization.ts'
import type { Flaw } from './pattern.ts'
import { freeTimeOf, takenAround } from './plan-hours.ts'
import { wantedTimes } from './publish-times.ts'
import { requireNoOverlapWith } from './require-no-overlap.ts'
import { slotIsFree, withoutOverlaps, type Interval } from './rules.ts'
import { publishedTimes, type PublishedTime } from './store-published.ts'
import { resourcesIn, timetablesOf, type Timetable } from './store-timetable.ts'

type Away = Interval & { staffIds: string[]; roomId: string | null }

/**
 * What the absence of a doctor, or the closure of a room or of the organisation, does to published times: all that
 * overlap it leave; a substitute gets the same hours in the same room. Throws Invalid, TimesOverlap.
 */
export async function planAway(work: Work, edit: AwayEdit, reason: string): Promise<EditPlan> {
  const organizationId = ownOrganizationId(work)
  const { timeZone: zone } = await organizationOrNotFound(work, organizationId)
  const today = localDay(work.now, zone)
  const fields = [...dayFlaws(edit, today), ...(await placeFlaws(work, organizationId, edit, today))]
  if (fields.length > 0) throw new Problem(Invalid, { fields })

  const staffId = 'staffId' in edit ? edit.staffId : null
  const substituteId = 'substituteId' in edit ? edit.substituteId : null
  const staffIds = staffId === null ? [] : await positionsOfPerson(work, organizationId, staffId)
  const roomId = 'roomId' in edit ? edit.roomId : null
  const away: Away = { ...intervalOf(edit, zone), staffIds, roomId }
  const named = roomId === null ? staffIds : [roomId]
  const own = await resourcesIn(work, organizationId, named.length > 0 ? named : undefined)
  const theirs = substituteId === null ? [] : await positionsOfPerson(work, organizationId, substituteId)
  const resources = [...new Set([...own, ...theirs])]

  const since = away.startsAt > work.now ? away.startsAt : work.now
  const published = since < away.endsAt ? await publishedTimes(work, organizationId, own, since, away.endsAt) : []
  const leaving = published.filter((t) => t.startsAt > work.now && concerns(away, t) && t.status !== 'closed')
  const replaced = substituteId === null ? [] : await replacedBy(work, edit, away, substituteId, today)
  const planned = await comingTimes(work, { organizationId, zone, today, resources: theirs }, replaced, leaving)
  return {
    organizationId,
    zone,
    resources,
    leaving,
    coming: planned,
    counted: { closes: leaving.filter((t) => slotIsFree(t, work.now)).length, opens: planned.length },
    change: {
      kind: 'away',
      absence: { ...away, organizationId, id: edit.id, kind: edit.kind, staffId, substituteId, reason },
      substitutes: replaced.map(({ timetable, until }) => ({ timetable, until })),
    },
  }
}

const concerns = (away: Away, t: PublishedTime): boolean =>
  away.roomId !== null ? t.roomId === away.roomId : away.staffIds.length === 0 || away.staffIds.includes(t.staffId)

const intervalOf = ({ from, until, fromTime, untilTime }: AwayEdit, zone: string): Interval => ({
  startsAt: fromTime === null ? startOfLocalDay(zone, from) : instantOf(zone, from, fromTime),
  endsAt: untilTime === null ? startOfLocalDay(zone, addDays(until, 1)) : instantOf(zone, until, untilTime),
})

function dayFlaws(edit: AwayEdit, today: string): Flaw[] {
  const flaw = (path: string, message: string) => [{ path, message }]
  if (edit.until < edit.from) return flaw('until', 'Последний день раньше первого')
  if (edit.until < today) return flaw('until', 'Этот день уже прошёл')
  if (edit.until > addDays(edit.from, 1100)) return flaw('until', 'Не больше трёх лет')
  if (edit.from === edit.until && edit.fromTime !== null && edit.untilTime !== null && edit.untilTime <= edit.fromTime)
    return flaw('untilTime', 'Конец должен быть позже начала')
  if ('substituteId' in edit && edit.substituteId !== null && (edit.fromTime !== null || edit.untilTime !== null))
    return flaw('substituteId', 'Замещают на целые дни: уберите время или замещающего врача')
  return []
}

async function placeFlaws(work: Work, organizationId: string, edit: AwayEdit, today: string): Promise<Flaw[]> {
  if ('roomId' in edit) {
    const rooms = await roomsByIds(work, organizationId, [edit.roomId])
    return rooms.has(edit.roomId) ? [] : [{ path: 'roomId', message: 'Такого кабинета в вашей организации нет' }]
  }
  if (!('staffId' in edit)) return []
  const staff = await staffByIds(work, [edit.staffId, ...(edit.substituteId === null ? [] : [edit.substituteId])])
  const isOurs = (id: string) => staff.get(id)?.organizationId === organizationId
  if (!isOurs(edit.staffId)) return [{ path: 'staffId', message: 'Такого сотрудника в вашей организации нет' }]
  if (edit.substituteId === null) return []
  const flaw = (message: string) => [{ path: 'substituteId', message }]
  if (!isOurs(edit.substituteId)) return flaw('Такого сотрудника в вашей организации нет')
  const [doctor, substitute] = [staff.get(edit.staffId)!, staff.get(edit.substituteId)!]
  if (doctor.practitionerId === substitute.practitionerId) return flaw('Врач не может замещать сам себя')
  if (doctor.specialtyCode !== substitute.specialtyCode) return flaw('У замещающего врача другая специальность')
  if (substitute.until !== null && substitute.until < (edit.from > today ? edit.from : today))
    return flaw('Этот сотрудник здесь больше не работает')
  return []
}

type Replaced = { timetable: Timetable; of: Timetable; from: string; until: string }

/** The absent doctor's timetables as the substitute's, for the days of the absence; `until`: how far they are published. */
async function replacedBy(
  work: Work,
  edit: AwayEdit,
  away: Away,
  substituteId: string,
  today: string,
): Promise<Replaced[]> {
  const from = edit.from > today ? edit.from : today
  const staffId = 'staffId' in edit ? edit.staffId : ''
  const timetables = await timetablesOf(work, ownOrganizationId(work), [staffId], from)
  return timetables
    .filter((t) => t.validFrom <= edit.until)
    .map((of) => {
      const validUntil = of.validUntil !== null && of.validUntil < edit.until ? of.validUntil : edit.until
      const validFrom = of.validFrom > from ? of.validFrom : from
      const published = of.publishedUntil ?? addDays(today, -1)
      const timetable = {
        ...of,
        id: substituteTimetableId(edit.id, of.id),
        staffId: substituteId,
        validFrom,
        validUntil,
      }
      return { timetable, of, from: validFrom, until: published < validUntil ? published : validUntil }
    })
}

/** The same in the preview and when it is carried out, so that times can be named before they are there (UUIDv8, RFC 9562 §5.8). */
function substituteTimetableId(absenceId: string, timetableId: string): string {
  const hash = sha256(`${absenceId} ${timetableId}`)
  hash[6] = (hash[6]! & 0x0f) | 0x80
  hash[8] = (hash[8]! & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

async function comingTimes(
  work: Work,
  {
    organizationId,
    zone,
    today,
    resources,
  }: { organizationId: string; zone: string; today: string; resources: string[] },
  replaced: readonly Replaced[],
  leaving: readonly PublishedTime[],
) {
  const spans = replaced.filter(({ from, until }) => from <= until)
  const wanted = await wantedTimes(work.db, { organizationId, zone, after: work.now }, spans)
  const open = wanted.filter((t) => !t.closing)
  const except = replaced.map(({ of }) => of.id)
  for (const { timetable } of replaced) {
    const times = open.filter((t) => t.scheduleId === timetable.id)
    const places = [...resources, timetable.roomId]
    await requireNoOverlapWith(work, { timetable, resources: places, zone, today, times, except })
  }
  const rooms = replaced.map(({ timetable }) => timetable.roomId)
  const taken = await takenAround(work, organizationId, [...resources, ...rooms], open, leaving)
  const byId = new Map(replaced.map(({ timetable }) => [timetable.id, timetable]))
  return withoutOverlaps(open, taken).map((t) => ({ ...t, ...freeTimeOf(byId.get(t.scheduleId)!, t) }))
}

import { NotFound } from '../../../contracts/problems.ts'
import type { Absence } from '../../../contracts/schedules.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { roomsByIds, staffNamesByIds } from '../organizations/index.ts'
import { announceTimes } from './announce-times.ts'
import { organizationOrNotFound, ownOrganizationId } from './own-organization.ts'
import type { TimesFreed } from './ports.ts'
import { settleClosings } from './settle-closings.ts'
import { findAbsence, liveAbsences, markRemoved, type AbsenceRow } from './store-absence.ts'
import { lockTimelines, resourcesIn } from './store-timetable.ts'

/** Absences of one's own organisation that go on or are ahead, earliest first. */
export async function listAbsences(work: Work): Promise<{ absences: Absence[]; timeZone: string }> {
  const organizationId = ownOrganizationId(work)
  const [{ timeZone }, rows] = await Promise.all([
    organizationOrNotFound(work, organizationId),
    liveAbsences(work.db, organizationId, work.now),
  ])
  const given = (ids: (string | null)[]) => [...new Set(ids.filter((id) => id !== null))]
  const [staff, rooms] = await Promise.all([
    staffNamesByIds(work, given(rows.flatMap((row) => [row.staffId, row.substituteId]))),
    roomsByIds(work, organizationId, given(rows.map((row) => row.roomId))),
  ])
  const nameOf = (id: string | null) => (id === null ? null : staff.get(id)!.name)
  return {
    timeZone,
    absences: rows.map(({ id, kind, staffId, roomId, substituteId, startsAt, endsAt, reason }) => ({
      id,
      kind,
      staffId,
      staffName: nameOf(staffId),
      roomId,
      room: roomId === null ? null : rooms.get(roomId)!.number,
      substituteId,
      substituteName: nameOf(substituteId),
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      reason,
    })),
  }
}

/**
 * Ends an absence of one's own organisation: its times ahead open again, first for those who wait, except those whose doctor or room another time
 * has taken meanwhile. The timetable of a substitute goes on as it stands, until it is edited. Throws NotFound.
 */
export async function removeAbsence(
  work: Work,
  timesFreed: TimesFreed,
  id: string,
): Promise<{ opened: number; closed: number }> {
  const organizationId = ownOrganizationId(work)
  const absence = await findAbsence(work, organizationId, id)
  if (!absence || absence.removedAt !== null) throw new Problem(NotFound)
  const { timeZone: zone } = await organizationOrNotFound(work, organizationId)
  const resources = await resourcesOfAbsence(work, absence)
  await lockTimelines(work.db, organizationId, resources)
  if (!(await markRemoved(work, organizationId, id))) throw new Problem(NotFound)
  work.note({ objectType: 'absence', objectId: id })
  const span = { from: absence.startsAt, until: absence.endsAt }
  const { opened, kept } = await settleClosings(work, { organizationId, zone }, resources, span)
  for (const staffId of absence.staffIds.length > 0 ? absence.staffIds : resources)
    announceTimes(work, organizationId, staffId)
  await timesFreed(work, opened)
  return { opened: opened.length, closed: kept }
}

/** The doctors and rooms whose times it closes, and those who share a room with them: what opens must not overlap theirs. */
async function resourcesOfAbsence(
  work: Work,
  { organizationId, staffIds, roomId }: Pick<AbsenceRow, 'organizationId' | 'staffIds' | 'roomId'>,
): Promise<string[]> {
  const own = roomId === null ? staffIds : [roomId]
  return resourcesIn(work, organizationId, own.length > 0 ? own : undefined)
}

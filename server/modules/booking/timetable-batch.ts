import type { InputOf } from '../../../contracts/endpoint.ts'
import { Invalid, NotFound } from '../../../contracts/problems.ts'
import {
  BatchNotFound,
  type startTimetableBatch as contract,
  type TimetableBatch,
} from '../../../contracts/timetable-batches.ts'
import type { Role } from '../../../contracts/endpoint.ts'
import { Problem } from '../../platform/problem.ts'
import { startSoon } from '../../platform/start-soon.ts'
import type { Work } from '../../platform/work.ts'
import { staffNamesByIds } from '../organizations/index.ts'
import { doctorsOfTimetables, ownOrganizationId } from '../schedules/index.ts'
import { findBatch, insertBatch, waitAgain } from './store-batches.ts'

export const RUN_BATCHES = 'booking.run-timetable-batches'

/**
 * Has many timetables of one's own organisation edited in the background; asked for again with the same id, it shows how
 * far that is. Throws NotFound for timetables that are not one's own, Invalid when one is named twice.
 */
export async function startTimetableBatch(work: Work, body: InputOf<typeof contract>['body']): Promise<TimetableBatch> {
  const organizationId = ownOrganizationId(work)
  const ids = body.items.map((item) => item.scheduleId)
  const twice = ids.findIndex((id, i) => ids.indexOf(id) < i)
  if (twice >= 0)
    throw new Problem(Invalid, {
      fields: [{ path: `items.${twice}.scheduleId`, message: 'Этот график уже назван' }],
    })
  const doctors = await doctorsOfTimetables(work, organizationId, ids)
  if (doctors.size < ids.length) throw new Problem(NotFound)
  const { id, from, reason } = body
  work.note({ objectType: 'timetable-batch', objectId: id })
  const added = await insertBatch(
    work,
    {
      organizationId,
      id,
      from,
      reason,
      actorId: work.actor.id,
      actorRole: work.actor.role as Role,
      actorName: work.actor.name,
      actorStaffId: work.actor.staffId ?? null,
      createdAt: work.now,
    },
    body.items.map((item) => ({ ...item, staffId: doctors.get(item.scheduleId)! })),
  )
  if (added) await startSoon(work, RUN_BATCHES)
  return showTimetableBatch(work, id)
}

/** How far a batch of one's own organisation is. Throws BatchNotFound. */
export async function showTimetableBatch(work: Work, id: string): Promise<TimetableBatch> {
  const found = await findBatch(work, ownOrganizationId(work), id)
  if (!found) throw new Problem(BatchNotFound)
  const { batch, items } = found
  const names = await staffNamesByIds(work, [...new Set(items.map((item) => item.staffId))])
  return {
    id,
    from: batch.from,
    reason: batch.reason,
    author: batch.actorName,
    createdAt: batch.createdAt.toISOString(),
    items: items.map(({ version: _version, attempt: _attempt, ...item }) => ({
      ...item,
      doctorName: names.get(item.staffId)?.name ?? '',
    })),
  }
}

/** Tries again what was refused or touched visits, in the name of who started it. Throws BatchNotFound. */
export async function resumeTimetableBatch(work: Work, id: string): Promise<TimetableBatch> {
  const organizationId = ownOrganizationId(work)
  work.note({ objectType: 'timetable-batch', objectId: id })
  if ((await waitAgain(work, organizationId, id)) > 0) await startSoon(work, RUN_BATCHES)
  return showTimetableBatch(work, id)
}

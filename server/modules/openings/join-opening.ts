import { QueueClosed, type Place } from '../../../contracts/openings.ts'
import { NotFound } from '../../../contracts/problems.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import { horizonOf } from '../schedules/index.ts'
import type { Queue } from './queue.ts'
import { isJoinable, joinFrom, openingAround, writePass, type DayOpening } from './rules.ts'
import { addGuest } from './store.ts'

async function openingOrNotFound(work: Work, organizationId: string): Promise<DayOpening> {
  const [organizations, horizon] = await Promise.all([
    organizationsByIds(work, [organizationId]),
    horizonOf(work.db, organizationId),
  ])
  const organization = organizations.get(organizationId)
  if (!organization) throw new Problem(NotFound)
  return openingAround(work.now, organization.timeZone, horizon)
}

/** When the next day opens at an organisation, or the opening that is running. Throws NotFound. */
export async function showOpening(
  work: Work,
  organizationId: string,
): Promise<{ day: string; opensAt: string; joinFrom: string; joinable: boolean }> {
  const opening = await openingOrNotFound(work, organizationId)
  return {
    day: opening.day,
    opensAt: opening.opensAt.toISOString(),
    joinFrom: joinFrom(opening.opensAt).toISOString(),
    joinable: isJoinable(opening, work.now),
  }
}

/** Joins the queue of the coming or running opening; again gives the same place. Throws NotFound, QueueClosed. */
export async function joinOpening(
  work: Work,
  queue: Queue,
  organizationId: string,
): Promise<{ pass: string; place: Place }> {
  const opening = await openingOrNotFound(work, organizationId)
  if (!isJoinable(opening, work.now)) throw new Problem(QueueClosed)
  const seed = await addGuest(work, organizationId, opening.opensAt)
  return {
    pass: writePass(organizationId, opening.opensAt, work.actor.id, seed),
    place: await queue.placeOfGuest(organizationId, opening, seed, work.actor.id),
  }
}

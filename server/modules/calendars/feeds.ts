import { NoCalendarAddress, type CalendarFeed } from '../../../contracts/calendars.ts'
import { NotFound } from '../../../contracts/problems.ts'
import { newToken, sha256 } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import type { CalendarPorts } from './ports.ts'
import { findFeed, putFeed, revokeToken, setShowsInitials, type FeedOwner, type FeedRow } from './store-feeds.ts'

// One's own calendar address: a citizen's, or a doctor's in the position they work in now.

/** Throws NotFound for a doctor's account that works in no position. */
function ownFeed({ actor }: Work): FeedOwner {
  if (actor.kind === 'citizen') return { accountId: actor.id, placeId: actor.id, organizationId: null }
  if (!actor.staffId || !actor.organizationId) throw new Problem(NotFound)
  return { accountId: actor.id, placeId: actor.staffId, organizationId: actor.organizationId }
}

const describe = ({ createdAt, fetchedAt, showsInitials }: FeedRow): CalendarFeed => ({
  createdAt: createdAt.toISOString(),
  fetchedAt: fetchedAt?.toISOString() ?? null,
  showsInitials,
})

/** Whether there is an address, and when a program asked last. */
export async function showFeed(work: Work): Promise<{ feed: CalendarFeed | null }> {
  const feed = await findFeed(work, ownFeed(work))
  return { feed: feed ? describe(feed) : null }
}

/** A new address of 256 random bits; the one there was works no more from this commit on. */
export async function renewFeed(work: Work, ports: CalendarPorts) {
  const owner = ownFeed(work)
  const token = newToken()
  const address = ports.addressOf(token)
  const feed = await putFeed(work, owner, sha256(token))
  work.note({ objectType: 'calendar-feed', objectId: owner.placeId })
  return { feed: describe(feed), address, qr: await ports.qrOf(address), server: ports.server, password: token }
}

/** Whether the doctor's calendar has initials of patients. Throws NoCalendarAddress. */
export async function changeFeed(work: Work, showsInitials: boolean): Promise<{ feed: CalendarFeed }> {
  const owner = ownFeed(work)
  work.note({ objectType: 'calendar-feed', objectId: owner.placeId })
  if (!(await setShowsInitials(work, owner, showsInitials))) throw new Problem(NoCalendarAddress)
  return { feed: describe((await findFeed(work, owner))!) }
}

/** The address works no more. Throws NoCalendarAddress. */
export async function revokeFeed(work: Work): Promise<{ revoked: true }> {
  const owner = ownFeed(work)
  work.note({ objectType: 'calendar-feed', objectId: owner.placeId })
  if (!(await revokeToken(work, owner))) throw new Problem(NoCalendarAddress)
  return { revoked: true }
}

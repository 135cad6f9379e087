import { NoCalendarAddress } from '../../../contracts/calendars.ts'
import { sha256 } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Actor, Work } from '../../platform/work.ts'
import { liveActor } from '../access/index.ts'
import { calendarVisitsOfDoctor, calendarVisitsOfPatients } from '../booking/index.ts'
import { ownAndWards } from '../patients/index.ts'
import { eventsOf, initialsOf, KEPT_MS, type FeedVisit } from './feed-rules.ts'
import { feedByToken, noteFetched, type FeedRow } from './store-feeds.ts'

/**
 * A calendar for its program. `who`: the first name of the child or ward that a citizen's visit is about (null: their
 * own); `initials`: of the patient, where the doctor chose so.
 */
export type Feed = {
  of: 'citizen' | 'doctor'
  visits: (FeedVisit & { who: string | null; initials: string | null })[]
}

/** An address that was opened: whose, and in whose name it is read. */
export type OpenedFeed = { feed: FeedRow; actor: Actor }

/**
 * Whose address it is, as they may act now: a blocked account or a position that has ended opens nothing. Throws
 * NoCalendarAddress.
 */
export async function openFeed(work: Pick<Work, 'db' | 'now'>, token: string): Promise<OpenedFeed> {
  const feed = /^[\w-]{43}$/.test(token) ? await feedByToken(work.db, sha256(token)) : undefined
  const staffId = feed?.organizationId ? feed.placeId : undefined
  const actor = feed && (await liveActor(work.db, { accountId: feed.accountId, staffId, role: 'doctor' }, work.now))
  if (!feed || !actor) throw new Problem(NoCalendarAddress)
  return { feed, actor }
}

/** What the calendar holds now. `work` acts as the owner. Notes nothing: that is for `noteShown`. */
export async function readFeed(work: Work, { feed }: OpenedFeed): Promise<Feed> {
  const after = new Date(work.now.getTime() - KEPT_MS)
  if (feed.organizationId === null) {
    const people = new Map((await ownAndWards(work)).map((person) => [person.id, person]))
    const visits = eventsOf(await calendarVisitsOfPatients(work, [...people.keys()], after))
    const whoOf = (id: string) => (people.get(id)!.isOwn ? null : people.get(id)!.firstName)
    return { of: 'citizen', visits: inOrder(visits).map((v) => ({ ...v, who: whoOf(v.patientId), initials: null })) }
  }
  const doctor = { organizationId: feed.organizationId, staffId: feed.placeId }
  const visits = eventsOf(await calendarVisitsOfDoctor(work, doctor, after))
  const initials = (v: FeedVisit) => (feed.showsInitials ? initialsOf(v.patientName) : null)
  return { of: 'doctor', visits: inOrder(visits).map((v) => ({ ...v, who: null, initials: initials(v) })) }
}

/** By time, then by UID: the same visits are always written the same. */
const inOrder = (visits: FeedVisit[]): FeedVisit[] =>
  visits.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.calendarUid < b.calendarUid ? -1 : 1))

/**
 * Keeps that the calendar was asked for and what it held (`contentTag`); answers since when it holds that. The patients of
 * the visits that were shown are noted in the journal: nobody when the program has it all already.
 */
export async function noteFetch(
  work: Work,
  opened: OpenedFeed,
  { contentTag, shown }: { contentTag: string; shown: readonly { patientId: string; who?: string | null }[] },
): Promise<Date> {
  const { feed } = opened
  const patientIds = [...new Set(shown.map((visit) => visit.patientId))]
  const grounds = feed.organizationId ? 'appointment' : shown.some((visit) => visit.who) ? 'representative' : 'self'
  work.note({ patientIds, grounds, objectType: 'calendar-feed', objectId: feed.placeId })
  return noteFetched(work, feed, contentTag)
}

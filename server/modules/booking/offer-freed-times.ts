import { newId } from '../../platform/ids.ts'
import { startAt } from '../../platform/start-soon.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import { agesOf } from '../patients/index.ts'
import { claimSlot, formatSlotRef, lockSlots, slotIsFree, type SlotKey, type SlotRow } from '../schedules/index.ts'
import { announceOffer } from './announce-waiting.ts'
import * as offers from './store-offers.ts'
import { visitsInPlayOf } from './store-visits.ts'
import * as queue from './store-waiting.ts'
import { holdEnds, matchTimes, offerEnds, suits, type Match } from './waiting-rules.ts'

/** How many of a queue are looked at together. */
const PAGE = 50

/**
 * These times have become free in this very transaction (a visit cancelled or moved away, a closed time opened, a new
 * one added, an offer let go): each is offered to the next in its organisation's waiting list whom it suits, by priority
 * and then by time of joining, and held for them. Without anybody waiting it is one look into an index. Answers with the
 * references of the times that were offered; the others are everybody's.
 *
 * Locks: the slots, then the queues, so call it after whatever else the transaction changes.
 */
export async function offerFreedTimes(work: Work, freed: readonly SlotKey[]): Promise<Set<string>> {
  const ahead = freed.filter((slot) => slot.startsAt > work.now)
  const offered = new Set<string>()
  for (const organizationId of [...new Set(ahead.map((slot) => slot.organizationId))].sort()) {
    const here = ahead.filter((slot) => slot.organizationId === organizationId)
    for (const ref of await offerAt(work, organizationId, here)) offered.add(ref)
  }
  return offered
}

async function offerAt(work: Work, organizationId: string, freed: readonly SlotKey[]): Promise<string[]> {
  const waitedFor = await queue.specialtiesWaitedFor(work, organizationId)
  if (waitedFor.size === 0) return []
  const locked = await lockSlots(work, freed)
  const wanted = locked.filter((slot) => slotIsFree(slot, work.now) && waitedFor.has(slot.specialtyCode))
  if (wanted.length === 0) return []
  const slots = await withoutUnfinishedOffers(work, wanted)
  const specialties = [...new Set(slots.map((slot) => slot.specialtyCode))].sort()
  if (specialties.length === 0) return []
  await queue.lockQueues(work, organizationId, specialties)
  const refs: string[] = []
  for (const code of specialties) {
    const times = slots.filter((slot) => slot.specialtyCode === code)
    refs.push(...(await offerToQueue(work, organizationId, code, times)))
  }
  return refs
}

/**
 * An offer of such a slot may have run out without anybody noting it: it is ended here. Of one that another transaction
 * is ending at this moment the slot is left to that transaction, which offers it next.
 */
async function withoutUnfinishedOffers(work: Work, slots: readonly SlotRow[]): Promise<SlotRow[]> {
  const unfinished = await offers.openOffersOn(work, slots)
  if (unfinished.length === 0) return [...slots]
  const mine = await offers.lockOffersIfIdle(work, unfinished)
  for (const offer of mine) await endOffer(work, offer, 'expired')
  const ended = new Set(mine.map((offer) => offer.id))
  const others = new Set(unfinished.filter((offer) => !ended.has(offer.id)).map(formatSlotRef))
  return slots.filter((slot) => !others.has(formatSlotRef(slot)))
}

async function offerToQueue(
  work: Work,
  organizationId: string,
  specialtyCode: string,
  slots: readonly SlotRow[],
): Promise<string[]> {
  const refs: string[] = []
  let left = [...slots]
  let after: queue.EntryRow | undefined
  while (left.length > 0) {
    const waiters = await queue.nextInQueue(work, organizationId, specialtyCode, after, PAGE)
    if (waiters.length === 0) break
    const matches = matchTimes(left, waiters, await fitting(work, organizationId, left, waiters))
    const made = await makeOffers(work, organizationId, matches)
    refs.push(...made)
    left = left.filter((slot) => !made.includes(formatSlotRef(slot)))
    // Somebody left the queue this very moment: it is looked at anew.
    if (made.length < matches.length) continue
    if (waiters.length < PAGE) break
    after = waiters.at(-1)
  }
  return refs
}

/** Reads what the rules judge by, for everybody on this page of the queue, and gives the judgement. */
async function fitting(
  work: Work,
  organizationId: string,
  slots: readonly SlotRow[],
  waiters: readonly queue.EntryRow[],
): Promise<Parameters<typeof matchTimes>[2]> {
  const patientIds = waiters.map((waiter) => waiter.patientId)
  const entryIds = waiters.map((waiter) => waiter.id)
  const [ages, visits, had] = await Promise.all([
    agesOf(work, patientIds),
    visitsInPlayOf(work, patientIds),
    offers.offeredBefore(work, slots, entryIds),
  ])
  const places = new Set([organizationId, ...[...visits.values()].flat().map((visit) => visit.organizationId)])
  const organizations = await organizationsByIds(work, [...places])
  const zone = organizations.get(organizationId)?.timeZone ?? 'UTC'
  const place = { zone, deadlineOf: (id: string) => organizations.get(id)?.changeDeadlineMinutes ?? 0 }
  return (slot, waiter) => {
    if (had.has(`${waiter.id} ${formatSlotRef(slot)}`) || !offerEnds(slot.startsAt, zone, work.now)) return false
    const person = { age: ages.get(waiter.patientId), visits: visits.get(waiter.patientId) ?? [] }
    return suits(slot, waiter, person, place, work.now)
  }
}

async function makeOffers(work: Work, organizationId: string, matches: readonly Match[]): Promise<string[]> {
  if (matches.length === 0) return []
  const zone = (await organizationsByIds(work, [organizationId])).get(organizationId)?.timeZone ?? 'UTC'
  const ids = matches.map(({ waiter }) => waiter.id)
  const called = await queue.changeEntries(work, organizationId, ids, 'waiting', 'offered')
  const made = matches.filter(({ waiter }) => called.has(waiter.id)).map((match) => offerOf(work, zone, match))
  const results = await Promise.all(
    made.flatMap((offer) => [
      offers.insertOffer(work, offer),
      claimSlot(work, offer, { holdId: offer.id, until: holdEnds(offer.expiresAt) }),
    ]),
  )
  // Slots and queue are locked, so nobody can have come between; were it so, nothing of this may stand.
  if (results.some((result) => !result)) throw new Error('a freed time could not be held for an offer')
  const ends = new Map(made.map((offer) => [offer.expiresAt.getTime(), offer.expiresAt]))
  await Promise.all([...ends.values()].map((at) => startAt(work, END_OFFERS, at)))
  for (const offer of made) announceOffer(work, 'made', offer)
  return made.map(formatSlotRef)
}

/** The job that ends offers when their time is over; see jobs.ts. */
export const END_OFFERS = 'booking.end-offers'

const offerOf = (work: Work, zone: string, { slot, waiter }: Match): offers.OfferRow => ({
  organizationId: slot.organizationId,
  id: newId(),
  entryId: waiter.id,
  patientId: waiter.patientId,
  scheduleId: slot.scheduleId,
  startsAt: slot.startsAt,
  seq: slot.seq,
  endsAt: slot.endsAt,
  staffId: slot.staffId,
  specialtyCode: slot.specialtyCode,
  roomId: slot.roomId,
  state: 'open',
  madeAt: work.now,
  expiresAt: offerEnds(slot.startsAt, zone, work.now)!,
})

/** Notes the end of an offer; its entry waits on, at its old place. */
export async function endOffer(work: Work, offer: offers.OfferRow, to: 'declined' | 'expired'): Promise<void> {
  const closed = await offers.closeOffer(work, offer, to)
  if (!closed) return
  await queue.changeEntries(work, offer.organizationId, [offer.entryId], 'offered', 'waiting')
  announceOffer(work, to, offer)
}

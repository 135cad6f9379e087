import type { Work } from '../../platform/work.ts'
import { formatSlotRef, lockSlots, releaseSlot } from '../schedules/index.ts'
import { announceHold } from './announce.ts'
import { endOffer, offerFreedTimes } from './offer-freed-times.ts'
import { lockDueOffers, type OfferRow } from './store-offers.ts'
import { lapseEntries } from './store-waiting.ts'

/** How many offers one transaction ends. */
const BATCH = 100

/**
 * Ends locked offers and offers their times to the next in the queue; what nobody there wants is everybody's again.
 * Slots are locked before anything is changed, in the order of their references.
 */
export async function passOn(work: Work, ended: readonly OfferRow[], how: 'declined' | 'expired'): Promise<void> {
  await lockSlots(work, ended)
  for (const offer of ended) {
    await endOffer(work, offer, how)
    await releaseSlot(work, offer, offer.id)
  }
  const offered = await offerFreedTimes(work, ended)
  for (const offer of ended) if (!offered.has(formatSlotRef(offer))) announceHold(work, 'released', offer)
}

/**
 * The job that comes when an offer's time is over: its time goes to the next. It asks what has run out, and not which
 * offer it was made for, so it may run late, twice, or on every node at once. Entries whose days are over everywhere on
 * Earth are ended on the way.
 */
export async function endOffers(work: Work): Promise<void> {
  for (;;) {
    const due = await lockDueOffers(work, BATCH)
    if (due.length > 0) await passOn(work, due, 'expired')
    if (due.length < BATCH) break
  }
  await lapseEntries(work, new Date(work.now.getTime() - 12 * 3600_000).toISOString().slice(0, 10))
}

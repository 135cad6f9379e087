import { WaitingNotFound } from '../../../contracts/waiting.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { passOn } from './pass-on-offers.ts'
import { actForPatient, isSeenBy } from './rights.ts'
import { lockOffer } from './store-offers.ts'

/**
 * Lets an offered time go to the next in the queue; the patient waits on, at the same place. False when the offer was
 * over already. Throws WaitingNotFound, PatientNotFound.
 */
export async function declineOffer(
  work: Work,
  { patientId, offerId }: { patientId: string; offerId: string },
): Promise<{ declined: boolean }> {
  await actForPatient(work, patientId, { objectType: 'offer', objectId: offerId })
  const offer = await lockOffer(work, patientId, offerId)
  if (!offer || !isSeenBy(work.actor, offer.organizationId)) throw new Problem(WaitingNotFound)
  if (offer.state !== 'open') return { declined: false }
  await passOn(work, [offer], 'declined')
  return { declined: true }
}

import { WaitingNotFound } from '../../../contracts/waiting.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { announceQueue } from './announce-waiting.ts'
import { passOn } from './pass-on-offers.ts'
import { actForPatient, isSeenBy } from './rights.ts'
import { lockOfferOfEntry } from './store-offers.ts'
import { changeEntries, findEntry } from './store-waiting.ts'

/**
 * Takes a patient off a waiting list. A time that was offered goes to the next. Throws WaitingNotFound, also when the
 * entry is over already, and PatientNotFound.
 */
export async function leaveWaiting(
  work: Work,
  { patientId, entryId }: { patientId: string; entryId: string },
): Promise<{ left: boolean }> {
  await actForPatient(work, patientId, { objectType: 'waiting', objectId: entryId })
  const entry = await findEntry(work, { patientId }, entryId)
  if (!entry || !isSeenBy(work.actor, entry.organizationId)) throw new Problem(WaitingNotFound)
  // An offer may come or run out meanwhile. It is locked before the entry, as by everybody, so the entry is tried first
  // without a lock, and then once more behind the offer.
  for (let attempt = 1; attempt <= 3; attempt++) {
    const left = await changeEntries(work, entry.organizationId, [entryId], 'waiting', 'left')
    if (left.size > 0) {
      announceQueue(work, entry)
      return { left: true }
    }
    const offer = await lockOfferOfEntry(work, patientId, entryId)
    if (offer) await passOn(work, [offer], 'declined')
  }
  throw new Problem(WaitingNotFound)
}

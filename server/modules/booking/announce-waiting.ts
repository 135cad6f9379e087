import type { Work } from '../../platform/work.ts'
import type { OfferRow } from './store-offers.ts'

/**
 * Tells the patient (and who acts for them, and whoever sends notifications) what became of an offer, and the desk that
 * its list has changed. Only the patient's own topic names the patient.
 */
export function announceOffer(work: Work, what: 'made' | 'expired' | 'declined', offer: OfferRow): void {
  const { organizationId, id, entryId, patientId, staffId, specialtyCode } = offer
  work.announce({
    type: `booking.offer-${what}`,
    key: organizationId,
    topics: [`patient/${patientId}`],
    payload: { organizationId, offerId: id, entryId, patientId, staffId, specialtyCode },
  })
  announceQueue(work, offer)
}

/** Tells that a queue is not what it was: to the organisation's desk, and to the patient whose entry it is. */
export function announceQueue(
  work: Work,
  queue: { organizationId: string; specialtyCode: string; patientId: string },
): void {
  const { organizationId, specialtyCode, patientId } = queue
  work.announce({
    type: 'booking.waiting-changed',
    key: organizationId,
    topics: [`waiting/${organizationId}`, `patient/${patientId}`],
    payload: { organizationId, specialtyCode },
  })
}

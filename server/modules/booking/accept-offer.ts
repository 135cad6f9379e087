import { SlotTaken, type Appointment } from '../../../contracts/booking.ts'
import { OfferExpired, OfferGone, WaitingNotFound } from '../../../contracts/waiting.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { formatSlotRef } from '../schedules/index.ts'
import { announceQueue } from './announce-waiting.ts'
import { confirmHold } from './confirm-hold.ts'
import { describeOne } from './describe-appointment.ts'
import { holdSlot } from './hold-slot.ts'
import { moveAppointment } from './move-appointment.ts'
import { actForPatient, isSeenBy } from './rights.ts'
import { findAppointment } from './store-appointments.ts'
import { closeOffer, lockOffer, type OfferRow } from './store-offers.ts'
import { visitsInPlay } from './store-visits.ts'
import { changeEntries, lockEntry } from './store-waiting.ts'
import { offerRanOut, standingVisit } from './waiting-rules.ts'

/**
 * Books the offered time: the offer becomes the actor's hold and is confirmed at once, by the very code and rules of any
 * other booking; when the patient has a visit of this specialty, the new time takes its place. All in one transaction.
 * Asking again gives the same appointment.
 * Throws WaitingNotFound, OfferExpired, OfferGone, PatientNotFound, and what `holdSlot` and `moveAppointment` throw.
 */
export async function acceptOffer(
  work: Work,
  { patientId, offerId }: { patientId: string; offerId: string },
): Promise<Appointment> {
  await actForPatient(work, patientId, { objectType: 'offer', objectId: offerId })
  const offer = await lockOffer(work, patientId, offerId)
  if (!offer || !isSeenBy(work.actor, offer.organizationId)) throw new Problem(WaitingNotFound)
  if (offer.state === 'accepted') return madeBefore(work, offer)
  if (offer.state === 'expired' || (offer.state === 'open' && offerRanOut(offer, work.now)))
    throw new Problem(OfferExpired)
  const entry = await lockEntry(work, { patientId }, offer.entryId)
  if (offer.state === 'declined' || !entry)
    throw new Problem(OfferGone, { detail: 'От него отказались, и оно досталось другому.' })

  const standing = standingVisit(await visitsInPlay(work, patientId), offer.specialtyCode, work.now)
  const moving = entry.earlier ? standing?.id : undefined
  const wanted = { patientId, ref: formatSlotRef(offer), ...(moving && { moving }) }
  const hold = await holdSlot(work, wanted, { id: offer.id, channels: entry.channels }).catch(explainGone)
  const appointment = moving
    ? await moveAppointment(work, { patientId, appointmentId: moving, holdId: hold.id })
    : await confirmHold(work, hold.id, patientId)
  await Promise.all([
    closeOffer(work, offer, 'accepted'),
    changeEntries(work, offer.organizationId, [entry.id], 'offered', 'served'),
  ])
  announceQueue(work, offer)
  return appointment
}

async function madeBefore(work: Work, offer: OfferRow): Promise<Appointment> {
  const made = await findAppointment(work, offer.organizationId, offer.id)
  if (!made) throw new Problem(OfferGone)
  return describeOne(work, made)
}

function explainGone(error: unknown): never {
  throw error instanceof Problem && error.type.type === SlotTaken.type ? new Problem(OfferGone) : error
}

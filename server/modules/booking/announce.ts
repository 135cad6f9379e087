import type { Work } from '../../platform/work.ts'
import { actsAsCitizen } from './rights.ts'

type Slot = { organizationId: string; staffId: string; specialtyCode: string }
type What = 'booked' | 'moved' | 'cancelled' | 'arrived' | 'not-arrived' | 'no-show' | 'began' | 'finished' | 'answered'

/**
 * Tells that a time was taken or given back by a hold: pages of free times read anew. Everybody hears `slots/…`, so the
 * payload names the time and never the patient.
 */
export function announceHold(work: Work, type: 'held' | 'released', slot: Slot): void {
  const { organizationId, staffId, specialtyCode } = slot
  work.announce({
    type: `booking.${type}`,
    key: organizationId,
    topics: [`slots/${organizationId}`],
    payload: { organizationId, staffId, specialtyCode },
  })
}

/**
 * Tells of a change of an appointment: to the patient, to the doctor's day, and, as free times change with it, to the
 * organisation's; of a move also where it left, and whether the patient is asked if it suits. The payload names the appointment and which side changed it; whoever may
 * know the patient finds them through it.
 */
export function announceVisit(
  work: Work,
  what: What,
  a: Slot & { id: string; patientId: string },
  left?: Slot & { id: string },
  asked = false,
): void {
  const { organizationId, staffId, specialtyCode } = a
  const places = left ? [a, left] : [a]
  const topics = places.flatMap((place) => [`day/${place.staffId}`, `slots/${place.organizationId}`])
  work.announce({
    type: `booking.${what}`,
    key: organizationId,
    topics: [...new Set([`patient/${a.patientId}`, ...topics])],
    payload: {
      organizationId,
      appointmentId: a.id,
      staffId,
      specialtyCode,
      by: actsAsCitizen(work.actor) ? 'patient' : 'staff',
      ...(left && { replaced: left.id, replacedAt: left.organizationId }),
      ...(asked && { asked }),
    },
  })
}

/** Tells that staff booked past rules; the reason stands with the appointment-to-be. */
export function announceOverride(
  work: Work,
  visit: Slot & { id: string },
  rules: readonly { id: string; version: number }[],
): void {
  work.announce({
    type: 'booking.rule-overridden',
    key: visit.organizationId,
    topics: [],
    payload: { organizationId: visit.organizationId, appointmentId: visit.id, rules },
  })
}

import { AppointmentNotFound } from '../../../contracts/booking.ts'
import { NotFound } from '../../../contracts/problems.ts'
import { Problem } from '../../platform/problem.ts'
import type { Actor, Work } from '../../platform/work.ts'
import { actFor } from '../patients/index.ts'
import * as visits from './store-visits.ts'

/** A visit of the last so many days still ties the doctor to the patient. */
const RECENT_DAYS = 30

/** What of the patient's is touched, for the journal. */
export type Touched = { objectType: 'appointment' | 'hold' | 'waiting' | 'offer'; objectId: string }

/**
 * Establishes that this actor may act on the patient's visits, and notes whose, what and on what grounds: the patient or
 * a representative, a registrar, or a doctor whom the patient has or lately had a visit to or is attached to.
 * Throws PatientNotFound; the refusal is journalled with the patient all the same.
 */
export async function actForPatient(work: Work, patientId: string, touched?: Touched): Promise<void> {
  work.note({ patientId, ...touched })
  const { organizationId, staffId } = work.actor
  if (organizationId && staffId && (await hasAppointmentAt(work, { patientId, organizationId, staffId })))
    return work.note({ grounds: 'appointment' })
  // `actFor` notes the patient as what is touched; here it is one of their visits.
  await actFor(work, patientId).finally(() => work.note({ ...touched }))
}

/** Whether the patient has a coming visit to this doctor, or had one in the last 30 days that was not cancelled. */
export const hasAppointmentAt = (
  work: Work,
  who: { patientId: string; organizationId: string; staffId: string },
): Promise<boolean> => visits.hasVisitWith(work, who, new Date(work.now.getTime() - RECENT_DAYS * 86_400_000))

/** An officer of guardianship acts in the ward's place, as a parent would: by the citizen's terms and quota. */
export const actsAsCitizen = (actor: Actor): boolean =>
  actor.kind === 'citizen' || actor.role === 'guardianship-officer'

/** Staff of a clinic: they see papers and may book past a rule that allows it. The call centre only hears. */
export const isClinicStaff = (actor: Actor): boolean =>
  actor.kind === 'employee' && !actsAsCitizen(actor) && actor.role !== 'call-centre'

/** The organisation whose visits alone the actor sees; undefined for those who see them wherever they are. */
export const onlyPlaceOf = (actor: Actor): string | undefined =>
  actsAsCitizen(actor) || actor.role === 'call-centre' ? undefined : actor.organizationId

/**
 * Citizens, officers of guardianship and the call centre see visits wherever they are; staff see those of their own
 * organisation, another system those of the organisations it was given; the rest is not there.
 */
export function isSeenBy(actor: Actor, organizationId: string): boolean {
  if (actsAsCitizen(actor) || actor.role === 'call-centre') return true
  if (actor.kind === 'system-account') return actor.organizationIds?.includes(organizationId) ?? true
  return actor.organizationId === organizationId
}

/** Throws NotFound unless the actor works at this organisation. */
export function requireOwnOrganization(work: Work, organizationId: string): void {
  if (work.actor.organizationId !== organizationId) throw new Problem(NotFound)
}

/** Throws AppointmentNotFound unless the actor sees visits at this organisation. */
export function requireSeen<T extends { organizationId: string }>(work: Work, visit: T | undefined): T {
  if (!visit || !isSeenBy(work.actor, visit.organizationId)) throw new Problem(AppointmentNotFound)
  return visit
}

import { PatientNotFound, type Patient } from '../../../contracts/patients.ts'
import { Problem } from '../../platform/problem.ts'
import type { Grounds, Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import { actFor } from './grounds.ts'
import { forCallCentre } from './patient.ts'
import { findPatients, liveAttachment } from './store.ts'

/**
 * What patients asks of those who know about visits: on what grounds may this doctor read the card. It notes the grounds
 * and throws a Problem when there are none. Passed by wiring; without it attachment alone decides.
 */
export type PatientPorts = { readCard(work: Work, patientId: string): Promise<Grounds> }

/** A patient's own data. Throws PatientNotFound when there is no such card for this actor. */
export async function showPatient(work: Work, patientId: string, ports?: PatientPorts): Promise<Patient> {
  await requireGrounds(work, patientId, ports)
  const [[record], attachment] = await Promise.all([findPatients(work, [patientId]), liveAttachment(work, patientId)])
  if (!record) throw new Problem(PatientNotFound)
  const place = attachment && (await organizationsByIds(work, [attachment.organizationId]))
  return {
    ...(work.actor.role === 'call-centre' ? forCallCentre(record) : record),
    attachment: attachment
      ? { ...attachment, organizationName: place?.get(attachment.organizationId)?.shortName ?? '' }
      : null,
  }
}

/** Doctors see whom they treat as well; whatever refuses them, the card is simply not there. */
async function requireGrounds(work: Work, patientId: string, ports: PatientPorts | undefined): Promise<void> {
  const { role } = work.actor
  if (!ports || (role !== 'doctor' && role !== 'head')) return void (await actFor(work, patientId))
  work.note({ patientId, objectType: 'patient', objectId: patientId })
  try {
    await ports.readCard(work, patientId)
  } catch (error) {
    throw error instanceof Problem ? new Problem(PatientNotFound) : error
  }
}

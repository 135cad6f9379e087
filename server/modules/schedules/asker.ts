import { PatientNotFound } from '../../../contracts/patients.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import type { SchedulePorts } from './ports.ts'
import { channelsOf } from './rules.ts'
import type { Asker } from './store-offers.ts'

/**
 * Who asks for free times: the channels of the caller's role; of the patient, when one is named, age, sex and
 * attachment. Throws PatientNotFound when the caller may not act for the patient.
 */
export async function askerOf(work: Work, ports: SchedulePorts, patientId: string | undefined): Promise<Asker> {
  const channels = channelsOf(work.actor.role)
  if (patientId === undefined) return { channels, patient: undefined }
  work.note({ objectType: 'patient', objectId: patientId })
  const [may, age, sex, attachment] = await Promise.all([
    ports.mayActFor(work, patientId),
    ports.ageOf(work, patientId),
    ports.sexOf(work, patientId),
    ports.attachmentOf(work, patientId),
  ])
  if (!may) throw new Problem(PatientNotFound)
  return { channels, patient: { age, sex, attachedTo: attachment?.organizationId ?? null } }
}

import { PatientNotFound } from '../../../contracts/patients.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import type { SchedulePorts } from './ports.ts'
import { channelsOf } from './rules.ts'
import type { Asker } from './store-offers.ts'

/**
 * Who asks for free times: the channels of the caller's role and the age of the patient, when one is named. Throws
 * PatientNotFound when the caller may not act for the patient.
 */
export async function askerOf(work: Work, ports: SchedulePorts, patientId: string | undefined): Promise<Asker> {
  const channels = channelsOf(work.actor.role)
  if (patientId === undefined) return { channels, age: undefined }
  work.note({ objectType: 'patient', objectId: patientId })
  const [may, age] = await Promise.all([ports.mayActFor(work, patientId), ports.ageOf(work, patientId)])
  if (!may) throw new Problem(PatientNotFound)
  return { channels, age }
}

import { PatientNotFound, type PatientRow } from '../../../contracts/patients.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { todayOf, fullYears } from './ages.ts'
import { asFull, asRow, type Attachment, type PatientFull } from './patient.ts'
import { birthDateOf, findPatients, liveAttachment } from './store.ts'
import { linkedPatient } from './store-links.ts'

export { authorityNames } from './list-representations.ts'
export { actFor, mayActFor } from './grounds.ts'
export { identifyForSystem, type NamedPerson } from './identify-for-system.ts'
export { importPatients, type NewPatient, type PatientsImport } from './import-patients.ts'
export { linkCitizen, type ClaimedPerson } from './link-citizen.ts'
export { sexOf } from './store.ts'
export { fullYears, todayOf } from './ages.ts'
export type { Attachment, PatientFull } from './patient.ts'
export { firstNamesOf, ownAndWards, recipientsOf, type Recipient } from './recipients.ts'
export { bookingFactsOf, lockPatient, type BookingFacts } from './store.ts'

/** A patient with everything documents need. Checks no rights: that is for `actFor`. Throws Problem(PatientNotFound). */
export async function patientFull(work: Work, id: string): Promise<PatientFull> {
  const [record] = await findPatients(work, [id])
  if (!record) throw new Problem(PatientNotFound)
  return asFull(record)
}

/** Lines about patients for lists; ids nobody has are left out. Checks no rights and notes nothing. One statement. */
export async function patientsByIds(work: Work, ids: readonly string[]): Promise<Map<string, PatientRow>> {
  const records = ids.length > 0 ? await findPatients(work, ids) : []
  return new Map(records.map((record) => [record.id, asRow(record)]))
}

/** Full years today, by the region's calendar; undefined when there is no such patient. */
export async function ageOf(work: Work, patientId: string): Promise<number | undefined> {
  const birthDate = await birthDateOf(work, patientId)
  return birthDate === undefined ? undefined : fullYears(birthDate, todayOf(work))
}

/** The same of many patients, in one statement; ids nobody has are left out. */
export async function agesOf(work: Work, ids: readonly string[]): Promise<Map<string, number>> {
  const records = ids.length > 0 ? await findPatients(work, ids) : []
  return new Map(records.map((record) => [record.id, fullYears(record.birthDate, todayOf(work))]))
}

/** Where the patient is attached now; undefined when nowhere. */
export const attachmentOf = (work: Work, patientId: string): Promise<Attachment | undefined> =>
  liveAttachment(work, patientId)

/** The card of a citizen's account; undefined while there is none. */
export const linkedPatientOf = (work: Work, accountId: string): Promise<string | undefined> =>
  linkedPatient(work, accountId)

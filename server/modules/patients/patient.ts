import type { Patient, PatientRow } from '../../../contracts/patients.ts'
import { fullName } from './names.ts'

/** A patient with what documents and other modules need; numbers without separators, days 'YYYY-MM-DD'. */
export type PatientFull = {
  id: string
  lastName: string
  firstName: string
  middleName: string | null
  /** «Петров Пётр Петрович». */
  name: string
  birthDate: string
  sex: 'male' | 'female'
  snils: string | null
  enp: string | null
  inn: string | null
  phone: string | null
  email: string | null
  address: string | null
}

/** Why a person has no СНИЛС. */
export type NoSnilsReason = NonNullable<Patient['noSnilsReason']>

/** A patient as the table has it. */
export type PatientRecord = Omit<PatientFull, 'name'> & { noSnilsReason: NoSnilsReason | null; version: number }

/** Where a patient is attached (прикреплён) now. */
export type Attachment = { organizationId: string; area: string | null; since: string }

export const asFull = ({ noSnilsReason: _reason, version: _version, ...record }: PatientRecord): PatientFull => ({
  ...record,
  name: fullName(record),
})

/** A line of a list of people. */
export const asRow = (p: PatientRecord): PatientRow => ({
  id: p.id,
  name: fullName(p),
  birthDate: p.birthDate,
  sex: p.sex,
  snils: p.snils,
  enp: p.enp,
  address: p.address,
})

/** What an operator of the call centre needs to know whom they book: no numbers of documents and no e-mail. */
export const forCallCentre = <P extends { snils: string | null; enp: string | null }>(patient: P): P => ({
  ...patient,
  snils: null,
  enp: null,
  ...('inn' in patient && { inn: null }),
  ...('email' in patient && { email: null }),
  ...('noSnilsReason' in patient && { noSnilsReason: null }),
})

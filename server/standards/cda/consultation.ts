import type { Code } from './codes.ts'

// «Протокол консультации», edition 4 (kind 119 of 1.2.643.5.1.13.13.11.1520) as data. A value that is null is not known;
// the writer says so with a nullFlavor where the standard lets it, and never puts something in its place.

/** An instant with the offset of the place from UTC, minutes, east positive. */
export type Moment = { at: Date; offset: number }
export type PersonName = { family: string; given: string; patronymic: string | null }
/** An address as one line, with what is known of its parts. */
export type Address = { line: string; subject: Code | null; postalCode: string | null }
export type Organization = { oid: string; name: string; phone: string | null; address: Address }
/** A person of the staff in a position; `localId` is the author's id in this system. */
export type Employee = {
  localId: string
  snils: string
  position: Code
  name: PersonName
  organization: Organization
}
export type Patient = {
  localId: string
  /** 11 digits. */
  snils: string | null
  /** Number of the ОМС policy of the single form (ЕНП), 16 digits. */
  policy: string | null
  name: PersonName
  sex: Code
  /** 'YYYY-MM-DD'. */
  birthDate: string
  address: Address | null
  phone: string | null
  email: string | null
}
/** A number, what was measured, and the unit. */
export type Measurement = { what: Code; unit: Code; value: number }
/** A diagnosis in words: what it is to the case («Основной»), and what the doctor added. */
export type Diagnosis = { code: Code; role: string; note: string }
export type RenderedService = { code: Code; quantity: number }
/** Text under a heading of its own within a section. */
export type Passage = { heading: string; text: string }

export type ConsultationDocument = {
  /** `<OID of the organisation>.100.<number of the МИС>.<number of its instance>`: local ids hang under it. */
  localRoot: string
  id: string
  setId: string
  versionNumber: number
  createdAt: Moment
  patient: Patient
  organization: Organization & { ogrn: string }
  author: Employee
  visit: { caseId: string; caseNumber: string; startedAt: Moment; appeal: Code; place: Code; conditions: Code }
  anamnesis: string
  lifeAnamnesis: string
  measurements: readonly Measurement[]
  severity: Code | null
  /** What was said and found. */
  protocol: readonly Passage[]
  /** The main one first. */
  diagnoses: readonly Diagnosis[]
  /** The diagnosis in the doctor's words; may be empty. */
  conclusion: string
  recommendations: readonly Passage[]
  services: readonly RenderedService[]
}

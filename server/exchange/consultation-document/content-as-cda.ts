import type { Concept } from '../../../contracts/terminology.ts'
import type { ConsultationContent } from '../../modules/documents/index.ts'
import { offsetAt } from '../../platform/time.ts'
import * as codes from '../../standards/cda/codes.ts'
import type {
  ConsultationDocument,
  Diagnosis,
  Employee,
  Measurement,
  Moment,
  Organization,
  Patient,
} from '../../standards/cda/consultation.ts'
import { organizationAddress, patientAddress } from './addresses.ts'
import { diagnosisRoles, diagnosesInOrder, measurementKinds } from './record-in-words.ts'

/** Number of the МИС and of its instance at an organisation, as the guides advise where there is one of each. */
const OF_THIS_SYSTEM = '100.1.1'
/** Version of the directory of positions to quote when its current version has lost the author's position. */
const POSITIONS_VERSION = '9.6'

/** What the consultation says, in the terms of the СЭМД «Протокол консультации». */
export function contentAsCda(content: ConsultationContent): ConsultationDocument {
  const moment = momentIn(content.organization.timeZone)
  const organization = organizationOf(content)
  return {
    localRoot: `${organization.oid}.${OF_THIS_SYSTEM}`,
    id: content.documentId,
    setId: content.setId,
    versionNumber: content.versionNumber,
    createdAt: moment(content.preparedAt),
    patient: patientOf(content),
    organization: { ...organization, ogrn: content.organization.ogrn },
    author: authorOf(content, organization),
    visit: {
      caseId: content.visit.episodeId,
      caseNumber: content.visit.episodeNumber,
      startedAt: moment(content.visit.startedAt),
      appeal: codes.appeals[content.visit.kind],
      // A visit is opened from an appointment at the organisation: outpatient by its nature.
      place: codes.outpatientPlace,
      conditions: codes.outpatient,
    },
    ...recordOf(content),
  }
}

const patientOf = ({ patient }: ConsultationContent): Patient => ({
  localId: patient.id,
  snils: patient.snils,
  policy: patient.enp,
  name: nameOf(patient),
  sex: codes.sexes[patient.sex],
  birthDate: patient.birthDate,
  address: patient.address === null || patient.address.trim() === '' ? null : patientAddress(patient.address),
  phone: patient.phone,
  email: patient.email,
})

/**
 * The record by the sections of kind 119. It has none for complaints, so these open «Протокол консультации», and none
 * for prescriptions, which stand with the recommendations.
 */
const recordOf = (content: ConsultationContent) => {
  const { record } = content
  return {
    anamnesis: record.anamnesis,
    lifeAnamnesis: record.lifeAnamnesis,
    measurements: measurementsOf(record.vitals),
    severity: record.severity ? codes.severities[record.severity] : null,
    protocol: [
      { heading: 'Жалобы', text: record.complaints },
      { heading: 'Объективно', text: record.objective },
    ],
    diagnoses: diagnosesOf(content),
    conclusion: record.diagnosisNote,
    recommendations: [
      { heading: 'Назначения', text: record.prescriptions },
      { heading: 'Рекомендации', text: record.recommendations },
    ].filter(({ text }) => text.trim() !== ''),
    services: record.services.map((service) => ({
      code: quoted(codes.medicalServices, content.services, service),
      quantity: service.quantity,
    })),
  }
}

const momentIn =
  (timeZone: string) =>
  (at: Date): Moment => ({ at, offset: Math.round(offsetAt(timeZone, at) / 60_000) })

const nameOf = (person: { lastName: string; firstName: string; middleName: string | null }) => ({
  family: person.lastName,
  given: person.firstName,
  patronymic: person.middleName === '' ? null : person.middleName,
})

const organizationOf = ({ organization: o }: ConsultationContent): Organization => ({
  oid: o.oid,
  name: o.name,
  phone: o.phone,
  address: organizationAddress(o.address, o.oid),
})

const authorOf = ({ author, position }: ConsultationContent, organization: Organization): Employee => ({
  localId: author.id,
  snils: author.snils,
  position: position
    ? codes.positions(position.version, position.code, position.name)
    : codes.positions(POSITIONS_VERSION, author.positionCode, author.position),
  name: nameOf(author),
  organization,
})

const diagnosesOf = ({ record, diagnoses }: ConsultationContent): Diagnosis[] =>
  diagnosesInOrder(record.diagnoses).map((d) => ({
    code: quoted(codes.icd10, diagnoses, d),
    role: diagnosisRoles[d.kind],
    note: d.note,
  }))

/** A code of the record as its directory has it. Prepared content always holds the concept of each of its codes. */
function quoted(
  directory: (version: string, code: string, name: string) => codes.Code,
  concepts: ReadonlyMap<string, Concept>,
  { code }: { code: string },
): codes.Code {
  const concept = concepts.get(code)
  if (!concept) throw new Error(`the content of a document lacks the concept of ${code}`)
  return directory(concept.version, concept.code, concept.name)
}

const measurementsOf = (vitals: ConsultationContent['record']['vitals']): Measurement[] =>
  measurementKinds.flatMap((kind) => {
    const value = vitals[kind]
    return value === null ? [] : [{ ...codes.measurements[kind], value }]
  })

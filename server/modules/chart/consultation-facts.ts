import type { ConsultationDraft } from '../../../contracts/chart.ts'
import type { Concept } from '../../../contracts/terminology.ts'
import { newId } from '../../platform/ids.ts'
import { localDay } from '../../platform/time.ts'
import type { Fact } from './store-facts.ts'

/** What the facts of a signed consultation are made from. Codes are already checked against their directories. */
export type SignedConsultation = {
  patientId: string
  visitId: string
  episodeId: string
  documentId: string
  organizationId: string
  organizationOid: string
  timeZone: string
  staffId: string
  doctorName: string
  specialtyTitle: string
  startedAt: Date
  signedAt: Date
  record: ConsultationDraft
  diagnoses: ReadonlyMap<string, Concept>
  services: ReadonlyMap<string, Concept>
}

const coding = (concept: Concept) => ({
  system: `urn:oid:${concept.oid}`,
  version: concept.version,
  code: concept.code,
  display: concept.name,
})
const patient = (c: SignedConsultation) => ({ reference: `Patient/${c.patientId}` })
const encounter = (c: SignedConsultation) => ({ reference: `Encounter/${c.visitId}` })

/**
 * The consultation as FHIR R4 resources: Encounter, Condition per diagnosis, Procedure per service, Observation per
 * vital sign (LOINC codes and UCUM units), DocumentReference of the signed document. Pure but for fresh ids.
 */
export function factsOf(c: SignedConsultation): Fact[] {
  return [encounterFact(c), ...diagnosisFacts(c), ...serviceFacts(c), ...vitalFacts(c), documentFact(c)]
}

function fact(
  c: SignedConsultation,
  id: string,
  resource: Record<string, unknown>,
  line: { title: string; at?: Date; concept?: Concept; status?: string },
): Fact {
  return {
    patientId: c.patientId,
    id,
    version: 1,
    kind: String(resource['resourceType']),
    at: line.at ?? c.startedAt,
    day: localDay(line.at ?? c.startedAt, c.timeZone),
    organizationId: c.organizationId,
    staffId: c.staffId,
    visitId: c.visitId,
    documentId: c.documentId,
    codeSystem: line.concept?.oid ?? null,
    code: line.concept?.code ?? null,
    title: line.title,
    status: line.status ?? null,
    resource: JSON.stringify({ ...resource, id, meta: { versionId: '1', lastUpdated: c.signedAt.toISOString() } }),
  }
}

function encounterFact(c: SignedConsultation): Fact {
  return fact(
    c,
    c.visitId,
    {
      resourceType: 'Encounter',
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
      type: [{ text: `Консультация: ${c.specialtyTitle}` }],
      subject: patient(c),
      episodeOfCare: [{ reference: `EpisodeOfCare/${c.episodeId}` }],
      participant: [{ individual: { reference: `PractitionerRole/${c.staffId}`, display: c.doctorName } }],
      period: { start: c.startedAt.toISOString(), end: c.signedAt.toISOString() },
      serviceProvider: {
        reference: `Organization/${c.organizationId}`,
        identifier: { system: 'urn:ietf:rfc:3986', value: `urn:oid:${c.organizationOid}` },
      },
    },
    { title: `Приём: ${c.specialtyTitle}`, status: 'finished' },
  )
}

const useOf = { main: 'основной', complication: 'осложнение', concomitant: 'сопутствующий' } as const

function diagnosisFacts(c: SignedConsultation): Fact[] {
  return c.record.diagnoses.map((d) => {
    const concept = c.diagnoses.get(d.code)!
    return fact(
      c,
      newId(),
      {
        resourceType: 'Condition',
        clinicalStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
        },
        verificationStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
        },
        category: [
          {
            coding: [
              { system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'encounter-diagnosis' },
            ],
            text: useOf[d.kind],
          },
        ],
        code: { coding: [coding(concept)], text: concept.name },
        subject: patient(c),
        encounter: encounter(c),
        recordedDate: c.signedAt.toISOString(),
        recorder: { reference: `PractitionerRole/${c.staffId}`, display: c.doctorName },
        ...(d.note.trim() && { note: [{ text: d.note }] }),
      },
      { title: `${concept.name} (${useOf[d.kind]})`, concept, status: 'active' },
    )
  })
}

function serviceFacts(c: SignedConsultation): Fact[] {
  return c.record.services.map((s) => {
    const concept = c.services.get(s.code)!
    return fact(
      c,
      newId(),
      {
        resourceType: 'Procedure',
        status: 'completed',
        code: { coding: [coding(concept)], text: concept.name },
        subject: patient(c),
        encounter: encounter(c),
        performedDateTime: c.startedAt.toISOString(),
        performer: [{ actor: { reference: `PractitionerRole/${c.staffId}`, display: c.doctorName } }],
        ...(s.quantity > 1 && { note: [{ text: `Количество: ${s.quantity}` }] }),
      },
      { title: s.quantity > 1 ? `${concept.name} × ${s.quantity}` : concept.name, concept, status: 'completed' },
    )
  })
}

type Sign = { loinc: string; display: string; title: string; unit: string; ucum: string }
const signs: Record<'temperature' | 'pulse' | 'saturation' | 'height' | 'weight', Sign> = {
  temperature: { loinc: '8310-5', display: 'Body temperature', title: 'Температура тела', unit: '°C', ucum: 'Cel' },
  pulse: { loinc: '8867-4', display: 'Heart rate', title: 'Пульс', unit: 'уд/мин', ucum: '/min' },
  saturation: { loinc: '59408-5', display: 'Oxygen saturation', title: 'Сатурация', unit: '%', ucum: '%' },
  height: { loinc: '8302-2', display: 'Body height', title: 'Рост', unit: 'см', ucum: 'cm' },
  weight: { loinc: '29463-7', display: 'Body weight', title: 'Масса тела', unit: 'кг', ucum: 'kg' },
}
const loinc = (code: string, display: string) => ({ coding: [{ system: 'http://loinc.org', code, display }] })
const quantity = (value: number, unit: string, ucum: string) => ({
  value,
  unit,
  system: 'http://unitsofmeasure.org',
  code: ucum,
})

function observation(c: SignedConsultation, rest: Record<string, unknown>, title: string): Fact {
  return fact(
    c,
    newId(),
    {
      resourceType: 'Observation',
      status: 'final',
      category: [
        { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] },
      ],
      subject: patient(c),
      encounter: encounter(c),
      effectiveDateTime: c.startedAt.toISOString(),
      performer: [{ reference: `PractitionerRole/${c.staffId}` }],
      ...rest,
    },
    { title, status: 'final' },
  )
}

function vitalFacts(c: SignedConsultation): Fact[] {
  const { vitals } = c.record
  const single = (Object.keys(signs) as (keyof typeof signs)[]).flatMap((name) => {
    const value = vitals[name]
    const sign = signs[name]
    if (value === null) return []
    return observation(
      c,
      {
        code: { ...loinc(sign.loinc, sign.display), text: sign.title },
        valueQuantity: quantity(value, sign.unit, sign.ucum),
      },
      `${sign.title}: ${String(value).replace('.', ',')} ${sign.unit}`,
    )
  })
  if (vitals.systolic === null || vitals.diastolic === null) return single
  const part = (code: string, display: string, value: number) => ({
    code: loinc(code, display),
    valueQuantity: quantity(value, 'мм рт. ст.', 'mm[Hg]'),
  })
  const pressure = observation(
    c,
    {
      code: { ...loinc('85354-9', 'Blood pressure panel'), text: 'Артериальное давление' },
      component: [
        part('8480-6', 'Systolic blood pressure', vitals.systolic),
        part('8462-4', 'Diastolic blood pressure', vitals.diastolic),
      ],
    },
    `Артериальное давление: ${vitals.systolic}/${vitals.diastolic} мм рт. ст.`,
  )
  return [pressure, ...single]
}

function documentFact(c: SignedConsultation): Fact {
  return fact(
    c,
    c.documentId,
    {
      resourceType: 'DocumentReference',
      status: 'current',
      docStatus: 'final',
      type: {
        coding: [{ system: 'urn:oid:1.2.643.5.1.13.13.11.1520', code: '119', display: 'Протокол консультации' }],
      },
      subject: patient(c),
      date: c.signedAt.toISOString(),
      author: [{ reference: `PractitionerRole/${c.staffId}`, display: c.doctorName }],
      context: { encounter: [encounter(c)] },
      content: [
        {
          attachment: {
            contentType: 'application/xml',
            url: `/api/v1/patients/${c.patientId}/documents/${c.documentId}/document.xml`,
          },
        },
      ],
    },
    { title: `Протокол консультации: ${c.specialtyTitle}`, at: c.signedAt, status: 'final' },
  )
}

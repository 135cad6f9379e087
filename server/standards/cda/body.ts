import * as codes from './codes.ts'
import type { Code } from './codes.ts'
import type { ConsultationDocument, Diagnosis, Measurement, Passage, RenderedService } from './consultation.ts'
import { codeAttributes, coded, textValue, timestamp } from './datatypes.ts'
import { list, passages, table, unsaid } from './narrative.ts'
import { element, type XmlChild, type XmlElement } from '../xml/index.ts'

/** The body: sections of kind 119 in the order of its guide (У2-1 … У2-8), each as text for people and as codes. */
export const body = (document: ConsultationDocument): XmlElement =>
  element(
    'component',
    {},
    element('structuredBody', {}, [
      documentInfo(document),
      described(codes.sections.anamnesis, document.anamnesis),
      described(codes.sections.lifeAnamnesis, document.lifeAnamnesis),
      document.measurements.length > 0 && vitals(document),
      results(document),
      document.services.length > 0 && services(document),
    ]),
  )

const section = (code: Code, text: XmlElement[], ...rest: XmlChild[]): XmlElement =>
  element(
    'component',
    {},
    element('section', {}, coded('code', code), element('title', {}, code.name), element('text', {}, text), ...rest),
  )

const observation = (what: Code, ...values: XmlElement[]): XmlElement =>
  element('observation', { classCode: 'OBS', moodCode: 'EVN' }, coded('code', what), values)

const entry = (what: Code, ...values: XmlElement[]): XmlElement => element('entry', {}, observation(what, ...values))

/** У2-1, У3-1, У3-2, У3-4: which visit, where, and every МКБ-10 code of the record, the main one first. */
const documentInfo = ({ visit, diagnoses }: ConsultationDocument): XmlElement =>
  section(
    codes.sections.documentInfo,
    [
      list([
        `${codes.fields.appeal.name}: ${visit.appeal.name}`,
        `${codes.fields.place.name}: ${visit.place.name}`,
        ...diagnoses.map((d) => `${codes.fields.diagnosis.name}: ${d.code.code}`),
      ]),
    ],
    diagnoses.map((d) => entry(codes.fields.diagnosis, coded('value', d.code, 'CD'))),
    entry(codes.fields.appeal, coded('value', visit.appeal, 'CD')),
    entry(codes.fields.place, coded('value', visit.place, 'CD')),
  )

/** A section that is one text (У3-7, У3-8). */
const described = (code: Code, text: string): XmlElement =>
  section(
    code,
    text.trim() === '' ? [unsaid()] : passages([{ heading: '', text }]),
    entry(codes.fields.description, textValue(text)),
  )

/** У3-13. */
const vitals = ({ measurements, visit }: ConsultationDocument): XmlElement =>
  section(
    codes.sections.vitals,
    [
      table(
        ['Показатель', 'Значение', 'Единица'],
        measurements.map(({ what, value, unit }) => [what.name, String(value).replace('.', ','), unit.name]),
      ),
    ],
    element(
      'entry',
      {},
      element(
        'organizer',
        { classCode: 'CLUSTER', moodCode: 'EVN' },
        element('statusCode', { code: 'completed' }),
        element('effectiveTime', { value: timestamp(visit.startedAt) }),
        measurements.map(measured),
      ),
    ),
  )

const measured = ({ what, value, unit }: Measurement): XmlElement =>
  element(
    'component',
    { typeCode: 'COMP' },
    observation(
      what,
      element(
        'value',
        { 'xsi:type': 'PQ', value: String(value), unit: unit.name },
        element('translation', { value: String(value), ...codeAttributes(unit) }),
      ),
    ),
  )

/** У2-6 with its two inner sections; У3-14 … У3-22. */
function results(document: ConsultationDocument): XmlElement {
  const { severity, protocol, diagnoses, conclusion, recommendations } = document
  const [main] = diagnoses
  const concluded = conclusionOf(diagnoses, conclusion)
  return section(
    codes.sections.results,
    [
      ...passages(severity === null ? [] : [{ heading: codes.fields.severity.name, text: severity.name }]),
      ...passages(protocol),
    ],
    entry(
      codes.fields.severity,
      severity === null ? element('value', { 'xsi:type': 'CD', nullFlavor: 'NI' }) : coded('value', severity, 'CD'),
    ),
    entry(codes.fields.protocol, textValue(asText(protocol))),
    entry(codes.fields.conclusion, textValue(concluded)),
    main && isPathology(main.code) && entry(codes.fields.pathology, coded('value', main.code, 'CD')),
    diagnosesSection(diagnoses, conclusion, concluded),
    recommendations.length > 0 &&
      section(
        codes.sections.regime,
        passages(recommendations),
        entry(codes.fields.recommendations, textValue(asText(recommendations))),
      ),
  )
}

const diagnosesSection = (diagnoses: readonly Diagnosis[], conclusion: string, concluded: string): XmlElement =>
  section(
    codes.sections.diagnoses,
    [
      table(
        ['Диагноз', 'Шифр по МКБ-10', 'Наименование', 'Уточнение'],
        diagnoses.map((d) => [d.role, d.code.code, d.code.name, d.note]),
      ),
      ...passages([{ heading: '', text: conclusion }]),
    ],
    entry(codes.fields.conclusion, textValue(concluded)),
  )

/** Chapter XXI of МКБ-10 (Z) is about reasons for coming, not about something found. */
const isPathology = (code: Code): boolean => !code.code.startsWith('Z')

const conclusionOf = (diagnoses: readonly Diagnosis[], conclusion: string): string =>
  [
    ...diagnoses.map((d) => `${d.role}: ${d.code.code} ${d.code.name}${d.note.trim() === '' ? '' : `. ${d.note}`}`),
    ...(conclusion.trim() === '' ? [] : [conclusion]),
  ].join('\n')

const asText = (of: readonly Passage[]): string =>
  of
    .filter(({ text }) => text.trim() !== '')
    .map(({ heading, text }) => `${heading}\n${text}`)
    .join('\n\n')

/** У3-24. The schema gives an act no quantity, so a service rendered three times is three acts. */
const services = ({ services: rendered, visit }: ConsultationDocument): XmlElement =>
  section(
    codes.sections.services,
    [
      table(
        ['Код', 'Услуга', 'Количество'],
        rendered.map(({ code, quantity }) => [code.code, code.name, String(quantity)]),
      ),
    ],
    rendered.map((service) => acts(service, timestamp(visit.startedAt))),
  )

const acts = ({ code, quantity }: RenderedService, at: string): XmlElement[] =>
  Array.from({ length: quantity }, () =>
    element(
      'entry',
      {},
      element(
        'act',
        { classCode: 'ACT', moodCode: 'EVN' },
        coded('code', code),
        element('effectiveTime', { value: at }),
      ),
    ),
  )

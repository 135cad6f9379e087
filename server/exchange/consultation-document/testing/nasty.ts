import fc from 'fast-check'
import type { ConsultationContent } from '../../../modules/documents/index.ts'
import { fullContent } from './contents.ts'

/**
 * A consultation with `texts` in every place where a person types, one after another and round again. Codes, numbers and
 * dates stay as they were: their forms are checked long before a document is made.
 */
export function contentWith(texts: readonly [string, ...string[]], base = fullContent): ConsultationContent {
  let next = 0
  const text = () => texts[next++ % texts.length]!
  // What contracts and directories never leave empty.
  const line = () => `_${text()}`
  const named = () => ({ lastName: line(), firstName: line(), middleName: line() })
  return {
    ...base,
    patient: { ...base.patient, ...named(), phone: text(), email: text(), address: text() },
    organization: { ...base.organization, name: line(), address: line(), phone: text(), license: text() },
    author: {
      ...base.author,
      ...named(),
      name: text(),
      departmentName: text(),
      position: line(),
      specialtyTitle: text(),
    },
    position: base.position && { ...base.position, name: line() },
    visit: { ...base.visit, episodeNumber: line() },
    record: {
      ...base.record,
      complaints: text(),
      anamnesis: text(),
      lifeAnamnesis: text(),
      objective: text(),
      diagnosisNote: text(),
      prescriptions: text(),
      recommendations: text(),
      diagnoses: base.record.diagnoses.map((d) => ({ ...d, name: text(), note: text() })),
      services: base.record.services.map((s) => ({ ...s, name: text() })),
    },
    diagnoses: new Map([...base.diagnoses].map(([code, concept]) => [code, { ...concept, name: line() }])),
    services: new Map([...base.services].map(([code, concept]) => [code, { ...concept, name: line() }])),
    certificate: { ...base.certificate, owner: text(), issuer: text(), serial: text() },
  }
}

/** Any strings whatever, spaces, controls and halves of surrogate pairs among them. */
export const anyTexts = fc.tuple(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    ' ',
    '',
    ']]>',
    '<!-- & -->',
    '"\'\t\r\n',
    '😀👨‍👩‍👧',
    'й и\u0306 е\u0301',
    '\u0000\uFFFE',
    '#eval("1") $x$',
  ),
)

/** The same with something to read in each. */
export const readableTexts = anyTexts.map(([a, b, c]) => [`«${a}`, `${b}»`, `н${c}к`] as [string, string, string])

import type { ConsultationDraft } from '../../../contracts/chart.ts'
import { diagnosisKind, severityWords, vitalsWords } from '../../domain/record-words.ts'

export type Diagnosis = ConsultationDraft['diagnoses'][number]
export type Service = ConsultationDraft['services'][number]
export type SectionId =
  | 'complaints'
  | 'anamnesis'
  | 'lifeAnamnesis'
  | 'objective'
  | 'diagnoses'
  | 'services'
  | 'prescriptions'
  | 'recommendations'

type Field = keyof ConsultationDraft
type Section = { id: SectionId; title: string; fields: readonly Field[] }

/** Sections of a consultation in the order they are written; each holds one or more fields of the record. */
export const sections: readonly Section[] = [
  { id: 'complaints', title: 'Жалобы', fields: ['complaints'] },
  { id: 'anamnesis', title: 'Анамнез заболевания', fields: ['anamnesis'] },
  { id: 'lifeAnamnesis', title: 'Анамнез жизни', fields: ['lifeAnamnesis'] },
  { id: 'objective', title: 'Объективно', fields: ['severity', 'vitals', 'objective'] },
  { id: 'diagnoses', title: 'Диагноз', fields: ['diagnoses', 'diagnosisNote'] },
  { id: 'services', title: 'Услуги', fields: ['services'] },
  { id: 'prescriptions', title: 'Назначения', fields: ['prescriptions'] },
  { id: 'recommendations', title: 'Рекомендации', fields: ['recommendations'] },
]

/** The section that a path of a refusal («vitals», «diagnoses.0.code») belongs to. */
export function sectionOf(path: string): SectionId | undefined {
  const field = path.split('.').find((part) => sections.some((s) => s.fields.includes(part as Field)))
  return sections.find((s) => s.fields.includes(field as Field))?.id
}

/** Whether something is written in the section. */
export const isWritten = (record: ConsultationDraft, id: SectionId): boolean =>
  sections.find((s) => s.id === id)!.fields.some((field) => wordsOf(record, field) !== '')

/** The same with the keys of every object in one order, and «not said» written one way. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  const pairs = Object.entries(value).filter(([, v]) => v !== undefined && v !== null)
  return Object.fromEntries(pairs.sort(([a], [b]) => a.localeCompare(b)).map(([k, v]) => [k, canonical(v)]))
}

/** Whether two records say the same, however they were stored. */
export const sameRecord = (a: ConsultationDraft, b: ConsultationDraft): boolean =>
  JSON.stringify(canonical(a)) === JSON.stringify(canonical(b))

/** A field as text, to be compared and read; empty when nothing is written. */
function wordsOf(record: ConsultationDraft, field: Field): string {
  switch (field) {
    case 'severity':
      return record.severity ? `Состояние: ${severityWords(record.severity).toLowerCase()}` : ''
    case 'vitals':
      return vitalsWords(record.vitals)
        .map((pair) => pair.join(' '))
        .join(', ')
    case 'diagnoses':
      return record.diagnoses
        .map((d) => `${d.code} ${d.name} (${diagnosisKind(d.kind)})${d.note.trim() && `: ${d.note}`}`)
        .join('\n')
    case 'services':
      return record.services.map((s) => `${s.code} ${s.name}${s.quantity > 1 ? ` × ${s.quantity}` : ''}`).join('\n')
    default:
      return record[field].trim()
  }
}

type Difference = { field: Field; title: string; mine: string; theirs: string }

const fieldTitles: Partial<Record<Field, string>> = {
  severity: 'Состояние',
  vitals: 'Измерения',
  diagnosisNote: 'Пояснение к диагнозу',
}

/** The fields in which two versions of a record differ, each in words, in the order of the editor. */
export const differences = (mine: ConsultationDraft, theirs: ConsultationDraft): Difference[] =>
  sections.flatMap(({ title, fields }) =>
    fields
      .filter((field) => JSON.stringify(canonical(mine[field])) !== JSON.stringify(canonical(theirs[field])))
      .map((field) => ({
        field,
        title: fieldTitles[field] ?? title,
        mine: wordsOf(mine, field),
        theirs: wordsOf(theirs, field),
      })),
  )

/** My version with the other one's fields where those were chosen. */
export const merged = (
  mine: ConsultationDraft,
  theirs: ConsultationDraft,
  taken: ReadonlySet<Field>,
): ConsultationDraft => ({ ...mine, ...Object.fromEntries([...taken].map((field) => [field, theirs[field]])) })

/** A diagnosis added: the first is the main one. One that is there already is not added twice. */
export function withDiagnosis(list: readonly Diagnosis[], code: string, name: string): Diagnosis[] {
  if (list.some((d) => d.code === code)) return [...list]
  const kind = list.some((d) => d.kind === 'main') ? 'concomitant' : 'main'
  return [...list, { code, name, kind, note: '' }]
}

/** The part of a diagnosis changed. There is one main: the one before becomes concomitant. */
export const withKind = (list: readonly Diagnosis[], code: string, kind: Diagnosis['kind']): Diagnosis[] =>
  list.map((d) =>
    d.code === code
      ? { ...d, kind }
      : kind === 'main' && d.kind === 'main'
        ? { ...d, kind: 'concomitant' as const }
        : d,
  )

/** A service added; one that is there already is counted once more. */
export const withService = (list: readonly Service[], code: string, name: string): Service[] =>
  list.some((s) => s.code === code)
    ? list.map((s) => (s.code === code ? { ...s, quantity: Math.min(99, s.quantity + 1) } : s))
    : [...list, { code, name, quantity: 1 }]

/** Text as the contract takes it: what was pasted may bring control characters, which are nobody's words. */
export const cleanText = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- the very characters that must not come through
  text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')

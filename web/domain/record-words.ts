import type { ConsultationDraft } from '../../contracts/chart.ts'

type Vitals = ConsultationDraft['vitals']

const number = (value: number) => String(value).replace('.', ',')

/** What was measured, as pairs of name and value with its unit; only what was measured. */
export function vitalsWords(vitals: Vitals): [string, string][] {
  const { systolic, diastolic } = vitals
  const pairs: [string, string | null][] = [
    ['Давление', systolic === null || diastolic === null ? null : `${systolic}/${diastolic} мм рт. ст.`],
    ['Пульс', vitals.pulse === null ? null : `${vitals.pulse} ударов в минуту`],
    ['Температура', vitals.temperature === null ? null : `${number(vitals.temperature)} °C`],
    ['Кислород в крови', vitals.saturation === null ? null : `${vitals.saturation} %`],
    ['Рост', vitals.height === null ? null : `${number(vitals.height)} см`],
    ['Вес', vitals.weight === null ? null : `${number(vitals.weight)} кг`],
  ]
  return pairs.filter((pair): pair is [string, string] => pair[1] !== null)
}

const kinds = { main: 'основной', complication: 'осложнение', concomitant: 'сопутствующий' } as const

/** The part a diagnosis plays in the record. */
export const diagnosisKind = (kind: keyof typeof kinds): string => kinds[kind]

/** Sections of text that the doctor filled in, in the order a patient reads them: what to do comes first. */
export function textSections(record: ConsultationDraft): { first: [string, string][]; details: [string, string][] } {
  const filled = (pairs: [string, string][]) => pairs.filter(([, text]) => text.trim() !== '')
  return {
    first: filled([
      ['Назначения', record.prescriptions],
      ['Рекомендации', record.recommendations],
    ]),
    details: filled([
      ['Жалобы', record.complaints],
      ['История болезни', record.anamnesis],
      ['История жизни', record.lifeAnamnesis],
      ['Осмотр', record.objective],
      ['Пояснение к диагнозу', record.diagnosisNote],
    ]),
  }
}

const severities = {
  satisfactory: 'Удовлетворительное',
  moderate: 'Средней тяжести',
  severe: 'Тяжёлое',
  'extremely-severe': 'Крайне тяжёлое',
  terminal: 'Терминальное',
  'clinical-death': 'Клиническая смерть',
} as const
export type Severity = keyof typeof severities

/** How the patient is, as a choice and in words. */
export const severityOptions = Object.entries(severities).map(([value, label]) => ({ value, label }))
export const severityWords = (severity: Severity): string => severities[severity]

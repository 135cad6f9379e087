import type { ConsultationContent } from '../../modules/documents/index.ts'

type Written = ConsultationContent['record']

// What both renditions say in the same words and the same order.

export const diagnosisRoles = { main: 'Основной', complication: 'Осложнение', concomitant: 'Сопутствующий' } as const

const order = Object.keys(diagnosisRoles)

/** The main diagnosis, then complications, then concomitant ones; within a kind as the doctor put them. */
export const diagnosesInOrder = (diagnoses: Written['diagnoses']): Written['diagnoses'] =>
  [...diagnoses].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))

export const measurementKinds = [
  'temperature',
  'systolic',
  'diastolic',
  'pulse',
  'saturation',
  'height',
  'weight',
] as const

export const severityInWords: Readonly<Record<NonNullable<Written['severity']>, string>> = {
  satisfactory: 'удовлетворительное',
  moderate: 'средней тяжести',
  severe: 'тяжёлое',
  'extremely-severe': 'крайне тяжёлое',
  'clinical-death': 'клиническая смерть',
  terminal: 'терминальное',
}

/** What was measured, for people: label, value, unit; the two pressures are one. */
export function measurementsInWords(v: Written['vitals']): [label: string, value: string, unit: string][] {
  const decimal = (value: number) => String(value).replace('.', ',')
  const row = (label: string, value: number | null, unit: string): [string, string, string][] =>
    value === null ? [] : [[label, decimal(value), unit]]
  const pressure = [v.systolic, v.diastolic].map((value) => (value === null ? '—' : String(value)))
  return [
    ...row('Температура', v.temperature, '°C'),
    ...(v.systolic === null && v.diastolic === null
      ? []
      : [['Артериальное давление', pressure.join('/'), 'мм рт. ст.'] as [string, string, string]]),
    ...row('Пульс', v.pulse, 'в минуту'),
    ...row('Сатурация', v.saturation, '%'),
    ...row('Рост', v.height, 'см'),
    ...row('Масса тела', v.weight, 'кг'),
  ]
}

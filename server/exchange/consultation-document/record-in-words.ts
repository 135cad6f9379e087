import type { ConsultationContent } from '../../modules/documents/index.ts'

type Record = ConsultationContent['record']

// What both renditions say in the same words and the same order.

export const diagnosisRoles = { main: 'Основной', complication: 'Осложнение', concomitant: 'Сопутствующий' } as const

const order = Object.keys(diagnosisRoles)

/** The main diagnosis, then complications, then concomitant ones; within a kind as the doctor put them. */
export const diagnosesInOrder = (diagnoses: Record['diagnoses']): Record['diagnoses'] =>
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

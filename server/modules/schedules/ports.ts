import type { Work } from '../../platform/work.ts'

/**
 * What schedules asks about patients without knowing where patients are kept: may the caller act for this one, how old
 * is the patient (full years; undefined when not known), of what sex, where is the patient attached. Passed by wiring.
 */
export type SchedulePorts = {
  mayActFor(work: Work, patientId: string): Promise<boolean>
  ageOf(work: Work, patientId: string): Promise<number | undefined>
  sexOf(work: Work, patientId: string): Promise<'male' | 'female' | undefined>
  attachmentOf(work: Work, patientId: string): Promise<{ organizationId: string } | null | undefined>
}

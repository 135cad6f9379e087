import type { Work } from '../../platform/work.ts'
import type { SlotKey } from './slot-ref.ts'

/**
 * Told, in the same transaction and after everything else in it, of times that have just become free: opened, added,
 * published. Booking's waiting list comes before everybody.
 */
export type TimesFreed = (work: Work, freed: readonly SlotKey[]) => Promise<unknown>

/**
 * What schedules asks about patients without knowing where patients are kept: may the caller act for this one, how old
 * is the patient (full years; undefined when not known), of what sex, where is the patient attached; and whom it tells of
 * freed times. Passed by wiring.
 */
export type SchedulePorts = {
  mayActFor(work: Work, patientId: string): Promise<boolean>
  ageOf(work: Work, patientId: string): Promise<number | undefined>
  sexOf(work: Work, patientId: string): Promise<'male' | 'female' | undefined>
  attachmentOf(work: Work, patientId: string): Promise<{ organizationId: string } | null | undefined>
  timesFreed: TimesFreed
}

import type { Work } from '../../platform/work.ts'
import { releaseSlot } from '../schedules/index.ts'
import { announceHold } from './announce.ts'
import { actForPatient } from './rights.ts'
import { holdRanOut } from './rules.ts'
import * as store from './store-visits.ts'

/** Lets one's own hold go before its time; `released` is false when there was nothing to let go. Throws PatientNotFound. */
export async function releaseHold(work: Work, holdId: string, patientId: string): Promise<{ released: boolean }> {
  await actForPatient(work, patientId, { objectType: 'hold', objectId: holdId })
  const hold = await store.deleteOwnHold(work, patientId, holdId)
  if (!hold) return { released: false }
  await releaseSlot(work, hold, holdId)
  if (!holdRanOut(hold, work.now)) announceHold(work, 'released', hold)
  return { released: true }
}

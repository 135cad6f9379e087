import type { WaitingEntry } from '../../../contracts/waiting.ts'
import { localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { describeWaiting } from './describe-waiting.ts'
import { actForPatient, onlyPlaceOf } from './rights.ts'
import { entriesOfPatient } from './store-waiting.ts'

/**
 * What the patient waits for: entries with an offer first, the soonest to run out of them; then in the order of joining.
 * Staff see those at their own organisation. Throws PatientNotFound.
 */
export async function listPatientWaiting(work: Work, patientId: string): Promise<{ entries: WaitingEntry[] }> {
  const own = onlyPlaceOf(work.actor)
  const [, rows] = await Promise.all([actForPatient(work, patientId), entriesOfPatient(work, patientId, own)])
  const entries = (await describeWaiting(work, rows)).filter((entry) => entry.offer || stillWaits(entry, work.now))
  const rank = (entry: WaitingEntry) => entry.offer?.expiresAt ?? '~'
  return { entries: entries.sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0)) }
}

/** The days that were asked for are not over yet, by the clocks of the place. */
export const stillWaits = (entry: { lastDay: string; timeZone: string }, now: Date): boolean =>
  entry.lastDay >= localDay(now, entry.timeZone)

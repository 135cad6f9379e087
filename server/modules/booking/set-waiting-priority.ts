import { WaitingNotFound } from '../../../contracts/waiting.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { announceQueue } from './announce-waiting.ts'
import { requireOwnOrganization } from './rights.ts'
import { lockEntry, writePriority } from './store-waiting.ts'

/**
 * Puts an entry of one's own organisation forward in its queue, or back; who, when and why is kept. It counts from the
 * next freed time on. Throws WaitingNotFound, NotFound.
 */
export async function setWaitingPriority(
  work: Work,
  {
    organizationId,
    entryId,
    priority,
    reason,
  }: { organizationId: string; entryId: string; priority: number; reason: string },
): Promise<{ priority: number }> {
  work.note({ objectType: 'waiting', objectId: entryId })
  requireOwnOrganization(work, organizationId)
  const entry = await lockEntry(work, { organizationId }, entryId)
  if (!entry) throw new Problem(WaitingNotFound)
  work.note({ patientId: entry.patientId, grounds: 'registration' })
  if (entry.priority !== priority) {
    await writePriority(work, entry, priority, reason)
    announceQueue(work, entry)
  }
  return { priority }
}

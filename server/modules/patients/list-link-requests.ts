import type { LinkRequest } from '../../../contracts/patients.ts'
import type { Work } from '../../platform/work.ts'
import { asRow } from './patient.ts'
import { findPatients } from './store.ts'
import { waitingRequests } from './store-links.ts'

/** The queue of accounts that wait for a registrar, the longest waiting first; the cards shown beside are noted. */
export async function listLinkRequests(work: Work): Promise<{ requests: LinkRequest[] }> {
  const waiting = await waitingRequests(work)
  const ids = [...new Set(waiting.flatMap((request) => request.candidateId ?? []))]
  const candidates = new Map((await findPatients(work, ids)).map((record) => [record.id, asRow(record)]))
  work.note({ patientIds: ids, grounds: 'registration' })
  return {
    requests: waiting.map((request) => ({
      id: request.id,
      createdAt: request.createdAt.toISOString(),
      reason: request.reason,
      claimed: request.claimed,
      candidate: (request.candidateId && candidates.get(request.candidateId)) || null,
    })),
  }
}

import type { Work } from '../../platform/work.ts'

/** Tells pages that show these times: who looks for a free one here, and whose working day it is. Ids only. */
export function announceTimes(work: Work, organizationId: string, staffId: string, ref?: string): void {
  work.announce({
    type: 'schedules.slot-changed',
    key: organizationId,
    topics: [`slots/${organizationId}`, `day/${staffId}`],
    payload: { organizationId, staffId, ...(ref !== undefined && { ref }) },
  })
}

import { localDay, startOfLocalDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { organizationOrNotFound } from './own-organization.ts'
import { publishedDays, type ReceivingDay } from './store-offers.ts'

export type { ReceivingDay } from './store-offers.ts'

/**
 * Days from today on that are published for a doctor, with the hours of the reception, in order, by the organisation's
 * clock. No patient is behind it: it tells when the doctor receives, not who may come. Throws NotFound.
 */
export async function listReceivingDays(
  work: Work,
  { organizationId, staffId }: { organizationId: string; staffId: string },
): Promise<ReceivingDay[]> {
  const { timeZone } = await organizationOrNotFound(work, organizationId)
  const today = startOfLocalDay(timeZone, localDay(work.now, timeZone))
  const days = await publishedDays(work, organizationId, staffId, today, timeZone)
  return days.map((day) => ({ ...day, closedFor: day.isOpen ? null : day.closedFor }))
}

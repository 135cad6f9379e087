import type { ReplyOf } from '../../../contracts/endpoint.ts'
import type { listDays as contract } from '../../../contracts/schedules.ts'
import type { Work } from '../../platform/work.ts'
import { askerOf } from './asker.ts'
import { organizationOrNotFound } from './own-organization.ts'
import type { SchedulePorts } from './ports.ts'
import { countByDay } from './store-offers.ts'

/**
 * Days, by the organisation's calendar, on which a doctor of the specialty (or any, without `staffId`) is free. Throws
 * NotFound, and PatientNotFound when the caller may not act for the patient.
 */
export async function listDays(
  work: Work,
  ports: SchedulePorts,
  { organizationId, code }: { organizationId: string; code: string },
  { patientId, staffId }: { patientId?: string; staffId?: string },
): Promise<ReplyOf<typeof contract>> {
  const [asker, { timeZone }] = await Promise.all([
    askerOf(work, ports, patientId),
    organizationOrNotFound(work, organizationId),
  ])
  const days = await countByDay(work, { organizationId, specialtyCode: code, staffId }, asker, timeZone)
  return { days: days.map(({ day, free }) => ({ day, freeSlots: free })) }
}

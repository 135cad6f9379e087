import type { ReplyOf } from '../../../contracts/endpoint.ts'
import type { listBookableOrganizations as contract } from '../../../contracts/schedules.ts'
import type { Work } from '../../platform/work.ts'
import { allOrganizations } from '../organizations/index.ts'
import { askerOf } from './asker.ts'
import type { SchedulePorts } from './ports.ts'
import { countByOrganization } from './store-offers.ts'

/**
 * Organisations with a timetable open to the asker, the one the patient is attached to first, then by name, with free
 * times counted up to 100. Throws PatientNotFound when the caller may not act for the patient.
 */
export async function listBookableOrganizations(
  work: Work,
  ports: SchedulePorts,
  patientId: string | undefined,
): Promise<ReplyOf<typeof contract>> {
  const asker = await askerOf(work, ports, patientId)
  const [free, open] = await Promise.all([countByOrganization(work, asker), allOrganizations(work)])
  return {
    organizations: open
      .filter(({ id }) => free.has(id))
      .map(({ id, shortName, address, timeZone }) => ({
        id,
        shortName,
        address,
        attached: id === asker.patient?.attachedTo,
        freeSlots: free.get(id)!,
        timeZone,
      }))
      .sort((a, b) => Number(b.attached) - Number(a.attached)),
  }
}

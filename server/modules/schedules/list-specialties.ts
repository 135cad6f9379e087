import type { ReplyOf } from '../../../contracts/endpoint.ts'
import type { listSpecialties as contract } from '../../../contracts/schedules.ts'
import { directories } from '../../../contracts/terminology.ts'
import { localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { specialtyTitle } from '../organizations/index.ts'
import { conceptsByCodes } from '../terminology/index.ts'
import { askerOf } from './asker.ts'
import { organizationOrNotFound } from './own-organization.ts'
import type { SchedulePorts } from './ports.ts'
import { specialtiesOf } from './store-offers.ts'

/**
 * Specialties that have a timetable open to the asker, by title, also those with nothing free now. Throws NotFound,
 * and PatientNotFound when the caller may not act for the patient.
 */
export async function listSpecialties(
  work: Work,
  ports: SchedulePorts,
  organizationId: string,
  patientId: string | undefined,
): Promise<ReplyOf<typeof contract>> {
  const [asker, { timeZone }] = await Promise.all([
    askerOf(work, ports, patientId),
    organizationOrNotFound(work, organizationId),
  ])
  const offers = await specialtiesOf(work, organizationId, asker, localDay(work.now, timeZone))
  const names = await conceptsByCodes(
    work,
    directories.specialties,
    offers.map((offer) => offer.code),
  )
  return {
    specialties: offers
      .map(({ code, free, nearest }) => ({
        code,
        title: specialtyTitle(code, names.get(code)?.name),
        freeSlots: free,
        nearest: nearest?.toISOString() ?? null,
      }))
      .sort((a, b) => a.title.localeCompare(b.title, 'ru')),
  }
}

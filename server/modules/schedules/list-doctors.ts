import type { ReplyOf } from '../../../contracts/endpoint.ts'
import type { DoctorOffer, listDoctors as contract } from '../../../contracts/schedules.ts'
import { localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { roomsByIds, staffByIds } from '../organizations/index.ts'
import { askerOf } from './asker.ts'
import { organizationOrNotFound } from './own-organization.ts'
import type { SchedulePorts } from './ports.ts'
import { doctorsOf } from './store-offers.ts'

/**
 * Doctors of a specialty whose timetable is open to the asker: who is free soonest first, those without a free time
 * last. Throws NotFound, and PatientNotFound when the caller may not act for the patient.
 */
export async function listDoctors(
  work: Work,
  ports: SchedulePorts,
  { organizationId, code }: { organizationId: string; code: string },
  patientId: string | undefined,
): Promise<ReplyOf<typeof contract>> {
  const [asker, { timeZone }] = await Promise.all([
    askerOf(work, ports, patientId),
    organizationOrNotFound(work, organizationId),
  ])
  const offers = await doctorsOf(work, organizationId, code, asker, localDay(work.now, timeZone))
  const [staff, rooms] = await Promise.all([
    staffByIds(
      work,
      offers.map((offer) => offer.staffId),
    ),
    roomsByIds(work, organizationId, [...new Set(offers.map((offer) => offer.roomId))]),
  ])
  const doctors = offers.map(({ staffId, roomId, free, nearest }) => ({
    staffId,
    name: staff.get(staffId)!.name,
    position: staff.get(staffId)!.position,
    room: rooms.get(roomId)!.number,
    freeSlots: free,
    nearest: nearest?.toISOString() ?? null,
  }))
  return { doctors: doctors.sort(soonestFirst) }
}

/** ISO instants in UTC sort as text; «~» stands after every digit. */
const soonestFirst = (a: DoctorOffer, b: DoctorOffer): number =>
  (a.nearest ?? '~').localeCompare(b.nearest ?? '~', 'en') || a.name.localeCompare(b.name, 'ru')

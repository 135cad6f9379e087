import type { ReplyOf } from '../../../contracts/endpoint.ts'
import type { listFreeSlots as contract, VisitKind } from '../../../contracts/schedules.ts'
import { addDays, startOfLocalDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { askerOf } from './asker.ts'
import { namesOf } from './doctors-and-rooms.ts'
import { organizationOrNotFound } from './own-organization.ts'
import type { SchedulePorts } from './ports.ts'
import { formatSlotRef } from './slot-ref.ts'
import { freeTimes } from './store-offers.ts'

/**
 * Free times of a doctor (or of any, without `staffId`) on a day of the organisation's calendar, or on all published
 * days; at most 2,000, the earliest. Throws NotFound, and PatientNotFound when the caller may not act for the patient.
 */
export async function listFreeSlots(
  work: Work,
  ports: SchedulePorts,
  { organizationId, code }: { organizationId: string; code: string },
  { patientId, staffId, day, kind }: { patientId?: string; staffId?: string; day?: string; kind?: VisitKind },
): Promise<ReplyOf<typeof contract>> {
  const [asker, { timeZone }] = await Promise.all([
    askerOf(work, ports, patientId),
    organizationOrNotFound(work, organizationId),
  ])
  const bounds = day && { from: startOfLocalDay(timeZone, day), until: startOfLocalDay(timeZone, addDays(day, 1)) }
  const times = await freeTimes(work, { organizationId, specialtyCode: code, staffId, kind, ...bounds }, asker)
  const names = await namesOf(work, organizationId, times)
  return {
    timeZone,
    slots: times.map((time) => ({
      ref: formatSlotRef({ ...time, organizationId }),
      staffId: time.staffId,
      doctorName: names.doctor(time.staffId).name,
      room: names.room(time.roomId),
      startsAt: time.startsAt.toISOString(),
      endsAt: time.endsAt.toISOString(),
      kind: time.kind,
      referralNeeded: time.referralNeeded,
    })),
  }
}

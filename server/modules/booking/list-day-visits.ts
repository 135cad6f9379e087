import type { DayVisit } from '../../../contracts/day-visits.ts'
import { NotFound } from '../../../contracts/problems.ts'
import { Problem } from '../../platform/problem.ts'
import { addDays, startOfLocalDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import { namesOf } from './describe-appointment.ts'
import { requireOwnOrganization } from './rights.ts'
import { appointmentsBetween } from './store-appointments.ts'

/**
 * Who is expected or was seen on a day of the organisation's calendar, by time. A doctor sees their own day; registrars
 * and the head anyone's. Each patient shown is journalled. Throws NotFound.
 */
export async function listDayVisits(
  work: Work,
  organizationId: string,
  { day, staffId }: { day: string; staffId?: string },
): Promise<{ visits: DayVisit[]; timeZone: string }> {
  requireOwnOrganization(work, organizationId)
  const isDoctor = work.actor.role === 'doctor'
  if (isDoctor && staffId !== undefined && staffId !== work.actor.staffId) throw new Problem(NotFound)
  const whose = isDoctor ? work.actor.staffId : staffId
  const organization = (await organizationsByIds(work, [organizationId])).get(organizationId)
  if (!organization || (isDoctor && !whose)) throw new Problem(NotFound)
  const { timeZone } = organization
  const [from, until] = [startOfLocalDay(timeZone, day), startOfLocalDay(timeZone, addDays(day, 1))]
  const rows = await appointmentsBetween(work, organizationId, from, until, whose)
  work.note({
    patientIds: [...new Set(rows.map((row) => row.patientId))],
    grounds: isDoctor ? 'appointment' : work.actor.role === 'registrar' ? 'registration' : 'duty',
  })
  const { patients, rooms, categories } = await namesOf(work, rows)
  const visits = rows.flatMap((row): DayVisit[] => {
    const patient = patients.get(row.patientId)
    if (!patient) return []
    return [
      {
        appointmentId: row.id,
        startsAt: row.startsAt.toISOString(),
        endsAt: row.endsAt.toISOString(),
        status: row.status,
        code: row.code,
        answer: row.patientAnswer,
        staffId: row.staffId,
        room: rooms.get(row.roomId)?.number ?? '',
        category: categories.get(row.id)?.name ?? null,
        patient,
      },
    ]
  })
  return { visits, timeZone }
}

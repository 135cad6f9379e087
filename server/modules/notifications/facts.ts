import type { Appointment } from '../../../contracts/booking.ts'
import type { Work } from '../../platform/work.ts'
import { describeAppointments } from '../booking/index.ts'
import type { Data } from './kinds.ts'
import type { VisitFacts } from './texts.ts'

/** The visits that notifications name, in words and as they are; by the appointment's id. */
export async function readVisits(work: Work, data: readonly Data[]): Promise<Map<string, Appointment>> {
  const keys = data.flatMap(({ organizationId, appointmentId, replaced, replacedAt }) => [
    ...(organizationId && appointmentId ? [{ organizationId, id: appointmentId }] : []),
    ...(replaced && replacedAt ? [{ organizationId: replacedAt, id: replaced }] : []),
  ])
  return describeAppointments(work, keys)
}

const formatOf = (timeZone: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('ru-RU', { timeZone, ...options })

/** A visit in words, its times by the organisation's clock. */
function visitWords(a: Appointment): VisitFacts {
  const at = new Date(a.startsAt)
  const day = formatOf(a.timeZone, { day: 'numeric', month: 'long' }).format(at)
  const weekday = formatOf(a.timeZone, { weekday: 'long' }).format(at)
  const time = formatOf(a.timeZone, { hour: '2-digit', minute: '2-digit' }).format(at)
  return {
    when: `${weekday}, ${day}, ${time}`,
    shortWhen: `${day} в ${time}`,
    organization: a.organizationName,
    address: a.address,
    phone: a.phone,
    specialty: a.specialtyTitle,
    doctor: a.doctorName,
    room: a.room,
    reason: a.cancelReason,
  }
}

/** The facts of one notification among visits that were read for many. */
export function factsOf(
  data: Data,
  visits: ReadonlyMap<string, Appointment>,
): { visit?: VisitFacts; before?: VisitFacts } {
  const visit = data.appointmentId && visits.get(data.appointmentId)
  const before = data.replaced && visits.get(data.replaced)
  return { ...(visit && { visit: visitWords(visit) }), ...(before && { before: visitWords(before) }) }
}

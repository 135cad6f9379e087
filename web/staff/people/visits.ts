import { listPatientAppointments, showAppointment, type Appointment } from '../../../contracts/booking.ts'
import { listDayVisits } from '../../../contracts/day-visits.ts'
import { findByTicket } from '../../../contracts/tickets.ts'
import { showDayGrid } from '../../../contracts/schedules.ts'

/** A visit as every list of them has it. */
export type Visit = Pick<Appointment, 'id' | 'patientId' | 'staffId' | 'startsAt' | 'endsAt' | 'status'> & {
  patientName: string
}

/** Everything that shows visits, to be read anew when one changes. */
export const visitReads = [listDayVisits, showDayGrid, listPatientAppointments, showAppointment, findByTicket] as const

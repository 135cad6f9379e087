import { newToken } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { newCode } from './confirmation-code.ts'
import type { AppointmentRow } from './store-appointments.ts'
import type { VisitRow } from './store-visits.ts'

/** The appointment that a hold becomes: it keeps the hold's id, so that one hold can never become two. */
export function appointmentOn(work: Work, hold: VisitRow, replaced?: AppointmentRow): AppointmentRow {
  return {
    organizationId: hold.organizationId,
    id: hold.id,
    scheduleId: hold.scheduleId,
    startsAt: hold.startsAt,
    seq: hold.seq,
    endsAt: hold.endsAt,
    staffId: hold.staffId,
    specialtyCode: hold.specialtyCode,
    roomId: hold.roomId,
    patientId: hold.patientId,
    status: 'booked',
    code: newCode(),
    ticketToken: newToken(),
    channel: hold.channel!,
    createdBy: work.actor.id,
    createdAt: work.now,
    cancelledAt: null,
    cancelReason: null,
    movedFrom: replaced?.id ?? null,
    calendarUid: replaced?.calendarUid ?? hold.id,
    sequence: replaced ? replaced.sequence + 1 : 0,
    patientAnswer: null,
  }
}

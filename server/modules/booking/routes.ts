import * as contract from '../../../contracts/booking.ts'
import * as dayVisits from '../../../contracts/day-visits.ts'
import * as edits from '../../../contracts/schedule-edits.ts'
import * as batches from '../../../contracts/timetable-batches.ts'
import * as tickets from '../../../contracts/tickets.ts'
import * as waiting from '../../../contracts/waiting.ts'
import { serve, type Route } from '../../platform/http/serve.ts'
import type { Queue } from '../openings/index.ts'
import { parseSlotRef } from '../schedules/index.ts'
import { acceptChange } from './accept-change.ts'
import { acceptOffer } from './accept-offer.ts'
import { applyScheduleEdit } from './apply-schedule-edit.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { confirmHold } from './confirm-hold.ts'
import { declineOffer } from './decline-offer.ts'
import { extendHold } from './extend-hold.ts'
import { findByTicket } from './find-by-ticket.ts'
import { holdSlot } from './hold-slot.ts'
import { joinWaiting } from './join-waiting.ts'
import { leaveWaiting } from './leave-waiting.ts'
import { listAsked, listChangeOffers } from './list-change-offers.ts'
import { listDayVisits } from './list-day-visits.ts'
import { listPatientAppointments } from './list-patient-appointments.ts'
import { listPatientWaiting } from './list-patient-waiting.ts'
import { listWaiting } from './list-waiting.ts'
import { markArrived } from './mark-arrived.ts'
import { markNoShow } from './mark-no-show.ts'
import { moveAppointment } from './move-appointment.ts'
import type { BookingPorts } from './ports.ts'
import { previewScheduleEdit } from './preview-schedule-edit.ts'
import { releaseHold } from './release-hold.ts'
import { ruleRoutes } from './routes-rules.ts'
import { setWaitingPriority } from './set-waiting-priority.ts'
import { showAppointment } from './show-appointment.ts'
import { resumeTimetableBatch, showTimetableBatch, startTimetableBatch } from './timetable-batch.ts'
import { downloadCalendar, downloadTicket, showTicketQr } from './ticket.ts'

/** `queue` keeps order at openings; without it (in most tests) everybody's turn is now. */
export const bookingRoutes = (ports: BookingPorts, queue?: Queue): readonly Route[] => [
  serve(contract.holdSlot, async (work, { body }) => {
    await queue?.requireTurn(work, parseSlotRef(body.ref))
    return holdSlot(work, body)
  }),
  serve(contract.extendHold, (work, { params, body }) => extendHold(work, params.holdId, body.patientId)),
  serve(contract.releaseHold, (work, { params, query }) => releaseHold(work, params.holdId, query.patientId)),
  serve(contract.confirmHold, (work, { body }) => confirmHold(work, body.holdId, body.patientId)),
  serve(contract.moveAppointment, (work, { params, body }) => moveAppointment(work, { ...params, ...body })),
  serve(contract.cancelAppointment, (work, { params, body }) => cancelAppointment(work, { ...params, ...body })),
  serve(contract.listPatientAppointments, (work, { params }) => listPatientAppointments(work, params.patientId)),
  serve(contract.showAppointment, (work, { params }) => showAppointment(work, params.patientId, params.appointmentId)),
  serve(tickets.downloadTicket, (work, { params }) =>
    downloadTicket(work, ports, params.patientId, params.appointmentId),
  ),
  serve(tickets.downloadCalendar, (work, { params }) =>
    downloadCalendar(work, ports, params.patientId, params.appointmentId),
  ),
  serve(tickets.showTicketQr, (work, { params }) => showTicketQr(work, ports, params.patientId, params.appointmentId)),
  serve(tickets.findByTicket, (work, { params }) => findByTicket(work, params.token)),
  serve(dayVisits.listDayVisits, (work, { params, query }) => listDayVisits(work, params.organizationId, query)),
  serve(dayVisits.markArrived, (work, { params, body }) => markArrived(work, { ...params, ...body })),
  serve(dayVisits.markNoShow, (work, { params, body }) => markNoShow(work, { ...params, ...body })),
  serve(edits.previewScheduleEdit, (work, { body }) => previewScheduleEdit(work, body.edit)),
  serve(edits.applyScheduleEdit, (work, { body }) => applyScheduleEdit(work, body)),
  serve(edits.listChangeOffers, (work, { params }) => listChangeOffers(work, params.patientId)),
  serve(edits.acceptChange, (work, { params }) => acceptChange(work, params)),
  serve(edits.listAsked, (work) => listAsked(work)),
  serve(batches.startTimetableBatch, (work, { body }) => startTimetableBatch(work, body)),
  serve(batches.showTimetableBatch, (work, { params }) => showTimetableBatch(work, params.batchId)),
  serve(batches.resumeTimetableBatch, (work, { params }) => resumeTimetableBatch(work, params.batchId)),
  ...ruleRoutes,
  serve(waiting.joinWaiting, (work, { params, body }) => joinWaiting(work, params.patientId, body)),
  serve(waiting.leaveWaiting, (work, { params }) => leaveWaiting(work, params)),
  serve(waiting.listPatientWaiting, (work, { params }) => listPatientWaiting(work, params.patientId)),
  serve(waiting.acceptOffer, (work, { params }) => acceptOffer(work, params)),
  serve(waiting.declineOffer, (work, { params }) => declineOffer(work, params)),
  serve(waiting.listWaiting, (work, { params, query }) =>
    listWaiting(work, params.organizationId, query.specialtyCode),
  ),
  serve(waiting.setWaitingPriority, (work, { params, body }) => setWaitingPriority(work, { ...params, ...body })),
]

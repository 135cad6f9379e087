import * as T from 'typebox'
import { Appointment, AppointmentNotFound } from './booking.ts'
import { endpoint } from './endpoint.ts'
import { PatientNotFound } from './patients.ts'
import { Id, Shape } from './values.ts'

const TicketParams = Shape({ patientId: Id, appointmentId: Id })
export const downloadTicket = endpoint({
  name: 'booking.download-ticket',
  summary: 'Талон в PDF',
  method: 'GET',
  path: '/api/v1/patients/:patientId/appointments/:appointmentId/ticket.pdf',
  who: ['citizen', 'registrar', 'call-centre', 'doctor', 'guardianship-officer'],
  journal: 'patient-read',
  params: TicketParams,
  reply: { file: 'application/pdf' },
  problems: [AppointmentNotFound, PatientNotFound],
})
export const downloadCalendar = endpoint({
  name: 'booking.download-calendar',
  summary: 'Запись в календарь',
  method: 'GET',
  path: '/api/v1/patients/:patientId/appointments/:appointmentId/visit.ics',
  who: ['citizen', 'registrar', 'call-centre', 'doctor', 'guardianship-officer'],
  journal: 'patient-read',
  params: TicketParams,
  reply: { file: 'text/calendar' },
  problems: [AppointmentNotFound, PatientNotFound],
})
/** QR of the ticket's code for check-in: holds the address of the ticket and no personal data. */
export const showTicketQr = endpoint({
  name: 'booking.show-qr',
  summary: 'QR-код талона',
  method: 'GET',
  path: '/api/v1/patients/:patientId/appointments/:appointmentId/qr.svg',
  who: ['citizen', 'registrar', 'call-centre', 'doctor', 'guardianship-officer'],
  journal: 'patient-read',
  params: TicketParams,
  reply: { file: 'image/svg+xml' },
  problems: [AppointmentNotFound, PatientNotFound],
})
/** What a ticket's QR opens for clinic staff: the appointment itself. */
export const findByTicket = endpoint({
  name: 'booking.find-by-ticket',
  summary: 'Запись по талону',
  method: 'GET',
  path: '/api/v1/tickets/:token',
  who: ['registrar', 'doctor'],
  journal: 'patient-read',
  params: Shape({ token: T.String({ minLength: 20, maxLength: 64 }) }),
  reply: Appointment,
  problems: [AppointmentNotFound],
})

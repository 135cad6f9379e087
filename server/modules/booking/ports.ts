import type { Appointment } from '../../../contracts/booking.ts'

/** Everything a ticket tells, for whatever form it is given in. Times are instants; `timeZone` is the organisation's. */
export type Ticket = Omit<Appointment, 'startsAt' | 'endsAt' | 'changeUntil'> & {
  startsAt: Date
  endsAt: Date
  changeUntil: Date | null
  /** 'YYYY-MM-DD'. */
  birthDate: string
  organizationFullName: string
  latitude: number | null
  longitude: number | null
  department: string
  floor: number | null
  /** One calendar event follows the visit through its moves: the same `calendarUid`, a growing `sequence`. */
  calendarUid: string
  sequence: number
  /** When the appointment became what it is now. */
  changedAt: Date
}

/** What booking needs from the outside: the forms of a ticket. wiring.ts passes the adapter in. */
export type BookingPorts = {
  /** PDF of one page to print or keep on a phone. */
  printTicket(ticket: Ticket): Uint8Array | Promise<Uint8Array>
  /** iCalendar (RFC 5545) of the visit; of its cancellation when it is cancelled. */
  calendarEvent(ticket: Ticket): Uint8Array | Promise<Uint8Array>
  /** SVG of the QR code that leads to the ticket. */
  ticketQr(ticketToken: string): Uint8Array | Promise<Uint8Array>
}

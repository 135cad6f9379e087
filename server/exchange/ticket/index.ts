import type { BookingPorts } from '../../modules/booking/index.ts'
import { calendarEvent } from './calendar-event.ts'
import { printedTicket } from './printed-ticket.ts'
import { qrCode } from './qr-code.ts'

/**
 * The forms of a ticket. Its QR code holds the address under `baseUrl` where the clinic's staff open it, and in it the
 * random token alone: whoever photographs the ticket learns nothing from the code.
 */
export function bookingPorts(baseUrl: string): BookingPorts {
  const addressOf = (ticketToken: string): string => `${baseUrl}/staff/tickets/${ticketToken}`
  return {
    printTicket: async (ticket) => printedTicket(ticket, await qrCode(addressOf(ticket.ticketToken))),
    calendarEvent: (ticket) => new TextEncoder().encode(calendarEvent(ticket)),
    ticketQr: async (ticketToken) => new TextEncoder().encode(await qrCode(addressOf(ticketToken))),
  }
}

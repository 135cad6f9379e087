import type { Ticket } from '../../modules/booking/index.ts'
import { writeCalendar } from '../../standards/icalendar/index.ts'
import { visitEvent } from '../calendars/visit-event.ts'

/** The visit as an iCalendar object (RFC 5545) in UTC, to be added to a calendar by hand. */
export const calendarEvent = (ticket: Ticket): string => writeCalendar({ events: [visitEvent(ticket)] })

import { ICalAlarmType, ICalCalendar, ICalEventClass, ICalEventStatus } from 'ical-generator'
import type { Ticket } from '../../modules/booking/index.ts'
import { localDay } from '../../platform/time.ts'
import { whatToBring } from './what-to-bring.ts'

const DAY = 86_400
const TWO_HOURS = 7_200

/**
 * The visit as an iCalendar object (RFC 5545) in UTC: the event keeps its UID through moves, SEQUENCE says which version
 * is newer. Calendars are shared with family and colleagues, so it tells neither the doctor nor the specialty nor the
 * organisation's name, only that there is a visit, when and where.
 */
export function calendarEvent(ticket: Ticket): string {
  const cancelled = ticket.status === 'cancelled'
  const calendar = new ICalCalendar({ prodId: { company: 'rmis', product: 'booking', language: 'RU' } })
  calendar.createEvent({
    id: ticket.calendarUid,
    sequence: ticket.sequence,
    stamp: ticket.changedAt,
    created: ticket.changedAt,
    start: ticket.startsAt,
    end: ticket.endsAt,
    summary: 'Приём у врача',
    location: placeOf(ticket),
    description: cancelled ? 'Запись отменена.' : notesOf(ticket),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    class: ICalEventClass.PRIVATE,
    alarms: cancelled
      ? []
      : [
          { type: ICalAlarmType.display, triggerBefore: DAY, description: 'Завтра приём у врача' },
          { type: ICalAlarmType.display, triggerBefore: TWO_HOURS, description: 'Через два часа приём у врача' },
        ],
  })
  return calendar.toString()
}

const placeOf = ({ address, room }: Ticket): string => [address, room && `кабинет ${room}`].filter(Boolean).join(', ')

function notesOf(ticket: Ticket): string {
  const things = whatToBring(ticket.birthDate, localDay(ticket.startsAt, ticket.timeZone))
  return [`Код талона: ${ticket.code}`, `Возьмите с собой: ${things.join(', ')}.`].join('\n')
}

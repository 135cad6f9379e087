import { localDay } from '../../platform/time.ts'
import type { CalendarEvent } from '../../standards/icalendar/index.ts'
import { whatToBring } from '../ticket/what-to-bring.ts'

const DAY = 86_400
const TWO_HOURS = 7_200

/** What a patient's calendar event is made of; a ticket and a visit of a feed have it alike. */
export type EventOfVisit = {
  calendarUid: string
  sequence: number
  changedAt: Date
  startsAt: Date
  endsAt: Date
  timeZone: string
  status: string
  address: string
  room: string
  code: string
  birthDate: string
}

/**
 * A visit as its patient's calendar event, in UTC. The event keeps its UID through moves, SEQUENCE says which version is
 * newer. Calendars are shared with family and colleagues, so it tells neither the doctor nor the specialty nor the
 * organisation's name, only that there is a visit, when and where.
 */
export function visitEvent(visit: EventOfVisit): CalendarEvent {
  const cancelled = visit.status === 'cancelled'
  return {
    uid: visit.calendarUid,
    sequence: visit.sequence,
    createdAt: visit.changedAt,
    changedAt: visit.changedAt,
    startsAt: visit.startsAt,
    endsAt: visit.endsAt,
    summary: 'Приём у врача',
    location: [visit.address, visit.room && `кабинет ${visit.room}`].filter(Boolean).join(', '),
    description: cancelled ? 'Запись отменена.' : notesOf(visit),
    status: cancelled ? 'CANCELLED' : 'CONFIRMED',
    alarms: cancelled
      ? []
      : [
          { before: DAY, text: 'Завтра приём у врача' },
          { before: TWO_HOURS, text: 'Через два часа приём у врача' },
        ],
  }
}

function notesOf(visit: EventOfVisit): string {
  const things = whatToBring(visit.birthDate, localDay(visit.startsAt, visit.timeZone))
  return [`Код талона: ${visit.code}`, `Возьмите с собой: ${things.join(', ')}.`].join('\n')
}

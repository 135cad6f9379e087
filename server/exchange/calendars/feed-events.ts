import { createHash } from 'node:crypto'
import type { Feed } from '../../modules/calendars/index.ts'
import type { Calendar, CalendarEvent } from '../../standards/icalendar/index.ts'
import { visitEvent } from './visit-event.ts'
import { zonesOf } from './zone.ts'

type Visit = Feed['visits'][number]

/**
 * A feed as events, in the zone of each place. A citizen's has what their ticket has, and whose visit it is when it is not
 * their own; a doctor's has the room alone, and the patient's initials where the doctor chose so: it is read on telephones
 * and by companies that keep calendars.
 */
function feedEvents(feed: Feed): CalendarEvent[] {
  const zones = zonesOf(feed.visits)
  return feed.visits.map((visit) => ({
    ...(feed.of === 'doctor' ? doctorsEvent(visit) : patientsEvent(visit)),
    createdAt: visit.createdAt,
    zone: zones.get(visit.timeZone)!,
  }))
}

function patientsEvent(visit: Visit): CalendarEvent {
  const event = visitEvent({ ...visit, status: visit.cancelled ? 'cancelled' : visit.status })
  return visit.who === null ? event : { ...event, summary: `${event.summary}: ${visit.who}` }
}

const doctorsEvent = (visit: Visit): CalendarEvent => ({
  uid: visit.calendarUid,
  sequence: visit.sequence,
  createdAt: visit.createdAt,
  changedAt: visit.changedAt,
  startsAt: visit.startsAt,
  endsAt: visit.endsAt,
  summary: ['Приём', visit.room && `каб. ${visit.room}`, visit.initials].filter(Boolean).join(', '),
  location: visit.address,
  description: '',
  status: visit.cancelled ? 'CANCELLED' : 'CONFIRMED',
  alarms: [],
})

/** The whole calendar. Programs are asked to come once an hour: that is what a cancelled visit may take to be seen. */
export const feedCalendar = (feed: Feed): Calendar => ({
  name: feed.of === 'doctor' ? 'Приём пациентов' : 'Приёмы у врачей',
  refresh: 'PT1H',
  events: feedEvents(feed),
})

/** What tells one content from another. */
export const tagOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)

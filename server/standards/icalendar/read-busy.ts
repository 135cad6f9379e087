import vm from 'node:vm'
import ICAL from 'ical.js'

/** A time that a calendar says is taken. */
export type Busy = { startsAt: Date; endsAt: Date }

/** The text is not a calendar that we can read; the message says why, in English, without repeating what was sent. */
export class CalendarRefused extends Error {}

export type BusyWindow = {
  from: Date
  until: Date
  /**
   * The instant at which clocks show this ('YYYY-MM-DD', 'HH:MM:SS'): of the zone of this name when it is one that is
   * known, else of whoever's calendar it is. Asked for times without a zone of their own, and for whole days.
   */
  instantOf(day: string, time: string, zone: string | undefined): Date
}

/** How long reading may take: rules of recurrence can be made to run for ever, and ours is not the only calendar. */
const READING_MS = 1000
/** Occurrences looked at of one event, from its beginning: 50 years of days. */
const MAX_OCCURRENCES = 20_000
/** Times taken in the window, after those that touch are one. */
const MAX_TIMES = 5000

/**
 * Reads when a calendar (RFC 5545) is taken within a window: events with their recurrences, exceptions and moved
 * occurrences, and VFREEBUSY. Not taken: cancelled events, transparent ones, and those that Outlook marks as free. Times
 * that touch or overlap are one; earliest first. Throws CalendarRefused: one event that cannot be read is reason enough,
 * since without it a time would seem free that is not.
 */
export function readBusy(text: string, window: BusyWindow): Busy[] {
  const read = () => mergedWithin(allOf(text, window), window)
  try {
    // The only way to stop code that is busy in this thread: the limit also holds for what the script calls.
    return vm.runInNewContext('read()', { read }, { timeout: READING_MS }) as Busy[]
  } catch (error) {
    if (error instanceof CalendarRefused) throw error
    const tooLong = (error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
    throw new CalendarRefused(tooLong ? 'it takes too long to read' : 'not a calendar that can be read')
  }
}

function allOf(text: string, window: BusyWindow): Busy[] {
  const parsed = ICAL.parse(text) as unknown[]
  // Several calendars in one text come as a list of them.
  const roots = (typeof parsed[0] === 'string' ? [parsed] : parsed) as ConstructorParameters<typeof ICAL.Component>[0][]
  if (roots.length === 0) throw new CalendarRefused('not a calendar')
  return roots.flatMap((jcal) => {
    const calendar = new ICAL.Component(jcal)
    if (calendar.name !== 'vcalendar') throw new CalendarRefused('not a calendar')
    return [
      ...eventsOf(calendar).flatMap((events) => busyOf(events, window)),
      ...calendar.getAllSubcomponents('vfreebusy').flatMap(freeBusyOf),
    ]
  })
}

/** Events by UID: the one that repeats, and those that stand in the place of its occurrences. */
function eventsOf(calendar: ICAL.Component): ICAL.Event[][] {
  const byUid = new Map<string, ICAL.Event[]>()
  for (const component of calendar.getAllSubcomponents('vevent')) {
    if (!component.getFirstProperty('dtstart')) throw new CalendarRefused('an event without a beginning')
    const event = new ICAL.Event(component)
    byUid.set(event.uid, [...(byUid.get(event.uid) ?? []), event])
  }
  return [...byUid.values()]
}

function busyOf(events: readonly ICAL.Event[], window: BusyWindow): Busy[] {
  const masters = events.filter((event) => !event.isRecurrenceException())
  const exceptions = events.filter((event) => event.isRecurrenceException())
  // An exception to one occurrence counts where it is now, wherever the occurrence would have been.
  const single = exceptions.filter((event) => !event.modifiesFuture())
  const moved = single.filter(takesTime).map((event) => timesOf(event, event.startDate, event.endDate, window))
  return [...moved, ...masters.flatMap((master) => occurrencesOf(master, exceptions, window))]
}

function occurrencesOf(master: ICAL.Event, exceptions: readonly ICAL.Event[], window: BusyWindow): Busy[] {
  if (!master.isRecurring()) return takesTime(master) ? [timesOf(master, master.startDate, master.endDate, window)] : []
  for (const exception of exceptions) master.relateException(exception)
  const found =
    onlyAdded(master) && takesTime(master) ? [timesOf(master, master.startDate, master.endDate, window)] : []
  const occurrences = master.iterator()
  for (let seen = 0; ; seen++) {
    const next = occurrences.next() as ICAL.Time | null | undefined
    if (!next) return found
    if (seen >= MAX_OCCURRENCES) throw new CalendarRefused('too many occurrences')
    const { item, startDate, endDate } = master.getOccurrenceDetails(next)
    if (instantIn(next, master, window) >= window.until.getTime() && startDate.compare(next) >= 0) return found
    const isOwn = item === master || item.modifiesFuture()
    if (isOwn && takesTime(item)) found.push(timesOf(item, startDate, endDate, window))
  }
}

/** Its further dates are listed (RDATE) and follow no rule: the library gives those alone, and its beginning counts too. */
const onlyAdded = (master: ICAL.Event): boolean =>
  !master.component.hasProperty('rrule') &&
  !master.component.hasProperty('exdate') &&
  !(master.startDate.toString() in master.exceptions)

function takesTime({ component }: ICAL.Event): boolean {
  const valueOf = (name: string) => String(component.getFirstPropertyValue(name) ?? '').toUpperCase()
  return (
    valueOf('status') !== 'CANCELLED' &&
    valueOf('transp') !== 'TRANSPARENT' &&
    valueOf('x-microsoft-cdo-busystatus') !== 'FREE'
  )
}

const timesOf = (event: ICAL.Event, start: ICAL.Time, end: ICAL.Time, window: BusyWindow): Busy => ({
  startsAt: new Date(instantIn(start, event, window)),
  endsAt: new Date(instantIn(end, event, window)),
})

/** A time as an instant. Whole days, and times without a zone that the calendar describes, are told by the window's clocks. */
function instantIn(time: ICAL.Time, event: ICAL.Event, window: BusyWindow): number {
  const hasZone = !time.isDate && time.zone !== ICAL.Timezone.localTimezone
  if (hasZone) return finite(time.toUnixTime() * 1000)
  const [day, clock = '00:00:00'] = time.toString().split('T')
  const named = event.component.getFirstProperty('dtstart')?.getFirstParameter('tzid')
  return finite(window.instantOf(day!, clock.replace('Z', ''), time.isDate ? undefined : named).getTime())
}

function finite(instant: number): number {
  if (!Number.isFinite(instant)) throw new CalendarRefused('a time that is none')
  return instant
}

function freeBusyOf(component: ICAL.Component): Busy[] {
  return component.getAllProperties('freebusy').flatMap((property) => {
    if (property.getFirstParameter('fbtype')?.toUpperCase() === 'FREE') return []
    return (property.getValues() as ICAL.Period[]).map((period) => {
      const [start, end] = [period.start.toUnixTime(), period.getEnd().toUnixTime()]
      return { startsAt: new Date(finite(start * 1000)), endsAt: new Date(finite(end * 1000)) }
    })
  })
}

/** Within the window, earliest first, those that touch as one. */
export function mergedWithin(times: readonly Busy[], { from, until }: Pick<BusyWindow, 'from' | 'until'>): Busy[] {
  const whole: Busy[] = []
  const inside = times
    .map(({ startsAt, endsAt }) => ({
      startsAt: startsAt > from ? startsAt : from,
      endsAt: endsAt < until ? endsAt : until,
    }))
    .filter(({ startsAt, endsAt }) => startsAt < endsAt)
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  for (const time of inside) {
    const last = whole.at(-1)
    if (!last || time.startsAt > last.endsAt) whole.push({ ...time })
    else if (time.endsAt > last.endsAt) last.endsAt = time.endsAt
  }
  if (whole.length > MAX_TIMES) throw new CalendarRefused('too many times')
  return whole
}

import type { Feed } from '../../modules/calendars/index.ts'
import {
  CALDAV,
  caldav,
  calendarserver,
  dav,
  davElement,
  type Property,
  type Resource,
  type TimeRange,
} from '../../standards/caldav/index.ts'
import { element } from '../../standards/xml/index.ts'
import { writeCalendar, type CalendarEvent } from '../../standards/icalendar/index.ts'
import { feedCalendar, tagOf } from './feed-events.ts'

/** Where things are. The paths are the same for everybody: whose calendar it is, the password says. */
export const paths = {
  root: '/caldav/',
  principal: '/caldav/me/',
  home: '/caldav/calendars/',
  visits: '/caldav/calendars/visits/',
} as const

/** An event as a resource of its own: a calendar object with one UID (RFC 4791 §4.1). */
type Item = { href: string; event: CalendarEvent; text: string; etag: string; visit: Feed['visits'][number] }

/** A feed as CalDAV sees it: a collection with a tag, and its items. */
export type Collection = { name: string; tag: string; items: readonly Item[] }

export function collectionOf(feed: Feed): Collection {
  const calendar = feedCalendar(feed)
  const items = calendar.events.map((event, i) => {
    const text = writeCalendar({ events: [event] })
    const href = `${paths.visits}${encodeURIComponent(event.uid)}.ics`
    return { href, event, text, etag: `"${tagOf(text)}"`, visit: feed.visits[i]! }
  })
  return { name: calendar.name!, tag: tagOf(writeCalendar(calendar)), items }
}

/** Whether an event takes any of the time (RFC 4791 §9.9). */
export const isInRange = ({ startsAt, endsAt }: CalendarEvent, { start, end }: TimeRange): boolean =>
  (!end || startsAt < end) && (!start || endsAt > start)

const link = (path: string) => [davElement(dav('href'), path)]
const isCollection = davElement(dav('collection'))

/** What every resource tells: who asks, and that they may read and no more (RFC 3744 §5.4). */
const common: readonly Property[] = [
  { name: dav('current-user-principal'), value: link(paths.principal) },
  { name: dav('owner'), value: link(paths.principal) },
  {
    name: dav('current-user-privilege-set'),
    value: ['read', 'read-current-user-privilege-set'].map((right) =>
      davElement(dav('privilege'), davElement(dav(right))),
    ),
  },
]

/** Collections and the principal that stand still: what each says of itself. */
export const standing: Readonly<Record<string, Resource>> = {
  [paths.root]: {
    href: paths.root,
    properties: [
      { name: dav('resourcetype'), value: [isCollection] },
      { name: dav('displayname'), value: 'РМИС' },
    ],
    extra: common,
  },
  [paths.principal]: {
    href: paths.principal,
    properties: [
      { name: dav('resourcetype'), value: [davElement(dav('principal'))] },
      { name: dav('displayname'), value: 'РМИС' },
    ],
    extra: [
      ...common,
      { name: dav('principal-URL'), value: link(paths.principal) },
      { name: caldav('calendar-home-set'), value: link(paths.home) },
    ],
  },
  [paths.home]: {
    href: paths.home,
    properties: [
      { name: dav('resourcetype'), value: [isCollection] },
      { name: dav('displayname'), value: 'Календари' },
    ],
    extra: common,
  },
}

export const visitsResource = ({ name, tag }: Collection): Resource => ({
  href: paths.visits,
  properties: [
    { name: dav('resourcetype'), value: [isCollection, davElement(caldav('calendar'))] },
    { name: dav('displayname'), value: name },
    { name: dav('getcontenttype'), value: 'text/calendar; charset=utf-8; component=vevent' },
  ],
  extra: [
    ...common,
    { name: calendarserver('getctag'), value: tag },
    { name: dav('getetag'), value: `"${tag}"` },
    { name: caldav('supported-calendar-component-set'), value: [element('C:comp', { name: 'VEVENT' })] },
    {
      name: caldav('supported-calendar-data'),
      value: [element('C:calendar-data', { 'content-type': 'text/calendar', version: '2.0' })],
    },
    {
      name: dav('supported-report-set'),
      value: ['calendar-query', 'calendar-multiget'].map((report) =>
        davElement(
          dav('supported-report'),
          davElement(dav('report'), davElement({ namespace: CALDAV, local: report })),
        ),
      ),
    },
  ],
})

/** `utc`: the program asked for times without zones. */
export function itemResource(item: Item, utc = false): Resource {
  const { zone: _, ...inUtc } = item.event
  return {
    href: item.href,
    properties: [
      { name: dav('resourcetype'), value: [] },
      { name: dav('getetag'), value: item.etag },
      { name: dav('getcontenttype'), value: 'text/calendar; charset=utf-8; component=vevent' },
      { name: dav('getcontentlength'), value: String(Buffer.byteLength(item.text)) },
      { name: dav('getlastmodified'), value: item.event.changedAt.toUTCString() },
    ],
    extra: [...common, { name: caldav('calendar-data'), value: utc ? writeCalendar({ events: [inUtc] }) : item.text }],
  }
}

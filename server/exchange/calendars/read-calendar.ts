import type { ExternalSource, ReadCalendar, Reading } from '../../modules/calendars/index.ts'
import { instantOf, isTimeZone, startOfLocalDay } from '../../platform/time.ts'
import {
  caldav,
  dav,
  hrefIn,
  isEventCalendar,
  keyOf,
  readMultistatus,
  writeCalendarQuery,
  writePropfind,
  type ReadResource,
} from '../../standards/caldav/index.ts'
import { CalendarRefused, mergedWithin, readBusy, type BusyWindow } from '../../standards/icalendar/index.ts'
import { XmlRefused } from '../../standards/xml/index.ts'
import { askOutside, isSameSite, NoAnswer, type Answered, type Asking, type Outside } from './ask-outside.ts'

/** How many calendars of one account are read. */
const MAX_CALENDARS = 10

/** Reads a calendar outside over HTTP: a file at an address, or by CalDAV. */
export const readCalendarOver =
  (outside: Outside): ReadCalendar =>
  async (source, { from, until, zone }) => {
    const window = { from, until, instantOf: clocksOf(zone) }
    try {
      return await (source.kind === 'ics' ? readFile(outside, source, window) : readDav(outside, source, window))
    } catch (error) {
      if (error instanceof NoAnswer) return { outcome: 'failed', failure: error.failure }
      if (error instanceof CalendarRefused || error instanceof XmlRefused)
        return { outcome: 'failed', failure: 'unreadable' }
      throw error
    }
  }

/** Times without a zone of their own are told by a zone that is known by its name, else by that of the clinic. */
const clocksOf =
  (zone: string): BusyWindow['instantOf'] =>
  (day, time, named) => {
    const by = named !== undefined && isTimeZone(named) ? named : zone
    if (time === '00:00:00') return startOfLocalDay(by, day)
    return new Date(instantOf(by, day, time.slice(0, 5)).getTime() + Number(time.slice(6, 8)) * 1000)
  }

const credentialsOf = ({ username, password }: ExternalSource): Asking['credentials'] =>
  password === null ? undefined : { username: username ?? '', password }

async function readFile(outside: Outside, source: ExternalSource, window: BusyWindow): Promise<Reading> {
  const answer = await askOutside(outside, {
    method: 'GET',
    url: new URL(source.address),
    headers: {
      accept: 'text/calendar, */*;q=0.1',
      ...(source.etag && { 'if-none-match': source.etag }),
      ...(source.lastModified && { 'if-modified-since': source.lastModified }),
    },
    credentials: credentialsOf(source),
  })
  if (answer.status === 304 && (source.etag || source.lastModified)) return { outcome: 'unchanged' }
  requireDone(answer)
  const { etag, 'last-modified': lastModified } = answer.headers
  return {
    outcome: 'read',
    times: readBusy(textOf(answer.body), window),
    etag: etag?.slice(0, 500) ?? null,
    lastModified: lastModified?.slice(0, 100) ?? null,
  }
}

/** UTF-8, as RFC 5545 §3.1.4 has it, with or without a mark at its beginning. Throws NoAnswer. */
function textOf(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new NoAnswer('unreadable')
  }
}

function requireDone({ status }: Answered): void {
  if (status >= 200 && status < 300) return
  if (status === 401 || status === 403) throw new NoAnswer('not-allowed')
  throw new NoAnswer(status === 404 || status === 410 ? 'not-found' : 'server-error')
}

async function readDav(outside: Outside, source: ExternalSource, window: BusyWindow): Promise<Reading> {
  const ask = davAsker(outside, source)
  const calendars = await calendarsOf(ask, new URL(source.address))
  if (calendars.length === 0) throw new NoAnswer('no-calendar')
  const times = []
  for (const url of calendars.slice(0, MAX_CALENDARS)) {
    const { resources } = await ask('REPORT', url, '1', writeCalendarQuery(window))
    for (const { properties } of resources) {
      const data = properties.get(keyOf(caldav('calendar-data')))?.text
      if (data) times.push(...readBusy(data, window))
    }
  }
  return { outcome: 'read', times: mergedWithin(times, window), etag: null, lastModified: null }
}

type AskDav = (
  method: 'PROPFIND' | 'REPORT',
  url: URL,
  depth: '0' | '1',
  body: string,
) => Promise<{ resources: ReadResource[]; url: URL }>

const davAsker =
  (outside: Outside, source: ExternalSource): AskDav =>
  async (method, url, depth, body) => {
    const answer = await askOutside(outside, {
      method,
      url,
      headers: { depth, 'content-type': 'application/xml; charset=utf-8' },
      body,
      credentials: isSameSite(url, new URL(source.address)) ? credentialsOf(source) : undefined,
    })
    requireDone(answer)
    if (answer.status !== 207) throw new NoAnswer('no-calendar')
    return { resources: multistatusOf(answer.body), url: answer.url }
  }

function multistatusOf(body: Buffer): ReadResource[] {
  try {
    return readMultistatus(body)
  } catch {
    throw new NoAnswer('unreadable')
  }
}

/**
 * The calendars at an address: it is one itself, or leads to the account's principal and that to the home of the calendars
 * (RFC 6764 §6, RFC 4791 §6.2); an address without a path is also looked for at /.well-known/caldav.
 */
async function calendarsOf(ask: AskDav, address: URL): Promise<URL[]> {
  const here = await ask('PROPFIND', address, '0', writePropfind(ABOUT)).catch((error: unknown) => {
    const isElsewhere = error instanceof NoAnswer && error.failure !== 'not-allowed' && address.pathname === '/'
    if (!isElsewhere) throw error
    return ask('PROPFIND', new URL('/.well-known/caldav', address), '0', writePropfind(ABOUT))
  })
  const [about] = here.resources
  if (!about) return []
  if (isEventCalendar(about)) return [here.url]
  const home = homeIn(about) ?? (await homeOfPrincipal(ask, about, here.url))
  if (home === undefined) return []
  const list = await ask('PROPFIND', new URL(home, here.url), '1', writePropfind(ABOUT))
  return list.resources.filter(isEventCalendar).map(({ href }) => new URL(href, list.url))
}

const ABOUT = [
  dav('resourcetype'),
  dav('current-user-principal'),
  caldav('calendar-home-set'),
  caldav('supported-calendar-component-set'),
]
const homeIn = ({ properties }: ReadResource): string | undefined =>
  hrefIn(properties.get(keyOf(caldav('calendar-home-set'))))

async function homeOfPrincipal(ask: AskDav, about: ReadResource, at: URL): Promise<string | undefined> {
  const principal = hrefIn(about.properties.get(keyOf(dav('current-user-principal'))))
  if (principal === undefined || !URL.canParse(principal, at.href)) return undefined
  const { resources, url } = await ask('PROPFIND', new URL(principal, at), '0', writePropfind(ABOUT))
  const home = resources[0] && homeIn(resources[0])
  return home === undefined || !URL.canParse(home, url.href) ? undefined : new URL(home, url).href
}

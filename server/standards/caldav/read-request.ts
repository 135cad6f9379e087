import { readXml, XmlRefused, type XmlNode } from '../xml/index.ts'
import { CALDAV, DAV, type Name } from './names.ts'

/** The request is not one that we can answer; `condition` is the element of DAV:error that says why (RFC 4918 §16). */
export class DavRefused extends Error {
  readonly status: 400 | 403
  readonly condition: Name | undefined
  constructor(status: 400 | 403, message: string, condition?: Name) {
    super(message)
    this.status = status
    this.condition = condition
  }
}

/** Which properties are asked for: all, their names, or these. */
export type Asked = { kind: 'all' } | { kind: 'names' } | { kind: 'named'; names: readonly Name[] }

export type TimeRange = { start: Date | undefined; end: Date | undefined }

/** A REPORT that we know (RFC 4791 §7.8, §7.9). `events`: whether events are asked for at all. */
export type Report = { asked: Asked; utc: boolean } & (
  | { kind: 'query'; events: boolean; range: TimeRange | undefined }
  | { kind: 'multiget'; hrefs: readonly string[] }
)

const is = (node: XmlNode, namespace: string, local: string): boolean =>
  node.namespace === namespace && node.local === local
const child = (node: XmlNode, namespace: string, local: string): XmlNode | undefined =>
  node.children.find((c) => is(c, namespace, local))

function read(body: Uint8Array): XmlNode {
  try {
    return readXml(body)
  } catch (error) {
    if (error instanceof XmlRefused) throw new DavRefused(400, error.message)
    throw error
  }
}

/** The body of a PROPFIND (RFC 4918 §9.1); an empty one asks for all. Throws DavRefused. */
export function readPropfind(body: Uint8Array): Asked {
  if (body.length === 0) return { kind: 'all' }
  const root = read(body)
  if (!is(root, DAV, 'propfind')) throw new DavRefused(400, 'not a propfind')
  return askedIn(root) ?? { kind: 'all' }
}

function askedIn(node: XmlNode): Asked | undefined {
  const prop = child(node, DAV, 'prop')
  if (prop) return { kind: 'named', names: prop.children.map(({ namespace, local }) => ({ namespace, local })) }
  if (child(node, DAV, 'propname')) return { kind: 'names' }
  return child(node, DAV, 'allprop') && { kind: 'all' }
}

/** The body of a REPORT. Throws DavRefused, for a report that we do not know too. */
export function readReport(body: Uint8Array): Report {
  const root = read(body)
  const asked = askedIn(root) ?? { kind: 'named', names: [] }
  const data = child(root, DAV, 'prop')?.children.find((c) => is(c, CALDAV, 'calendar-data'))
  // Without recurrences, expanding is telling times in UTC (RFC 4791 §9.6.5).
  const utc = data !== undefined && child(data, CALDAV, 'expand') !== undefined
  if (is(root, CALDAV, 'calendar-multiget')) {
    const hrefs = root.children.filter((c) => is(c, DAV, 'href')).map((c) => c.text)
    return { kind: 'multiget', asked, utc, hrefs }
  }
  if (is(root, CALDAV, 'calendar-query')) return { kind: 'query', asked, utc, ...readFilter(root) }
  throw new DavRefused(403, 'no such report here', { namespace: DAV, local: 'supported-report' })
}

const unsupported = (): DavRefused =>
  new DavRefused(403, 'only a time range of events can be asked for', { namespace: CALDAV, local: 'supported-filter' })

/** What we filter by is the time: of VCALENDAR, of VEVENT in it (RFC 4791 §9.7). */
function readFilter(root: XmlNode): { events: boolean; range: TimeRange | undefined } {
  const filter = child(root, CALDAV, 'filter')
  const calendar = filter && child(filter, CALDAV, 'comp-filter')
  if (!calendar || calendar.attributes['name']?.toUpperCase() !== 'VCALENDAR')
    throw new DavRefused(403, 'a filter of VCALENDAR is needed', { namespace: CALDAV, local: 'valid-filter' })
  const [component, ...more] = calendar.children
  if (!component) return { events: true, range: undefined }
  if (more.length > 0 || !is(component, CALDAV, 'comp-filter')) throw unsupported()
  const events = component.attributes['name']?.toUpperCase() === 'VEVENT'
  const [range, ...others] = component.children
  if (!range) return { events, range: undefined }
  if (others.length > 0 || !is(range, CALDAV, 'time-range')) throw unsupported()
  return { events, range: { start: timeOf(range.attributes['start']), end: timeOf(range.attributes['end']) } }
}

/** A UTC date-time of a time range (§9.9). */
function timeOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const m = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  const at = m && new Date(`${m[1]}-${m[2]}-${m[3]}T${m[4]}:${m[5]}:${m[6]}Z`)
  if (!at || Number.isNaN(at.getTime()))
    throw new DavRefused(400, 'a time range needs UTC date-times', { namespace: CALDAV, local: 'valid-filter' })
  return at
}

import { element, writeXml, type XmlElement } from '../xml/index.ts'
import { CALDAV, DAV, type Name } from './names.ts'
import { davElement } from './write-reply.ts'

const declarations = { 'xmlns:D': DAV, 'xmlns:C': CALDAV }
const utc = (at: Date): string => `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** Asks for properties of a resource (RFC 4918 §9.1). */
export const writePropfind = (names: readonly Name[]): string =>
  writeXml(
    element(
      'D:propfind',
      declarations,
      davElement({ namespace: DAV, local: 'prop' }, ...names.map((n) => davElement(n))),
    ),
  )

/** Asks for the calendar data of everything of one kind that takes time within a window (RFC 4791 §7.8). */
export function writeCalendarQuery(window: { from: Date; until: Date }): string {
  const range = element('C:time-range', { start: utc(window.from), end: utc(window.until) })
  const inside = (name: string, ...children: XmlElement[]) => element('C:comp-filter', { name }, ...children)
  return writeXml(
    element(
      'C:calendar-query',
      declarations,
      element('D:prop', {}, element('C:calendar-data')),
      element('C:filter', {}, inside('VCALENDAR', inside('VEVENT', range))),
    ),
  )
}

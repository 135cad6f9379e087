import { element, writeXml, type XmlElement } from '../xml/index.ts'
import { CALDAV, CALENDARSERVER, DAV, keyOf, type Name } from './names.ts'
import type { Asked } from './read-request.ts'

/** A property with its value: text, or elements. */
export type Property = { name: Name; value: string | readonly XmlElement[] }

/** A resource with all that it can say of itself; `extra` is said only when it is asked for by name. */
export type Resource = { href: string; properties: readonly Property[]; extra?: readonly Property[] }

const prefixes: Readonly<Record<string, string>> = { [DAV]: 'D', [CALDAV]: 'C', [CALENDARSERVER]: 'CS' }
const declarations = Object.fromEntries(Object.entries(prefixes).map(([uri, prefix]) => [`xmlns:${prefix}`, uri]))

/** An element of a known namespace keeps its prefix; another brings its own. */
export function davElement(name: Name, ...children: (XmlElement | string)[]): XmlElement {
  const prefix = prefixes[name.namespace]
  if (prefix) return element(`${prefix}:${name.local}`, {}, ...children)
  return element(`x:${name.local}`, { 'xmlns:x': name.namespace }, ...children)
}

const href = (address: string): XmlElement => davElement({ namespace: DAV, local: 'href' }, address)
const d = (local: string, ...children: (XmlElement | string)[]): XmlElement =>
  davElement({ namespace: DAV, local }, ...children)

/** A 207 answer (RFC 4918 §13): for each resource what was asked and is there, and what is not. */
export const writeMultistatus = (resources: readonly (Resource | { href: string; missing: true })[], asked: Asked) =>
  writeXml(element('D:multistatus', declarations, ...resources.map((resource) => responseOf(resource, asked))))

function responseOf(resource: Resource | { href: string; missing: true }, asked: Asked): XmlElement {
  if ('missing' in resource) return d('response', href(resource.href), d('status', 'HTTP/1.1 404 Not Found'))
  const { found, absent } = choose(resource, asked)
  const value = ({ name, value: v }: Property) => davElement(name, ...(typeof v === 'string' ? [v] : v))
  return d(
    'response',
    href(resource.href),
    ...(found.length > 0 || absent.length === 0 ? [propstat('200 OK', found.map(value))] : []),
    ...(absent.length > 0
      ? [
          propstat(
            '404 Not Found',
            absent.map((name) => davElement(name)),
          ),
        ]
      : []),
  )
}

const propstat = (status: string, properties: readonly XmlElement[]): XmlElement =>
  d('propstat', d('prop', ...properties), d('status', `HTTP/1.1 ${status}`))

function choose({ properties, extra = [] }: Resource, asked: Asked): { found: Property[]; absent: Name[] } {
  if (asked.kind === 'all') return { found: [...properties], absent: [] }
  if (asked.kind === 'names') return { found: properties.map(({ name }) => ({ name, value: [] })), absent: [] }
  const known = new Map([...properties, ...extra].map((property) => [keyOf(property.name), property]))
  return {
    found: asked.names.flatMap((name) => known.get(keyOf(name)) ?? []),
    absent: asked.names.filter((name) => !known.has(keyOf(name))),
  }
}

/** The body that says which condition was not met (RFC 4918 §16). */
export const writeError = (condition: Name): string => writeXml(element('D:error', declarations, davElement(condition)))

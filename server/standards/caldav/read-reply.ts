import { readXml, type XmlNode } from '../xml/index.ts'
import { CALDAV, DAV, keyOf } from './names.ts'

/** A resource of a multistatus: where it is, and the properties that it has, by the key of their names. */
export type ReadResource = { href: string; properties: ReadonlyMap<string, XmlNode> }

const is = (node: XmlNode, namespace: string, local: string): boolean =>
  node.namespace === namespace && node.local === local
const childrenOf = (node: XmlNode, local: string): XmlNode[] => node.children.filter((c) => is(c, DAV, local))

/**
 * Reads an answer of several statuses (RFC 4918 §13); properties that were not found are left out. Throws XmlRefused for
 * what is not XML, Error for what is not a multistatus.
 */
export function readMultistatus(bytes: Uint8Array): ReadResource[] {
  const root = readXml(bytes, { bytes: 8 * 1024 * 1024, nodes: 100_000 })
  if (!is(root, DAV, 'multistatus')) throw new Error('not a multistatus')
  return childrenOf(root, 'response').flatMap((response) => {
    const href = childrenOf(response, 'href')[0]?.text
    if (!href) return []
    const found = childrenOf(response, 'propstat').filter((propstat) =>
      /\s2\d\d(\s|$)/.test(childrenOf(propstat, 'status')[0]?.text ?? ''),
    )
    const properties = found.flatMap((propstat) => childrenOf(propstat, 'prop').flatMap((prop) => prop.children))
    const byKey = properties.map((node) => [keyOf(node), node] as const)
    return [{ href, properties: new Map(byKey) }]
  })
}

/** The address inside a property such as current-user-principal. */
export const hrefIn = (node: XmlNode | undefined): string | undefined =>
  node && (childrenOf(node, 'href')[0]?.text || undefined)

/** Whether a resource is a calendar that holds events (RFC 4791 §4.2, §5.2.3). */
export function isEventCalendar({ properties }: ReadResource): boolean {
  const type = properties.get(keyOf({ namespace: DAV, local: 'resourcetype' }))
  const kinds = properties.get(keyOf({ namespace: CALDAV, local: 'supported-calendar-component-set' }))
  return (
    Boolean(type?.children.some((c) => is(c, CALDAV, 'calendar'))) &&
    (!kinds || kinds.children.some((c) => c.attributes['name']?.toUpperCase() === 'VEVENT'))
  )
}

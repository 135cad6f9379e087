import { ParseOption, XmlCData, XmlDocument, XmlElement, XmlText } from 'libxml2-wasm'

/** An element as it was read: names without prefixes, text without that of the children. */
export type XmlNode = {
  readonly local: string
  readonly namespace: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlNode[]
  readonly text: string
}

/** The bytes are not XML that we accept; the message says why, in English, without repeating what was sent. */
export class XmlRefused extends Error {}

/** A message of ours is a few kilobytes; what is larger is not one. */
export const MAX_BYTES = 256 * 1024
/** How many bytes and elements a document may have. */
export type XmlLimits = { bytes: number; nodes: number }
const USUAL: XmlLimits = { bytes: MAX_BYTES, nodes: 5000 }
/** Elements within each other at most. */
const MAX_DEPTH = 40

/**
 * Reads an XML 1.0 document, strictly: UTF-8, well-formed, with namespaces, no document type (hence no entities of one's
 * own and nothing from elsewhere), no processing instructions to act on, bounded in bytes, elements and depth.
 * Throws XmlRefused.
 */
export function readXml(bytes: Uint8Array, limits: XmlLimits = USUAL): XmlNode {
  if (bytes.length > limits.bytes) throw new XmlRefused(`longer than ${limits.bytes} bytes`)
  const text = decode(bytes)
  // Entities can only be declared in a document type, so without one there are none to expand.
  if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) throw new XmlRefused('a document type is not accepted')
  const document = parse(text)
  try {
    return nodeOf(document.root, { left: limits.nodes }, 1)
  } finally {
    document.dispose()
  }
}

function decode(bytes: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new XmlRefused('not UTF-8')
  }
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1]
  if (declared !== undefined && declared.toLowerCase() !== 'utf-8') throw new XmlRefused('only UTF-8 is accepted')
  return text
}

const OPTIONS =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NOCDATA |
  ParseOption.XML_PARSE_NOBLANKS

function parse(text: string): XmlDocument {
  try {
    return XmlDocument.fromString(text, { option: OPTIONS })
  } catch {
    throw new XmlRefused('not well-formed XML')
  }
}

function nodeOf(element: XmlElement, seen: { left: number }, depth: number): XmlNode {
  if (seen.left-- <= 0) throw new XmlRefused('too many elements')
  if (depth > MAX_DEPTH) throw new XmlRefused('elements too deep')
  const children: XmlNode[] = []
  let text = ''
  for (let child = element.firstChild; child; child = child.next) {
    if (child instanceof XmlElement) children.push(nodeOf(child, seen, depth + 1))
    else if (child instanceof XmlText || child instanceof XmlCData) text += child.content
  }
  const attributes: Record<string, string> = {}
  for (const a of element.attrs) attributes[a.namespaceUri ? `{${a.namespaceUri}}${a.name}` : a.name] = a.value
  return { local: element.name, namespace: element.namespaceUri, attributes, children, text: text.trim() }
}

/** An element; children that are strings are text. An attribute that is undefined is not written. */
export type XmlElement = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | undefined>>
  readonly children: readonly (XmlElement | string)[]
}
/** What may stand among children: `false` and `undefined` are nothing, lists are spread. */
export type XmlChild = XmlElement | string | undefined | false | readonly XmlChild[]

export const element = (
  name: string,
  attributes: XmlElement['attributes'] = {},
  ...children: XmlChild[]
): XmlElement => ({ name, attributes, children: flat(children) })

const flat = (children: readonly XmlChild[]): (XmlElement | string)[] =>
  children.flatMap((child) => {
    if (child === undefined || child === false) return []
    return Array.isArray(child) ? flat(child) : [child as XmlElement | string]
  })

/**
 * The document as XML 1.0 text with its declaration. Elements that hold only elements are indented for the eye; where
 * there is text, not one space is added. Characters that XML 1.0 forbids (§2.2) are left out: no escape can carry them.
 */
export const writeXml = (root: XmlElement): string => `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '\n')}\n`

function write({ name, attributes, children }: XmlElement, newline: string): string {
  const open = Object.entries(attributes).reduce(
    (tag, [key, value]) => (value === undefined ? tag : `${tag} ${key}="${inAttribute(value)}"`),
    `<${name}`,
  )
  if (children.length === 0) return `${open}/>`
  const isMixed = newline === '' || children.some((child) => typeof child === 'string')
  const deeper = isMixed ? '' : `${newline}  `
  const inner = children.map((child) => (typeof child === 'string' ? inText(child) : deeper + write(child, deeper)))
  return `${open}>${inner.join('')}${isMixed ? '' : newline}</${name}>`
}

const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

/** Text without what XML 1.0 cannot carry: most control characters, lone halves of surrogate pairs, U+FFFE, U+FFFF. */
export const withoutForbidden = (text: string): string => text.replace(forbidden, '')

// A parser turns a bare CR into LF, and white space inside an attribute into spaces (XML 1.0 §2.11, §3.3.3).
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
}
const inText = (text: string): string => withoutForbidden(text).replace(/[&<>\r]/g, (c) => escapes[c]!)
const inAttribute = (text: string): string => withoutForbidden(text).replace(/[&<>"\r\n\t]/g, (c) => escapes[c]!)

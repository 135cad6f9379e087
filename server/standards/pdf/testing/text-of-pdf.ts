import { inflateSync } from 'node:zlib'

// Reads the text back out of our own PDFs, so that tests see what a person could copy. Knows only what Typst writes:
// plain objects, Type0 fonts with a ToUnicode map, one stream per page.

/** Text of each page in drawing order; the lines of a paragraph run together, parts drawn apart are separated by LF. */
export function pagesOfPdf(pdf: Uint8Array): string[] {
  const file = Buffer.from(pdf).toString('latin1')
  const objects = new Map(
    [...file.matchAll(/^(\d+) 0 obj\n([^]*?)\nendobj/gm)].map(([, id, body]) => [id!, body!] as const),
  )
  const reference = (text: string, key: string): string => {
    const found = new RegExp(`/${key} (\\d+) 0 R`).exec(text)?.[1]
    return found === undefined ? '' : (objects.get(found) ?? '')
  }
  const order = [...file.matchAll(/\/Kids \[([^\]]*)\]/g)].flatMap(([, kids]) => [...kids!.matchAll(/(\d+) 0 R/g)])
  return order.flatMap(([, id]) => {
    const page = objects.get(id!) ?? ''
    if (!/\/Type \/Page\n/.test(page)) return []
    const fonts = new Map(
      [...page.matchAll(/\/(f\d+) (\d+) 0 R/g)].map(([, name, font]) => [
        name!,
        unicodeMap(streamOf(reference(objects.get(font!) ?? '', 'ToUnicode'))),
      ]),
    )
    return [textOf(streamOf(reference(page, 'Contents')), fonts)]
  })
}

function streamOf(object: string): string {
  const raw = /stream\n([^]*?)\nendstream/.exec(object)?.[1] ?? ''
  return object.includes('/FlateDecode') ? inflateSync(Buffer.from(raw, 'latin1')).toString('latin1') : raw
}

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le')

/** Glyph number → text, from the bfchar and bfrange lines of a ToUnicode map. */
function unicodeMap(cmap: string): Map<number, string> {
  const map = new Map<number, string>()
  for (const [, block] of cmap.matchAll(/beginbfchar\n([^]*?)endbfchar/g))
    for (const [, glyph, text] of block!.matchAll(/<([0-9a-f]+)> <([0-9a-f]*)>/gi))
      map.set(Number.parseInt(glyph!, 16), utf16(text!))
  for (const [, block] of cmap.matchAll(/beginbfrange\n([^]*?)endbfrange/g))
    for (const [, from, to, text] of block!.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> <([0-9a-f]+)>/gi))
      for (let glyph = Number.parseInt(from!, 16), i = 0; glyph <= Number.parseInt(to!, 16); glyph++, i++)
        map.set(glyph, utf16((Number.parseInt(text!, 16) + i).toString(16).padStart(text!.length, '0')))
  return map
}

// A literal string may hold balanced brackets as they are (ISO 32000-1, 7.3.4.2); three deep are enough for a line.
const nested = (inner: string): string => `\\((?:[^()\\\\]|\\\\[^]|${inner})*\\)`
const literal = nested(nested(nested('\\(\\)')))
const shown = new RegExp(
  `/ActualText <FEFF([0-9A-F]*)>[^]*?EMC|/(f\\d+) [\\d.]+ Tf|(\\[(?:${literal}|[^\\]()])*\\] TJ|${literal} Tj)|BT`,
  'g',
)

function textOf(content: string, fonts: Map<string, Map<number, string>>): string {
  let font = new Map<number, string>()
  let text = ''
  for (const [part, actual, name, strings] of content.matchAll(shown)) {
    if (actual !== undefined) text += utf16(actual)
    else if (name !== undefined) font = fonts.get(name) ?? new Map()
    else if (strings === undefined) text += part === 'BT' ? '\n' : ''
    else
      for (const [string] of strings.matchAll(new RegExp(literal, 'g'))) {
        const bytes = Buffer.from(unescaped(string.slice(1, -1)), 'latin1')
        for (let i = 0; i + 1 < bytes.length; i += 2) text += font.get(bytes.readUInt16BE(i)) ?? '\uFFFD'
      }
  }
  return text
}

const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '' }
const unescaped = (escaped: string): string =>
  escaped.replace(/\\(?:([0-7]{1,3})|([^]))/g, (_, octal: string | undefined, sign: string) =>
    octal === undefined ? (named[sign] ?? sign) : String.fromCharCode(Number.parseInt(octal, 8)),
  )

import fc from 'fast-check'
import { XmlDocument } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import { element, withoutForbidden, writeXml, type XmlElement } from './write-xml.ts'

/** What a parser makes of it: the text of the element, and the attribute `a`. */
function read(root: XmlElement): { text: string; attribute: string | undefined } {
  const document = XmlDocument.fromString(writeXml(root))
  try {
    return { text: document.root.content, attribute: document.root.attr('a')?.value }
  } finally {
    document.dispose()
  }
}

const anything = fc.string({ unit: 'binary', maxLength: 200 })

describe('XML writer', () => {
  it('gives back whatever text and attribute went in, but for what XML cannot carry', () => {
    fc.assert(
      fc.property(anything, anything, (text, attribute) => {
        expect(read(element('x', { a: attribute }, text))).toEqual({
          text: withoutForbidden(text),
          attribute: withoutForbidden(attribute),
        })
      }),
      { numRuns: 500 },
    )
  })

  it('keeps spaces, line ends and tabs where they stand', () => {
    const text = ' \t\r\n a \r b\n\n '
    expect(read(element('x', { a: text }, text))).toEqual({ text, attribute: text })
  })

  it('keeps what looks like markup as text', () => {
    const text = `]]> <b>&amp;</b> "it's" <!-- --> <?pi?> &#0;`
    expect(read(element('x', { a: text }, text))).toEqual({ text, attribute: text })
  })

  it('drops control characters, lone surrogates and non-characters, and nothing near them', () => {
    expect(withoutForbidden('а\u0000б\u0008в\uD800г\uDC00д\uFFFEе\uFFFFж')).toBe('абвгдеж')
    expect(withoutForbidden('😀 й е\u0301 \u200D \u0085 \uE000')).toBe('😀 й е\u0301 \u200D \u0085 \uE000')
  })

  it('indents elements that hold only elements, and adds nothing where there is text', () => {
    const root = element('a', {}, element('b', {}, 'x', element('c'), element('d', {}, element('e'))), element('f'))
    expect(writeXml(root)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a>\n  <b>x<c/><d><e/></d></b>\n  <f/>\n</a>\n',
    )
  })

  it('leaves out children and attributes that are not there', () => {
    expect(writeXml(element('a', { b: undefined, c: '' }, undefined, false, [[], [element('d')]]))).toContain(
      '<a c="">\n  <d/>\n</a>',
    )
  })
})

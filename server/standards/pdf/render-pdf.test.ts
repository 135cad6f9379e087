import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printable } from './printable.ts'
import { renderPdf } from './render-pdf.ts'
import { pagesOfPdf } from './testing/text-of-pdf.ts'

const template = `
#let d = json(bytes(sys.inputs.data))
#set document(title: "Проба", date: auto)
#for paragraph in d.texts [#paragraph #parbreak()]
`
const at = new Date('2026-11-24T02:41:10Z')
const render = (...texts: string[]) => renderPdf(template, { texts }, at)
/** Printed text without spaces and breaks: where lines are broken is the template's business. */
const printed = (...texts: string[]) =>
  pagesOfPdf(render(...texts))
    .join('')
    .replace(/[\s\u200B]/g, '')

describe('a PDF made of a template and data', () => {
  it('is tagged PDF/A-2a with a title, a language and embedded typefaces', () => {
    const file = Buffer.from(render('Привет')).toString('latin1')
    expect(file.startsWith('%PDF-1.7')).toBe(true)
    expect(file).toMatch(/pdfaid:part>2</)
    expect(file).toMatch(/pdfaid:conformance>A</)
    expect(file).toMatch(/\/Marked true/)
    expect(file).toMatch(/\/StructTreeRoot \d+ 0 R/)
    expect(file).toMatch(/\/Lang \(ru\)/)
    expect(file).toMatch(/\/S \/GTS_PDFA1/)
    expect(file).toMatch(/\/BaseFont \/[A-Z]{6}\+GolosText-Regular/)
    expect(file).toMatch(/\/FontFile2/)
  })

  it('is the same bytes for the same data and time', () => {
    expect(render('Один', '😀')).toEqual(render('Один', '😀'))
    expect(render('Один')).not.toEqual(render('Два'))
  })

  it('shows letters, quotes, fractions, Greek and accents as they are', () => {
    expect(printed('«Ёж» & <b> #eval("1") $x$ [скобки] (и) эти')).toBe('«Ёж»&<b>#eval("1")$x$[скобки](и)эти')
    expect(printed('за\u0301мок и\u0306од')).toContain('за\u0301мок')
    expect(printed('37,5 °C ≤ ½ ± µ → Δ α № ₽')).toBe('37,5°C≤½±µ→Δα№₽')
  })

  it('spells out signs that no typeface has, and only them', () => {
    expect(printed('боль 😀 и 漢')).toBe('боль[U+1F600]и[U+6F22]')
    expect(printed('а\u20E3 а', '* *\u20E3')).toBe('[U+0430U+20E3]а*[U+002AU+20E3]')
    expect(printed('\uE000')).toBe('[U+E000]')
  })

  it('drops what has no meaning in print: controls, lone surrogates, marks that turn the direction of text', () => {
    expect(printable('а\u0000б\u0007в\uD800г\uFEFFд\u202Eе\u2066ж\u0085з')).toBe('абвгдежз')
    expect(printable('1\r\n2\r3\u20284')).toBe('1\n2\n3\n4')
  })

  it('keeps a run without spaces on the page', () => {
    const run = 'щ'.repeat(500)
    expect(printed(run)).toBe(run)
    const lines = pagesOfPdf(render(run))[0]!
      .split('\n')
      .filter((line) => line.includes('щ'))
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(100)
  })

  it('is made of any strings at all', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 4 }), (texts) => {
        expect(render(...texts).length).toBeGreaterThan(1000)
      }),
      { numRuns: 60 },
    )
  })

  it('throws what the template has wrong', () => {
    expect(() => renderPdf('#nothing-like-this', {}, at)).toThrow(/does not compile.*unknown variable/)
  })
})

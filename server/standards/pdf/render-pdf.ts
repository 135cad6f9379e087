import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import { printable, signsToSpell } from './printable.ts'

let compiler: NodeCompiler | undefined

/** The compiler with our typeface (Golos Text: Cyrillic and ₽), made once: the first document costs 0.1–0.5 s, later ones milliseconds. */
function theCompiler(): NodeCompiler {
  if (compiler) return compiler
  const folder = path.dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/golos-text/package.json'))
  const fonts = [
    '400Regular/GolosText_400Regular.ttf',
    '600SemiBold/GolosText_600SemiBold.ttf',
    '700Bold/GolosText_700Bold.ttf',
  ]
  compiler = NodeCompiler.create({
    fontArgs: [{ fontBlobs: fonts.map((font) => readFileSync(path.join(folder, font))) }],
  })
  return compiler
}

/** Put before every template: our typeface, then the compiler's own for Greek, arrows and such; never the machine's. */
const typeface = '#set text(font: ("Golos Text", "DejaVu Sans Mono"), fallback: false, lang: "ru")\n'
const MOST_ATTEMPTS = 5

/**
 * Renders a Typst template to tagged PDF/A-2a. Data reach the template as JSON in `sys.inputs.data` and never as source,
 * so no text can change the layout's code; strings in them may hold anything (see printable.ts). `at` becomes the
 * creation time: the same content gives the same bytes. Throws Error with the template's diagnostics; that is a bug.
 */
export function renderPdf(template: string, data: unknown, at: Date): Uint8Array {
  const unshowable = new Set<string>()
  for (let attempt = 1; ; attempt++) {
    const texts: string[] = []
    const json = JSON.stringify(data, (_, value: unknown) => {
      if (typeof value !== 'string') return value
      texts.push(value)
      return printable(value, unshowable)
    })
    try {
      return exportPdf(compile(template, json), at)
    } catch (error) {
      const blamed = signsToSpell(error, texts, unshowable)
      if (blamed.length === 0 || attempt === MOST_ATTEMPTS) throw error
      for (const sign of blamed) unshowable.add(sign)
    }
  }
}

function compile(template: string, json: string): NodeTypstDocument {
  const compiled = theCompiler().compile({ mainFileContent: typeface + template, inputs: { data: json } })
  if (compiled.result) return compiled.result
  const diagnostics = compiled.takeError()?.shortDiagnostics ?? []
  throw new Error(`a PDF template does not compile: ${JSON.stringify(diagnostics)}`)
}

function exportPdf(document: NodeTypstDocument, at: Date): Uint8Array {
  const typst = theCompiler()
  try {
    return typst.pdf(document, {
      pdfStandard: 'a-2a',
      pdfTags: true,
      creationTimestamp: Math.floor(at.getTime() / 1000),
    })
  } finally {
    // What the compiler remembers of one document is of no use to the next: keeping it costs 80 MB and saves no time.
    typst.evictCache(0)
  }
}

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

let compiler: NodeCompiler | undefined

/** The compiler with our typeface (Golos Text: Cyrillic and ₽), made once: the first document costs 0.2–0.5 s, later ones milliseconds. */
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

/**
 * Renders a Typst template to tagged PDF/A-2a. Data reach the template as JSON in `sys.inputs.data` and never as source,
 * so no text can change the layout's code. `at` becomes the creation time: the same content gives the same bytes.
 * Throws Error with the template's diagnostics; that is a bug of the template.
 */
export function renderPdf(template: string, data: unknown, at: Date): Uint8Array {
  const typst = theCompiler()
  const compiled = typst.compile({ mainFileContent: template, inputs: { data: JSON.stringify(data) } })
  if (!compiled.result) {
    const diagnostics = compiled.takeError()?.shortDiagnostics ?? []
    throw new Error(`a PDF template does not compile: ${JSON.stringify(diagnostics)}`)
  }
  const bytes = typst.pdf(compiled.result, {
    pdfStandard: 'a-2a',
    pdfTags: true,
    creationTimestamp: Math.floor(at.getTime() / 1000),
  })
  // Compiled pages are kept by content; a clinic's day of different documents would only grow the cache.
  typst.evictCache(10)
  return bytes
}

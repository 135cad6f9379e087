import { gzipSync } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'

type Chunk = Rolldown.OutputChunk
const kilobytes = (bytes: number) => (bytes / 1024).toFixed(1)
const packed = (text: string | Uint8Array) => gzipSync(text).length

/**
 * Weighs what a browser must load before each of the named pages can be used: the entry, the page, and everything
 * either imports, compressed with gzip. Prints the figures, and fails the build above the budget (kilobytes).
 */
export function firstLoad(app: string, pages: readonly string[], budget: number): Plugin {
  return {
    name: 'first-load',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = new Map(Object.values(bundle).flatMap((o) => (o.type === 'chunk' ? [[o.fileName, o]] : [])))
        const entry = [...chunks.values()].find((chunk) => chunk.facadeModuleId?.endsWith('index.html'))
        if (!entry) return
        const sizes = new Map([...chunks].map(([name, chunk]) => [name, packed(chunk.code)]))
        const weigh = (names: ReadonlySet<string>) => [...names].reduce((sum, name) => sum + sizes.get(name)!, 0)
        const own = closureOf(entry, chunks)
        const figures = pages.map((page) => {
          const chunk = [...chunks.values()].find((c) => c.facadeModuleId?.endsWith(page))
          return { page, bytes: weigh(chunk ? new Set([...own, ...closureOf(chunk, chunks)]) : own) }
        })
        const styles = Object.values(bundle).filter((o) => o.type === 'asset' && o.fileName.endsWith('.css'))
        const css = styles.reduce((sum, o) => sum + (o.type === 'asset' ? packed(o.source) : 0), 0)
        const words = figures.map(({ page, bytes }) => `${page} ${kilobytes(bytes)}`).join(', ')
        process.stdout.write(
          `${app}: JavaScript of the first page, KB gzip (budget ${budget}): ${words}; styles ${kilobytes(css)}\n`,
        )
        const heavy = figures.filter(({ bytes }) => bytes > budget * 1024)
        if (heavy.length > 0) this.error(`${app}: ${heavy.map(({ page }) => page).join(', ')} is over the budget`)
      },
    },
  }
}

/** A chunk with everything it imports at once (not the pages it may load later). */
function closureOf(start: Chunk, chunks: ReadonlyMap<string, Chunk>, seen = new Set<string>()): Set<string> {
  if (seen.has(start.fileName)) return seen
  seen.add(start.fileName)
  for (const name of start.imports) {
    const chunk = chunks.get(name)
    if (chunk) closureOf(chunk, chunks, seen)
  }
  return seen
}

import { readdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { Plugin } from 'vite'
import { isFileReply, type Endpoint } from '../../contracts/endpoint.ts'

const CONTRACT = /[\\/]contracts[\\/](?!(?:formats|timetable-pattern)\.ts)[\w-]+\.ts$/
const FOLDER = path.resolve('contracts')
const COMPILED = path.resolve('.cache/contracts')

/**
 * Gives the browser each contract as plain data: of an endpoint its name, method, path and whether it takes a body, of
 * a problem its type. Schemas stay on the server: with the library that makes them they would weigh more than the whole
 * first page. Files of pure functions without schemas are left as they are. Types are not touched, they are gone before the bundle is made. `summaries` keeps the words that name an
 * endpoint, too, for those who read journals.
 */
export function contractsAsData({ summaries }: { summaries: boolean }): Plugin {
  let compiled: Promise<number> | undefined
  return {
    name: 'contracts-as-data',
    enforce: 'pre',
    watchChange: (file) => void (CONTRACT.test(file) && (compiled = undefined)),
    async load(id) {
      const file = id.split('?')[0]!
      if (!CONTRACT.test(file)) return null
      compiled ??= compile()
      const made = path.join(COMPILED, `${path.basename(file, '.ts')}.mjs`)
      const module = (await import(`${pathToFileURL(made).href}?${await compiled}`)) as Record<string, unknown>
      const lines = Object.entries(module).flatMap(([name, value]) => {
        const data = dataOf(value, summaries)
        return data === undefined ? [] : [`export const ${name} = ${JSON.stringify(data)}`]
      })
      return { code: lines.join('\n'), map: null, moduleType: 'js' }
    },
  }
}

/** Makes JavaScript of all contracts, so that they can be run and looked at. Answers when, to tell versions apart. */
async function compile(): Promise<number> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  await build({
    entryPoints: files.map((name) => path.join(FOLDER, name)),
    outdir: COMPILED,
    bundle: true,
    splitting: true,
    format: 'esm',
    packages: 'external',
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  })
  return Date.now()
}

/** What the web may have of an exported value; undefined for schemas and functions. */
export function dataOf(value: unknown, summaries = false): unknown {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (typeof value !== 'object' || value === null || '~kind' in value || '~unsafe' in value) return undefined
  if ('method' in value && 'path' in value && 'journal' in value) return endpointData(value as Endpoint, summaries)
  return value
}

const endpointData = ({ name, summary, method, path: address, body, reply }: Endpoint, summaries: boolean) => ({
  name,
  ...(summaries && { summary }),
  method,
  path: address,
  ...(body && { body: true }),
  ...(isFileReply(reply) && { reply }),
})

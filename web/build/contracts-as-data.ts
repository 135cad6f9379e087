import path from 'node:path'
import { runnerImport, type Plugin } from 'vite'
import { isFileReply, type Endpoint } from '../../contracts/endpoint.ts'

const CONTRACT = /[\\/]contracts[\\/](?!formats\.ts)[\w-]+\.ts$/

/**
 * Gives the browser each contract as plain data: of an endpoint its name, method, path and whether it takes a body, of
 * a problem its type. Schemas stay on the server: with the library that makes them they would weigh more than the whole
 * first page. Types are not touched, they are gone before the bundle is made.
 */
export function contractsAsData(): Plugin {
  return {
    name: 'contracts-as-data',
    enforce: 'pre',
    async load(id) {
      const file = id.split('?')[0]!
      if (!CONTRACT.test(file)) return null
      this.addWatchFile(file)
      const { module } = await runnerImport<Record<string, unknown>>(path.resolve(file), { configFile: false })
      const lines = Object.entries(module).flatMap(([name, value]) => {
        const data = dataOf(value)
        return data === undefined ? [] : [`export const ${name} = ${JSON.stringify(data)}`]
      })
      return { code: lines.join('\n'), map: null, moduleType: 'js' }
    },
  }
}

/** What the web may have of an exported value; undefined for schemas and functions. */
export function dataOf(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (typeof value !== 'object' || value === null || '~kind' in value || '~unsafe' in value) return undefined
  if ('method' in value && 'path' in value && 'journal' in value) return endpointData(value as Endpoint)
  return value
}

const endpointData = ({ name, method, path: address, body, reply }: Endpoint) => ({
  name,
  method,
  path: address,
  ...(body && { body: true }),
  ...(isFileReply(reply) && { reply }),
})

import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

/**
 * Tells the service worker which files make the shell: all that the build made and the public files beside them. The
 * version is a hash of the list; file names carry hashes of their content, so any change makes a new version.
 */
export function serviceWorker(publicFolder: string): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    generateBundle(_options, bundle) {
      const made = Object.keys(bundle).filter((name) => name.startsWith('assets/'))
      const kept = readdirSync(publicFolder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(publicFolder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      const files = [...made, ...kept].map((name) => `/${name}`).sort()
      const worker = bundle['sw.js']
      if (worker?.type !== 'chunk') return this.error('the service worker was not built')
      const page = bundle['index.html']
      const hash = createHash('sha256')
        .update(files.join())
        .update(page?.type === 'asset' ? page.source : '')
      const constants = {
        SHELL_FILES: JSON.stringify(files),
        SHELL_VERSION: JSON.stringify(hash.digest('hex').slice(0, 12)),
      }
      for (const [name, value] of Object.entries(constants)) worker.code = worker.code.replaceAll(name, () => value)
    },
  }
}

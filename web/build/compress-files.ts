import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

const TEXT = /\.(js|css|svg|json|webmanifest)$/
const WORTH_IT = 1024

/** Puts a .br and a .gz beside each text file, once, so that the server never compresses while people wait. */
export function compressFiles(): Plugin {
  return {
    name: 'compress-files',
    apply: 'build',
    writeBundle(options, bundle) {
      for (const name of Object.keys(bundle)) {
        const file = path.join(options.dir!, name)
        if (!TEXT.test(name)) continue
        const bytes = readFileSync(file)
        if (bytes.length < WORTH_IT) continue
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
        writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
      }
    },
  }
}

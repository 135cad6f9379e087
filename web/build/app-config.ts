import path from 'node:path'
import type { Plugin, UserConfig } from 'vite'
import { compressFiles } from './compress-files.ts'
import { contractsAsData } from './contracts-as-data.ts'
import { firstLoad } from './first-load.ts'
import { preloadFonts } from './preload-fonts.ts'

type App = {
  name: 'citizen' | 'staff'
  base: string
  /** Ends of the file names of the pages whose first load is weighed. */
  firstPages: readonly string[]
  /** Kilobytes of gzipped JavaScript a first page may need; the build fails above it. */
  budget: number
  /** The app names operations in words. */
  summaries?: boolean
  plugins?: Plugin[]
}

/** What both apps have in common: folders under web/ and dist/, contracts as data, weighed and compressed output. */
export function appConfig({ name, base, firstPages, budget, summaries = false, plugins = [] }: App): UserConfig {
  return {
    root: path.resolve('web', name),
    base,
    cacheDir: path.resolve('.cache/vite', name),
    plugins: [
      contractsAsData({ summaries }),
      ...plugins,
      preloadFonts(base),
      firstLoad(name, firstPages, budget),
      compressFiles(),
    ],
    build: {
      outDir: path.resolve('dist', name),
      emptyOutDir: true,
      target: ['es2021', 'safari15'],
      sourcemap: false,
      reportCompressedSize: false,
      // Fonts and pictures stay files: the CSP allows no data: fonts, and files are cached for a year.
      assetsInlineLimit: 0,
      // A library marks its modules «use client» for servers that render React; there is none here.
      rolldownOptions: { checks: { moduleLevelDirective: false, pluginTimings: false } },
    },
    // `vite --config web/vite.citizen.config.ts` shows pages as they are written, over a server that runs on 8080.
    server: {
      proxy: Object.fromEntries(['/api', '/esia', '/aas', '/rs'].map((at) => [at, 'http://127.0.0.1:8080'])),
    },
  }
}

import path from 'node:path'
import { defineConfig } from 'vite'
import { appConfig } from './build/app-config.ts'
import { serviceWorker } from './build/service-worker.ts'

const shared = appConfig({
  name: 'citizen',
  base: '/',
  firstPages: ['home-page.tsx', 'sign-in-page.tsx'],
  budget: 60,
  plugins: [serviceWorker(path.resolve('web/citizen/public'))],
})

/** The citizen's app is written as React and runs on Preact: a tenth of the weight, the same code. */
export default defineConfig({
  ...shared,
  build: {
    ...shared.build,
    rolldownOptions: {
      ...shared.build?.rolldownOptions,
      input: { index: path.resolve('web/citizen/index.html'), sw: path.resolve('web/citizen/service-worker.ts') },
      output: {
        // The worker stands at the root under a fixed name: its address decides which pages it serves.
        // A few files instead of dozens of crumbs: each is a request of its own on a slow network.
        codeSplitting: {
          groups: [
            { name: 'libraries', test: /[\\/]node_modules[\\/]/, priority: 2 },
            { name: 'kit', test: /[\\/](ui|api|domain|contracts|blocks)[\\/]/, priority: 1, minShareCount: 2 },
          ],
        },
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  resolve: {
    alias: [
      { find: /^react\/jsx(-dev)?-runtime$/, replacement: 'preact/jsx-runtime' },
      { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
      { find: /^react(-dom)?$/, replacement: 'preact/compat' },
    ],
  },
})

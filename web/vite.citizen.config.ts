import { defineConfig } from 'vite'
import { appConfig } from './build/app-config.ts'

const shared = appConfig({ name: 'citizen', base: '/', firstPages: ['home-page.tsx', 'sign-in-page.tsx'], budget: 60 })

/** The citizen's app is written as React and runs on Preact: a tenth of the weight, the same code. */
export default defineConfig({
  ...shared,
  resolve: {
    alias: [
      { find: /^react\/jsx(-dev)?-runtime$/, replacement: 'preact/jsx-runtime' },
      { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
      { find: /^react(-dom)?$/, replacement: 'preact/compat' },
    ],
  },
})

#!/usr/bin/env node
// The program as installed: runs what `npm run build` made.
import { existsSync } from 'node:fs'

const main = new URL('../dist/server/main.mjs', import.meta.url)
if (!existsSync(main)) {
  console.error('rmis is not built yet: run `npm ci && npm run build` in its folder.')
  process.exit(1)
}
await import(main.href)

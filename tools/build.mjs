// Builds both web apps and the server into dist/, unless nothing has changed since the last build (`--force` builds anyway).
// Names of parts (citizen, staff, server) build only those.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const STAMP = path.join(root, 'dist/stamp')

/** Everything a part is made from, as one hash of names, sizes and times. */
function stampOf(sources) {
  const hash = createHash('sha256')
  const add = (file) => {
    const info = statSync(file, { throwIfNoEntry: false })
    if (!info) return
    if (info.isDirectory())
      return readdirSync(file)
        .sort()
        .forEach((name) => add(path.join(file, name)))
    if (!/\.test\.tsx?$/.test(file)) hash.update(`${path.relative(root, file)} ${info.size} ${info.mtimeMs}\n`)
  }
  for (const source of sources) add(path.join(root, source))
  return hash.digest('hex')
}

const parts = {
  citizen: { sources: ['web', 'contracts', 'package-lock.json'], build: () => vite('citizen') },
  staff: { sources: ['web', 'contracts', 'package-lock.json'], build: () => vite('staff') },
  server: { sources: ['server', 'contracts', 'package-lock.json'], build: bundleServer },
}

function vite(app) {
  const bin = path.join(root, 'node_modules/vite/bin/vite.js')
  const done = spawnSync(
    process.execPath,
    [bin, 'build', '--config', `web/vite.${app}.config.ts`, '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  if (done.status !== 0) throw new Error(`the ${app} app does not build`)
}

/** One folder of ES modules beside the migrations; npm packages stay in node_modules. */
async function bundleServer() {
  const { build } = await import('esbuild')
  const out = path.join(root, 'dist/server')
  rmSync(out, { recursive: true, force: true })
  await build({
    entryPoints: [path.join(root, 'server/main.ts')],
    outdir: out,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'linked',
    logLevel: 'warning',
    outExtension: { '.js': '.mjs' },
  })
  cpSync(path.join(root, 'server/migrations'), path.join(out, 'migrations'), { recursive: true })
}

/** Builds what has changed, or only those of the named parts. `tell` is called with each part's name before and its time after. */
export async function buildAll({ force = false, only = Object.keys(parts), tell = () => {} } = {}) {
  const known = existsSync(STAMP) ? JSON.parse(readFileSync(STAMP, 'utf8')) : {}
  for (const [name, { sources, build }] of Object.entries(parts)) {
    if (!only.includes(name)) continue
    const stamp = stampOf(sources)
    if (!force && known[name] === stamp && existsSync(path.join(root, 'dist', name))) continue
    const started = performance.now()
    tell(name)
    await build()
    tell(name, (performance.now() - started) / 1000)
    known[name] = stamp
    mkdirSync(path.dirname(STAMP), { recursive: true })
    writeFileSync(STAMP, JSON.stringify(known))
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const tell = (name, seconds) => seconds === undefined || console.log(`${name}: built in ${seconds.toFixed(1)} s`)
  const only = process.argv.slice(2).filter((word) => word in parts)
  await buildAll({ force: process.argv.includes('--force'), ...(only.length > 0 && { only }), tell })
}

// `npm run check`: types, lint, arrows, dead exports, format, generated files. Every check runs; the exit code tells.
import { spawn } from 'node:child_process'

const node = (script, ...args) => [process.execPath, [`node_modules/${script}`, ...args]]
const checks = [
  ['types', ...node('typescript-native/bin/tsc', '-p', '.')],
  [
    'lint',
    ...node(
      'oxlint/bin/oxlint',
      '--type-aware',
      '--deny-warnings',
      'contracts',
      'server',
      'web',
      'tests',
      'bench',
      'tools',
    ),
  ],
  [
    'arrows',
    ...node(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'contracts',
      'server',
      'web',
      'tests',
      'bench',
      'tools',
    ),
  ],
  ['dead exports', ...node('knip/bin/knip.js')],
  ['format', ...node('oxfmt/bin/oxfmt', '--check', '.')],
  ['generated files', process.execPath, ['--import', 'tsx', 'tools/generate.ts', '--check']],
]

const run = ([name, command, args]) =>
  new Promise((resolve) => {
    const started = performance.now()
    let output = ''
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += part))
    child.on('close', (code) => {
      console.log(
        `${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
      )
      if (code !== 0) console.log(output.trim().replace(/^/gm, '       '))
      resolve(code === 0)
    })
  })

let failed = 0
// Two at a time: the machines that run this have few cores.
const waiting = [...checks]
await Promise.all(
  [0, 1].map(async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) if (!(await run(check))) failed++
  }),
)
console.log(`${checks.length - failed} checks passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

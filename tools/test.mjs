// `npm test`: builds what the browser tests need, runs every test, and closes with «N passed, N failed».
// Arguments go to vitest: `npm test -- --project unit server/modules/booking`.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { buildAll } from './build.mjs'

const SUMMARY = '.cache/tests.json'
const given = process.argv.slice(2)
const onlyUnit = given.includes('unit')

mkdirSync('.cache', { recursive: true })
rmSync(SUMMARY, { force: true })
if (!onlyUnit)
  await buildAll({ tell: (name, s) => s !== undefined && console.log(`built ${name} in ${s.toFixed(1)} s`) })

const args = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${SUMMARY}`,
  ...given,
]
const run = spawnSync(process.execPath, args, { stdio: 'inherit' })

let passed = 0
let failed = 0
try {
  const report = JSON.parse(readFileSync(SUMMARY, 'utf8'))
  const skipped = report.testResults.flatMap((file) =>
    file.assertionResults.filter((t) => t.status === 'pending' || t.status === 'skipped'),
  )
  passed = report.numPassedTests
  // A file that could not even be loaded counts as one failure.
  failed =
    report.numFailedTests +
    report.testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0).length
  if (skipped.length > 0)
    console.log(`${skipped.length} skipped: they need data that is not here (see CONTRIBUTING.md).`)
} catch {
  failed = 1
}
if (run.status !== 0 && failed === 0) failed = 1
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

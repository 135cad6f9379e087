import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { findBinaries, runAs, type RunAs } from './binaries.ts'
import { keepRunning } from './keep-running.ts'
import { stopLeftover } from './leftover.ts'

export type EmbeddedPostgres = { url: string; stop(): Promise<void> }
export type EmbeddedOptions = {
  dataDir: string
  /** False for tests only: no fsync, nothing survives a power cut. */
  durable: boolean
}

const DATABASE = 'rmis'
const READY_MS = 60_000

/**
 * Starts a real PostgreSQL of our own on 127.0.0.1, from binaries that npm brought, making its data folder on the first
 * start. A server left behind by a killed parent is stopped first; a crash is recovered from by PostgreSQL itself, and
 * a server that dies while we run is started again on the same port.
 * Throws with the end of the server's log when it does not come up.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const as = runAs()
  const native = findBinaries(as)
  const dataDir = reachable(path.resolve(options.dataDir), as)
  const cluster = path.join(dataDir, 'cluster')
  if (!existsSync(path.join(cluster, 'PG_VERSION'))) initialise(native, dataDir, cluster, as)
  else await stopLeftover(cluster)
  const port = await freePort(path.join(dataDir, 'port'))
  const password = readFileSync(path.join(dataDir, 'password'), 'utf8').trim()
  const urlOf = (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`
  const log = path.join(dataDir, 'log')
  const server = await keepRunning(async () => {
    const child = launch(native, dataDir, cluster, port, as, options.durable)
    await waitUntilReady(child, urlOf('postgres'), log)
    return child
  })
  await ensureDatabase(urlOf('postgres'))
  return { url: urlOf(DATABASE), stop: server.stop }
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

function initialise(native: string, dataDir: string, cluster: string, as: RunAs): void {
  rmSync(cluster, { recursive: true, force: true })
  const passwordFile = path.join(dataDir, 'password')
  if (!existsSync(passwordFile)) writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 })
  if (as.uid !== undefined) chownSync(passwordFile, as.uid, as.gid!)
  // ICU sorts Russian as people do, on any machine alike; the C.UTF-8 character classes make pg_trgm see Cyrillic letters.
  const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  const args = [
    '-D',
    cluster,
    '-U',
    'postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    `--locale=${locale}`,
    '--locale-provider=icu',
    '--icu-locale=ru-RU',
    '--no-sync',
  ]
  const made = spawnSync(path.join(native, 'bin', 'initdb'), args, {
    ...as,
    cwd: '/',
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  })
  if (made.status !== 0) {
    rmSync(cluster, { recursive: true, force: true })
    throw new Error(`initdb failed: ${made.stderr || made.error?.message}`)
  }
}

function launch(
  native: string,
  dataDir: string,
  cluster: string,
  port: number,
  as: RunAs,
  durable: boolean,
): ChildProcess {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '120',
    shared_buffers: '128MB',
    log_min_messages: 'warning',
    log_statement: 'none',
    log_min_error_statement: 'panic',
    timezone: 'UTC',
    max_wal_size: '2GB',
    random_page_cost: '1.1',
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }),
  }
  const log = openSync(path.join(dataDir, 'log'), 'a', 0o600)
  const args = ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  // A process group of its own: Ctrl-C in the terminal reaches us, and we stop the server after the last request.
  const child = spawn(path.join(native, 'bin', 'postgres'), args, {
    ...as,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  })
  closeSync(log)
  return child
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

async function waitUntilReady(child: ChildProcess, url: string, log: string): Promise<void> {
  const deadline = Date.now() + READY_MS
  let exited = false
  child.once('exit', () => (exited = true))
  child.once('error', () => (exited = true))
  while (Date.now() < deadline && !exited) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
  }
  if (!exited) child.kill('SIGQUIT')
  const tail = existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-8).join('\n') : ''
  throw new Error(`PostgreSQL did not start:\n${tail}`)
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
  if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  await client.end()
}

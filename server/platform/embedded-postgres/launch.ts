import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { RunAs } from './binaries.ts'

const READY_MS = 60_000

/** Starts the server's process over a cluster; it may not answer yet. */
export function launch(
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

/** Waits until the server answers. Throws with the end of its log when it ends instead or takes longer than a minute. */
export async function waitUntilReady(child: ChildProcess, url: string, log: string): Promise<void> {
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

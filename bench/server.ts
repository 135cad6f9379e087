import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { issueRoot, newKey, pemOf, writePkcs8 } from '../server/standards/cades/index.ts'
import { endLater } from './cleanup.ts'
import { processorMsOf } from './database.ts'

/** The environment of a production node over the given database; ЕСИА is named and never asked. */
export function productionSettings(databaseUrl: string, folder: string): Record<string, string> {
  const file = (name: string) => path.join(folder, name)
  const key = newKey()
  const term = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) }
  writeFileSync(file('key.pem'), pemOf('PRIVATE KEY', writePkcs8(key)))
  writeFileSync(file('certificate.cer'), issueRoot({ subject: { commonName: 'bench' }, ...term }, key).certificate.der)
  return {
    RMIS_PORT: '0',
    RMIS_DATABASE_URL: databaseUrl,
    RMIS_SECRET: '0123456789abcdef'.repeat(4),
    RMIS_BASE_URL: 'http://127.0.0.1',
    RMIS_LOG_LEVEL: 'info',
    RMIS_REQUESTS_PER_MINUTE: '100000000',
    RMIS_ESIA_CLIENT_ID: 'BENCH',
    RMIS_ESIA_KEY_FILE: file('key.pem'),
    RMIS_ESIA_CERTIFICATE_FILE: file('certificate.cer'),
    RMIS_ESIA_TOKEN_CERTIFICATE_FILE: file('certificate.cer'),
  }
}

export type BenchServer = {
  port: number
  /** Resident memory now and at its highest, MB; undefined where the system does not tell. */
  memory(): { now: number; highest: number } | undefined
  processorMs(): number | undefined
}

/**
 * Builds the server if its sources have changed and starts it as `rmis serve`, a process of its own. With `profile` it
 * writes a CPU profile into that folder when it stops.
 */
export async function startServer(databaseUrl: string, profile?: string): Promise<BenchServer> {
  const build = path.resolve(import.meta.dirname, '../tools/build.mjs')
  if (spawnSync(process.execPath, [build, 'server'], { stdio: 'inherit' }).status !== 0)
    throw new Error('the server does not build')
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rmis-bench-'))
  const main = path.resolve(import.meta.dirname, '../dist/server/main.mjs')
  const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []
  const child = spawn(process.execPath, [...flags, main, 'serve'], {
    env: { ...process.env, ...productionSettings(databaseUrl, folder) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  endLater(async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  })
  const port = await Promise.race([
    readyPort(child.stdout),
    ended.then(() => Promise.reject(new Error('the server did not start'))),
  ])
  child.stdout.resume()
  const pid = child.pid!
  return {
    port,
    memory: () => memoryOf(pid),
    processorMs: () => processorMsOf(pid),
  }
}

/** The port in the log line that says the server is ready; what it says before that is shown. */
function readyPort(output: NodeJS.ReadableStream): Promise<number> {
  return new Promise((resolve) => {
    const lines = createInterface(output)
    lines.on('line', (line) => {
      const { msg, address } = line.startsWith('{') ? (JSON.parse(line) as { msg?: string; address?: string }) : {}
      if (msg !== 'ready') return void process.stderr.write(`server: ${line}\n`)
      lines.close()
      resolve(Number(new URL(address!).port))
    })
  })
}

function memoryOf(pid: number): { now: number; highest: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const mb = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)![1]) / 1024)
    return { now: mb('VmRSS'), highest: mb('VmHWM') }
  } catch {
    return undefined
  }
}

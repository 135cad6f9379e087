import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export type PgbenchRun = {
  /** Scripts finished per second, once every client was warm. */
  rate: number
  /** How long each took from then on, ms. */
  times: number[]
}

/** What a client does before it counts: a fresh connection fills its caches and plans each statement anew five times. */
export const WARM_UP = 20

export const HOW_TO_GET_PGBENCH =
  'pgbench (14 or newer) is not on this machine, so there is no baseline to compare with: install postgresql-contrib or postgresql-15 (apt)'

/** pgbench from PATH or from the distribution's folders, 14 or newer; undefined when there is none. */
export function findPgbench(): string | undefined {
  const folder = '/usr/lib/postgresql'
  const versions = existsSync(folder) ? readdirSync(folder).sort((a, b) => Number(b) - Number(a)) : []
  const candidates = ['pgbench', ...versions.map((version) => path.join(folder, version, 'bin', 'pgbench'))]
  return candidates.find((candidate) => {
    const { stdout } = spawnSync(candidate, ['--version'], { encoding: 'utf8' })
    return Number(/(\d+)/.exec(stdout ?? '')?.[1] ?? 0) >= 14
  })
}

/**
 * Runs a script by so many clients, WARM_UP times and then so many times each, with prepared statements, starting from
 * the given values of its variables. Throws with pgbench's own words when any client fails.
 */
export async function runPgbench(
  pgbench: string,
  url: string,
  script: string,
  options: { clients: number; each: number; variables?: Record<string, number> },
): Promise<PgbenchRun> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'rmis-pgbench-'))
  const file = path.join(folder, 'script.sql')
  writeFileSync(file, script)
  const { clients, each, variables = {} } = options
  const given = Object.entries(variables).flatMap(([name, value]) => ['-D', `${name}=${value}`])
  const times = ['-c', `${clients}`, '-j', `${Math.min(clients, 2)}`, '-t', `${WARM_UP + each}`]
  const log = ['--log', '--log-prefix', path.join(folder, 'log')]
  try {
    await finished(pgbench, ['-n', '-M', 'prepared', '-f', file, ...times, ...given, ...log, url])
    const logs = readdirSync(folder).filter((name) => name.startsWith('log.'))
    return warmPart(logs.flatMap((name) => readFileSync(path.join(folder, name), 'utf8').trim().split('\n')))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The log tells of each script: client, number, microseconds it took, file, and when it ended (seconds, microseconds). */
function warmPart(lines: readonly string[]): PgbenchRun {
  const ends = lines.map((line) => {
    const [, number, took, , seconds, micros] = line.split(' ').map(Number) as [number, ...number[]]
    return { number: number!, took: took! / 1000, at: seconds! + micros! / 1e6 }
  })
  const warmAt = latest(ends.filter((end) => end.number < WARM_UP))
  const warm = ends.filter((end) => end.at > warmAt)
  return { rate: warm.length / (latest(warm) - warmAt), times: warm.map((end) => end.took) }
}

const latest = (ends: readonly { at: number }[]): number => ends.reduce((last, end) => Math.max(last, end.at), 0)

function finished(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    let complaints = ''
    child.stderr.on('data', (part) => (complaints += part))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) return resolve()
      reject(new Error(`pgbench failed: ${complaints.split('\n').slice(0, 5).join('\n')}`))
    })
  })
}

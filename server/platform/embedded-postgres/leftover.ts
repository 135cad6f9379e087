import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { isAlive } from './processes.ts'

const WAIT_MS = 20_000

/**
 * Makes a data folder ready for a new server after its parent was killed. A server still running over it is asked to
 * stop fast. The pid file is removed only when its number belongs to another program by now, which would keep
 * PostgreSQL from starting; that of a dead server stays, because PostgreSQL reads in it whether processes of that
 * server still hold its memory.
 */
export async function stopLeftover(cluster: string): Promise<void> {
  const file = path.join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 1) return rmSync(file, { force: true })
  if (!isAlive(pid)) return
  if (!isOurServer(pid, cluster)) return rmSync(file, { force: true })
  process.kill(pid, 'SIGINT')
  const deadline = Date.now() + WAIT_MS
  while (isAlive(pid)) {
    if (Date.now() > deadline)
      throw new Error(`a PostgreSQL left over from an earlier start (pid ${pid}) does not stop`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Whether this pid is a postgres over this very data folder, and not a program that got the number after a reboot. */
function isOurServer(pid: number, cluster: string): boolean {
  const proc = `/proc/${pid}/cmdline`
  const command = existsSync(proc)
    ? readFileSync(proc, 'utf8').replaceAll('\0', ' ')
    : spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout
  return /postgres/.test(command) && command.includes(cluster)
}

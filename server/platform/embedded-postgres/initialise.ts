import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { RunAs } from './binaries.ts'

/** Makes the cluster beside its place and moves it there when it is whole, so that a killed start leaves no half of one. */
export function initialise(native: string, dataDir: string, cluster: string, as: RunAs): void {
  const half = `${cluster}.half`
  rmSync(half, { recursive: true, force: true })
  const passwordFile = path.join(dataDir, 'password')
  if (!existsSync(passwordFile)) writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 })
  if (as.uid !== undefined) chownSync(passwordFile, as.uid, as.gid!)
  // ICU sorts Russian as people do, on any machine alike; the C.UTF-8 character classes make pg_trgm see Cyrillic letters.
  const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  const args = [
    '-D',
    half,
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
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`)
  renameSync(half, cluster)
}

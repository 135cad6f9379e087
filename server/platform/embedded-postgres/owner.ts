import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isAlive } from './processes.ts'

/** Another living program runs the server over this folder. Its server can be used, and must not be stopped. */
export class AlreadyRunning extends Error {
  readonly url: string
  constructor(pid: number, url: string) {
    super(`another program (pid ${pid}) is running this database; stop it first`)
    this.url = url
  }
}

/** Notes that this process runs the server over the folder. Throws AlreadyRunning when a living one does. */
export function takeOwnership(dataDir: string, url: () => string): () => void {
  const file = path.join(dataDir, 'owner')
  const owner = ownerOf(file)
  if (owner !== undefined && owner !== process.pid && isAlive(owner) && looksLikeUs(owner))
    throw new AlreadyRunning(owner, url())
  writeFileSync(file, String(process.pid))
  return () => rmSync(file, { force: true })
}

function ownerOf(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    return Number.isInteger(pid) && pid > 1 ? pid : undefined
  } catch {
    return undefined
  }
}

/** A number that went to another program since is nobody's; where there is no /proc the number alone decides. */
function looksLikeUs(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node')
  } catch {
    return true
  }
}

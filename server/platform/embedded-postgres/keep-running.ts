import type { ChildProcess } from 'node:child_process'

/** How long a first start is tried: after a crash the old server's processes need a moment to let go of its memory. */
const FIRST_MS = 20_000
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Starts a server and starts it again whenever it dies, until `stop`. Throws when the first start does not succeed. */
export async function keepRunning(start: () => Promise<ChildProcess>): Promise<{ stop(): Promise<void> }> {
  let stopping = false
  let reviving: Promise<void> | undefined
  let child = await firstStart(start)
  const watch = () => child.once('exit', () => (reviving = stopping ? undefined : revive()))
  const revive = async (): Promise<void> => {
    for (let pause = 100; !stopping; pause = Math.min(pause * 2, 5000)) {
      try {
        child = await start()
        watch()
        return
      } catch {
        await sleep(pause)
      }
    }
  }
  watch()
  return {
    stop: async () => {
      stopping = true
      await reviving
      await stopFast(child)
    },
  }
}

async function firstStart(start: () => Promise<ChildProcess>): Promise<ChildProcess> {
  const deadline = Date.now() + FIRST_MS
  for (;;) {
    try {
      return await start()
    } catch (error) {
      // PostgreSQL's own words when processes of a killed server still hold its memory: they are about to end.
      const goingAway = /still in use|already exists|starting up/.test((error as Error).message)
      if (!goingAway || Date.now() > deadline) throw error
      await sleep(300)
    }
  }
}

/** Fast shutdown: sessions are ended, what was committed is on disk. */
async function stopFast(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGINT')
  const timer = setTimeout(() => child.kill('SIGQUIT'), 15_000)
  await gone
  clearTimeout(timer)
}

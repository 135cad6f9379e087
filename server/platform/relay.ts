import type { Kysely } from 'kysely'
import type { DB } from './database/db.generated.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { relayOnce, type Listener } from './outbox.ts'

const IDLE_MS = 200

/**
 * The loop that empties the outbox on this node: at once after a commit here (`wake`), else five times a second for
 * what other nodes left behind. An error is logged and tried again with growing pauses up to five seconds.
 */
export function startRelay(db: Kysely<DB>, listeners: readonly Listener[], log: Log, metrics: Metrics) {
  let stopped = false
  let wanted = false
  let pause = IDLE_MS
  let ring: (() => void) | undefined
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      ring = () => (clearTimeout(timer), resolve())
    })
  const loop = (async () => {
    while (!stopped) {
      try {
        wanted = false
        const moved = await relayOnce(db, listeners)
        pause = IDLE_MS
        if (moved > 0) metrics.outboxWaiting.set(0)
        if (moved === 0 && !wanted && !stopped) await sleep(pause)
      } catch (error) {
        if (stopped) return
        log.warn({ err: error }, 'the relay could not read the outbox; trying again')
        pause = Math.min(pause * 2, 5000)
        await sleep(pause)
      }
    }
  })()
  return {
    wake(): void {
      wanted = true
      ring?.()
    },
    async stop(): Promise<void> {
      stopped = true
      ring?.()
      await loop
    },
  }
}

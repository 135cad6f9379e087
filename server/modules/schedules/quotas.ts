import { minutesLater } from '../../platform/time.ts'
import type { Time } from './pattern.ts'
import type { Channel } from './rules.ts'

type Quotas = readonly { channel: Channel; share: number }[]
export type Opening = { channels: Channel[]; opensToAllAt: Date | null }

/**
 * Which channels each of a timetable's times is open to: the shares are kept within every day, spread over it and not
 * in blocks, and what no channel has for itself is open to all. The same day is always shared out alike. Times must be in
 * order and days whole.
 */
export function shareOut<T extends Time>(
  times: readonly T[],
  { channels, quotas, quotaHours }: { channels: Channel[]; quotas: Quotas; quotaHours: number },
): (T & Opening)[] {
  if (quotas.length === 0) return times.map((time) => ({ ...time, channels, opensToAllAt: null }))
  const rest = 100 - quotas.reduce((sum, { share }) => sum + share, 0)
  const shares = [...quotas.map((q) => ({ open: [q.channel], share: q.share })), { open: channels, share: rest }]
  let day: string | undefined
  let given: number[] = []
  return times.map((time) => {
    if (time.day !== day) {
      day = time.day
      given = shares.map(() => 0)
    }
    const count = given.reduce((sum, n) => sum + n, 1)
    // Who is furthest behind its share gets the next time.
    const behind = shares.map(({ share }, i) => (share * count) / 100 - given[i]!)
    const next = behind.indexOf(Math.max(...behind))
    given[next]!++
    const own = next < quotas.length
    return {
      ...time,
      channels: shares[next]!.open,
      opensToAllAt: own ? minutesLater(time.startsAt, -quotaHours * 60) : null,
    }
  })
}

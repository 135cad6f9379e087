import type { Deliver, Message } from '../../../modules/notifications/index.ts'

export type SentMessage = { at: Date; message: Message }

/** What would have gone outside in the demo: kept in memory, shown on a page, forgotten when the demo stops. */
export type StandIn = {
  deliver: Deliver
  /** Newest first. */
  sent(): readonly SentMessage[]
}

const KEPT = 500

/** Opens the stand-in of all three channels. A message it has already is not shown twice, as a real gateway would do. */
export function openStandIn(now: () => Date): StandIn {
  const sent: SentMessage[] = []
  return {
    deliver: async (message) => {
      if (!sent.some((other) => other.message.id === message.id)) sent.unshift({ at: now(), message })
      if (sent.length > KEPT) sent.length = KEPT
      return { outcome: 'accepted', reference: 'stand-in' }
    },
    sent: () => sent,
  }
}

export type Channel = 'email' | 'sms' | 'push'

/** A browser's place at its push service and its keys, base64url (RFC 8291 §3.1). */
export type PushSubscription = { endpoint: string; p256dh: string; auth: string }

/**
 * A message ready to leave. `id` is the message's own and stays the same however often it is tried, so that the other
 * side can tell a repeated one.
 */
export type Message = { id: string } & (
  | { channel: 'email'; to: string; subject: string; text: string }
  | { channel: 'sms'; to: string; text: string }
  | { channel: 'push'; to: PushSubscription; title: string; text: string; path: string }
)

/**
 * What became of it. `later`: the other side is away or busy, try again. `gone`: the address is no more. Reasons are for
 * the administrator and hold no personal data.
 */
export type Receipt =
  | { outcome: 'accepted'; reference: string | null }
  | { outcome: 'refused'; reason: string; gone?: true }
  | { outcome: 'later'; reason: string }

/** Sends one message outside, never inside a transaction. What it throws counts as `later`. */
export type Deliver = (message: Message) => Promise<Receipt>

/** What this module needs from outside; wiring.ts passes the adapter in. */
export type Delivering = {
  deliver: Deliver
  /** Which channels the region has settings for. */
  connected: Record<Channel, boolean>
  /** The VAPID public key for browsers, base64url; null without push. */
  pushKey: string | null
  /** Push services that may be written to: an endpoint comes from a browser and could name any address. */
  knowsPushService(endpoint: string): boolean
}

export type NotificationSettings = {
  delivering: Delivering
  /** Address of the cabinet for links. */
  baseUrl: string
  /** The region's zone, where no organisation says another. */
  timeZone: string
}

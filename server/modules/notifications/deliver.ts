import { perform, system } from '../../platform/perform.ts'
import type { Platform } from '../../platform/platform.ts'
import { minutesLater } from '../../platform/time.ts'
import { compose, type Composed } from './compose.ts'
import { DELIVER } from './notify.ts'
import type { Message, NotificationSettings, Receipt } from './ports.ts'
import { MAX_ATTEMPTS, nextAttempt } from './rules.ts'
import { claimDue, finishAttempt, type ClaimedDelivery } from './store-deliveries.ts'
import { deleteSubscription } from './store-settings.ts'

const BATCH = 20
/** Longer than any adapter waits for the other side. */
const CLAIM_MINUTES = 3

/**
 * Sends everything whose time has come: takes a batch in one operation, sends it outside of any transaction, and writes
 * down what became of each message in an operation of its own. Any number of nodes do this together. A node that dies
 * after sending and before writing leaves its claim to run out; the message then goes again under the same id.
 * Answers with how many messages were taken.
 */
export async function deliverDue(platform: Platform, settings: NotificationSettings): Promise<number> {
  let taken = 0
  for (;;) {
    const batch = await takeBatch(platform, settings)
    await Promise.all(batch.map(([delivery, composed]) => deliverOne(platform, settings, delivery, composed)))
    taken += batch.length
    if (batch.length < BATCH) return taken
  }
}

function takeBatch(platform: Platform, settings: NotificationSettings): Promise<[ClaimedDelivery, Composed][]> {
  return perform(platform, system, { name: DELIVER, journal: 'change' }, async (work) => {
    const deliveries = await claimDue(work, BATCH, minutesLater(work.now, CLAIM_MINUTES))
    if (deliveries.length === 0) return []
    work.note({ patientIds: [...new Set(deliveries.map((d) => d.patientId))], grounds: 'duty' })
    const composed = await compose(work, settings, deliveries)
    return deliveries.map((delivery) => [delivery, composed.get(delivery.id)!])
  })
}

async function deliverOne(
  platform: Platform,
  settings: NotificationSettings,
  delivery: ClaimedDelivery,
  composed: Composed,
): Promise<void> {
  const useless = reasonNotToSend(delivery, composed, platform.now())
  const receipt = useless ?? (await send(platform, settings, (composed as { message: Message }).message))
  await perform(platform, system, { name: 'notifications.note-delivery', journal: 'change' }, async (work) => {
    const { patientId, channel, recipientId, address } = delivery
    work.note({ patientId, grounds: 'duty', objectType: 'delivery', objectId: delivery.id })
    const done = await finishAttempt(work, delivery, outcomeOf(receipt, delivery, work.now))
    if (done && receipt.outcome === 'refused' && receipt.gone && channel === 'push')
      await deleteSubscription(work, recipientId, { id: address })
  })
}

type Result = Receipt | { outcome: 'not-needed' | 'given-up'; reason: string }

function reasonNotToSend(delivery: ClaimedDelivery, composed: Composed, now: Date): Result | undefined {
  if ('unneeded' in composed) return { outcome: 'not-needed', reason: composed.unneeded }
  if (delivery.expiresAt && delivery.expiresAt <= now) return { outcome: 'given-up', reason: 'время приёма уже пришло' }
  // Nodes that died sending it again and again wrote no outcome; there is an end to that as well.
  if (delivery.attempts > MAX_ATTEMPTS) return { outcome: 'given-up', reason: 'попытки кончились' }
  return undefined
}

/** What is thrown may hold an address: only its code is kept. */
async function send(platform: Platform, settings: NotificationSettings, message: Message): Promise<Receipt> {
  try {
    return await settings.delivering.deliver(message)
  } catch (error) {
    const code = (error as { code?: unknown }).code
    platform.log.warn({ deliveryId: message.id, channel: message.channel, code }, 'a message could not be sent')
    return { outcome: 'later', reason: typeof code === 'string' ? code : 'сбой отправки' }
  }
}

function outcomeOf(receipt: Result, delivery: ClaimedDelivery, now: Date): Parameters<typeof finishAttempt>[2] {
  if (receipt.outcome === 'accepted') return { state: 'accepted', reason: null, reference: receipt.reference }
  const { reason } = receipt
  if (receipt.outcome !== 'later') return { state: receipt.outcome, reason, reference: null }
  const notBefore = nextAttempt(delivery.attempts, now)
  const inTime = notBefore && (!delivery.expiresAt || notBefore < delivery.expiresAt)
  return inTime ? { state: 'waiting', reason, notBefore } : { state: 'given-up', reason, reference: null }
}

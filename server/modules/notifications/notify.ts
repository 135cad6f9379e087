import { newId } from '../../platform/ids.ts'
import { startSoon } from '../../platform/start-soon.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import { attachmentOf } from '../patients/index.ts'
import type { Data, Kind } from './kinds.ts'
import type { Channel, NotificationSettings } from './ports.ts'
import { reachRecipients, type Reachable } from './recipients.ts'
import { sendingTime } from './rules.ts'
import { insertDeliveries, type NewDelivery } from './store-deliveries.ts'
import { insertNotification } from './store.ts'
import { leavesTheCabinet } from './texts.ts'

/** The job that sends; see jobs.ts. */
export const DELIVER = 'notifications.deliver'

export type News = {
  patientId: string
  kind: Kind
  /** The event; of a reminder, the appointment. */
  sourceId: string
  data: Data
  /** The person did it themselves: it is kept, but the bell does not ring. */
  ownDoing?: boolean
  /** Whoever hears of it later than an hour before this moment comes for nothing: then quiet hours do not hold it. */
  urgentBefore?: Date
  /** From this moment on it is of no use. */
  expiresAt?: Date
  /** Who of the recipients wants this one. */
  wanted?: (recipient: Reachable) => boolean
}

/**
 * Tells a patient, and whoever acts for them, of something: one notification in the cabinet, and a delivery for each
 * channel and address, all in this transaction. Nothing happens when it has been told already, or nobody wants it.
 * Answers with whether it was new.
 */
export async function notify(work: Work, settings: NotificationSettings, news: News): Promise<boolean> {
  const { patientId, kind, sourceId, data } = news
  const recipients = (await reachRecipients(work, patientId)).filter(news.wanted ?? (() => true))
  if (news.wanted && recipients.length === 0) return false
  const id = newId()
  const readAt = news.ownDoing ? work.now : null
  const added = await insertNotification(work, { patientId, id, kind, sourceId, data, createdAt: work.now, readAt })
  if (!added) return false
  work.note({ patientId, grounds: 'duty', objectType: 'notification', objectId: id })
  work.announce({
    type: 'notifications.made',
    key: patientId,
    topics: [`patient/${patientId}`],
    payload: { notificationId: id },
  })
  if (leavesTheCabinet(kind)) await addDeliveries(work, settings, news, id, recipients)
  return true
}

async function addDeliveries(
  work: Work,
  settings: NotificationSettings,
  news: News,
  notificationId: string,
  recipients: readonly Reachable[],
): Promise<void> {
  const zone = await zoneOf(work, settings, news)
  const deliveries = recipients.flatMap((recipient): NewDelivery[] => {
    const { quietFrom: from, quietUntil: until } = recipient.preference
    const notBefore = sendingTime(work.now, zone, { from, until }, news.urgentBefore ?? null)
    if (news.expiresAt && notBefore >= news.expiresAt) return []
    return addressesOf(recipient, settings.delivering.connected).map(({ channel, address }) => ({
      patientId: news.patientId,
      id: newId(),
      notificationId,
      kind: news.kind,
      recipientId: recipient.patientId,
      channel,
      address,
      notBefore,
      expiresAt: news.expiresAt ?? null,
    }))
  })
  if (deliveries.length === 0) return
  await Promise.all([insertDeliveries(work, deliveries), startSoon(work, DELIVER)])
}

/** Where this person wants to be told, of the channels that the region has. */
function addressesOf(
  { preference, email, sms, subscriptions }: Reachable,
  connected: Record<Channel, boolean>,
): { channel: Channel; address: string }[] {
  const addresses: { channel: Channel; address: string }[] = []
  if (connected.email && preference.emailOn && email) addresses.push({ channel: 'email', address: email.address })
  if (connected.sms && preference.smsOn && sms) addresses.push({ channel: 'sms', address: sms.address })
  if (connected.push && preference.pushOn)
    addresses.push(...subscriptions.map(({ id }) => ({ channel: 'push' as const, address: id })))
  return addresses
}

/** By whose clock quiet hours go: the visit's organisation, the one the patient is attached to, or the region. */
async function zoneOf(work: Work, settings: NotificationSettings, news: News): Promise<string> {
  const id = news.data.organizationId ?? (await attachmentOf(work, news.patientId))?.organizationId
  const organization = id ? (await organizationsByIds(work, [id])).get(id) : undefined
  return organization?.timeZone ?? settings.timeZone
}

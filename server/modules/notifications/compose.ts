import type { Appointment } from '../../../contracts/booking.ts'
import type { Work } from '../../platform/work.ts'
import { firstNamesOf } from '../patients/index.ts'
import { factsOf, readVisits } from './facts.ts'
import { isReminder, type Data } from './kinds.ts'
import type { Message, NotificationSettings } from './ports.ts'
import type { ClaimedDelivery } from './store-deliveries.ts'
import { answerLinksOf, type AnswerLink } from './store-reminders.ts'
import { contactRequestById, subscriptionsOf, type Subscription } from './store-settings.ts'
import { notificationsByIds } from './store.ts'
import { outsideWords, type Facts } from './texts.ts'

/** A message to send, or why there is nothing to send any more. */
export type Composed = { message: Message } | { unneeded: string }

type Reading = {
  visits: ReadonlyMap<string, Appointment>
  links: readonly AnswerLink[]
  subscriptions: readonly Subscription[]
  firstNames: ReadonlyMap<string, string>
}

/** Makes the messages of claimed deliveries, reading what they need for all of them together. */
export async function compose(
  work: Work,
  settings: NotificationSettings,
  deliveries: readonly ClaimedDelivery[],
): Promise<Map<string, Composed>> {
  const notifications = await notificationsByIds(work, deliveries)
  const data = [...notifications.values()].map((n) => n.data)
  const [visits, links, subscriptions, firstNames] = await Promise.all([
    readVisits(work, data),
    answerLinksOf(
      work,
      deliveries.flatMap((d) => {
        const appointmentId = notifications.get(d.notificationId)?.data.appointmentId
        return isReminder(d.kind) && appointmentId ? [{ patientId: d.patientId, appointmentId }] : []
      }),
    ),
    subscriptionsOf(
      work,
      deliveries.filter((d) => d.channel === 'push').map((d) => d.recipientId),
    ),
    firstNamesOf(
      work,
      deliveries.map((d) => d.patientId),
    ),
  ])
  const composed = new Map<string, Composed>()
  for (const delivery of deliveries) {
    const facts =
      delivery.kind === 'contact-code'
        ? await codeFacts(work, settings, delivery)
        : newsFacts(settings, delivery, notifications.get(delivery.notificationId)?.data, {
            visits,
            links,
            subscriptions,
            firstNames,
          })
    composed.set(delivery.id, 'unneeded' in facts ? facts : messageOf(delivery, facts, subscriptions))
  }
  return composed
}

async function codeFacts(
  work: Work,
  { baseUrl }: NotificationSettings,
  delivery: ClaimedDelivery,
): Promise<Facts | { unneeded: string }> {
  const request = await contactRequestById(work, delivery.patientId, delivery.notificationId)
  if (!request || request.expiresAt <= work.now) return { unneeded: 'код больше не нужен' }
  return { about: null, url: baseUrl, code: request.code }
}

function newsFacts(
  { baseUrl }: NotificationSettings,
  delivery: ClaimedDelivery,
  data: Data | undefined,
  { visits, links, firstNames }: Reading,
): Facts | { unneeded: string } {
  if (!data) return { unneeded: 'уведомления больше нет' }
  const appointment = data.appointmentId ? visits.get(data.appointmentId) : undefined
  if (data.appointmentId && !appointment) return { unneeded: 'записи больше нет' }
  if (appointment && !isTrueStill(delivery.kind, appointment)) return { unneeded: 'приём отменён или перенесён' }
  const link = links.find((l) => l.patientId === delivery.patientId && l.appointmentId === data.appointmentId)
  return {
    ...factsOf(data, visits),
    about: delivery.recipientId === delivery.patientId ? null : (firstNames.get(delivery.patientId) ?? null),
    url: `${baseUrl}${pathOf(delivery.patientId, data)}`,
    ...(link && { answerUrl: `${baseUrl}/v/${link.token}` }),
  }
}

/** What waited for the morning may have been overtaken: a visit that is no more is neither announced nor reminded of. */
function isTrueStill(kind: ClaimedDelivery['kind'], { status }: Appointment): boolean {
  if (isReminder(kind)) return status === 'booked'
  const announces = kind === 'visit-booked' || kind === 'visit-moved' || kind === 'visit-change-offered'
  return !announces || (status !== 'cancelled' && status !== 'moved')
}

/** The page of the cabinet that a notification leads to. */
function pathOf(patientId: string, data: Data): string {
  if (data.documentId) return `/documents/${patientId}/${data.documentId}`
  if (data.appointmentId) return `/visits/${patientId}/${data.appointmentId}`
  return '/'
}

function messageOf(delivery: ClaimedDelivery, facts: Facts, subscriptions: readonly Subscription[]): Composed {
  const { id, channel, address } = delivery
  const words = outsideWords(delivery.kind, facts)
  if (!words) return { unneeded: 'сообщается только в кабинете' }
  if (channel === 'email') return { message: { id, channel, to: address, subject: words.subject, text: words.email } }
  if (channel === 'sms') return { message: { id, channel, to: address, text: words.sms } }
  const to = subscriptions.find((subscription) => subscription.id === address)
  if (!to) return { unneeded: 'браузер больше не получает уведомления' }
  const { endpoint, p256dh, auth } = to
  // Where an answer is asked for, the notice leads to the answer.
  const path = new URL(facts.answerUrl ?? facts.url, 'http://cabinet.invalid')
  return {
    message: { id, channel, to: { endpoint, p256dh, auth }, ...words.push, path: path.pathname + path.search },
  }
}

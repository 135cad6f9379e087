import { sql } from 'kysely'
import { newId } from '../platform/ids.ts'
import { openClinic, type Clinic } from './booking-clinic.ts'
import { accounts, patients } from './small-region.ts'
import type { Delivering, Message, Receipt } from '../modules/notifications/index.ts'
import { notificationJobs } from '../modules/notifications/jobs.ts'
import { notificationListeners } from '../modules/notifications/listeners.ts'
import { notificationRoutes } from '../modules/notifications/routes.ts'

/** A port that keeps what it is given and answers what the test says. */
export class Outside {
  readonly messages: Message[] = []
  answer: (message: Message) => Receipt | Promise<Receipt> = () => ({ outcome: 'accepted', reference: null })
  readonly delivering: Delivering = {
    deliver: async (message) => {
      this.messages.push(message)
      return this.answer(message)
    },
    connected: { email: true, sms: true, push: true },
    pushKey: 'BKey',
    knowsPushService: (endpoint) => endpoint.startsWith('https://push.example/'),
  }
}

export const addressOf = (message: Message): string => (message.channel === 'push' ? message.to.endpoint : message.to)

/** Texts in one order: channels are sent side by side. */
export const inOrder = (texts: readonly string[]): string[] => [...texts].sort((a, b) => (a < b ? -1 : 1))

export type NotifiedClinic = Awaited<ReturnType<typeof openNotifiedClinic>>

/**
 * The clinic of the small region with notifications. Petrov has an account and what ЕСИА knows: an e-mail and a
 * telephone; Masha is his daughter.
 */
export async function openNotifiedClinic(outside: { delivering: Delivering }, now?: Date) {
  const settings = { delivering: outside.delivering, baseUrl: 'https://rmis.example', timeZone: 'Europe/Moscow' }
  const listeners = notificationListeners(settings)
  const [deliver, remind] = notificationJobs(settings)
  const clinic: Clinic = await openClinic({ routes: notificationRoutes(settings), ...(now && { now }) })
  await sql`insert into access.account (id, kind, display_name, created_at) values (${accounts.petrov}, 'citizen', 'Петров', ${clinic.app.now})
    on conflict do nothing`.execute(clinic.db)
  await sql`insert into access.esia_identity (esia_oid, account_id, trusted, last_name, first_name, phone, email, seen_at)
    values ('1', ${accounts.petrov}, true, 'Петров', 'Пётр', '+7(900)1234567', 'petrov@example.org', ${clinic.app.now})
    on conflict do nothing`.execute(clinic.db)
  const hearAll = () => clinic.app.hearAll(listeners)
  return {
    clinic,
    listeners,
    hearAll,
    deliver: () => deliver!.runOutside(clinic.app.platform),
    remind: () => remind!.runOutside(clinic.app.platform),
    /** Hears what was announced and sends what is due. */
    settle: async () => {
      await hearAll()
      await deliver!.runOutside(clinic.app.platform)
    },
    /** Forgets everything for the next test of a file. */
    reset: async (at: Date) => {
      await clinic.reset(at)
      await sql`truncate notifications.notification, notifications.delivery, notifications.preference, notifications.contact,
        notifications.contact_request, notifications.push_subscription, notifications.reminder, notifications.answer_link,
        platform.event, platform.handled`.execute(clinic.db)
    },
    notifications: async () =>
      (
        await sql<{ patientId: string; kind: string; readAt: Date | null }>`select patient_id as "patientId", kind,
          read_at as "readAt" from notifications.notification order by id`.execute(clinic.db)
      ).rows,
    deliveries: async () =>
      (
        await sql<{
          id: string
          kind: string
          channel: string
          address: string
          state: string
          attempts: number
          notBefore: Date
          reason: string | null
        }>`select id, kind, channel, address, state, attempts, not_before as "notBefore", reason
          from notifications.delivery order by id`.execute(clinic.db)
      ).rows,
    /** A browser of Petrov's. */
    subscribe: async () =>
      sql`insert into notifications.push_subscription (patient_id, id, endpoint, p256dh, auth, created_at)
        values (${patients.petrov}, ${newId()}, ${`https://push.example/${newId()}`}, 'key', 'auth', ${clinic.app.now})`.execute(
        clinic.db,
      ),
  }
}

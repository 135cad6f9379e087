import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { Channel, PushSubscription } from './ports.ts'
import type { Preference } from './rules.ts'

export type AddressChannel = Exclude<Channel, 'push'>
export type Contact = { patientId: string; channel: AddressChannel; address: string }
export type ContactRequest = Contact & { id: string; code: string; tries: number; requestedAt: Date; expiresAt: Date }
export type Subscription = PushSubscription & { patientId: string; id: string }

/** What people chose; who chose nothing is left out. */
export async function preferencesOf(work: Work, patientIds: readonly string[]): Promise<Map<string, Preference>> {
  const { rows } = await sql<Preference & { patientId: string }>`
    select patient_id as "patientId", email_on as "emailOn", sms_on as "smsOn", push_on as "pushOn", remind_day as "remindDay",
      remind_hours as "remindHours", quiet_from as "quietFrom", quiet_until as "quietUntil"
    from notifications.preference where patient_id = any(${[...patientIds]}::uuid[])`.execute(work.db)
  return new Map(rows.map(({ patientId, ...preference }) => [patientId, preference]))
}

export async function putPreference(work: Work, patientId: string, p: Preference): Promise<void> {
  await sql`
    insert into notifications.preference (patient_id, email_on, sms_on, push_on, remind_day, remind_hours, quiet_from,
      quiet_until, updated_at)
    values (${patientId}, ${p.emailOn}, ${p.smsOn}, ${p.pushOn}, ${p.remindDay}, ${p.remindHours}, ${p.quietFrom},
      ${p.quietUntil}, ${work.now})
    on conflict (patient_id) do update set email_on = excluded.email_on, sms_on = excluded.sms_on, push_on = excluded.push_on,
      remind_day = excluded.remind_day, remind_hours = excluded.remind_hours, quiet_from = excluded.quiet_from,
      quiet_until = excluded.quiet_until, updated_at = excluded.updated_at`.execute(work.db)
}

export async function contactsByPatients(work: Work, patientIds: readonly string[]): Promise<Contact[]> {
  const { rows } = await sql<Contact>`select patient_id as "patientId", channel, address
    from notifications.contact where patient_id = any(${[...patientIds]}::uuid[])`.execute(work.db)
  return rows
}

export async function putContact(work: Work, { patientId, channel, address }: Contact): Promise<void> {
  await sql`insert into notifications.contact (patient_id, channel, address, confirmed_at)
    values (${patientId}, ${channel}, ${address}, ${work.now})
    on conflict (patient_id, channel) do update set address = excluded.address, confirmed_at = excluded.confirmed_at`.execute(
    work.db,
  )
}

/** Forgets an address of one's own and one that waits for its code. */
export async function deleteContact(work: Work, patientId: string, channel: AddressChannel): Promise<void> {
  await Promise.all([
    sql`delete from notifications.contact where patient_id = ${patientId} and channel = ${channel}`.execute(work.db),
    deleteContactRequest(work, patientId, channel),
  ])
}

const requestColumns = sql`patient_id as "patientId", channel, id, address, code, tries, requested_at as "requestedAt",
  expires_at as "expiresAt"`

export async function contactRequestsOf(work: Work, patientId: string): Promise<ContactRequest[]> {
  const { rows } = await sql<ContactRequest>`select ${requestColumns} from notifications.contact_request
    where patient_id = ${patientId} and expires_at > ${work.now}`.execute(work.db)
  return rows
}

/** The request a code was sent for, by the id that its delivery names. */
export async function contactRequestById(
  work: Work,
  patientId: string,
  id: string,
): Promise<ContactRequest | undefined> {
  const { rows } = await sql<ContactRequest>`select ${requestColumns} from notifications.contact_request
    where patient_id = ${patientId} and id = ${id}`.execute(work.db)
  return rows[0]
}

/** Puts a request in the place of an earlier one; false when that one was made after `earliest`. */
export async function putContactRequest(work: Work, r: ContactRequest, earliest: Date): Promise<boolean> {
  const done = await sql`
    insert into notifications.contact_request as c (patient_id, channel, id, address, code, tries, requested_at, expires_at)
    values (${r.patientId}, ${r.channel}, ${r.id}, ${r.address}, ${r.code}, 0, ${r.requestedAt}, ${r.expiresAt})
    on conflict (patient_id, channel) do update set id = excluded.id, address = excluded.address, code = excluded.code, tries = 0,
      requested_at = excluded.requested_at, expires_at = excluded.expires_at
    where c.requested_at <= ${earliest}`.execute(work.db)
  return done.numAffectedRows === 1n
}

/** Counts a try and gives the request; undefined when there is none or its time or tries are over. */
export async function tryContactRequest(
  work: Work,
  patientId: string,
  channel: AddressChannel,
  maxTries: number,
): Promise<ContactRequest | undefined> {
  const { rows } = await sql<ContactRequest>`update notifications.contact_request set tries = tries + 1
    where patient_id = ${patientId} and channel = ${channel} and expires_at > ${work.now} and tries < ${maxTries}
    returning ${requestColumns}`.execute(work.db)
  return rows[0]
}

export async function deleteContactRequest(work: Work, patientId: string, channel: AddressChannel): Promise<void> {
  await sql`delete from notifications.contact_request where patient_id = ${patientId} and channel = ${channel}`.execute(
    work.db,
  )
}

export async function subscriptionsOf(work: Work, patientIds: readonly string[]): Promise<Subscription[]> {
  const { rows } = await sql<Subscription>`select patient_id as "patientId", id, endpoint, p256dh, auth
    from notifications.push_subscription where patient_id = any(${[...patientIds]}::uuid[]) order by id`.execute(
    work.db,
  )
  return rows
}

/** Keeps a browser's subscription for this person alone; a renewed one gets its new keys. */
export async function putSubscription(
  work: Work,
  subscription: Subscription & { userAgent: string | null },
): Promise<void> {
  const { patientId, id, endpoint, p256dh, auth, userAgent } = subscription
  await sql`delete from notifications.push_subscription where endpoint = ${endpoint} and patient_id <> ${patientId}`.execute(
    work.db,
  )
  await sql`
    insert into notifications.push_subscription (patient_id, id, endpoint, p256dh, auth, user_agent, created_at)
    values (${patientId}, ${id}, ${endpoint}, ${p256dh}, ${auth}, ${userAgent}, ${work.now})
    on conflict (patient_id, endpoint) do update set p256dh = excluded.p256dh, auth = excluded.auth`.execute(work.db)
}

export async function deleteSubscription(
  work: Work,
  patientId: string,
  by: { endpoint: string } | { id: string },
): Promise<void> {
  await sql`delete from notifications.push_subscription where patient_id = ${patientId}
    and ${'id' in by ? sql`id = ${by.id}` : sql`endpoint = ${by.endpoint}`}`.execute(work.db)
}

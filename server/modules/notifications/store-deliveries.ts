import { sql } from 'kysely'
import type { Delivery } from '../../../contracts/notifications.ts'
import type { Work } from '../../platform/work.ts'
import type { SentKind } from './kinds.ts'
import type { Channel } from './ports.ts'

export type DeliveryState = Delivery['state']

export type NewDelivery = {
  patientId: string
  id: string
  notificationId: string
  kind: SentKind
  recipientId: string
  channel: Channel
  /** An e-mail address, a telephone number, or the id of a push subscription. */
  address: string
  notBefore: Date
  expiresAt: Date | null
}

export type ClaimedDelivery = NewDelivery & { attempts: number }

/** Adds deliveries; one that is there for the same notification, channel and address is left alone (`delivery_once`). */
export async function insertDeliveries(work: Work, deliveries: readonly NewDelivery[]): Promise<void> {
  const texts = (of: (d: NewDelivery) => string | null) => deliveries.map(of)
  await sql`
    insert into notifications.delivery (patient_id, id, notification_id, kind, recipient_id, channel, address, state,
      not_before, expires_at, created_at)
    select *, ${work.now}::timestamptz from unnest(${texts((d) => d.patientId)}::uuid[], ${texts((d) => d.id)}::uuid[],
      ${texts((d) => d.notificationId)}::uuid[], ${texts((d) => d.kind)}::text[], ${texts((d) => d.recipientId)}::uuid[],
      ${texts((d) => d.channel)}::text[], ${texts((d) => d.address)}::text[], ${deliveries.map(() => 'waiting')}::text[],
      ${texts((d) => d.notBefore.toISOString())}::timestamptz[], ${texts((d) => d.expiresAt?.toISOString() ?? null)}::timestamptz[])
    on conflict do nothing`.execute(work.db)
}

/**
 * Takes messages whose time has come for this node until `until`: others pass them by. A message that was taken by a
 * node that died comes again when its claim has run out, under the same id.
 */
export async function claimDue(work: Work, limit: number, until: Date): Promise<ClaimedDelivery[]> {
  const { rows } = await sql<ClaimedDelivery>`
    with due as (
      select patient_id, id from notifications.delivery
      where state in ('waiting', 'sending') and not_before <= ${work.now} and (claimed_until is null or claimed_until <= ${work.now})
      order by not_before limit ${limit} for update skip locked
    )
    update notifications.delivery d set state = 'sending', attempts = d.attempts + 1, claimed_until = ${until}
    from due where d.patient_id = due.patient_id and d.id = due.id
    returning d.patient_id as "patientId", d.id, d.notification_id as "notificationId", d.kind, d.recipient_id as "recipientId",
      d.channel, d.address, d.not_before as "notBefore", d.expires_at as "expiresAt", d.attempts`.execute(work.db)
  return rows
}

type Outcome =
  | { state: Exclude<DeliveryState, 'waiting' | 'sending'>; reason: string | null; reference: string | null }
  | { state: 'waiting'; reason: string; notBefore: Date }

/** Writes down what became of an attempt; false when another node has taken the message since. */
export async function finishAttempt(
  work: Work,
  delivery: Pick<ClaimedDelivery, 'patientId' | 'id' | 'attempts'>,
  outcome: Outcome,
): Promise<boolean> {
  const again = outcome.state === 'waiting'
  const done = await sql`update notifications.delivery set state = ${outcome.state}, reason = ${outcome.reason},
      reference = ${again ? null : outcome.reference}, claimed_until = null,
      finished_at = ${again ? null : work.now}, not_before = ${again ? outcome.notBefore : sql`not_before`}
    where patient_id = ${delivery.patientId} and id = ${delivery.id} and state = 'sending' and attempts = ${delivery.attempts}`.execute(
    work.db,
  )
  return done.numAffectedRows === 1n
}

export type DeliveryRow = Omit<ClaimedDelivery, 'patientId' | 'notificationId' | 'recipientId' | 'expiresAt'> & {
  state: DeliveryState
  createdAt: Date
  finishedAt: Date | null
  reason: string | null
  reference: string | null
}

export type DeliveryFilter = {
  channel?: Channel | undefined
  state?: DeliveryState | undefined
  from?: Date | undefined
  until?: Date | undefined
  before?: string | undefined
}

/** The journal, newest first, at most `limit`. */
export async function deliveriesBy(work: Work, filter: DeliveryFilter, limit: number): Promise<DeliveryRow[]> {
  const { channel, state, from, until, before } = filter
  const { rows } = await sql<DeliveryRow>`
    select d.id, d.kind, d.channel, d.address, d.state, d.attempts, d.created_at as "createdAt", d.not_before as "notBefore",
      d.finished_at as "finishedAt", d.reason, d.reference
    from notifications.delivery d where true
      ${channel ? sql`and d.channel = ${channel}` : sql``} ${state ? sql`and d.state = ${state}` : sql``}
      ${from ? sql`and d.created_at >= ${from}` : sql``} ${until ? sql`and d.created_at < ${until}` : sql``}
      ${before ? sql`and d.id < ${before}` : sql``}
    order by d.id desc limit ${limit}`.execute(work.db)
  return rows
}

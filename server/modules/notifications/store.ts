import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import type { Data, Kind } from './kinds.ts'

export type NotificationRow = {
  patientId: string
  id: string
  kind: Kind
  data: Data
  createdAt: Date
  readAt: Date | null
}

const columns = sql`n.patient_id as "patientId", n.id, n.kind, n.data, n.created_at as "createdAt", n.read_at as "readAt"`

/** Adds a notification; false when the patient has been told of this event in this kind already (`notification_once`). */
export async function insertNotification(work: Work, n: NotificationRow & { sourceId: string }): Promise<boolean> {
  const done = await sql`
    insert into notifications.notification (patient_id, id, kind, source_id, data, created_at, read_at)
    values (${n.patientId}, ${n.id}, ${n.kind}, ${n.sourceId}, ${JSON.stringify(n.data)}::jsonb, ${n.createdAt}, ${n.readAt})
    on conflict do nothing`.execute(work.db)
  return done.numAffectedRows === 1n
}

/** Notifications of these patients before an id, newest first. */
export async function notificationsOf(
  work: Work,
  patientIds: readonly string[],
  before: string | undefined,
  limit: number,
): Promise<NotificationRow[]> {
  const { rows } = await sql<NotificationRow>`select ${columns} from notifications.notification n
    where n.patient_id = any(${[...patientIds]}::uuid[]) ${before ? sql`and n.id < ${before}` : sql``}
    order by n.id desc limit ${limit}`.execute(work.db)
  return rows
}

export async function notificationsByIds(
  work: Work,
  keys: readonly { patientId: string; notificationId: string }[],
): Promise<Map<string, NotificationRow>> {
  if (keys.length === 0) return new Map()
  const { rows } = await sql<NotificationRow>`select ${columns} from notifications.notification n
    join unnest(${keys.map((k) => k.patientId)}::uuid[], ${keys.map((k) => k.notificationId)}::uuid[]) as k (patient_id, id)
      on k.patient_id = n.patient_id and k.id = n.id`.execute(work.db)
  return new Map(rows.map((row) => [row.id, row]))
}

export async function countUnread(work: Work, patientIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ n: string }>`select count(*) as n from notifications.notification
    where patient_id = any(${[...patientIds]}::uuid[]) and read_at is null`.execute(work.db)
  return Number(rows[0]!.n)
}

/** Marks as read what is not yet, all of them or one; answers with the patients it changed something for. */
export async function markRead(
  work: Work,
  patientIds: readonly string[],
  notificationId: string | undefined,
): Promise<string[]> {
  const { rows } = await sql<{ patientId: string }>`update notifications.notification set read_at = ${work.now}
    where patient_id = any(${[...patientIds]}::uuid[]) and read_at is null
      ${notificationId ? sql`and id = ${notificationId}` : sql``}
    returning patient_id as "patientId"`.execute(work.db)
  return [...new Set(rows.map((row) => row.patientId))]
}

export async function hasNotification(work: Work, patientId: string, id: string): Promise<boolean> {
  const { rows } =
    await sql`select from notifications.notification where patient_id = ${patientId} and id = ${id}`.execute(work.db)
  return rows.length > 0
}

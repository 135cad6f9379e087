import { sql } from 'kysely'
import type { BatchItem } from '../../../contracts/timetable-batches.ts'
import type { Role } from '../../../contracts/endpoint.ts'
import type { Work } from '../../platform/work.ts'

// Batches of edits of timetables: organisation side.

export type BatchRow = {
  organizationId: string
  id: string
  actorId: string
  actorRole: Role
  actorName: string
  actorStaffId: string | null
  from: string
  reason: string
  createdAt: Date
}
export type ItemRow = Omit<BatchItem, 'doctorName'> & { version: number; attempt: number }
export type ItemKey = { organizationId: string; batchId: string; n: number }

const batchColumns = sql`b.organization_id as "organizationId", b.id, b.actor_id as "actorId", b.actor_role as "actorRole",
  b.actor_name as "actorName", b.actor_staff_id as "actorStaffId", b.from_day as "from", b.reason, b.created_at as "createdAt"`
const itemColumns = sql`i.n, i.schedule_id as "scheduleId", i.staff_id as "staffId", i.version, i.changes, i.state, i.visits,
  i.problem, i.attempt`
const isItem = ({ organizationId, batchId, n }: ItemKey) =>
  sql`i.organization_id = ${organizationId} and i.batch_id = ${batchId} and i.n = ${n}`

/** Adds a batch with its items, all waiting; false when there is one with this id already. */
export async function insertBatch(
  work: Work,
  batch: BatchRow,
  items: readonly Pick<ItemRow, 'scheduleId' | 'staffId' | 'version' | 'changes'>[],
): Promise<boolean> {
  const added = await sql`insert into booking.timetable_batch
      (organization_id, id, actor_id, actor_role, actor_name, actor_staff_id, from_day, reason, created_at)
    values (${batch.organizationId}, ${batch.id}, ${batch.actorId}, ${batch.actorRole}, ${batch.actorName},
      ${batch.actorStaffId}, ${batch.from}, ${batch.reason}, ${batch.createdAt})
    on conflict do nothing`.execute(work.db)
  if (added.numAffectedRows !== 1n) return false
  await work.db
    .insertInto('booking.timetable_batch_item')
    .values(
      items.map((item, n) => ({
        organization_id: batch.organizationId,
        batch_id: batch.id,
        n: n + 1,
        schedule_id: item.scheduleId,
        staff_id: item.staffId,
        version: item.version,
        changes: JSON.stringify(item.changes),
        state: 'waiting',
      })),
    )
    .execute()
  return true
}

export async function findBatch(
  work: Work,
  organizationId: string,
  id: string,
): Promise<{ batch: BatchRow; items: ItemRow[] } | undefined> {
  const [batches, items] = await Promise.all([
    sql<BatchRow>`select ${batchColumns} from booking.timetable_batch b
      where b.organization_id = ${organizationId} and b.id = ${id}`.execute(work.db),
    sql<ItemRow>`select ${itemColumns} from booking.timetable_batch_item i
      where i.organization_id = ${organizationId} and i.batch_id = ${id} order by i.n`.execute(work.db),
  ])
  const batch = batches.rows[0]
  return batch && { batch, items: items.rows }
}

/** The next item that nobody is at, with whose it is; those tried in vain come last. */
export async function nextWaiting(work: Work): Promise<{ batch: BatchRow; key: ItemKey } | undefined> {
  const { rows } = await sql<BatchRow & { n: number }>`select ${batchColumns}, i.n from booking.timetable_batch_item i
    join booking.timetable_batch b on b.organization_id = i.organization_id and b.id = i.batch_id
    where i.state = 'waiting' order by b.created_at, i.attempt, i.n limit 1 for update of i skip locked`.execute(
    work.db,
  )
  const row = rows[0]
  if (!row) return undefined
  const { n, ...batch } = row
  return { batch, key: { organizationId: batch.organizationId, batchId: batch.id, n } }
}

/** Takes an item that waits for as long as the transaction lasts; undefined when somebody is at it or it is done. */
export async function claimItem(work: Work, key: ItemKey): Promise<ItemRow | undefined> {
  const { rows } = await sql<ItemRow>`select ${itemColumns} from booking.timetable_batch_item i
    where ${isItem(key)} and i.state = 'waiting' for update skip locked`.execute(work.db)
  return rows[0]
}

/** Says what became of an item that waits. */
export async function finishItem(
  work: Work,
  key: ItemKey,
  end: Pick<ItemRow, 'state'> & Partial<Pick<ItemRow, 'visits' | 'problem'>>,
): Promise<void> {
  await sql`update booking.timetable_batch_item i set state = ${end.state}, visits = ${end.visits ?? 0},
      problem = ${end.problem ? JSON.stringify(end.problem) : null}::jsonb, finished_at = ${work.now}
    where ${isItem(key)} and i.state = 'waiting'`.execute(work.db)
}

/** Puts an item behind those not tried yet. */
export async function tryLater(work: Work, key: ItemKey): Promise<void> {
  await sql`update booking.timetable_batch_item i set attempt = i.attempt + 1
    where ${isItem(key)} and i.state = 'waiting'`.execute(work.db)
}

/** What was refused or touched visits waits again. Returns how many. */
export async function waitAgain(work: Work, organizationId: string, batchId: string): Promise<number> {
  const done =
    await sql`update booking.timetable_batch_item set state = 'waiting', attempt = 0, visits = 0, problem = null,
      finished_at = null
    where organization_id = ${organizationId} and batch_id = ${batchId} and state in ('refused', 'touches-visits')`.execute(
      work.db,
    )
  return Number(done.numAffectedRows ?? 0n)
}

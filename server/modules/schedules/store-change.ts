import { sql } from 'kysely'
import type { Schedule } from '../../../contracts/schedules.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'

/** A line of the timetable's history. `before` and `after` are what it describes, as it was and as it became. */
export type Change = {
  organizationId: string
  scheduleId: string
  startsAt: Date | null
  kind: 'created' | 'closed' | 'opened' | 'added' | 'edited' | 'substitute'
  reason: string | null
  before: unknown
  after: unknown
}

export async function writeChange(work: Work, change: Change): Promise<void> {
  await work.db
    .insertInto('schedules.change')
    .values({
      organization_id: change.organizationId,
      id: newId(),
      schedule_id: change.scheduleId,
      starts_at: change.startsAt,
      kind: change.kind,
      reason: change.reason,
      before: change.before === null ? null : JSON.stringify(change.before),
      after: change.after === null ? null : JSON.stringify(change.after),
      actor_id: work.actor.id,
      actor_name: work.actor.name,
      at: work.now,
    })
    .execute()
}

/** The changes of a timetable as a whole (not of single times), oldest first. */
export async function changesOf(work: Work, organizationId: string, scheduleId: string) {
  const { rows } = await sql<{
    at: Date
    kind: 'created' | 'edited' | 'substitute'
    author: string | null
    reason: string | null
    before: Schedule | null
    after: Schedule | null
  }>`select at, kind, actor_name as author, reason, before, after from schedules.change
    where organization_id = ${organizationId} and schedule_id = ${scheduleId} and kind in ('created', 'edited', 'substitute')
    order by at, id`.execute(work.db)
  return rows
}

/** When a timetable was made; undefined when there is none. */
export async function madeAt(work: Work, organizationId: string, scheduleId: string): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date }>`select created_at as at from schedules.schedule
    where organization_id = ${organizationId} and id = ${scheduleId}`.execute(work.db)
  return rows[0]?.at
}

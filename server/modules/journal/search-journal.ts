import type { Static } from 'typebox'
import type { searchJournal as contract } from '../../../contracts/journal.ts'
import { readCursor, writeCursor } from '../../platform/page-cursor.ts'
import type { Work } from '../../platform/work.ts'
import * as store from './store.ts'

const PAGE = 100

type Query = Static<(typeof contract)['query']>
type Reply = Static<(typeof contract)['reply']>

/** The journal by period (UTC days, inclusive), person, operation and outcome, for the security officer. */
export async function searchJournal(work: Work, query: Query): Promise<Reply> {
  const dayAfter = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000)
  const rows = await store.findActions(
    work,
    {
      from: query.from ? new Date(`${query.from}T00:00:00Z`) : undefined,
      to: query.to ? dayAfter(query.to) : undefined,
      actorId: query.actorId,
      patientId: query.patientId,
      operation: query.operation,
      outcome: query.outcome,
      before: readCursor(query.before),
    },
    PAGE + 1,
  )
  const page = rows.slice(0, PAGE)
  return {
    rows: page.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      requestId: row.request_id,
      actorId: row.actor_id,
      actorName: row.actor_name,
      actorRole: row.actor_role,
      operation: row.operation,
      patientId: row.patient_id,
      grounds: row.grounds,
      objectType: row.object_type,
      objectId: row.object_id,
      outcome: row.outcome as never,
      problem: row.problem,
      address: row.address,
      durationMs: row.duration_ms,
    })),
    next: rows.length > PAGE ? writeCursor(page.at(-1)!) : null,
  }
}

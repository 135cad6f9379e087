import type { HoursEdit } from '../../../contracts/schedules.ts'
import { ScheduleEditIsStale } from '../../../contracts/schedule-edits.ts'
import { TimesOverlap } from '../../../contracts/schedules.ts'
import { TimetableChanged, type BatchItem } from '../../../contracts/timetable-batches.ts'
import { Unexpected } from '../../../contracts/problems.ts'
import { perform, system } from '../../platform/perform.ts'
import type { Platform } from '../../platform/platform.ts'
import { Problem } from '../../platform/problem.ts'
import type { Actor, Work } from '../../platform/work.ts'
import { planEdit, versionOf } from '../schedules/index.ts'
import { applyScheduleEdit } from './apply-schedule-edit.ts'
import { touchedAppointments } from './preview-schedule-edit.ts'
import { claimItem, finishItem, nextWaiting, tryLater, type BatchRow, type ItemKey } from './store-batches.ts'

/** So often an item waits for others of its batch to make room, or for a booking that came between. */
const ATTEMPTS = 3

/**
 * Carries out the items that wait, one after another, each in a transaction of its own and in the name of who asked for it.
 * May run on several nodes at once (an item is locked while one is at it) and may be killed at any moment: what is not
 * committed waits still.
 */
export async function runTimetableBatches(platform: Platform): Promise<void> {
  for (;;) {
    const next = await perform(platform, system, { name: 'booking.next-timetable', journal: 'read' }, nextWaiting)
    if (!next) return
    try {
      const operation = { name: 'booking.apply-timetable', journal: 'change' } as const
      await perform(platform, actorOf(next.batch), operation, (work) => applyItem(work, next.batch, next.key))
    } catch (error) {
      if (!(error instanceof Problem))
        platform.log.error({ err: error, ...next.key }, 'a timetable could not be applied')
      await perform(platform, system, { name: 'booking.refuse-timetable', journal: 'change' }, (work) =>
        refuseItem(work, next.key, error),
      )
    }
  }
}

const actorOf = (batch: BatchRow): Actor => ({
  id: batch.actorId,
  kind: 'employee',
  role: batch.actorRole,
  name: batch.actorName,
  organizationId: batch.organizationId,
  ...(batch.actorStaffId && { staffId: batch.actorStaffId }),
})

/** Edits one timetable, all of it; one whose edit touches booked visits is left as it is and marked so. */
async function applyItem(work: Work, batch: BatchRow, key: ItemKey): Promise<void> {
  const item = await claimItem(work, key)
  if (!item) return
  work.note({ objectType: 'schedule', objectId: item.scheduleId })
  const edit: HoursEdit = { kind: 'hours', scheduleId: item.scheduleId, from: batch.from, changes: item.changes }
  const plan = await planEdit(work, edit)
  if (plan.change.kind !== 'hours' || plan.change.before.version !== item.version) throw new Problem(TimetableChanged)
  const touched = await touchedAppointments(work, plan)
  if (touched.length > 0) return finishItem(work, key, { state: 'touches-visits', visits: touched.length })
  // Plans again under the locks: a visit booked meanwhile, or another edit, makes the version stale.
  await applyScheduleEdit(work, { edit, version: versionOf(plan), reason: batch.reason, decisions: [] })
  await finishItem(work, key, { state: 'done' })
}

/** Others of the batch may leave the room that this one needs, and a booking may have come between: those wait once more. */
const mayPass = (error: unknown): boolean =>
  error instanceof Problem && [TimesOverlap.type, ScheduleEditIsStale.type].some((type) => type === error.type.type)

async function refuseItem(work: Work, key: ItemKey, error: unknown): Promise<void> {
  const item = await claimItem(work, key)
  if (!item) return
  if (mayPass(error) && item.attempt + 1 < ATTEMPTS) return tryLater(work, key)
  await finishItem(work, key, { state: 'refused', problem: wordsOf(error) })
}

function wordsOf(error: unknown): BatchItem['problem'] {
  if (!(error instanceof Problem)) return { title: Unexpected.title, detail: null, advice: Unexpected.advice }
  const { type, extra } = error
  const detail = extra.detail ?? extra.fields?.map((field) => field.message).join('. ') ?? null
  return { title: type.title, detail, advice: type.advice ?? null }
}

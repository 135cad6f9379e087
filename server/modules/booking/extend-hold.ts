import { HoldExpired, HoldNotFound, type Hold } from '../../../contracts/booking.ts'
import { Problem } from '../../platform/problem.ts'
import { minutesLater } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { prolongSlot } from '../schedules/index.ts'
import { describeHold } from './hold-slot.ts'
import { actForPatient } from './rights.ts'
import { HOLD_MINUTES, holdRanOut, isHold, LONGEST_HOLD_MINUTES } from './rules.ts'
import * as store from './store-visits.ts'

/**
 * Keeps one's own hold for five minutes from now, for a person who is still typing; at most fifteen since it was made,
 * and never shorter than it is. Throws HoldExpired when it has run out: the time may be another's, so it is asked for
 * anew. Throws HoldNotFound, PatientNotFound.
 */
export async function extendHold(work: Work, holdId: string, patientId: string): Promise<Hold> {
  const [, hold] = await Promise.all([
    actForPatient(work, patientId, { objectType: 'hold', objectId: holdId }),
    store.findVisit(work, patientId, holdId),
  ])
  if (!hold || !isHold(hold) || hold.heldBy !== work.actor.id) throw new Problem(HoldNotFound)
  if (holdRanOut(hold, work.now)) throw new Problem(HoldExpired)
  const until = endOfExtension(hold.createdAt, hold.heldUntil!, work.now)
  if (until <= hold.heldUntil!) return describeHold(work, patientId, hold)
  const [kept, slotKept] = await Promise.all([
    store.prolongHold(work, patientId, holdId, until),
    prolongSlot(work, hold, { holdId, until }),
  ])
  if (!kept || !slotKept) throw new Problem(HoldExpired)
  return describeHold(work, patientId, { ...hold, heldUntil: until })
}

/** When a hold that is extended now ends. */
function endOfExtension(madeAt: Date, heldUntil: Date, now: Date): Date {
  const wanted = minutesLater(now, HOLD_MINUTES)
  const latest = minutesLater(madeAt, LONGEST_HOLD_MINUTES)
  const until = wanted < latest ? wanted : latest
  return until > heldUntil ? until : heldUntil
}

import type { FormerCharge } from '../../../contracts/patients.ts'
import { addDays, localDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { lastDayAsChild, lastDayOf, todayOf } from './ages.ts'
import { formerWardsOf } from './store-representation.ts'

/** How long one is told that one no longer acts for somebody. */
const TOLD_DAYS = 60

type Former = Awaited<ReturnType<typeof formerWardsOf>>[number]

/** Since when one no longer acts for the other, and why; undefined while one does or will. */
function endOfFormer(r: Former, today: string, zone: string): Omit<FormerCharge, 'id' | 'firstName'> | undefined {
  const lastDay = lastDayOf(r)
  const ended = r.endedAt && localDay(r.endedAt, zone)
  // What somebody ended after the birthday was over by then.
  if (ended && ended <= lastDay) return { why: 'ended', from: ended, note: r.endReason }
  if (today <= lastDay) return undefined
  const grown = r.basis !== 'authority' && lastDay === lastDayAsChild(r.birthDate)
  return { why: grown ? 'grown-up' : 'term-over', from: addDays(lastDay, 1), note: null }
}

/** Those a person acted for until lately, the newest first and each once: so that nobody takes it for a failure. */
export async function formerCharges(work: Work, patientId: string): Promise<FormerCharge[]> {
  const today = todayOf(work)
  const told = addDays(today, -TOLD_DAYS)
  const known = new Map<string, FormerCharge>()
  for (const ward of await formerWardsOf(work, patientId)) {
    const end = endOfFormer(ward, today, work.zone)
    if (end && end.from >= told && !known.has(ward.patientId))
      known.set(ward.patientId, { id: ward.patientId, firstName: ward.firstName, ...end })
  }
  return [...known.values()]
}

import type { RuleOverride } from '../../../contracts/booking-rules.ts'
import { AppointmentNotFound, SlotClosedToChannel, SlotTaken, type Hold } from '../../../contracts/booking.ts'
import { PatientNotFound } from '../../../contracts/patients.ts'
import { SlotNotFound } from '../../../contracts/schedules.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { minutesLater } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import { bookingFactsOf, lockPatient } from '../patients/index.ts'
import {
  channelsOf,
  claimSlot,
  describeSlot,
  formatSlotRef,
  parseSlotRef,
  releaseSlot,
  takenBetween,
  type Channel,
  type SlotRow,
  type Taken,
} from '../schedules/index.ts'
import { announceHold, announceOverride } from './announce.ts'
import { ageToday, boundsOfDay, countTaken, countVisits, factsOf, RuleGuard, withRules } from './apply-rules.ts'
import { categoryFor } from './categories.ts'
import { refusalBy } from './refusal-by.ts'
import { actForPatient, isClinicStaff, isSeenBy } from './rights.ts'
import { rulesInForce } from './rule-set.ts'
import {
  givesWay,
  HOLD_MINUTES,
  holdRanOut,
  isHold,
  isSameHold,
  openChannel,
  reasonAgainstSlot,
  timeHasCome,
  visitInTheWay,
  type PatientVisit,
  type Wish,
} from './rules.ts'
import * as ruleStore from './store-rules.ts'
import { insertVisitCategory } from './store-categories.ts'
import * as store from './store-visits.ts'

type Asked = {
  patientId: string
  ref: string
  moving?: string
  category?: string
  referral?: string
  override?: RuleOverride
}
/** An offer of the waiting list: its id is the slot's hold, and its channels are those of whoever joined. */
export type Offered = { id: string; channels: readonly Channel[] }

/**
 * Holds a slot for a patient for five minutes; with `moving`, to take the place of that appointment later. Two round
 * trips: everything is read and judged, then everything is written, the patient's claim before the slot; what rules
 * count is counted after the writing, under locks that the same trip has taken. With `offer`, the time that is held for
 * that offer already becomes this hold, under the same id and the same rules.
 * Throws SlotNotFound, SlotInThePast, SlotClosedToChannel, AgeDoesNotFit, SlotTaken, AlreadyBooked, VisitsOverlap
 * (these two with what stands in the way), RuleRefuses, RuleIsFirm, AppointmentNotFound, PatientNotFound.
 */
export async function holdSlot(work: Work, asked: Asked, offer?: Offered): Promise<Hold> {
  const { patientId, moving } = asked
  const channels = offer?.channels ?? channelsOf(work.actor.role)
  const key = parseSlotRef(asked.ref)
  const [, person, slot, visits, { revision, noShows }, organizations] = await Promise.all([
    actForPatient(work, patientId),
    bookingFactsOf(work, patientId),
    describeSlot(work, key),
    store.visitsInPlay(work, patientId),
    ruleStore.ruleFactsOf(work, patientId),
    organizationsByIds(work, [key.organizationId]),
  ])
  if (!slot) throw new Problem(SlotNotFound)
  if (!person) throw new Problem(PatientNotFound)
  const wish: Wish = {
    ...key,
    endsAt: slot.endsAt,
    specialtyCode: slot.specialtyCode,
    actorId: work.actor.id,
    replaces: moving ?? null,
  }
  if (moving) requireMovable(work, visits, moving)
  const known = visits.find((visit) => isSameHold(visit, wish, work.now))
  if (known) return describeHold(work, patientId, known)
  const leaving = visits.filter((visit) => givesWay(visit, wish, work.now))
  // A registrar takes over the time that the patient chose but could not confirm.
  const own = leaving.some((visit) => visit.id === slot.holdId) || (offer !== undefined && offer.id === slot.holdId)
  requireAllowed(work, own ? { ...slot, holdUntil: null } : slot, { channels, age: ageToday(work, person) })
  const category = asked.category && (await categoryFor(work, asked.category, person, slot.specialtyCode))
  const staying = visits.filter((visit) => !leaving.includes(visit))

  const zone = organizations.get(slot.organizationId)!.timeZone
  const referral = asked.referral !== undefined && isClinicStaff(work.actor)
  const counted = { ...countVisits(staying, wish, work.now), noShows }
  const facts = factsOf(work, { ...slot, zone, channel: openChannel(slot, channels)!, referral }, person, counted)
  const guard = new RuleGuard(work, await rulesInForce(work, revision), facts, asked.override)
  const blocker = visitInTheWay(staying, wish, work.now, guard.visitsAllowed)
  if (blocker) throw withRules(refusalBy(blocker), guard)
  guard.require()

  const hold = holdOn(work, slot, wish, guard, { id: offer?.id ?? newId(), patientId, channels })
  const { added, claimed, standing, taken } = await write(work, slot, hold, leaving, visits, guard)
  if (!added) return afterLostRace(work, patientId, wish, guard)
  if (!claimed) throw new Problem(SlotTaken)
  const others = standing.filter((visit) => visit.id !== hold.id)
  if (guard.locksPatient) guard.requirePerson(countVisits(others, wish, work.now))
  // The time that will be given up for this one does not count.
  const old = visits.find((visit) => visit.id === moving)
  const day = taken.filter((t) => t.staffId !== old?.staffId || +t.startsAt !== +old.startsAt)
  if (guard.locksDoctor) guard.requireDay(countTaken(day, { channel: hold.channel }))
  await Promise.all([keepGrounds(work, hold, guard, asked), category && insertVisitCategory(work, hold, category)])
  announceHold(work, 'held', slot)
  return describeHold(work, patientId, hold)
}

/** What the booking rests on is kept with the appointment-to-be: rules that were booked past, the referral that was seen. */
async function keepGrounds(work: Work, hold: store.VisitRow, guard: RuleGuard, asked: Asked): Promise<void> {
  const { passed } = guard
  await Promise.all([
    passed.length > 0 && ruleStore.insertOverrides(work, hold, passed, asked.override!.reason),
    guard.facts.referral && ruleStore.insertReferral(work, hold, asked.referral!),
  ])
  if (passed.length > 0) announceOverride(work, hold, passed)
}

function requireMovable(work: Work, visits: readonly PatientVisit[], id: string): void {
  const old = visits.find((visit) => visit.id === id)
  if (!old || old.state !== 'coming' || isHold(old) || !isSeenBy(work.actor, old.organizationId))
    throw new Problem(AppointmentNotFound)
}

function requireAllowed(
  work: Work,
  slot: SlotRow,
  asker: { channels: readonly Channel[]; age: number | undefined },
): void {
  if (!isSeenBy(work.actor, slot.organizationId))
    throw new Problem(SlotClosedToChannel, { detail: 'Записывать можно только в свою организацию.' })
  const reason = reasonAgainstSlot(slot, asker, work.now)
  if (reason) throw new Problem(reason)
}

function holdOn(
  work: Work,
  slot: SlotRow,
  wish: Wish,
  guard: RuleGuard,
  { id, patientId, channels }: { id: string; patientId: string; channels: readonly Channel[] },
): store.VisitRow & { heldUntil: Date } {
  return {
    patientId,
    id,
    organizationId: slot.organizationId,
    scheduleId: slot.scheduleId,
    startsAt: slot.startsAt,
    seq: slot.seq,
    endsAt: slot.endsAt,
    staffId: slot.staffId,
    specialtyCode: slot.specialtyCode,
    roomId: slot.roomId,
    state: wish.replaces ? 'moving' : 'coming',
    heldUntil: minutesLater(work.now, HOLD_MINUTES),
    heldBy: work.actor.id,
    channel: openChannel(slot, channels) ?? null,
    replaces: wish.replaces,
    ruleScope: guard.visitsAllowed > 1 ? `${slot.specialtyCode} ${id}` : null,
    createdAt: work.now,
  }
}

/**
 * The patient's side first, then the slots in the order of their references, so that two who change places do not wait
 * for each other for ever. Sent together; a lost race shows in the counts, never as a failed statement.
 */
async function write(
  work: Work,
  slot: SlotRow,
  hold: store.VisitRow & { heldUntil: Date },
  leaving: readonly PatientVisit[],
  visits: readonly PatientVisit[],
  guard: RuleGuard,
): Promise<{ added: boolean; claimed: boolean; standing: PatientVisit[]; taken: readonly Taken[] }> {
  const { patientId } = hold
  const begun = visits.filter((visit) => timeHasCome(visit, work.now))
  const steps = leaving
    .filter((visit) => !holdRanOut(visit, work.now))
    .map((visit) => ({ ref: formatSlotRef(visit), run: async () => void (await releaseSlot(work, visit, visit.id)) }))
  let claimed = false
  const claim = async () => {
    claimed =
      (await claimSlot(work, slot, { holdId: hold.id, until: hold.heldUntil, channel: hold.channel })) !== undefined
  }
  const ordered = [...steps, { ref: formatSlotRef(slot), run: claim }].sort((a, b) => a.ref.localeCompare(b.ref))
  const zone = guard.facts.zone
  const day = { organizationId: slot.organizationId, staffId: slot.staffId, ...boundsOfDay(slot.startsAt, zone) }
  const [, , , added, standing, , ...rest] = await Promise.all([
    guard.locksPatient && lockPatient(work, patientId),
    leaving.length > 0 && store.deleteHolds(work, patientId, idsOf(leaving)),
    begun.length > 0 && store.changeState(work, patientId, idsOf(begun), ['coming'], 'began'),
    store.insertVisit(work, hold),
    guard.locksPatient ? store.visitsInPlay(work, patientId) : [],
    guard.locksDoctor && ruleStore.lockDoctorLine(work, slot),
    ...ordered.map((step) => step.run()),
    guard.locksDoctor ? takenBetween(work, day) : [],
  ])
  return { added, claimed, standing, taken: rest.at(-1) ?? [] }
}

const idsOf = (visits: readonly PatientVisit[]): string[] => visits.map((visit) => visit.id)

/** Another request of the same patient was faster by a hair: it may have made the very same hold, or stands in the way. */
async function afterLostRace(work: Work, patientId: string, wish: Wish, guard: RuleGuard): Promise<Hold> {
  const visits = await store.visitsInPlay(work, patientId)
  const same = visits.find((visit) => isSameHold(visit, wish, work.now))
  if (same) return describeHold(work, patientId, same)
  const blocker = visitInTheWay(visits, wish, work.now, guard.visitsAllowed)
  throw blocker ? withRules(refusalBy(blocker), guard) : new Problem(SlotTaken)
}

export function describeHold(work: Work, patientId: string, hold: PatientVisit): Hold {
  work.note({ objectType: 'hold', objectId: hold.id })
  return {
    id: hold.id,
    patientId,
    ref: formatSlotRef(hold),
    startsAt: hold.startsAt.toISOString(),
    endsAt: hold.endsAt.toISOString(),
    expiresAt: hold.heldUntil!.toISOString(),
  }
}

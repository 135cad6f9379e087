import { AppointmentNotFound, SlotClosedToChannel, SlotTaken, type Hold } from '../../../contracts/booking.ts'
import { SlotNotFound } from '../../../contracts/schedules.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { minutesLater } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { ageOf } from '../patients/index.ts'
import {
  channelsOf,
  claimSlot,
  describeSlot,
  formatSlotRef,
  parseSlotRef,
  releaseSlot,
  type Channel,
  type SlotRow,
} from '../schedules/index.ts'
import { announceHold } from './announce.ts'
import { refusalBy } from './refusal-by.ts'
import { actForPatient, isSeenBy } from './rights.ts'
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
import * as store from './store-visits.ts'

/** An offer of the waiting list: its id is the slot's hold, and its channels are those of whoever joined. */
export type Offered = { id: string; channels: readonly Channel[] }

/**
 * Holds a slot for a patient for five minutes; with `moving`, to take the place of that appointment later. Two round
 * trips: everything is read and judged, then everything is written, the patient's claim before the slot. With `offer`, the
 * time that is held for that offer already becomes this hold, under the same id and the same rules.
 * Throws SlotNotFound, SlotInThePast, SlotClosedToChannel, AgeDoesNotFit, SlotTaken, AlreadyBooked, VisitsOverlap
 * (these two with what stands in the way), AppointmentNotFound, PatientNotFound.
 */
export async function holdSlot(
  work: Work,
  { patientId, ref, moving }: { patientId: string; ref: string; moving?: string },
  offer?: Offered,
): Promise<Hold> {
  const channels = offer?.channels ?? channelsOf(work.actor.role)
  const key = parseSlotRef(ref)
  const [, age, slot, visits] = await Promise.all([
    actForPatient(work, patientId),
    ageOf(work, patientId),
    describeSlot(work, key),
    store.visitsInPlay(work, patientId),
  ])
  if (!slot) throw new Problem(SlotNotFound)
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
  requireAllowed(work, own ? { ...slot, holdUntil: null } : slot, { channels, age })
  const staying = visits.filter((visit) => !leaving.includes(visit))
  const blocker = visitInTheWay(staying, wish, work.now)
  if (blocker) throw refusalBy(blocker)

  const hold = holdOn(work, slot, wish, { id: offer?.id ?? newId(), patientId, channels })
  const { added, claimed } = await write(work, slot, hold, leaving, visits)
  if (!added) return afterLostRace(work, patientId, wish)
  if (!claimed) throw new Problem(SlotTaken)
  announceHold(work, 'held', slot)
  return describeHold(work, patientId, hold)
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
): Promise<{ added: boolean; claimed: boolean }> {
  const { patientId } = hold
  const begun = visits.filter((visit) => timeHasCome(visit, work.now))
  const steps = leaving
    .filter((visit) => !holdRanOut(visit, work.now))
    .map((visit) => ({ ref: formatSlotRef(visit), run: async () => void (await releaseSlot(work, visit, visit.id)) }))
  let claimed = false
  const claim = async () => {
    claimed = (await claimSlot(work, slot, { holdId: hold.id, until: hold.heldUntil })) !== undefined
  }
  const ordered = [...steps, { ref: formatSlotRef(slot), run: claim }].sort((a, b) => a.ref.localeCompare(b.ref))
  const [, , added] = await Promise.all([
    leaving.length > 0 && store.deleteHolds(work, patientId, idsOf(leaving)),
    begun.length > 0 && store.changeState(work, patientId, idsOf(begun), ['coming'], 'began'),
    store.insertVisit(work, hold),
    ...ordered.map((step) => step.run()),
  ])
  return { added, claimed }
}

const idsOf = (visits: readonly PatientVisit[]): string[] => visits.map((visit) => visit.id)

/** Another request of the same patient was faster by a hair: it may have made the very same hold, or stands in the way. */
async function afterLostRace(work: Work, patientId: string, wish: Wish): Promise<Hold> {
  const visits = await store.visitsInPlay(work, patientId)
  const same = visits.find((visit) => isSameHold(visit, wish, work.now))
  if (same) return describeHold(work, patientId, same)
  const blocker = visitInTheWay(visits, wish, work.now)
  throw blocker ? refusalBy(blocker) : new Problem(SlotTaken)
}

function describeHold(work: Work, patientId: string, hold: PatientVisit): Hold {
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

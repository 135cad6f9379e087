import { AppointmentIsOver, HoldExpired, HoldNotFound, type Appointment } from '../../../contracts/booking.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { formatSlotRef, freeSlot, takeSlot } from '../schedules/index.ts'
import { announceVisit } from './announce.ts'
import { appointmentToChange } from './cancel-appointment.ts'
import { describeAppointment, describeOne, namesOf } from './describe-appointment.ts'
import { appointmentOn } from './new-appointment.ts'
import { offerFreedTimes } from './offer-freed-times.ts'
import { refusalBy } from './refusal-by.ts'
import { requireRoomInDay } from './require-room-in-day.ts'
import { actForPatient, isSeenBy } from './rights.ts'
import { EXPECTED, holdRanOut, isHold, slotIsAhead, visitInTheWay } from './rules.ts'
import * as appointments from './store-appointments.ts'
import { carryCategory } from './store-categories.ts'
import * as changes from './store-change-offers.ts'
import * as visits from './store-visits.ts'

/**
 * Puts the held time in the place of an appointment, both in one transaction: the patient never has two and never none.
 * The calendar event goes on under the same UID with the next SEQUENCE (RFC 5545 §3.8.7.4). Asking again gives the same.
 * Throws HoldExpired, HoldNotFound, AppointmentNotFound, TooLateToChange, AppointmentIsOver, AlreadyBooked,
 * VisitsOverlap, RuleRefuses (of a hold that ran out), PatientNotFound.
 */
export async function moveAppointment(
  work: Work,
  {
    patientId,
    appointmentId,
    holdId,
    reason,
  }: { patientId: string; appointmentId: string; holdId: string; reason?: string },
): Promise<Appointment> {
  await actForPatient(work, patientId, { objectType: 'appointment', objectId: appointmentId })
  const locked = await visits.lockVisits(work, patientId, [appointmentId, holdId])
  // A request that moved it while this one waited has put the row anew: only a fresh look finds it.
  const hold = locked.find((visit) => visit.id === holdId) ?? (await visits.findVisit(work, patientId, holdId))
  if (hold && !isSeenBy(work.actor, hold.organizationId)) throw new Problem(HoldNotFound)
  if (hold && !isHold(hold)) return madeBefore(work, hold, appointmentId)
  const old = await appointmentToChange(
    work,
    locked.find((visit) => visit.id === appointmentId),
  )
  if (!hold || hold.replaces !== appointmentId || hold.heldBy !== work.actor.id) throw new Problem(HoldNotFound)
  if (holdRanOut(hold, work.now)) {
    if (!slotIsAhead(hold, work.now)) throw new Problem(HoldExpired)
    await requireRoomInDay(work, hold)
  }
  return swap(work, old.appointment, hold, reason?.trim() || null)
}

async function swap(
  work: Work,
  old: appointments.AppointmentRow,
  hold: visits.VisitRow,
  reason: string | null,
): Promise<Appointment> {
  const appointment = appointmentOn(work, hold, old)
  const visit: visits.VisitRow = { ...hold, state: 'coming', heldUntil: null, replaces: null }
  const free = { ref: formatSlotRef(old), run: () => freeSlot(work, old, old.id) }
  let taken = false
  const take = async () => (taken = await takeSlot(work, hold, { holdId: hold.id, appointmentId: hold.id }))
  const slots = [free, { ref: formatSlotRef(hold), run: take }].sort((a, b) => a.ref.localeCompare(b.ref))
  const { patientId } = hold
  const [, names, , , placed, closed] = await Promise.all([
    carryCategory(work, old, hold),
    namesOf(work, [hold]),
    visits.changeState(work, patientId, [old.id], ['coming', 'began'], 'moved'),
    visits.deleteHolds(work, patientId, [hold.id]),
    visits.insertVisit(work, visit),
    appointments.closeAppointment(work, old.organizationId, old.id, EXPECTED, { status: 'moved', reason }),
    appointments.insertAppointment(work, appointment),
    changes.answerChange(work, patientId, old.id, 'moved'),
    ...slots.map((slot) => slot.run()),
  ])
  if (!placed) throw await refusalToPlace(work, visit, old.id)
  if (!taken) throw new Problem(HoldExpired)
  if (!closed) throw new Problem(AppointmentIsOver)
  announceVisit(work, 'moved', appointment, old)
  await offerFreedTimes(work, [old])
  return describeAppointment(appointment, names, work.now)
}

/** A visit that the patient was booked to since the time was held stands in the way. */
async function refusalToPlace(work: Work, visit: visits.VisitRow, replaces: string): Promise<Problem> {
  const others = await visits.visitsInPlay(work, visit.patientId)
  const blocker = visitInTheWay(others, { ...visit, actorId: work.actor.id, replaces }, work.now)
  return blocker ? refusalBy(blocker) : new Problem(HoldExpired)
}

/** The appointment that an earlier request put in this one's place. */
async function madeBefore(work: Work, visit: visits.VisitRow, appointmentId: string): Promise<Appointment> {
  const made = await appointments.findAppointment(work, visit.organizationId, visit.id)
  if (made?.movedFrom !== appointmentId) throw new Problem(HoldNotFound)
  return describeOne(work, made)
}

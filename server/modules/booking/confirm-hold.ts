import { HoldExpired, HoldNotFound, type Appointment } from '../../../contracts/booking.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { takeSlot } from '../schedules/index.ts'
import { announceVisit } from './announce.ts'
import { describeAppointment, describeOne, namesOf } from './describe-appointment.ts'
import { appointmentOn } from './new-appointment.ts'
import { requireRoomInDay } from './require-room-in-day.ts'
import { actForPatient, isSeenBy } from './rights.ts'
import { holdRanOut, isHold, slotIsAhead } from './rules.ts'
import * as appointments from './store-appointments.ts'
import * as visits from './store-visits.ts'

/**
 * Makes the appointment of a hold, and gives the same appointment however often it is asked: the appointment's id is the
 * hold's. A hold that ran out is honoured while nobody else took the time. Two round trips.
 * Throws HoldExpired, HoldNotFound, RuleRefuses (of a hold that ran out), PatientNotFound.
 */
export async function confirmHold(work: Work, holdId: string, patientId: string): Promise<Appointment> {
  const [, hold] = await Promise.all([
    actForPatient(work, patientId, { objectType: 'appointment', objectId: holdId }),
    visits.findVisit(work, patientId, holdId),
  ])
  if (!hold || !isSeenBy(work.actor, hold.organizationId))
    throw new Problem(HoldNotFound, { detail: 'Её отменили, или её место заняла другая бронь этого пациента.' })
  if (!isHold(hold)) return madeBefore(work, hold.organizationId, holdId)
  if (hold.state === 'moving' || hold.heldBy !== work.actor.id) throw new Problem(HoldNotFound)
  if (holdRanOut(hold, work.now)) {
    if (!slotIsAhead(hold, work.now)) throw new Problem(HoldExpired)
    await requireRoomInDay(work, hold)
  }

  const appointment = appointmentOn(work, hold)
  const [names, kept, taken, added] = await Promise.all([
    namesOf(work, [hold]),
    visits.keepHold(work, patientId, holdId),
    takeSlot(work, hold, { holdId, appointmentId: holdId }),
    appointments.insertAppointment(work, appointment),
  ])
  if (kept && taken && added) {
    announceVisit(work, 'booked', appointment)
    return describeAppointment(appointment, names, work.now)
  }
  // Nothing was written: another request has confirmed it since. Otherwise what was written is rolled back.
  if (!kept && !taken && !added) return madeBefore(work, hold.organizationId, holdId)
  throw new Problem(HoldExpired)
}

/** The appointment that an earlier request made of this hold; none when the hold was let go a moment ago. */
async function madeBefore(work: Work, organizationId: string, holdId: string): Promise<Appointment> {
  const made = await appointments.findAppointment(work, organizationId, holdId)
  if (!made) throw new Problem(HoldExpired)
  return describeOne(work, made)
}

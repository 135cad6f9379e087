import {
  AppointmentIsOver,
  AppointmentNotFound,
  SlotTaken,
  TooLateToChange,
  VisitsOverlap,
} from '../../../contracts/booking.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import { takeSlot } from '../schedules/index.ts'
import { announceVisit } from './announce.ts'
import { cancelVisit } from './cancel-appointment.ts'
import { appointmentOn } from './new-appointment.ts'
import { refusalBy } from './refusal-by.ts'
import { requireRoomInDay } from './require-room-in-day.ts'
import { changeableUntil, slotIsAhead, visitInTheWay } from './rules.ts'
import * as appointments from './store-appointments.ts'
import { carryCategory } from './store-categories.ts'
import * as visits from './store-visits.ts'

// What a person answers to a reminder without signing in. That they hold the reminder's link is what lets them: whoever
// calls has checked it, names the patient, and acts as a citizen without an account.

type Visit = { patientId: string; organizationId: string; appointmentId: string }

const NOT_COMING_REASON = 'Пациент ответил на напоминание, что не придёт'

/** «Приду»: the registrar and the doctor see it in the list of the day. Throws AppointmentIsOver, AppointmentNotFound. */
export async function confirmComing(work: Work, visit: Visit): Promise<void> {
  const appointment = await appointmentOfVisit(work, visit)
  if (!(await keep(work, visit, 'coming'))) throw new Problem(AppointmentIsOver)
  announceVisit(work, 'answered', appointment)
}

/**
 * «Не приду»: cancels until the organisation's deadline and gives the time back. Later the visit stands, and its list of
 * the day says that the patient will not come. Answers with whether it was cancelled.
 * Throws AppointmentIsOver, AppointmentNotFound.
 */
export async function declineVisit(work: Work, visit: Visit): Promise<{ cancelled: boolean }> {
  const appointment = await appointmentOfVisit(work, visit)
  const organization = (await organizationsByIds(work, [visit.organizationId])).get(visit.organizationId)
  if (!(await keep(work, visit, 'not-coming'))) throw new Problem(AppointmentIsOver)
  const inTime = changeableUntil(appointment, organization?.changeDeadlineMinutes ?? 0, work.now) !== null
  if (inTime) await cancelVisit(work, { ...visit, reason: NOT_COMING_REASON })
  else announceVisit(work, 'answered', appointment)
  return { cancelled: inTime }
}

const keep = (work: Work, { organizationId, appointmentId }: Visit, answer: 'coming' | 'not-coming') =>
  appointments.keepAnswer(work, organizationId, appointmentId, answer)

/** The appointment when it is this patient's. Locked on the patient's side first, as every change is. */
async function appointmentOfVisit(work: Work, visit: Visit): Promise<appointments.AppointmentRow> {
  await visits.lockVisits(work, visit.patientId, [visit.appointmentId])
  const appointment = await appointments.findAppointment(work, visit.organizationId, visit.appointmentId)
  if (appointment?.patientId !== visit.patientId) throw new Problem(AppointmentNotFound)
  return appointment
}

/**
 * «Всё-таки приду»: books the same time anew while it is free, for a visit that its own «не приду» cancelled; the
 * calendar event goes on. Answers with the new appointment's id.
 * Throws TooLateToChange, SlotTaken, AlreadyBooked, VisitsOverlap, RuleRefuses (a full day), AppointmentNotFound.
 */
export async function bringBack(work: Work, visit: Visit): Promise<{ appointmentId: string }> {
  const old = await appointmentOfVisit(work, visit)
  if (old.status !== 'cancelled' || old.patientAnswer !== 'not-coming') throw new Problem(AppointmentNotFound)
  if (!slotIsAhead(old, work.now)) throw new Problem(TooLateToChange)
  const [before, id] = [await visits.findVisit(work, visit.patientId, visit.appointmentId), newId()]
  const back: visits.VisitRow = {
    ...old,
    id,
    state: 'coming',
    heldUntil: null,
    heldBy: null,
    replaces: null,
    // Where the rule lets several stand beside each other, the one that comes back does so again.
    ruleScope: before?.ruleScope ? `${old.specialtyCode} ${id}` : null,
    createdAt: work.now,
  }
  // The doctor's day may have been filled meanwhile.
  await requireRoomInDay(work, back)
  const appointment = { ...appointmentOn(work, back, old), movedFrom: null, patientAnswer: 'coming' as const }
  const [placed, taken] = await Promise.all([
    visits.insertVisit(work, back),
    takeSlot(work, back, { holdId: back.id, appointmentId: back.id }),
    appointments.insertAppointment(work, appointment),
    carryCategory(work, old, back),
  ])
  if (!placed) throw await refusalToPlace(work, back)
  if (!taken) throw new Problem(SlotTaken)
  announceVisit(work, 'booked', appointment)
  return { appointmentId: back.id }
}

async function refusalToPlace(work: Work, back: visits.VisitRow): Promise<Problem> {
  const others = await visits.visitsInPlay(work, back.patientId)
  const blocker = visitInTheWay(others, { ...back, actorId: work.actor.id }, work.now)
  return blocker ? refusalBy(blocker) : new Problem(VisitsOverlap)
}

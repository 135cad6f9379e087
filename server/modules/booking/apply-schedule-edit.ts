import { AppointmentIsOver, SlotInThePast, SlotTaken } from '../../../contracts/booking.ts'
import type { InputOf, ReplyOf } from '../../../contracts/endpoint.ts'
import { Invalid } from '../../../contracts/problems.ts'
import {
  ScheduleEditIsStale,
  type applyScheduleEdit as contract,
  type Decision,
} from '../../../contracts/schedule-edits.ts'
import { SlotNotFound } from '../../../contracts/schedules.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import {
  carryOutEdit,
  describeSlot,
  formatSlotRef,
  freeSlot,
  lockTimes,
  parseSlotRef,
  planEditLocked,
  takeSlot,
  versionOf,
  type EditPlan,
  type SlotKey,
} from '../schedules/index.ts'
import { announceVisit } from './announce.ts'
import { appointmentOn } from './new-appointment.ts'
import { offerFreedTimes } from './offer-freed-times.ts'
import { noteTouched, touchedAppointments } from './preview-schedule-edit.ts'
import { refusalBy } from './refusal-by.ts'
import { answerUntil, EXPECTED, slotIsAhead, visitInTheWay } from './rules.ts'
import * as appointments from './store-appointments.ts'
import * as changes from './store-change-offers.ts'
import * as visits from './store-visits.ts'

type Target = SlotKey & { endsAt: Date; staffId: string; roomId: string }
/** `asked`: the patient may refuse. */
type Move = { action: 'move'; old: appointments.AppointmentRow; visit: visits.VisitRow; asked: boolean }
type Cancel = { action: 'cancel'; old: appointments.AppointmentRow; reason: string }

/**
 * Carries out an edit of the timetable with a decision for every visit it touches, in one transaction. Who is offered
 * another time, or gets another doctor, is booked there at once and asked. Times that open go to the waiting list. Locks in the order
 * of booking: timelines, then visits by patient and id, then times by their references.
 * Throws ScheduleEditIsStale when other visits are touched than those decided on; Invalid for a visit without a decision
 * or one that is not touched; SlotTaken, SlotNotFound, SlotInThePast, AlreadyBooked, VisitsOverlap with `appointmentId` of the
 * visit that cannot move there; AppointmentIsOver; and what `planEdit` throws.
 */
export async function applyScheduleEdit(
  work: Work,
  { edit, version, reason, decisions }: InputOf<typeof contract>['body'],
): Promise<ReplyOf<typeof contract>> {
  const plan = await planEditLocked(work, edit, reason)
  const touched = await touchedAppointments(work, plan)
  noteTouched(work, touched)
  if (versionOf(plan) !== version) throw new Problem(ScheduleEditIsStale)
  requireDecided(touched, decisions)
  const steps = await Promise.all(touched.map((old) => stepFor(work, plan, old, decisions)))
  await changeVisits(work, steps)
  await requireUnchanged(work, plan, steps)
  await leave(work, steps)
  await carryOutEdit(work, plan, reason)
  const moves = steps.filter(isMove)
  await arrive(work, plan, moves, reason)
  await offerFreedTimes(work, opened(plan, moves))
  const offered = moves.filter((step) => step.asked).length
  return { moved: moves.length - offered, offered, cancelled: steps.length - moves.length, ...plan.counted }
}

/** Times that the edit makes, were not free before, and took nobody in. */
function opened(plan: EditPlan, moves: readonly Move[]): SlotKey[] {
  const known = new Set(plan.leaving.filter((time) => time.status === 'free').map(formatSlotRef))
  const taken = new Set(moves.map((step) => formatSlotRef(step.visit)))
  return plan.coming
    .map((time) => ({ ...time, organizationId: plan.organizationId }))
    .filter((time) => !known.has(formatSlotRef(time)) && !taken.has(formatSlotRef(time)))
}

const isMove = (step: Move | Cancel): step is Move => step.action === 'move'

function requireDecided(touched: readonly appointments.AppointmentRow[], decisions: readonly Decision[]): void {
  const ids = new Set(touched.map((row) => row.id))
  const strange = decisions.findIndex(
    (d, i) => !ids.has(d.appointmentId) || decisions.findIndex((x) => x.appointmentId === d.appointmentId) < i,
  )
  if (strange >= 0)
    throw new Problem(Invalid, {
      fields: [
        {
          path: `decisions.${strange}.appointmentId`,
          message: 'Эту запись изменение не затрагивает или она уже названа',
        },
      ],
    })
  const undecided = touched.filter((row) => !decisions.some((d) => d.appointmentId === row.id)).length
  if (undecided > 0)
    throw new Problem(Invalid, {
      fields: [{ path: 'decisions', message: `Решите, что делать со всеми записями: не решено ${undecided}` }],
    })
}

async function stepFor(
  work: Work,
  plan: EditPlan,
  old: appointments.AppointmentRow,
  decisions: readonly Decision[],
): Promise<Move | Cancel> {
  const decision = decisions.find((d) => d.appointmentId === old.id)!
  if (decision.action === 'cancel') return { action: 'cancel', old, reason: decision.reason }
  const target = await targetOf(work, plan, old, decision.ref)
  const { patientId, specialtyCode, channel } = old
  const id = newId()
  // Where the rules allow several visits to a specialty, the moved one is still one of several.
  const scoped = (await visits.findVisit(work, patientId, old.id))?.ruleScope
  return {
    action: 'move',
    old,
    asked: decision.action === 'offer' || target.staffId !== old.staffId,
    visit: {
      ...target,
      id,
      patientId,
      specialtyCode,
      channel,
      state: 'coming',
      heldUntil: null,
      heldBy: null,
      replaces: null,
      ruleScope: scoped ? `${specialtyCode} ${id}` : null,
      createdAt: work.now,
    },
  }
}

/** Where a visit is to go: a time that the edit makes, or one that stands; of its own specialty and still ahead. */
async function targetOf(work: Work, plan: EditPlan, old: appointments.AppointmentRow, ref: string): Promise<Target> {
  const key = parseSlotRef(ref)
  const refuse = (type: ConstructorParameters<typeof Problem>[0]) => new Problem(type, { appointmentId: old.id })
  if (key.organizationId !== plan.organizationId) throw refuse(SlotNotFound)
  if (!slotIsAhead(key, work.now)) throw refuse(SlotInThePast)
  const own = plan.leaving[0]?.specialtyCode
  const coming = plan.coming.find((time) => formatSlotRef({ ...time, organizationId: key.organizationId }) === ref)
  if (coming && own === old.specialtyCode)
    return { ...key, endsAt: coming.endsAt, staffId: coming.staffId, roomId: coming.roomId }
  const slot = await describeSlot(work, key)
  const leaves = plan.leaving.some((time) => formatSlotRef(time) === ref)
  if (!slot || leaves || slot.specialtyCode !== old.specialtyCode) throw refuse(SlotNotFound)
  return { ...key, endsAt: slot.endsAt, staffId: slot.staffId, roomId: slot.roomId }
}

/** The patients' side, one patient after another in the order of ids: the first locks of every change of a visit. */
async function changeVisits(work: Work, steps: readonly (Move | Cancel)[]): Promise<void> {
  const inOrder = steps.toSorted((a, b) => {
    const [x, y] = [`${a.old.patientId} ${a.old.id}`, `${b.old.patientId} ${b.old.id}`]
    return x < y ? -1 : 1
  })
  for (const { old, action } of inOrder) {
    await visits.lockVisits(work, old.patientId, [old.id])
    const state = action === 'move' ? 'moved' : 'cancelled'
    await visits.changeState(work, old.patientId, [old.id], ['coming', 'began'], state)
  }
  for (const { visit, old } of inOrder.filter(isMove)) {
    await visits.deleteHolds(work, old.patientId, [])
    if (await visits.insertVisit(work, visit)) continue
    const others = await visits.visitsInPlay(work, old.patientId)
    const wish = { ...visit, actorId: work.actor.id }
    const blocker = visitInTheWay(others, wish, work.now)
    throw blocker ? refusalBy(blocker) : new Problem(SlotTaken, { appointmentId: old.id })
  }
}

/** Locks every time that is concerned; who was booked since the plan was made makes it stale. */
async function requireUnchanged(work: Work, plan: EditPlan, steps: readonly (Move | Cancel)[]): Promise<void> {
  const targets = steps.filter(isMove).map((step) => step.visit)
  const now = await lockTimes(work, [...plan.leaving, ...targets])
  const found = new Map(now.map((time) => [formatSlotRef(time), time]))
  const same = plan.leaving.every((time) => {
    const row = found.get(formatSlotRef(time))
    return row?.appointmentId === time.appointmentId && row.status === time.status
  })
  if (!same) throw new Problem(ScheduleEditIsStale)
}

async function leave(work: Work, steps: readonly (Move | Cancel)[]): Promise<void> {
  for (const step of steps) {
    const { old } = step
    const closing = isMove(step)
      ? { status: 'moved' as const, reason: null }
      : { status: 'cancelled' as const, reason: step.reason }
    const [closed, freed] = await Promise.all([
      appointments.closeAppointment(work, old.organizationId, old.id, EXPECTED, closing),
      freeSlot(work, old, old.id),
      changes.answerChange(work, old.patientId, old.id, 'overtaken'),
    ])
    if (!closed || !freed) throw new Problem(AppointmentIsOver, { appointmentId: old.id })
    if (!isMove(step)) announceVisit(work, 'cancelled', old)
  }
}

async function arrive(work: Work, plan: EditPlan, moves: readonly Move[], reason: string): Promise<void> {
  const { organizationId } = plan
  const deadline = (await organizationsByIds(work, [organizationId])).get(organizationId)!.changeDeadlineMinutes
  for (const { old, visit, asked } of moves) {
    const appointment = appointmentOn(work, visit, old)
    const [taken, added] = await Promise.all([
      takeSlot(work, visit, { holdId: visit.id, appointmentId: visit.id }),
      appointments.insertAppointment(work, appointment),
    ])
    if (!taken || !added) throw new Problem(SlotTaken, { appointmentId: old.id })
    if (asked)
      await changes.insertChangeOffer(work, {
        patientId: visit.patientId,
        appointmentId: visit.id,
        organizationId,
        replacedId: old.id,
        reason,
        madeAt: work.now,
        answerBy: answerUntil(visit.startsAt, deadline, work.now),
        answer: null,
      })
    announceVisit(work, 'moved', appointment, old, asked)
  }
}

import {
  AgeDoesNotFit,
  AlreadyBooked,
  SlotClosedToChannel,
  SlotInThePast,
  SlotTaken,
  VisitsOverlap,
  type Appointment,
} from '../../../contracts/booking.ts'
import type { ProblemType } from '../../../contracts/endpoint.ts'
import { localDay, minutesLater } from '../../platform/time.ts'
import { formatSlotRef, slotIsFree, type Channel, type SlotKey, type SlotRow } from '../schedules/index.ts'

/** How long a time waits for its confirmation. */
export const HOLD_MINUTES = 5
/** How long it may be kept in all by a person who is still typing. */
export const LONGEST_HOLD_MINUTES = 15

export type Status = Appointment['status']
export type VisitState = 'coming' | 'moving' | 'began' | 'over' | 'cancelled' | 'moved'

/** Statuses of an appointment that still takes its slot and is still expected. */
export const EXPECTED: readonly Status[] = ['booked', 'arrived']

type Interval = { startsAt: Date; endsAt: Date }

/** What of a patient's visit or hold decides whether another one may stand beside it. */
export type PatientVisit = SlotKey &
  Interval & {
    id: string
    specialtyCode: string
    state: VisitState
    heldUntil: Date | null
    heldBy: string | null
    replaces: string | null
    /** What «one visit per specialty» is counted under, where the rule allows several; null: the specialty. */
    ruleScope: string | null
  }

export const slotIsAhead = (slot: { startsAt: Date }, now: Date): boolean => slot.startsAt > now

/** The first of the actor's channels that the slot is open to: it is what the booking will be counted under. */
export const openChannel = (
  slot: { channels: readonly Channel[] },
  channels: readonly Channel[],
): Channel | undefined => channels.find((channel) => slot.channels.includes(channel))

/** Whole years, both ends included. An unknown age is nobody's ground to refuse. */
export const ageFits = (slot: { ageFrom: number; ageTo: number }, age: number | undefined): boolean =>
  age === undefined || (age >= slot.ageFrom && age <= slot.ageTo)

/** Why this slot cannot be held at all, whoever the patient is; undefined when it can. */
export function reasonAgainstSlot(
  slot: SlotRow,
  asker: { channels: readonly Channel[]; age: number | undefined },
  now: Date,
): ProblemType | undefined {
  if (!slotIsAhead(slot, now)) return SlotInThePast
  if (!openChannel(slot, asker.channels)) return SlotClosedToChannel
  if (!ageFits(slot, asker.age)) return AgeDoesNotFit
  if (!slotIsFree(slot, now)) return SlotTaken
  return undefined
}

export const isHold = (visit: { heldUntil: Date | null }): boolean => visit.heldUntil !== null

/** A hold is good up to its last instant, as the slot's own predicate has it: free again from `heldUntil` on. */
export const holdRanOut = (visit: { heldUntil: Date | null }, now: Date): boolean =>
  visit.heldUntil !== null && visit.heldUntil <= now

const visitsOverlap = (a: Interval, b: Interval): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt

const sameSlot = (a: SlotKey, b: SlotKey): boolean => formatSlotRef(a) === formatSlotRef(b)

/** The visit that is asked for: the slot, who asks, and which appointment it is to replace, if any. */
export type Wish = SlotKey & Interval & { specialtyCode: string; actorId: string; replaces: string | null }

/** The actor holds this very time already: asking again gives the same hold. */
export const isSameHold = (visit: PatientVisit, wish: Wish, now: Date): boolean =>
  isHold(visit) &&
  !holdRanOut(visit, now) &&
  visit.heldBy === wish.actorId &&
  visit.replaces === wish.replaces &&
  sameSlot(visit, wish)

/**
 * A hold that the new one takes the place of: it ran out, is of the same specialty, is to move the same visit, or is the
 * actor's own change of mind.
 */
export const givesWay = (visit: PatientVisit, wish: Wish, now: Date): boolean =>
  isHold(visit) &&
  (holdRanOut(visit, now) ||
    visit.specialtyCode === wish.specialtyCode ||
    (visit.replaces !== null && visit.replaces === wish.replaces) ||
    (visit.heldBy === wish.actorId && visitsOverlap(visit, wish)))

/** A booked visit whose time has come no longer keeps the patient from booking the next one of that specialty. */
export const timeHasCome = (visit: PatientVisit, now: Date): boolean =>
  visit.state === 'coming' && !isHold(visit) && visit.startsAt <= now

/**
 * What stands in the way of the wish among the patient's visits in play, and which rule says so: no two coming visits
 * of one specialty, no two at overlapping times. `moving` holds bind nobody until they take their place. `allowed`: coming visits of one
 * specialty that may stand, one unless a rule of the region says otherwise.
 */
export function visitInTheWay(
  visits: readonly PatientVisit[],
  wish: Wish,
  now: Date,
  allowed = 1,
): { visit: PatientVisit; rule: ProblemType } | undefined {
  let left = allowed
  for (const visit of visits) {
    if (visit.state === 'moving' || visit.id === wish.replaces || holdRanOut(visit, now)) continue
    if (visit.state === 'coming' && visit.startsAt > now && visit.specialtyCode === wish.specialtyCode && --left < 1)
      return { visit, rule: AlreadyBooked }
    if (visitsOverlap(visit, wish)) return { visit, rule: VisitsOverlap }
  }
  return undefined
}

/** The last instant at which the patient may cancel or move, by the organisation's rule. */
const changeDeadline = (startsAt: Date, deadlineMinutes: number): Date => minutesLater(startsAt, -deadlineMinutes)

/** Until when the patient may still cancel or move; null when it is too late or nothing is ahead. */
export function changeableUntil(
  appointment: { status: Status; startsAt: Date },
  deadlineMinutes: number,
  now: Date,
): Date | null {
  const deadline = changeDeadline(appointment.startsAt, deadlineMinutes)
  return EXPECTED.includes(appointment.status) && deadline > now ? deadline : null
}

/** An answer is asked for at least so many hours ahead of its last moment, where the visit lets it. */
const ANSWER_HOURS = 24

/**
 * Until when a patient whom the organisation has moved may refuse: until its usual deadline before the new time; where
 * that leaves less than a day, until the visit begins.
 */
export function answerUntil(startsAt: Date, deadlineMinutes: number, now: Date): Date {
  const deadline = changeDeadline(startsAt, deadlineMinutes)
  return +deadline - +now >= ANSWER_HOURS * 3_600_000 ? deadline : startsAt
}

/** The appointment can no longer be cancelled or moved by anybody: it is closed, the visit is on, or its time is over. */
export const isOver = (appointment: { status: Status; endsAt: Date }, now: Date): boolean =>
  !EXPECTED.includes(appointment.status) || appointment.endsAt <= now

/** Arrival is noted on the visit's day, in the organisation's zone, or later. */
export const dayHasCome = (startsAt: Date, zone: string, now: Date): boolean =>
  localDay(startsAt, zone) <= localDay(now, zone)

import { addDays, instantOf, localDay, localTime, minutesLater } from '../../platform/time.ts'
import { formatSlotRef, type Channel, type SlotRow } from '../schedules/index.ts'
import {
  givesWay,
  isHold,
  openChannel,
  reasonAgainstSlot,
  slotIsAhead,
  visitInTheWay,
  type PatientVisit,
} from './rules.ts'

/** How long an offer waits for its answer by day. */
export const OFFER_MINUTES = 30
/** Nobody is woken: an offer made at night has until the morning and as long as any other from then on. */
const NIGHT = { from: '22:00', until: '08:00' }
/** An offer ends so long before the visit, so that somebody else can still come. */
const LAST_CALL_MINUTES = 60
/** How long the slot stays held after its offer ran out, for the next in the queue to come before everybody. */
const HAND_OVER_MINUTES = 1
/** Fewer times given back than this tell nothing about the next. */
const ENOUGH_TO_TELL = 3
/** Over how many days times given back are counted. */
export const OBSERVED_DAYS = 28

/** What of an entry decides whether a time suits it. */
export type Waiter = {
  id: string
  patientId: string
  staffId: string | null
  firstDay: string
  lastDay: string
  fromTime: string
  untilTime: string
  channels: Channel[]
  earlier: boolean
}

/** What is known of the one who waits: full years, and the visits in play. */
export type Person = { age: number | undefined; visits: readonly PatientVisit[] }

const isNight = (time: string): boolean => time >= NIGHT.from || time < NIGHT.until

/**
 * Until when an offer made now waits: `OFFER_MINUTES` by day; at night, by the clocks of the place, so long after the
 * morning begins; but never into the last hour before the visit. Undefined when it is too late to offer the time at all.
 */
export function offerEnds(startsAt: Date, zone: string, now: Date): Date | undefined {
  const time = localTime(now, zone)
  const morning = () => {
    const day = localDay(now, zone)
    return instantOf(zone, time >= NIGHT.from ? addDays(day, 1) : day, NIGHT.until)
  }
  const usual = minutesLater(isNight(time) ? morning() : now, OFFER_MINUTES)
  const last = minutesLater(startsAt, -LAST_CALL_MINUTES)
  const end = last < usual ? last : usual
  return end > now ? end : undefined
}

/** Until when the slot is held for an offer: nobody's hurry comes before the next in the queue. */
export const holdEnds = (expiresAt: Date): Date => minutesLater(expiresAt, HAND_OVER_MINUTES)

/** An offer is good up to, and not at, the instant it expires. */
export const offerRanOut = (offer: { expiresAt: Date }, now: Date): boolean => offer.expiresAt <= now

/** The time is with the doctor, on the days and in the hours that were asked for. */
export function timeIsWanted(slot: { staffId: string; startsAt: Date }, waiter: Waiter, zone: string): boolean {
  const day = localDay(slot.startsAt, zone)
  const time = localTime(slot.startsAt, zone)
  return (
    (waiter.staffId === null || waiter.staffId === slot.staffId) &&
    waiter.firstDay <= day &&
    day <= waiter.lastDay &&
    waiter.fromTime <= time &&
    time < waiter.untilTime
  )
}

/** The booked visit of this specialty that is ahead: what a sooner time would replace. */
export const standingVisit = <V extends PatientVisit>(
  visits: readonly V[],
  specialtyCode: string,
  now: Date,
): V | undefined =>
  visits.find((v) => v.state === 'coming' && !isHold(v) && v.specialtyCode === specialtyCode && slotIsAhead(v, now))

/** Where the slot is, and until how many minutes before it a visit at an organisation may be moved. */
export type Place = { zone: string; deadlineOf(organizationId: string): number }

/**
 * Whether a freed time can be offered to this entry: it is wanted, the rules of booking would let it be booked, and it
 * is sooner than the visit the patient has. Who has one and did not ask for a sooner one is left in peace.
 */
export function suits(slot: SlotRow, waiter: Waiter, person: Person, place: Place, now: Date): boolean {
  if (!timeIsWanted(slot, waiter, place.zone)) return false
  if (reasonAgainstSlot({ ...slot, holdUntil: null }, { channels: waiter.channels, age: person.age }, now)) return false
  const standing = standingVisit(person.visits, slot.specialtyCode, now)
  if (standing && !(waiter.earlier && isSooner(slot, standing, place, now))) return false
  const wish = { ...slot, actorId: '', replaces: standing?.id ?? null }
  const staying = person.visits.filter((visit) => !givesWay(visit, wish, now))
  return visitInTheWay(staying, wish, now) === undefined
}

const isSooner = (slot: SlotRow, standing: PatientVisit, place: Place, now: Date): boolean =>
  slot.startsAt < standing.startsAt && minutesLater(standing.startsAt, -place.deadlineOf(standing.organizationId)) > now

/** A freed time and the entry it goes to. */
export type Match = { slot: SlotRow; waiter: Waiter }

/**
 * Gives each time to the first in the queue whom it suits and who has got none yet, the earliest time first. `had` says
 * that an entry was offered this very time before.
 */
export function matchTimes(
  slots: readonly SlotRow[],
  queue: readonly Waiter[],
  fits: (slot: SlotRow, waiter: Waiter) => boolean,
): Match[] {
  const served = new Set<string>()
  const inOrder = [...slots].sort(
    (a, b) => a.startsAt.getTime() - b.startsAt.getTime() || formatSlotRef(a).localeCompare(formatSlotRef(b)),
  )
  return inOrder.flatMap((slot) => {
    const waiter = queue.find((w) => !served.has(w.id) && openChannel(slot, w.channels) && fits(slot, w))
    if (!waiter) return []
    served.add(waiter.id)
    return [{ slot, waiter }]
  })
}

/** Days until the place's turn comes, when so many times were given back lately; null: nobody can tell. */
export const expectedDays = (place: number, givenBack: number): number | null =>
  givenBack < ENOUGH_TO_TELL ? null : Math.ceil((place * OBSERVED_DAYS) / givenBack)

import { RuleIsFirm, RuleRefuses, type RuleOverride, type RuleRefusal } from '../../../contracts/booking-rules.ts'
import { AlreadyBooked } from '../../../contracts/booking.ts'
import { NotAllowed } from '../../../contracts/problems.ts'
import { addDays, localDay, startOfLocalDay } from '../../platform/time.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { fullYears, todayOf, type BookingFacts } from '../patients/index.ts'
import { takenBetween, type Channel, type Taken } from '../schedules/index.ts'
import { concerns, countsDay, countsPerson, refusalsOf, visitsAllowed, type Rule } from './judge-rules.ts'
import type { Facts } from './rule-kinds.ts'
import { holdRanOut, isHold, type PatientVisit } from './rules.ts'
import { isClinicStaff } from './rights.ts'
import { lockDoctorLine } from './store-rules.ts'

/** From this age people are let in first as elderly. */
const ELDER = 65

/** Groups of a patient on a day: by paper, and by age, which needs none. */
export function groupsOn(day: string, person: Pick<BookingFacts, 'birthDate' | 'benefits'>): Facts['groups'] {
  const age = fullYears(person.birthDate, day)
  const byPaper = person.benefits.filter((b) => b.since <= day && (b.until === null || day <= b.until))
  return [
    ...byPaper.map((b) => b.code as Facts['groups'][number]),
    ...(age < 1 ? (['infant'] as const) : []),
    ...(age >= ELDER ? (['elder'] as const) : []),
  ]
}

/** The patient's side of the facts: what stands beside the wish, so that nothing is counted twice. */
export function countVisits(
  visits: readonly PatientVisit[],
  wish: { specialtyCode: string; replaces: string | null },
  now: Date,
): Pick<Facts, 'coming' | 'holds'> {
  const live = visits.filter((visit) => !holdRanOut(visit, now))
  const coming = live.filter(
    (visit) =>
      visit.state === 'coming' &&
      visit.startsAt > now &&
      visit.specialtyCode === wish.specialtyCode &&
      visit.id !== wish.replaces,
  )
  return { coming: coming.length, holds: live.filter(isHold).length }
}

type Wished = { organizationId: string; specialtyCode: string; startsAt: Date }

/** The facts of one wish; what others take of the doctor's day is counted later, under its lock. */
export function factsOf(
  work: Work,
  wish: Wished & { zone: string; channel: Channel; referral: boolean },
  person: BookingFacts,
  counted: Pick<Facts, 'coming' | 'holds' | 'noShows'>,
): Facts {
  const day = localDay(wish.startsAt, wish.zone)
  return {
    now: work.now,
    zone: wish.zone,
    startsAt: wish.startsAt,
    organizationId: wish.organizationId,
    specialtyCode: wish.specialtyCode,
    channel: wish.channel,
    age: fullYears(person.birthDate, day),
    sex: person.sex,
    attachedTo: person.attachedTo,
    groups: groupsOn(day, person),
    referral: wish.referral,
    ...counted,
    taken: undefined,
  }
}

/** Full years today, by which the ages of a time are judged. */
export const ageToday = (work: Work, person: BookingFacts): number => fullYears(person.birthDate, todayOf(work))

/**
 * The rules of one wish: what they say at once, and what has to be counted under locks once everything is written.
 * `passed` collects the rules that were booked past, to be kept with the appointment.
 */
export class RuleGuard {
  readonly passed: { id: string; version: number }[] = []
  readonly #rules: readonly Rule[]
  readonly #override: RuleOverride | undefined
  facts: Facts

  /** Throws NotAllowed when somebody who is not staff names rules to book past. */
  constructor(work: Work, rules: readonly Rule[], facts: Facts, override: RuleOverride | undefined) {
    if (override && !isClinicStaff(work.actor))
      throw new Problem(NotAllowed, { detail: 'Обойти правило могут только сотрудники медицинской организации.' })
    this.#rules = rules.filter((rule) => concerns(rule, facts))
    this.#override = override
    this.facts = facts
  }

  /** How many coming visits of the specialty may stand; no limit when it is booked past. */
  get visitsAllowed(): number {
    const limits = this.#rules.filter((rule) => rule.body.kind === 'visits-per-specialty')
    const left = limits.filter((rule) => !this.#isNamed(rule) || !rule.overridable)
    return limits.length > 0 && left.length === 0 ? Infinity : visitsAllowed(left, this.facts)
  }

  /** Throws RuleRefuses with the rules that refuse and are not booked past, RuleIsFirm when one of these must not be. */
  require(): void {
    this.#judge(this.#rules)
  }

  /** What the patient has must be counted under the patient's lock. */
  get locksPatient(): boolean {
    return this.visitsAllowed > 1 || this.#rules.some((rule) => rule.body.kind === 'holds-at-once')
  }

  /** What others take must be counted under the lock of the doctor. */
  get locksDoctor(): boolean {
    return this.#rules.some(countsDay)
  }

  /** Judges again what the patient has, counted under the lock without the wish itself. */
  requirePerson(counted: Pick<Facts, 'coming' | 'holds'>): void {
    this.facts = { ...this.facts, ...counted }
    this.#judge(this.#rules.filter(countsPerson))
  }

  /** Judges the doctor's day, counted under the lock without the wish itself. */
  requireDay(taken: NonNullable<Facts['taken']>): void {
    this.facts = { ...this.facts, taken }
    this.#judge(this.#rules.filter(countsDay))
  }

  /** What the rules about visits to one specialty say, for a refusal that tells of the visit in the way. */
  visitRefusals(): RuleRefusal[] {
    return refusalsOf(
      this.#rules.filter((rule) => rule.body.kind === 'visits-per-specialty'),
      this.facts,
    )
  }

  #judge(rules: readonly Rule[]): void {
    const refusals = refusalsOf(rules, this.facts)
    const firm = refusals.filter((refusal) => this.#isNamed(refusal) && !refusal.overridable)
    if (firm.length > 0) throw new Problem(RuleIsFirm, { detail: sentenceOf(firm[0]!), rules: firm })
    const standing = refusals.filter((refusal) => !this.#isNamed(refusal))
    if (standing.length > 0) throw refusalByRules(standing)
    for (const { id, version } of refusals)
      if (!this.passed.some((rule) => rule.id === id)) this.passed.push({ id, version })
  }

  #isNamed(rule: { id: string }): boolean {
    return this.#override?.rules.includes(rule.id) ?? false
  }
}

const sentenceOf = ({ detail, name, legalSource }: RuleRefusal): string =>
  `${detail} Правило «${name}» (${legalSource}).`

/** The refusal of a request by rules: the first one's words, and all of them for whoever may book past them. */
export const refusalByRules = (refusals: readonly RuleRefusal[]): Problem =>
  new Problem(RuleRefuses, { detail: sentenceOf(refusals[0]!), advice: refusals[0]!.advice, rules: refusals })

/** The refusal that tells of the visit in the way also names the rule, when there is one. */
export const withRules = (problem: Problem, guard: RuleGuard): Problem => {
  const rules = problem.type === AlreadyBooked ? guard.visitRefusals() : []
  return rules.length > 0 ? new Problem(problem.type, { ...problem.extra, rules }) : problem
}

/** The instants between which a day of the organisation lies. */
export const boundsOfDay = (startsAt: Date, zone: string): { from: Date; until: Date } => {
  const day = localDay(startsAt, zone)
  return { from: startOfLocalDay(zone, day), until: startOfLocalDay(zone, addDays(day, 1)) }
}

/** Counts what is taken, without one time of the given channel: the wish that has been written already. */
export function countTaken(taken: readonly Taken[], own?: { channel: string | null }): NonNullable<Facts['taken']> {
  const byChannel = new Map<string | null, number>()
  for (const { channel } of taken) byChannel.set(channel, (byChannel.get(channel) ?? 0) + 1)
  if (own) byChannel.set(own.channel, (byChannel.get(own.channel) ?? 0) - 1)
  return { all: taken.length - (own ? 1 : 0), byChannel }
}

/** Locks the doctor's line and says what is taken of the day then. Sent together they are one round trip. */
export async function countDay(
  work: Work,
  slot: Wished & { staffId: string },
  zone: string,
): Promise<readonly Taken[]> {
  const [, taken] = await Promise.all([
    lockDoctorLine(work, slot),
    takenBetween(work, {
      organizationId: slot.organizationId,
      staffId: slot.staffId,
      ...boundsOfDay(slot.startsAt, zone),
    }),
  ])
  return taken
}

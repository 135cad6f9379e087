import type { RuleRefusal, showRuleAdvice as contract } from '../../../contracts/booking-rules.ts'
import type { ReplyOf } from '../../../contracts/endpoint.ts'
import { PatientNotFound } from '../../../contracts/patients.ts'
import { NotFound } from '../../../contracts/problems.ts'
import { Problem } from '../../platform/problem.ts'
import { localDay, minutesLater } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import { bookingFactsOf, type BookingFacts } from '../patients/index.ts'
import { channelsOf, formatSlotRef, freeTimes, specialtyCodesOf, takenBetween } from '../schedules/index.ts'
import { ageToday, countTaken, countVisits, factsOf } from './apply-rules.ts'
import { isAboutTime, refusalsOf, type Rule } from './judge-rules.ts'
import { actForPatient } from './rights.ts'
import { rulesInForce } from './rule-set.ts'
import type { Facts } from './rule-kinds.ts'
import { ruleFactsOf } from './store-rules.ts'
import { visitsInPlay } from './store-visits.ts'

/** Days over which ages and terms of rules are looked at for a specialty as a whole. */
const AHEAD_DAYS = 30

type Asked = { patientId: string; organizationId: string; specialty?: string; moving?: string }

/**
 * What the rules say to this patient at an organisation before a time is chosen, so that nobody is offered what they will
 * be refused. A hold judges anew: this is advice. Throws PatientNotFound, NotFound.
 */
export async function showRuleAdvice(work: Work, asked: Asked): Promise<ReplyOf<typeof contract>> {
  const { patientId, organizationId, specialty } = asked
  const [, person, visits, { revision, noShows }, organizations, codes] = await Promise.all([
    actForPatient(work, patientId),
    bookingFactsOf(work, patientId),
    visitsInPlay(work, patientId),
    ruleFactsOf(work, patientId),
    organizationsByIds(work, [organizationId]),
    specialtyCodesOf(work, organizationId),
  ])
  const zone = organizations.get(organizationId)?.timeZone
  if (!person) throw new Problem(PatientNotFound)
  if (!zone) throw new Problem(NotFound)
  const rules = await rulesInForce(work, revision)
  const factsAt = (specialtyCode: string, startsAt: Date): Facts => {
    const wish = { specialtyCode, replaces: asked.moving ?? null }
    // What is on hold for this patient gives way to what they choose next, so no hold is counted here.
    const counted = {
      ...countVisits(
        visits.filter((v) => v.heldUntil === null),
        wish,
        work.now,
      ),
      noShows,
    }
    const channel = channelsOf(work.actor.role)[0]!
    return factsOf(work, { organizationId, specialtyCode, startsAt, zone, channel, referral: false }, person, counted)
  }
  return {
    specialties: codes.map((code) => ({ code, refusals: refusalsOfAll(rules, (at) => factsAt(code, at), work.now) })),
    ...(specialty
      ? await barredTimes(work, rules, person, { organizationId, specialtyCode: specialty, zone }, factsAt)
      : { times: [], refusals: [] }),
  }
}

/** Rules that refuse whatever time is chosen: now and at the end of what can be booked. */
function refusalsOfAll(rules: readonly Rule[], factsAt: (at: Date) => Facts, now: Date): RuleRefusal[] {
  const always = rules.filter((rule) => !isAboutTime(rule) || rule.body.kind === 'age')
  const later = refusalsOf(always, factsAt(minutesLater(now, AHEAD_DAYS * 1440)))
  return refusalsOf(always, factsAt(now)).filter((refusal) => later.some(({ id }) => id === refusal.id))
}

async function barredTimes(
  work: Work,
  rules: readonly Rule[],
  person: BookingFacts,
  { organizationId, specialtyCode, zone }: { organizationId: string; specialtyCode: string; zone: string },
  factsAt: (specialtyCode: string, startsAt: Date) => Facts,
): Promise<Pick<ReplyOf<typeof contract>, 'times' | 'refusals'>> {
  const judged = rules.filter(isAboutTime)
  if (judged.length === 0) return { times: [], refusals: [] }
  const { sex, attachedTo } = person
  const asker = { channels: channelsOf(work.actor.role), patient: { age: ageToday(work, person), sex, attachedTo } }
  const [free, taken] = await Promise.all([
    freeTimes(work, { organizationId, specialtyCode, staffId: undefined }, asker),
    takenBetween(work, {
      organizationId,
      specialtyCode,
      from: minutesLater(work.now, -1440),
      until: minutesLater(work.now, 366 * 1440),
    }),
  ])
  const dayKey = (t: { staffId: string; startsAt: Date }) => `${t.staffId} ${localDay(t.startsAt, zone)}`
  const byDay = new Map<string, typeof taken>()
  for (const t of taken) byDay.set(dayKey(t), [...(byDay.get(dayKey(t)) ?? []), t])
  const refusals: RuleRefusal[] = []
  const times = free.flatMap((time) => {
    const facts = { ...factsAt(specialtyCode, time.startsAt), taken: countTaken(byDay.get(dayKey(time)) ?? []) }
    const [first] = refusalsOf(judged, facts)
    if (!first) return []
    let place = refusals.findIndex((r) => r.id === first.id && r.detail === first.detail && r.advice === first.advice)
    if (place < 0) place = refusals.push(first) - 1
    return [{ ref: formatSlotRef({ ...time, organizationId }), refusal: place }]
  })
  return { times, refusals }
}

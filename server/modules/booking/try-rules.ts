import type { RuleVerdict, tryRules as contract } from '../../../contracts/booking-rules.ts'
import type { InputOf } from '../../../contracts/endpoint.ts'
import { NotFound } from '../../../contracts/problems.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { organizationsByIds } from '../organizations/index.ts'
import { rulesAt, verdictsOf } from './judge-rules.ts'
import { allRules } from './store-rules.ts'

const DAY = 86_400_000

/** What the rules in force when the example is booked say of it, each one, in their order. Throws NotFound: no such organisation. */
export async function tryRules(
  work: Work,
  example: InputOf<typeof contract>['body'],
): Promise<{ verdicts: RuleVerdict[] }> {
  const { organizationId, specialtyCode, channel } = example
  const [{ versions }, organizations] = await Promise.all([allRules(work), organizationsByIds(work, [organizationId])])
  const organization = organizations.get(organizationId)
  if (!organization) throw new Problem(NotFound)
  const now = example.bookedAt === null ? work.now : new Date(example.bookedAt)
  const verdicts = verdictsOf(rulesAt(versions, now), {
    now,
    zone: organization.timeZone,
    startsAt: new Date(example.startsAt),
    organizationId,
    specialtyCode,
    channel,
    age: example.age,
    sex: example.sex,
    attachedTo: { here: organizationId, elsewhere: 'elsewhere', nowhere: null }[example.attached],
    groups: example.groups,
    referral: example.referral,
    coming: example.coming,
    holds: example.holds,
    noShows: example.noShowDaysAgo.map((days) => new Date(now.getTime() - days * DAY)),
    taken: { all: example.dayTaken, byChannel: new Map([[channel, example.dayTakenByChannel]]) },
  })
  return { verdicts }
}

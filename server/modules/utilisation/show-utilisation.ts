import type { ReplyOf } from '../../../contracts/endpoint.ts'
import { Invalid, NotFound } from '../../../contracts/problems.ts'
import {
  PeriodTooLong,
  type showUtilisation as contract,
  type UsageBy,
  type UsageRow,
} from '../../../contracts/utilisation.ts'
import { Problem } from '../../platform/problem.ts'
import { addDays, daysFrom, localDay, startOfLocalDay } from '../../platform/time.ts'
import type { Work } from '../../platform/work.ts'
import { countVisits } from '../booking/index.ts'
import { allOrganizations, organizationsByIds, type OrganizationFull } from '../organizations/index.ts'
import { countTimes, nearestFreeTimes, type DaysOf } from '../schedules/index.ts'
import { titlesOf } from './titles.ts'
import { byDay, keyOf, sumsBy, third, total } from './usage.ts'

/** A period that is asked for without days: four weeks up to today. */
const USUAL_DAYS = 28
const MAX_DAYS = { organization: 92, region: 31 } as const

export type Asked = { from?: string; to?: string; by?: UsageBy; organizationId?: string }
type Shown = ReplyOf<typeof contract>

/**
 * How doctors' hours were and will be used (SCH-6). Staff of an organisation see their own; who works for the region sees
 * one organisation or all. Days are each organisation's own. Throws NotFound, PeriodTooLong.
 */
export async function showUtilisation(work: Work, asked: Asked): Promise<Shown> {
  const organizations = await organizationsSeen(work, asked.organizationId)
  const { from, to } = periodOf(work, organizations, asked)
  const days = organizations.map((o): DaysOf => daysOf(o, from, to))
  const by = asked.by ?? (organizations.length > 1 ? 'organization' : 'doctor')
  const [times, visits, nearest] = await Promise.all([
    countTimes(work, days),
    countVisits(work, days),
    isWaitedFor(by)
      ? nearestFreeTimes(
          work,
          organizations.map(({ id }) => id),
        )
      : [],
  ])
  const facts = { times, visits }
  const titles = await titlesOf(work, by, facts, organizations)
  const keyed = keyOf(by, titles.departmentOf)
  const waits = waitsBy(nearest, (time) => keyed({ ...time, roomId: '', day: '' }))
  const zones = new Map(organizations.map((o) => [o.id, o.timeZone]))
  const daysToThird = (key: string): number | null => {
    const times = waits.get(key) ?? []
    const startsAt = third(times.map((time) => time.startsAt))
    if (!startsAt) return null
    const zone = zones.get(times[0]!.organizationId)!
    return daysFrom(localDay(work.now, zone), localDay(startsAt, zone)).length - 1
  }
  const rows = [...sumsBy(facts, keyed)].map(([key, counts]): UsageRow => ({
    key,
    ...titles.of(key),
    ...counts,
    thirdFreeDays: daysToThird(key),
  }))
  return {
    from,
    to,
    by,
    organizationId: organizations.length === 1 ? organizations[0]!.id : null,
    rows: rows.sort((a, b) => a.title.localeCompare(b.title, 'ru') || a.key.localeCompare(b.key)),
    days: byDay(facts, daysFrom(from, to)),
    total: total(facts),
  }
}

/** A room and a channel are nothing that people wait for. */
const isWaitedFor = (by: UsageBy): boolean => by !== 'room' && by !== 'channel'

function waitsBy<T>(times: readonly T[], keyOf: (time: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const time of times) {
    const key = keyOf(time)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(time)
    else groups.set(key, [time])
  }
  return groups
}

/** Whose hours the actor may look at. */
async function organizationsSeen(work: Work, asked: string | undefined): Promise<OrganizationFull[]> {
  const own = work.actor.organizationId
  if (own && asked !== undefined && asked !== own) throw new Problem(NotFound)
  const id = own ?? asked
  if (id === undefined) return allOrganizations(work)
  const organization = (await organizationsByIds(work, [id])).get(id)
  if (!organization) throw new Problem(NotFound)
  return [organization]
}

function periodOf(work: Work, organizations: readonly OrganizationFull[], asked: Asked): { from: string; to: string } {
  const to = asked.to ?? localDay(work.now, organizations[0]?.timeZone ?? 'UTC')
  const from = asked.from ?? addDays(to, 1 - USUAL_DAYS)
  if (from > to) throw new Problem(Invalid, { fields: [{ path: 'from', message: 'Начало периода позже его конца' }] })
  const most = organizations.length === 1 ? MAX_DAYS.organization : MAX_DAYS.region
  if (addDays(from, most - 1) < to) throw new Problem(PeriodTooLong)
  return { from, to }
}

const daysOf = (o: OrganizationFull, from: string, to: string): DaysOf => ({
  organizationId: o.id,
  timeZone: o.timeZone,
  changeDeadlineMinutes: o.changeDeadlineMinutes,
  from,
  to,
  since: startOfLocalDay(o.timeZone, from),
  until: startOfLocalDay(o.timeZone, addDays(to, 1)),
})

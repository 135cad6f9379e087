import type { UsageBy, UsageDay } from '../../../contracts/utilisation.ts'
import type { VisitsOfDay } from '../booking/index.ts'
import type { TimesOfDay } from '../schedules/index.ts'

export type Counts = Record<Exclude<keyof UsageDay, 'day'>, number>
/** What is counted, once from the times and once from the visits. */
export type Facts = { times: readonly TimesOfDay[]; visits: readonly VisitsOfDay[] }
type Place = Pick<TimesOfDay, 'organizationId' | 'staffId' | 'roomId' | 'specialtyCode' | 'day'>

const nothing = (): Counts => ({
  offered: 0,
  closed: 0,
  taken: 0,
  fulfilled: 0,
  noShow: 0,
  unmarked: 0,
  coming: 0,
  unused: 0,
  free: 0,
  lateCancelled: 0,
})

const fieldOf = {
  fulfilled: 'fulfilled',
  'no-show': 'noShow',
  unmarked: 'unmarked',
  coming: 'coming',
} as const

/** Sums facts under the key that `keyOf` gives each; undefined leaves one out. */
export function sumsBy(
  facts: Facts,
  keyOf: (place: Place, channel?: string) => string | undefined,
): Map<string, Counts> {
  const sums = new Map<string, Counts>()
  const of = (key: string): Counts => {
    const known = sums.get(key) ?? nothing()
    sums.set(key, known)
    return known
  }
  for (const time of facts.times) {
    const key = keyOf(time)
    if (key === undefined) continue
    const sum = of(key)
    sum.unused += time.unused
    sum.free += time.free
    sum.closed += time.closed
    sum.offered += time.unused + time.free
  }
  for (const visit of facts.visits) {
    const key = keyOf(visit, visit.channel)
    if (key === undefined) continue
    const sum = of(key)
    if (visit.outcome === 'late') {
      sum.lateCancelled += visit.visits
      continue
    }
    sum[fieldOf[visit.outcome]] += visit.visits
    sum.taken += visit.visits
    sum.offered += visit.visits
  }
  return sums
}

export const total = (facts: Facts): Counts => sumsBy(facts, () => 'all').get('all') ?? nothing()

/** Every day of the period, also those on which nothing stood. */
export function byDay(facts: Facts, days: readonly string[]): UsageDay[] {
  const sums = sumsBy(facts, ({ day }) => day)
  return days.map((day) => ({ day, ...(sums.get(day) ?? nothing()) }))
}

/** The key of a place in a breakdown; a time that nobody has taken belongs to no channel. */
export const keyOf =
  (by: UsageBy, departmentOf: (staffId: string) => string | undefined) =>
  (place: Place, channel?: string): string | undefined => {
    switch (by) {
      case 'doctor':
        return place.staffId
      case 'specialty':
        return place.specialtyCode
      case 'room':
        return place.roomId
      case 'department':
        return departmentOf(place.staffId)
      case 'organization':
        return place.organizationId
      case 'channel':
        return channel
    }
  }

/** The third of the soonest free times; undefined when there are fewer. */
export const third = (times: readonly Date[]): Date | undefined =>
  times.toSorted((a, b) => a.getTime() - b.getTime())[2]

/** CSV for spreadsheets: `;` between columns, quotes where needed, a mark before UTF-8; nothing in it is a formula. */
export function csvOf(columns: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null): string => {
    if (typeof value === 'number') return String(value)
    // A spreadsheet takes what begins so for a formula (CWE-1236).
    const text = /^[=+\-@\t\r]/.test(value ?? '') ? `'${value}` : (value ?? '')
    return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return `\uFEFF${[columns, ...rows].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`
}

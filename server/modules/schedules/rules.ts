import type { Role } from '../../../contracts/endpoint.ts'
import type { Channel } from '../../../contracts/schedules.ts'
import { addDays, instantOf, localDay, localTime } from '../../platform/time.ts'

export type { Channel }

/** How far ahead times are published: days, today included, and the local time at which the newest day opens (SCH-4). */
export type Horizon = { days: number; opensAt: string }
/** What holds where an organisation has not said otherwise. */
export const USUAL_HORIZON: Horizon = { days: 14, opensAt: '07:00' }
/** No time is longer than this, minutes (contract and table agree): bounds the search for overlaps. */
export const LONGEST_SLOT = 240

export type Interval = { startsAt: Date; endsAt: Date }
export type SlotStatus = 'free' | 'booked' | 'closed'

/** Through which channels this role may book; a time is open to the role when it is open to one of them. */
export function channelsOf(role: Role | 'external-system' | 'system' | 'anonymous'): readonly Channel[] {
  if (role === 'citizen' || role === 'guardianship-officer' || role === 'anonymous') return ['portal']
  // Who telephones is not worse off than who has the portal: the call centre has its own quota and what the portal has.
  if (role === 'call-centre') return ['call-centre', 'portal']
  // Other systems have a quota of their own, and beside it what the portal has.
  if (role === 'external-system') return ['system', 'portal']
  if (role === 'doctor') return ['doctor', 'registrar']
  if (role === 'system') return ['system']
  return ['registrar']
}

/** A held time is free again the moment its hold ends: nothing sweeps. */
export const slotIsFree = (slot: { status: SlotStatus; holdUntil: Date | null }, now: Date): boolean =>
  slot.status === 'free' && (slot.holdUntil === null || slot.holdUntil <= now)

/** How the registrar's grid shows a time. */
export function slotState(
  slot: { status: SlotStatus; holdUntil: Date | null; startsAt: Date },
  now: Date,
): 'free' | 'held' | 'booked' | 'closed' | 'past' {
  if (slot.status !== 'free') return slot.status
  if (!slotIsFree(slot, now)) return 'held'
  return slot.startsAt > now ? 'free' : 'past'
}

/** The last day that is open for booking now: by default 14 days with today, the newest one from 07:00 local. */
export function lastOpenDay(now: Date, zone: string, { days, opensAt }: Horizon = USUAL_HORIZON): string {
  const opened = localTime(now, zone) >= opensAt
  return addDays(localDay(now, zone), opened ? days - 1 : days - 2)
}

/** The channels that a time is open to now: its quota's own until it opens to all. */
export const channelsNow = (
  slot: { channels: Channel[]; channelsLater: Channel[] | null; opensToAllAt: Date | null },
  now: Date,
): Channel[] =>
  slot.channelsLater && slot.opensToAllAt && slot.opensToAllAt <= now ? slot.channelsLater : slot.channels

/** When a day opens for booking here. */
export const openingOf = (day: string, zone: string, { days, opensAt }: Horizon = USUAL_HORIZON): Date =>
  instantOf(zone, addDays(day, 1 - days), opensAt)

export const intervalsOverlap = (a: Interval, b: Interval): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt

/** A time asked for, with everyone and everything it occupies (the doctor, the room). */
export type Occupation = Interval & { resources: readonly string[] }

/**
 * Of the wanted times, those that no taken time of the same doctor or room stands in the way of, and that do not stand
 * in each other's; earlier in the list wins.
 */
export function withoutOverlaps<T extends Occupation>(wanted: readonly T[], taken: readonly Occupation[]): T[] {
  const busy = new Map<string, Interval[]>()
  const occupy = (o: Occupation, keys: readonly string[]) => {
    for (const key of keys) {
      const list = busy.get(key)
      if (list) list.push(o)
      else busy.set(key, [o])
    }
  }
  for (const o of taken) occupy(o, placesOf(o))
  return wanted.filter((o) => {
    const keys = placesOf(o)
    const free = keys.every((key) => !busy.get(key)?.some((other) => intervalsOverlap(o, other)))
    if (free) occupy(o, keys)
    return free
  })
}

/** Where to look for what overlaps: each doctor and room on each day (of UTC) that is touched. */
function placesOf({ startsAt, endsAt, resources }: Occupation): string[] {
  const first = Math.floor(startsAt.getTime() / 86_400_000)
  const last = Math.floor((endsAt.getTime() - 1) / 86_400_000)
  return resources.flatMap((resource) =>
    first === last ? [`${resource} ${first}`] : [`${resource} ${first}`, `${resource} ${last}`],
  )
}

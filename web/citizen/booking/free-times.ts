import type { DayOffer, FreeSlot } from '../../../contracts/schedules.ts'
import { addDays, timeWords, weekdayOf } from '../../ui/index.ts'

/** A time of day that can be chosen; when any doctor will do, several may have it. */
export type FreeTime = { time: string; slots: FreeSlot[] }
export type PartOfDay = { title: string; times: FreeTime[] }

const parts = [
  { title: 'Утро', until: '12:00' },
  { title: 'День', until: '17:00' },
  { title: 'Вечер', until: '24:00' },
]

/** Free times of one day, each time once, under the part of the day it belongs to, in the zone of the organisation. */
export function partsOfDay(slots: readonly FreeSlot[], zone: string): PartOfDay[] {
  const times = new Map<string, FreeTime>()
  for (const slot of [...slots].sort((a, b) => a.startsAt.localeCompare(b.startsAt))) {
    const time = timeWords(slot.startsAt, zone)
    const known = times.get(time)
    if (known) known.slots.push(slot)
    else times.set(time, { time, slots: [slot] })
  }
  let from = '00:00'
  return parts.flatMap(({ title, until }) => {
    const within = [...times.values()].filter(({ time }) => time >= from && time < until)
    from = until
    return within.length > 0 ? [{ title, times: within }] : []
  })
}

export type CalendarDay = { day: string; freeSlots: number }

/**
 * Whole weeks, Monday to Sunday, that cover the days on offer from today on: so a day stands under its weekday. At most
 * five weeks; days without places are there too and cannot be chosen.
 */
export function weeksOf(days: readonly DayOffer[], today: string): CalendarDay[][] {
  const free = new Map(days.map((d) => [d.day, d.freeSlots]))
  const last =
    days
      .map((d) => d.day)
      .sort()
      .at(-1) ?? today
  const weeks: CalendarDay[][] = []
  let monday = addDays(today, 1 - weekdayOf(today))
  do {
    const start = monday
    weeks.push(
      Array.from({ length: 7 }, (_, i) => addDays(start, i)).map((day) => ({ day, freeSlots: free.get(day) ?? 0 })),
    )
    monday = addDays(monday, 7)
  } while (monday <= last && weeks.length < 5)
  return weeks
}

/** The day to show: the one in the address while it has places, else the first that has. */
export const dayToShow = (days: readonly DayOffer[], asked: string | undefined): string | undefined =>
  days.find((d) => d.day === asked && d.freeSlots > 0)?.day ?? days.find((d) => d.freeSlots > 0)?.day

import type { Schedule, VisitKind } from '../../../../contracts/schedules.ts'
import {
  cycleDayOf,
  hoursOn,
  isOneOff,
  isoWeekOf,
  minutesOf,
  templateFlaws,
  type Hours,
  type Template,
} from '../../../../contracts/timetable-pattern.ts'
import { addDays, weekdayOf } from '../../../ui/dates.ts'

// What the grid of weeks changes of a timetable, and how: no drawing here, no days of today, nothing is kept.

/** The part of a timetable that the grid changes. */
export type Plan = Pick<Schedule, 'hours' | 'daysOff' | 'cycle'>

/** From when till when, minutes since midnight. */
export type Span = { starts: number; ends: number }

/** Hours as they stand on one day. `row`: the row of the plan's hours that they come from. */
export type Block = Span & { kind?: VisitKind; row: Hours }

/** What a change is for: every such day, or this day alone. */
export type Scope = 'every' | 'day'

/** 570 → '09:30'. */
export const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const asTemplate = (plan: Plan): Template => ({ ...plan, slotMinutes: 5, validFrom: '', validUntil: null })

/** The blocks of a day, earliest first; `weekday` when the production calendar says it is like another one. */
export const blocksOn = (plan: Plan, day: string, weekday?: number): Block[] =>
  hoursOn(asTemplate(plan), day, weekday)
    .map((row) => ({
      starts: minutesOf(row.starts),
      ends: minutesOf(row.ends),
      ...(row.kind && { kind: row.kind }),
      row,
    }))
    .sort((a, b) => a.starts - b.starts)

/** Whether a day has hours of its own, or none, instead of what repeats. */
export const isSpecial = (plan: Plan, day: string): boolean => isOneOff(plan, day) || plan.daysOff.includes(day)

/** A change for every such day is one for this day alone where the day has hours of its own. */
const scopeOn = (plan: Plan, day: string, scope: Scope): Scope => (isSpecial(plan, day) ? 'day' : scope)

type Bare = Span & { kind?: VisitKind | undefined }

const sameBlocks = (a: readonly Bare[], b: readonly Bare[]): boolean =>
  a.length === b.length &&
  a.every((x, i) => x.starts === b[i]!.starts && x.ends === b[i]!.ends && x.kind === b[i]!.kind)

/** A day with exactly these hours. What equals the repeating hours needs no hours of its own. */
export function withDay(plan: Plan, day: string, blocks: readonly Bare[]): Plan {
  const repeating: Plan = {
    ...plan,
    hours: plan.hours.filter((h) => h.date !== day),
    daysOff: plan.daysOff.filter((off) => off !== day),
  }
  const ordered = blocks.toSorted((a, b) => a.starts - b.starts)
  if (sameBlocks(blocksOn(repeating, day), ordered)) return repeating
  if (ordered.length === 0) return { ...repeating, daysOff: [...repeating.daysOff, day].sort() }
  const own = ordered.map(({ starts, ends, kind }) => ({
    date: day,
    starts: clockOf(starts),
    ends: clockOf(ends),
    ...(kind && { kind }),
  }))
  return { ...repeating, hours: [...repeating.hours, ...own] }
}

/** How a row that repeats, repeats when it is put on another day: the same way, so that it holds on that day. */
function patternFor(plan: Plan, day: string, like?: Hours): Pick<Hours, 'weekday' | 'on' | 'cycleDay'> {
  if (plan.cycle && (like === undefined || like.weekday === undefined)) return { cycleDay: cycleDayOf(plan.cycle, day) }
  const weekday = weekdayOf(day)
  const odd = (n: number) => (n % 2 === 1 ? 'odd' : 'even')
  if (like?.on?.endsWith('weeks')) return { weekday, on: `${odd(isoWeekOf(day))}-weeks` }
  if (like?.on?.endsWith('dates')) return { weekday, on: `${odd(Number(day.slice(8)))}-dates` }
  return { weekday }
}

/** New hours on a day; `like`: repeating as that row does. */
export function withBlock(plan: Plan, day: string, block: Bare, scope: Scope, like?: Hours): Plan {
  if (scopeOn(plan, day, scope) === 'day') return withDay(plan, day, [...blocksOn(plan, day), block])
  const { starts, ends, kind } = block
  const row = {
    ...patternFor(plan, day, like),
    starts: clockOf(starts),
    ends: clockOf(ends),
    ...(kind && { kind }),
  }
  return { ...plan, hours: [...plan.hours, row] }
}

/** The day, or every such day, without these hours. */
export function withoutBlock(plan: Plan, day: string, block: Block, scope: Scope): Plan {
  if (scopeOn(plan, day, scope) === 'day')
    return withDay(
      plan,
      day,
      blocksOn(plan, day).filter((b) => b.row !== block.row),
    )
  return { ...plan, hours: plan.hours.filter((h) => h !== block.row) }
}

/** The hours from another moment till another, or for another kind of visit. */
export function withChanged(plan: Plan, day: string, block: Block, change: Partial<Bare>, scope: Scope): Plan {
  const next = { ...block, ...change }
  if (scopeOn(plan, day, scope) === 'day')
    return withDay(
      plan,
      day,
      blocksOn(plan, day).map((b) => (b.row === block.row ? next : b)),
    )
  const { kind: _kind, ...rest } = block.row
  const row = { ...rest, starts: clockOf(next.starts), ends: clockOf(next.ends), ...(next.kind && { kind: next.kind }) }
  return { ...plan, hours: plan.hours.map((h) => (h === block.row ? row : h)) }
}

/** The days of other weeks as those of one week; what already is so stays as it repeats. */
export function withWeekCopied(plan: Plan, from: string, to: readonly string[], since: string): Plan {
  let next = plan
  for (const monday of to)
    for (let i = 0; i < 7; i++) {
      const day = addDays(monday, i)
      if (day >= since) next = withDay(next, day, blocksOn(plan, addDays(from, i)))
    }
  return next
}

/** Every week as this one; single dates outside of it stay what they are. */
export function withWeekRepeated(plan: Plan, monday: string): Plan {
  const days = Array.from({ length: 7 }, (_, i) => addDays(monday, i))
  const weekly = days.flatMap((day, i) =>
    blocksOn(plan, day).map(({ row }) => ({
      weekday: i + 1,
      starts: row.starts,
      ends: row.ends,
      ...(row.kind && { kind: row.kind }),
    })),
  )
  return {
    cycle: null,
    hours: [...weekly, ...plan.hours.filter((h) => h.date !== undefined && !days.includes(h.date))],
    daysOff: plan.daysOff.filter((day) => !days.includes(day)),
  }
}

/** Why these hours cannot be; undefined when they can. `lengths` of the timetable say how long a time is. */
export function flawOf(plan: Plan, schedule: Pick<Schedule, 'slotMinutes' | 'lengths' | 'breaks'>): string | undefined {
  if (plan.hours.length === 0) return 'В графике не остаётся ни одного часа'
  if (plan.hours.length > 120) return 'Слишком много отдельных дней: сделайте график повторяющимся'
  const whole = { ...schedule, ...plan, validFrom: '', validUntil: null, ageFrom: 0, ageTo: 0 }
  return templateFlaws(whole)[0]?.message
}

const key = ({ hours, daysOff, cycle }: Plan): string =>
  JSON.stringify([
    hours.map((h) => [h.weekday, h.on ?? 'every', h.cycleDay, h.date, h.starts, h.ends, h.kind].join()).sort(),
    [...daysOff].sort(),
    cycle && [cycle.days, cycle.from],
  ])

/** Whether two plans say the same, in whatever order. */
export const samePlan = (a: Plan, b: Plan): boolean => key(a) === key(b)

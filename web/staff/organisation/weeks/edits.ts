import { LAST, STEP, type Dropped, type Grip } from './geometry.ts'
import { withBlock, withChanged, withoutBlock, type Block, type Plan, type Scope } from './plan.ts'

/** A place of the grid: the timetable, its plan, and the day. */
export type Spot = { id: string; plan: Plan; day: string }

type Plans = Readonly<Record<string, Plan>>

/** The block of one place as it would be at another: another time, day or doctor. */
export function movedTo(
  from: Spot,
  block: Block,
  to: Spot,
  span: { starts: number; ends: number },
  scope: Scope,
): Plans {
  if (from.id === to.id && from.day === to.day)
    return { [from.id]: withChanged(from.plan, from.day, block, span, scope) }
  const left = withoutBlock(from.plan, from.day, block, scope)
  const target = from.id === to.id ? left : to.plan
  const moved = { ...span, ...(block.kind && { kind: block.kind }) }
  return { [from.id]: left, [to.id]: withBlock(target, to.day, moved, scope, block.row) }
}

/** What letting a drag go does to the plans. */
export function droppedTo(
  from: Spot,
  block: Block | undefined,
  grip: Grip,
  to: Spot,
  at: Dropped,
  scope: Scope,
): Plans {
  const span = { starts: at.starts, ends: at.ends }
  if (grip === 'new' || !block) return { [to.id]: withBlock(to.plan, to.day, span, scope) }
  return movedTo(from, block, to, span, scope)
}

/** The hours that Enter puts on an empty day, or after the last ones of a day. */
export function nextSpan(blocks: readonly Block[]): { starts: number; ends: number } {
  const last = blocks.at(-1)
  if (!last) return { starts: 8 * 60, ends: 14 * 60 }
  const starts = Math.min(last.ends + 60, LAST - STEP)
  return { starts, ends: Math.min(starts + 180, LAST) }
}

/** A step of the keyboard: the whole block earlier or later, or its end alone; undefined when there is no room. */
export function nudged(block: Block, by: 1 | -1, part: 'whole' | 'end'): { starts: number; ends: number } | undefined {
  const starts = block.starts + (part === 'whole' ? by * STEP : 0)
  const ends = block.ends + by * STEP
  return starts >= 0 && ends <= LAST && ends > starts ? { starts, ends } : undefined
}

import { useRef, type KeyboardEvent } from 'react'
import { announce, shortName, showToast } from '../../../ui/index.ts'
import type { Opened } from './block-dialog.tsx'
import type { Cursor } from './cursor.ts'
import { droppedTo, movedTo, nextSpan, nudged, type Spot } from './edits.ts'
import type { Dropped, Grip } from './geometry.ts'
import { clockOf, withBlock, withoutBlock, type Block, type Plan, type Scope, type Span } from './plan.ts'
import type { Taken } from './use-drag.ts'
import type { DraftHandle } from './use-draft.ts'
import { blocksAt, isOpen, type WeekDay, type WeekRow } from './week-row.tsx'

type Copied = { kind: 'block'; block: Block } | { kind: 'plan'; plan: Plan }

type Options = {
  rows: readonly WeekRow[]
  days: readonly WeekDay[]
  draft: DraftHandle
  scope: Scope
  open: (opened: Opened) => void
}

/** What one may do at a place of the grid; each answers where one is afterwards, and is a step that can be undone. */
function actionsOf({ rows, days, draft, scope }: Options) {
  const spotAt = ({ row, day }: { row: number; day: number }): Spot => ({
    id: rows[row]!.id,
    plan: draft.planFor(rows[row]!.id),
    day: days[day]!.day,
  })
  const mayChange = ({ row, day }: { row: number; day: number }): boolean => {
    if (day >= 0 && isOpen(rows[row]!, days[day]!)) return true
    if (day >= 0) showToast({ text: days[day]!.past ? 'Этот день уже прошёл' : 'График в этот день не действует' })
    return false
  }
  /** `to` when the plans were taken, else where one was. */
  const take = (plans: Readonly<Record<string, Plan>>, at: Cursor, to: Cursor, words: string): Cursor => {
    if (!draft.change(plans)) return at
    announce(words)
    return to
  }
  const shift = (at: Cursor, block: Block, by: { row?: number; day?: number }): Cursor => {
    const to = { row: at.row + (by.row ?? 0), day: at.day + (by.day ?? 0), starts: block.starts }
    if (!rows[to.row] || !days[to.day] || !mayChange(at) || !mayChange(to)) return at
    const span = { starts: block.starts, ends: block.ends }
    return take(movedTo(spotAt(at), block, spotAt(to), span, scope), at, to, spanWords(span))
  }
  const nudge = (at: Cursor, block: Block, by: 1 | -1, part: 'whole' | 'end'): Cursor => {
    const span = nudged(block, by, part)
    if (!span || !mayChange(at)) return at
    const spot = spotAt(at)
    return take(movedTo(spot, block, spot, span, scope), at, { ...at, starts: span.starts }, spanWords(span))
  }
  const add = (at: Cursor): Cursor => {
    if (!mayChange(at)) return at
    const spot = spotAt(at)
    const span = nextSpan(blocksAt(rows[at.row]!, spot.plan, days[at.day]!))
    const plan = withBlock(spot.plan, spot.day, span, scope)
    return take({ [spot.id]: plan }, at, { ...at, starts: span.starts }, spanWords(span))
  }
  const remove = (at: Cursor, block: Block): Cursor => {
    if (!mayChange(at)) return at
    const spot = spotAt(at)
    return take({ [spot.id]: withoutBlock(spot.plan, spot.day, block, scope) }, at, at, 'Часы убраны')
  }
  return { spotAt, mayChange, take, shift, nudge, add, remove }
}
type Actions = ReturnType<typeof actionsOf>

const spanWords = ({ starts, ends }: Span): string => `${clockOf(starts)}–${clockOf(ends)}`

/** Hours, or all hours of a doctor, taken from one place to another. */
function useCopies({ rows, draft, scope }: Options, { spotAt, mayChange, take }: Actions) {
  const copied = useRef<Copied | undefined>(undefined)
  const copy = (at: Cursor, block: Block | undefined): Cursor => {
    const row = rows[at.row]!
    if (block) copied.current = { kind: 'block', block }
    else if (at.day < 0) copied.current = { kind: 'plan', plan: draft.planFor(row.id) }
    else return at
    showToast({ text: block ? 'Часы скопированы' : `Скопированы все часы: ${shortName(row.name)}` })
    return at
  }
  const paste = (at: Cursor): Cursor => {
    const from = copied.current
    if (!from) return at
    if (from.kind === 'plan') return take({ [rows[at.row]!.id]: from.plan }, at, at, 'Часы вставлены')
    if (!mayChange(at)) return at
    const spot = spotAt(at)
    const plan = withBlock(spot.plan, spot.day, from.block, scope, from.block.row)
    return take({ [spot.id]: plan }, at, { ...at, starts: from.block.starts }, spanWords(from.block))
  }
  return { copy, paste }
}

/** What keys do at hours. */
function onBlockKeys(
  event: KeyboardEvent,
  at: Cursor,
  block: Block,
  { shift, nudge, remove }: Actions,
): Cursor | undefined {
  const { key, shiftKey } = event
  const ctrl = event.ctrlKey || event.metaKey
  if (key === 'Delete' || key === 'Backspace') return remove(at, block)
  const along = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : undefined
  if (along && shiftKey) return nudge(at, block, along, ctrl ? 'end' : 'whole')
  if (along && ctrl) return shift(at, block, { day: along })
  if (shiftKey && !ctrl && key === 'ArrowDown') return shift(at, block, { row: 1 })
  if (shiftKey && !ctrl && key === 'ArrowUp') return shift(at, block, { row: -1 })
  return undefined
}

/** What one does in the grid, by keys or by the mouse. */
export function useCommands(options: Options) {
  const { rows, days, draft, scope, open } = options
  const actions = actionsOf(options)
  const { copy, paste } = useCopies(options, actions)
  const onOpen = (at: Taken, block: Block | undefined): void => {
    if (actions.mayChange(at)) open({ row: rows[at.row]!, column: days[at.day]!, block })
  }
  const onKeys = (event: KeyboardEvent, at: Cursor, block: Block | undefined): Cursor | undefined => {
    const { key, code, shiftKey, altKey } = event
    const ctrl = event.ctrlKey || event.metaKey
    if (altKey) return undefined
    if (ctrl && code === 'KeyC' && !shiftKey) return copy(at, block)
    if (ctrl && code === 'KeyV' && !shiftKey) return paste(at)
    if (at.day >= 0 && (key === 'Insert' || (key === 'Enter' && !ctrl && !shiftKey))) {
      if (!block || key === 'Insert') return actions.add(at)
      onOpen(at, block)
      return at
    }
    return block && onBlockKeys(event, at, block, actions)
  }
  const onDrop = (taken: Taken, block: Block | undefined, grip: Grip, dropped: Dropped): Cursor | undefined => {
    if (!actions.mayChange(dropped)) return undefined
    const plans = droppedTo(actions.spotAt(taken), block, grip, actions.spotAt(dropped), dropped, scope)
    return draft.change(plans) ? { row: dropped.row, day: dropped.day, starts: dropped.starts } : undefined
  }
  return { onKeys, onOpen, onDrop }
}

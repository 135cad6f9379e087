import { useRef, type KeyboardEvent } from 'react'
import { announce, shortName, showToast } from '../../../ui/index.ts'
import type { Opened } from './block-dialog.tsx'
import type { Cursor } from './cursor.ts'
import { droppedTo, movedTo, nextSpan, nudged, type Spot } from './edits.ts'
import type { Dropped, Grip } from './geometry.ts'
import { clockOf, withBlock, withoutBlock, type Block, type Plan, type Scope } from './plan.ts'
import type { Taken } from './use-drag.ts'
import type { DraftHandle } from './use-draft.ts'
import { blocksAt, isOpen, type WeekDay, type WeekRow } from './week-row.tsx'

type Copied = { kind: 'block'; block: Block } | { kind: 'plan'; plan: Plan; name: string }

type Options = {
  rows: readonly WeekRow[]
  days: readonly WeekDay[]
  draft: DraftHandle
  scope: Scope
  open: (opened: Opened) => void
}

/** What one does in the grid, by keys or by the mouse; every one of them is a step that can be undone. */
export function useCommands({ rows, days, draft, scope, open }: Options) {
  const copied = useRef<Copied | undefined>(undefined)
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
  const take = (plans: Readonly<Record<string, Plan>>, at: Cursor): Cursor => {
    if (draft.change(plans) && at.starts !== null) announce(`Часы с ${clockOf(at.starts)}`)
    return at
  }
  const shift = (at: Cursor, block: Block, by: { row?: number; day?: number }): Cursor => {
    const to = { row: at.row + (by.row ?? 0), day: at.day + (by.day ?? 0) }
    if (!rows[to.row] || !days[to.day] || !mayChange(at) || !mayChange(to)) return at
    const span = { starts: block.starts, ends: block.ends }
    const plans = movedTo(spotAt(at), block, spotAt(to), span, scope)
    return draft.change(plans) ? { ...to, starts: block.starts } : at
  }
  const nudge = (at: Cursor, block: Block, by: 1 | -1, part: 'whole' | 'end'): Cursor => {
    const span = nudged(block, by, part)
    if (!span || !mayChange(at)) return at
    const spot = spotAt(at)
    const done = draft.change(movedTo(spot, block, spot, span, scope))
    if (done) announce(`${clockOf(span.starts)}–${clockOf(span.ends)}`)
    return done ? { ...at, starts: span.starts } : at
  }
  const add = (at: Cursor): Cursor => {
    if (!mayChange(at)) return at
    const spot = spotAt(at)
    const span = nextSpan(blocksAt(rows[at.row]!, spot.plan, days[at.day]!))
    return take({ [spot.id]: withBlock(spot.plan, spot.day, span, scope) }, { ...at, starts: span.starts })
  }
  const remove = (at: Cursor, block: Block): Cursor => {
    if (!mayChange(at)) return at
    const spot = spotAt(at)
    if (draft.change({ [spot.id]: withoutBlock(spot.plan, spot.day, block, scope) })) announce('Часы убраны')
    return at
  }
  const copy = (at: Cursor, block: Block | undefined): Cursor => {
    const row = rows[at.row]!
    if (block) copied.current = { kind: 'block', block }
    else if (at.day < 0) copied.current = { kind: 'plan', plan: draft.planFor(row.id), name: row.name }
    else return at
    showToast({ text: block ? 'Часы скопированы' : `Скопированы все часы: ${shortName(row.name)}` })
    return at
  }
  const paste = (at: Cursor): Cursor => {
    const from = copied.current
    if (!from) return at
    if (from.kind === 'plan') return take({ [rows[at.row]!.id]: from.plan }, at)
    if (!mayChange(at)) return at
    const spot = spotAt(at)
    const plan = withBlock(spot.plan, spot.day, from.block, scope, from.block.row)
    return take({ [spot.id]: plan }, { ...at, starts: from.block.starts })
  }

  const onKeys = (event: KeyboardEvent, at: Cursor, block: Block | undefined): Cursor | undefined => {
    const { key, code, shiftKey, altKey } = event
    const ctrl = event.ctrlKey || event.metaKey
    if (altKey) return undefined
    if (ctrl && code === 'KeyC' && !shiftKey) return copy(at, block)
    if (ctrl && code === 'KeyV' && !shiftKey) return paste(at)
    if (key === 'Enter' && !ctrl && !shiftKey && at.day >= 0) {
      if (!block) return add(at)
      onOpen(at, block)
      return at
    }
    if (key === 'Insert' && at.day >= 0) return add(at)
    if (!block) return undefined
    if (key === 'Delete' || key === 'Backspace') return remove(at, block)
    const along = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : undefined
    if (along && shiftKey) return nudge(at, block, along, ctrl ? 'end' : 'whole')
    if (along && ctrl) return shift(at, block, { day: along })
    if (shiftKey && !ctrl && key === 'ArrowDown') return shift(at, block, { row: 1 })
    if (shiftKey && !ctrl && key === 'ArrowUp') return shift(at, block, { row: -1 })
    return undefined
  }
  const onOpen = (at: Taken, block: Block | undefined): void => {
    if (!mayChange(at)) return
    open({ row: rows[at.row]!, column: days[at.day]!, block })
  }
  const onDrop = (taken: Taken, block: Block | undefined, grip: Grip, dropped: Dropped): Cursor | undefined => {
    if (!mayChange(dropped)) return undefined
    const plans = droppedTo(spotAt(taken), block, grip, spotAt(dropped), dropped, scope)
    return draft.change(plans) ? { row: dropped.row, day: dropped.day, starts: dropped.starts } : undefined
  }
  return { onKeys, onOpen, onDrop }
}

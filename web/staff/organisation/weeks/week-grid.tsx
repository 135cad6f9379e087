/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus -- a grid of the ARIA kind, drawn to scale: one place of it has the focus */
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react'
import { classes } from '../../../ui/index.ts'
import { settled, stepped, type Cursor, type Field } from './cursor.ts'
import { hoursShown, rowsInView, type Dropped, type Frame, type Grip } from './geometry.ts'
import type { Block, Plan } from './plan.ts'
import { takenBy, useDrag, type Taken } from './use-drag.ts'
import { blocksAt, isOpen, Row, type WeekDay, type WeekRow } from './week-row.tsx'

const ROW = 48
const HEAD = { width: 168, height: 48 }
/** As wide as a day is drawn by how many weeks are shown. */
const DAY: Record<number, number> = { 1: 168, 2: 112, 4: 84 }

/** What one does at a place of the grid by keys; each answers where one is afterwards. */
export type GridKeys = (key: KeyboardEvent, at: Cursor, block: Block | undefined) => Cursor | undefined

type Props = {
  rows: readonly WeekRow[]
  days: readonly WeekDay[]
  plans: Readonly<Record<string, Plan>>
  planFor: (id: string) => Plan
  label: string
  onKeys: GridKeys
  onOpen: (at: Cursor, block: Block | undefined) => void
  onDrop: (taken: Taken, block: Block | undefined, grip: Grip, dropped: Dropped) => Cursor | undefined
}

/**
 * Doctors by days, to scale. Only the rows in the window are drawn; a change draws the rows it concerns, a drag draws
 * nothing until it ends.
 */
export function WeekGrid(props: Props): ReactNode {
  const { rows, days, plans, planFor, label, onKeys, onOpen, onDrop } = props
  const area = useRef<HTMLDivElement>(null)
  const ghost = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 900 })
  const [wanted, setCursor] = useState<Cursor>({ row: 0, day: 0, starts: null })
  const frame = useFrame(props)
  const field: Field = {
    rows: rows.length,
    days: days.length,
    blocksAt: (row, day) => blocksAt(rows[row]!, planFor(rows[row]!.id), days[day]!),
  }
  const cursor = settled(field, wanted)
  const blockAt = ({ row, day, starts }: Taken) =>
    day < 0 || starts === null ? undefined : field.blocksAt(row, day).find((b) => b.starts === starts)
  const go = useFocusing(area, setCursor)
  const drag = useDrag({
    area,
    ghost,
    frame,
    head: HEAD,
    spanAt: (taken) => {
      if (!isOpen(rows[taken.row]!, days[taken.day]!)) return undefined
      const block = blockAt(taken)
      return block ? { starts: block.starts, ends: block.ends } : null
    },
    onPress: go,
    onDrop: (taken, grip, dropped) => {
      const next = onDrop(taken, blockAt(taken), grip, dropped)
      if (next) go(next)
    },
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey
    const next = (plain ? stepped(field, cursor, event.key) : undefined) ?? onKeys(event, cursor, blockAt(cursor))
    if (!next) return
    event.preventDefault()
    go(next)
  }
  const { first, last } = rowsInView(frame, view.top, view.height)
  const shown = rows.map((row, index) => ({ row, index })).slice(first, last + 1)
  if (cursor.row < first || cursor.row > last) shown.push({ row: rows[cursor.row]!, index: cursor.row })
  const size = { '--rows': `${rows.length * ROW}px`, '--hour': `${frame.dayWidth / days.length}px` } as CSSProperties
  return (
    <div
      ref={area}
      className="weeks"
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={days.length + 1}
      style={{ ...size, '--width': `${HEAD.width + days.length * frame.dayWidth}px` } as CSSProperties}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        // A reader or a script may put the focus anywhere: keys act where it is.
        const taken = takenBy(event.target as Element)
        if (taken && (taken.row !== cursor.row || taken.day !== cursor.day || taken.starts !== cursor.starts))
          setCursor(taken)
      }}
      onScroll={({ currentTarget: { scrollTop, clientHeight } }) =>
        Math.abs(scrollTop - view.top) >= ROW && setView({ top: scrollTop, height: clientHeight })
      }
      onDoubleClick={(event) => {
        const taken = takenBy(event.target as Element)
        if (taken && taken.day >= 0) onOpen(taken, blockAt(taken))
      }}
      {...drag}
    >
      <Heads days={days} width={frame.dayWidth} />
      <div role="rowgroup" className="weeks__body">
        {shown.map(({ row, index }) => (
          <Row
            key={row.id}
            {...{ row, index, days, frame }}
            plan={planFor(row.id)}
            changed={plans[row.id] !== undefined}
            cursor={cursor.row === index ? cursor : undefined}
          />
        ))}
      </div>
      <div ref={ghost} className="weeks__ghost numbers" aria-hidden="true" />
    </div>
  )
}

/** Puts the cursor somewhere and the focus after it, once that place is drawn. */
function useFocusing(area: RefObject<HTMLDivElement | null>, setCursor: (next: Cursor) => void) {
  const focusing = useRef(false)
  useEffect(() => {
    if (!focusing.current) return
    focusing.current = false
    area.current?.querySelector<HTMLElement>('[data-stop]')?.focus()
  })
  return (next: Cursor) => {
    focusing.current = true
    setCursor(next)
  }
}

/** An equal frame stays the same one, so that rows are not drawn anew. */
function useFrame({ rows, days, plans, planFor }: Props): Frame {
  const hours = useMemo(
    () => hoursShown(rows.flatMap((row) => planFor(row.id).hours.map(({ starts, ends }) => spanOf(starts, ends)))),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- plans are what planFor looks into
    [rows, plans],
  )
  return useMemo(
    () => ({ ...hours, dayWidth: DAY[days.length / 7] ?? 84, rowHeight: ROW, days: days.length, rows: rows.length }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only how many there are matters
    [hours.from, hours.until, days.length, rows.length],
  )
}

const spanOf = (starts: string, ends: string) => {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  return { starts: minutes(starts), ends: minutes(ends) }
}

const Heads = ({ days, width }: { days: readonly WeekDay[]; width: number }) => (
  <div role="rowgroup" className="weeks__heads">
    <div role="row" className="weeks__days" aria-rowindex={1}>
      <div role="columnheader" className="weeks__corner">
        Врач
      </div>
      {days.map((column) => (
        <div
          key={column.day}
          role="columnheader"
          className={classes('weeks__day', column.holiday && 'weeks__day--holiday', column.past && 'weeks__day--past')}
          style={{ width }}
          title={column.name}
        >
          <span aria-hidden="true">{column.words}</span>
          <span className="visually-hidden">{column.aloud}</span>
        </div>
      ))}
    </div>
  </div>
)

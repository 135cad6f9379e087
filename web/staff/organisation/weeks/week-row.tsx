/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus -- a grid of the ARIA kind, drawn to scale: one place of it has the focus */
import { memo, type CSSProperties, type ReactNode } from 'react'
import type { Schedule } from '../../../../contracts/schedules.ts'
import { classes, shortName } from '../../../ui/index.ts'
import { kindWords } from '../weekly-hours.ts'
import type { Cursor } from './cursor.ts'
import { perMinute, type Frame } from './geometry.ts'
import { blocksOn, clockOf, isSpecial, type Block, type Plan } from './plan.ts'

/** A timetable as a row of the grid. */
export type WeekRow = { id: string; name: string; room: string; specialty: string; schedule: Schedule; version: number }

/** A day as a column of the grid. */
export type WeekDay = {
  day: string
  words: string
  aloud: string
  /** What the production calendar calls it. */
  name: string | undefined
  holiday: boolean
  /** Whose hours it has by the production calendar. */
  like: number | undefined
  past: boolean
}

type Props = {
  row: WeekRow
  index: number
  plan: Plan
  changed: boolean
  days: readonly WeekDay[]
  frame: Frame
  /** The place of the cursor, for the one row that has it: a step of it then draws two rows anew and not sixty. */
  cursor: Cursor | undefined
}

/** Whether hours may be put on this day: it is ahead, and the timetable is valid then. */
export const isOpen = ({ schedule }: WeekRow, { day, past }: WeekDay): boolean =>
  !past && day >= schedule.validFrom && (schedule.validUntil === null || day <= schedule.validUntil)

/** The blocks of a day of a timetable; none where it is not valid, or rests on a holiday. */
export function blocksAt(row: WeekRow, plan: Plan, column: WeekDay): Block[] {
  const { validFrom, validUntil, worksOnHolidays } = row.schedule
  if (column.day < validFrom || (validUntil !== null && column.day > validUntil)) return []
  if (column.holiday && !worksOnHolidays && !isSpecial(plan, column.day)) return []
  return blocksOn(plan, column.day, worksOnHolidays ? undefined : column.like)
}

export const Row = memo(function Row(props: Props): ReactNode {
  const { row, index, plan, changed, days, frame, cursor } = props
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes('weeks__row', changed && 'weeks__row--changed')}
      style={{ top: index * frame.rowHeight } as CSSProperties}
      data-row={index}
    >
      <div
        role="rowheader"
        className="weeks__name"
        tabIndex={cursor?.day === -1 ? 0 : -1}
        data-stop={cursor?.day === -1 || undefined}
        data-day={-1}
      >
        <span className="strong">{shortName(row.name)}</span>
        <span className="soft small">
          каб. {row.room}
          {changed && <span className="weeks__mark"> изменён</span>}
        </span>
      </div>
      {days.map((column, i) => (
        <Cell
          key={column.day}
          {...{ row, plan, column, frame }}
          index={i}
          starts={cursor?.day === i ? cursor.starts : undefined}
        />
      ))}
    </div>
  )
})

type CellProps = {
  row: WeekRow
  plan: Plan
  column: WeekDay
  frame: Frame
  index: number
  /** Undefined: the cursor is elsewhere; null: it is at the empty day. */
  starts: number | null | undefined
}

/** Drawn anew when its own plan or the cursor comes or goes, not when the cursor passes through its row. */
const Cell = memo(function Cell({ row, plan, column, frame, index, starts }: CellProps): ReactNode {
  const blocks = blocksAt(row, plan, column)
  const minute = perMinute(frame)
  return (
    <div
      role="gridcell"
      className={classes(
        'weeks__cell',
        !isOpen(row, column) && 'weeks__cell--shut',
        column.holiday && 'weeks__cell--holiday',
        isSpecial(plan, column.day) && 'weeks__cell--special',
      )}
      style={{ width: frame.dayWidth }}
      data-day={index}
      {...(blocks.length === 0 && {
        tabIndex: starts === null ? 0 : -1,
        'data-stop': starts === null || undefined,
        'aria-label': 'приёма нет',
      })}
    >
      {blocks.map((block) => (
        <button
          key={block.starts}
          type="button"
          className={classes('weeks__block', block.kind && 'weeks__block--kind')}
          tabIndex={block.starts === starts ? 0 : -1}
          data-stop={block.starts === starts || undefined}
          data-starts={block.starts}
          style={{ left: (block.starts - frame.from) * minute, width: (block.ends - block.starts) * minute }}
          title={blockWords(block)}
        >
          <span aria-hidden="true">{shortWords(block, frame)}</span>
          <span className="visually-hidden">{blockWords(block)}</span>
        </button>
      ))}
    </div>
  )
})

/** «08:00–14:00, первичный». */
const blockWords = ({ starts, ends, kind }: Block): string =>
  `${clockOf(starts)}–${clockOf(ends)}${kind ? `, приём ${kindWords[kind]}` : ''}`

/** What fits: «08:00–14:00», «8–14», or nothing; the tip says it in full. */
function shortWords({ starts, ends }: Block, frame: Frame): string {
  const width = (ends - starts) * perMinute(frame)
  if (width > 78) return `${clockOf(starts)}–${clockOf(ends)}`
  const hour = (minutes: number) =>
    minutes % 60 === 0 ? String(minutes / 60) : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
  const words = `${hour(starts)}–${hour(ends)}`
  return width > words.length * 6.5 ? words : ''
}

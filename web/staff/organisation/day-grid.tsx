/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus, jsx-a11y/control-has-associated-label -- a grid of the ARIA kind: one of its buttons has the focus, and a table cannot be drawn to scale */
import {
  memo,
  useEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import type { DayVisit } from '../../../contracts/day-visits.ts'
import type { GridColumn } from '../../../contracts/schedules.ts'
import { Icon, shortName, timeWords } from '../../ui/index.ts'
import { frameOf, hoursOf, minuteHeight, nearestIn, placeOf, type Direction, type Frame } from './grid-layout.ts'
import { slotAloud, slotLook, slotWords, type Slot } from './slot-words.ts'

type Props = {
  columns: readonly GridColumn[]
  visits: ReadonlyMap<string, DayVisit>
  zone: string
  label: string
  /** Today: the drawing begins at the present hour. */
  isToday: boolean
  onOpen: (slot: Slot, column: GridColumn) => void
  /** Undefined for those who may not add times. */
  onAdd: ((column: GridColumn) => void) | undefined
  onDay: (by: 1 | -1) => void
}

/**
 * The day as a drawing: a column for each doctor, down it the hours; on a phone each doctor is a card of times. Arrows go
 * to the nearest time that way, PageUp and PageDown to the day before and after. For readers each doctor is a row.
 */
export function DayGrid(props: Props): ReactNode {
  const { columns, zone, label, isToday, onDay } = props
  const area = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<string | undefined>(undefined)
  const frame = useMemo(() => frameOf(columns, zone), [columns, zone])
  useScrollToNow(area, isToday ? frame : undefined, zone)
  const all = columns.flatMap((column) => column.slots)
  const turned = useFocusAfterTurning(area, all[0]?.ref)
  if (!frame) return null
  // One stop of Tab for the whole drawing: where one was last, else the first time that can still be booked.
  const stop = all.some((s) => s.ref === active) ? active : (all.find((s) => s.state === 'free') ?? all[0])?.ref
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'PageUp' || event.key === 'PageDown') {
      event.preventDefault()
      turned()
      return onDay(event.key === 'PageUp' ? -1 : 1)
    }
    if (!event.key.startsWith('Arrow') || !area.current) return
    event.preventDefault()
    moveFocus(area.current, event.target as Element, event.key as Direction)
  }
  const style = { '--minutes': frame.until - frame.from, '--minute': `${minuteHeight(frame)}px` } as CSSProperties
  return (
    <div ref={area} className="grid" role="grid" aria-label={label} style={style} onKeyDown={onKeyDown}>
      <div className="grid__hours" aria-hidden="true">
        <div className="grid__head" />
        <div className="grid__lines">
          {hoursOf(frame).map(({ words, from }) => (
            <span key={words} className="grid__hour numbers" style={{ '--from': from } as CSSProperties}>
              {words}
            </span>
          ))}
        </div>
      </div>
      {columns.map((column) => (
        <Column
          key={column.scheduleId}
          {...props}
          column={column}
          frame={frame}
          stop={stopIn(column, stop)}
          onFocus={setActive}
        />
      ))}
    </div>
  )
}

type ColumnProps = Props & {
  column: GridColumn
  frame: Frame
  stop: string | undefined
  onFocus: (ref: string) => void
}

/** The stop of Tab, for the one column that has it: a step of an arrow then draws two columns anew and not thirty. */
const stopIn = (column: GridColumn, stop: string | undefined) =>
  column.slots.some((slot) => slot.ref === stop) ? stop : undefined

const Column = memo(function Column(props: ColumnProps): ReactNode {
  const { column, frame, stop, visits, zone, onFocus, onOpen, onAdd } = props
  const { doctorName, specialtyTitle, room, slots } = column
  return (
    <div className="grid__doctor" role="row">
      <div className="grid__head" role="rowheader">
        <span className="strong">{shortName(doctorName)}</span>
        <span className="soft small">{specialtyTitle}</span>
        {room && <span className="soft small grid__room">каб. {room}</span>}
        {onAdd && (
          <button type="button" className="grid__add" tabIndex={-1} data-cell onClick={() => onAdd(column)}>
            <Icon name="plus" size={18} />
            <span className="visually-hidden">Добавить время: {doctorName}</span>
          </button>
        )}
      </div>
      <div className="grid__lines" role="presentation">
        {slots.map((slot) => {
          const visit = slot.appointmentId ? visits.get(slot.appointmentId) : undefined
          const { from, length } = placeOf(slot, zone, frame)
          const time = timeWords(slot.startsAt, zone)
          return (
            <div
              key={slot.ref}
              className="grid__cell"
              role="gridcell"
              style={{ '--from': from, '--length': length } as CSSProperties}
            >
              <button
                type="button"
                className={`slot slot--${slotLook(slot, visit)}`}
                data-cell
                tabIndex={slot.ref === stop ? 0 : -1}
                onFocus={() => onFocus(slot.ref)}
                onClick={() => onOpen(slot, column)}
              >
                <span className="numbers slot__time">{time}</span>
                <span className="slot__words">{slotWords(slot, visit)}</span>
                <span className="visually-hidden">{slotAloud(visit, doctorName)}</span>
              </button>
            </div>
          )
        })}
      </div>
    </div>
  )
})

function moveFocus(area: Element, from: Element, direction: Direction): void {
  const start = from.closest('[data-cell]')
  if (!start) return
  const cells = [...area.querySelectorAll<HTMLElement>('[data-cell]')].filter((cell) => cell !== start)
  const index = nearestIn(
    direction,
    start.getBoundingClientRect(),
    cells.map((cell) => cell.getBoundingClientRect()),
  )
  cells[index]?.focus()
}

/** A day turned by the keyboard takes the focus along: to the first free time of the new day, or to the heading. */
function useFocusAfterTurning(area: { current: HTMLElement | null }, first: string | undefined): () => void {
  const turning = useRef(false)
  useEffect(() => {
    if (!turning.current || !first) return
    turning.current = false
    area.current?.querySelector<HTMLElement>('[data-cell][tabindex="0"]')?.focus()
  }, [area, first])
  useEffect(
    () => () => {
      // The new day has no times and there is no drawing to be in any more.
      if (turning.current) document.querySelector('h1')?.focus()
    },
    [],
  )
  return () => void (turning.current = true)
}

/** Of today the past is seldom asked for: the drawing is opened at the present hour, once. */
function useScrollToNow(area: { current: HTMLDivElement | null }, frame: Frame | undefined, zone: string): void {
  const from = frame?.from
  useEffect(() => {
    const element = area.current
    if (from === undefined || !element || element.scrollHeight <= element.clientHeight) return
    const hour = Number(timeWords(new Date(), zone).slice(0, 2)) * 60
    const minute = Number.parseFloat(element.style.getPropertyValue('--minute'))
    element.scrollTo({ top: Math.max(0, (hour - from) * minute) })
  }, [area, from, zone])
}

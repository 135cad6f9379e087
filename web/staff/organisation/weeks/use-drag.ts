import { useEffect, useRef, type PointerEvent, type RefObject } from 'react'
import { dropAt, perMinute, placeAt, type Drag, type Dropped, type Frame, type Grip, type Place } from './geometry.ts'
import { clockOf, type Span } from './plan.ts'

/** So many pixels at an end of a block are its handle. */
const HANDLE = 7
/** A press that moves less is a press and not a drag. */
const PRESS = 4

export type Taken = { row: number; day: number; starts: number | null }

type Options = {
  area: RefObject<HTMLDivElement | null>
  ghost: RefObject<HTMLDivElement | null>
  frame: Frame
  /** Width of the names and height of the dates, which stay while the rest is scrolled. */
  head: { width: number; height: number }
  /** The hours at a place; undefined: that place cannot be changed. */
  spanAt: (taken: Taken) => Span | null | undefined
  onPress: (taken: Taken) => void
  onDrop: (taken: Taken, grip: Grip, dropped: Dropped) => void
}

type Dragging = Drag & { taken: Taken; x: number; y: number; moved: boolean; to: Place }

/**
 * Drags of the mouse or a pen over the grid. While one drags, only one element moves, by its style: nothing is drawn anew
 * until it is let go. A finger scrolls.
 */
export function useDrag(options: Options) {
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })
  const drag = useRef<Dragging | undefined>(undefined)
  const painting = useRef(0)

  const paint = () => {
    painting.current = 0
    if (drag.current) paintGhost(latest.current, drag.current)
  }
  const end = () => {
    drag.current = undefined
    if (latest.current.ghost.current) latest.current.ghost.current.style.display = 'none'
  }
  const cancel = (event: KeyboardEvent) => event.key === 'Escape' && end()
  useEffect(() => {
    document.addEventListener('keydown', cancel)
    return () => document.removeEventListener('keydown', cancel)
  })

  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.button !== 0) return
      const taken = takenBy(event.target as Element)
      if (!taken) return
      latest.current.onPress(taken)
      const span = taken.day < 0 ? undefined : latest.current.spanAt(taken)
      if (event.pointerType === 'touch' || span === undefined) return
      drag.current = dragFrom(latest.current, event, taken, span)
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      const now = drag.current
      if (!now) return
      if (!now.moved) {
        if (Math.hypot(event.clientX - now.x, event.clientY - now.y) <= PRESS) return
        now.moved = true
        // Not before: a captured press would be a press of the whole grid, and no double one of a block.
        latest.current.area.current?.setPointerCapture(event.pointerId)
      }
      now.to = pointOf(latest.current, event)
      painting.current ||= requestAnimationFrame(paint)
    },
    onPointerUp: () => {
      const now = drag.current
      end()
      if (now?.moved) latest.current.onDrop(now.taken, now.grip, dropAt(latest.current.frame, now, now.to))
    },
    onPointerCancel: end,
  }
}

function dragFrom(options: Options, event: PointerEvent, taken: Taken, span: Span | null): Dragging {
  const at = pointOf(options, event)
  const grip = span === null ? 'new' : gripOf(event.target as Element, event.clientX)
  const given = span ?? { starts: at.minute, ends: at.minute }
  return { grip, at, span: given, taken, x: event.clientX, y: event.clientY, moved: false, to: at }
}

/** Where in the drawing a pointer is. */
function pointOf({ area, head, frame }: Options, event: { clientX: number; clientY: number }): Place {
  const box = area.current!.getBoundingClientRect()
  const x = event.clientX - box.left + area.current!.scrollLeft - head.width
  const y = event.clientY - box.top + area.current!.scrollTop - head.height
  return placeAt(frame, x, y)
}

function paintGhost({ ghost, frame, head }: Options, drag: Dragging): void {
  if (!ghost.current) return
  const { row, day, starts, ends } = dropAt(frame, drag, drag.to)
  const { style } = ghost.current
  style.display = 'block'
  style.width = `${(ends - starts) * perMinute(frame)}px`
  const left = head.width + day * frame.dayWidth + (starts - frame.from) * perMinute(frame)
  style.transform = `translate(${left}px, ${head.height + row * frame.rowHeight}px)`
  ghost.current.textContent = `${clockOf(starts)}–${clockOf(ends)}`
}

/** Which place of the grid an element belongs to. */
export function takenBy(element: Element): Taken | undefined {
  const row = element.closest<HTMLElement>('[data-row]')?.dataset['row']
  const day = element.closest<HTMLElement>('[data-day]')?.dataset['day']
  if (row === undefined || day === undefined) return undefined
  const starts = element.closest<HTMLElement>('[data-starts]')?.dataset['starts']
  return { row: Number(row), day: Number(day), starts: starts === undefined ? null : Number(starts) }
}

function gripOf(element: Element, x: number): Grip {
  const box = element.closest('[data-starts]')!.getBoundingClientRect()
  if (box.width < HANDLE * 3) return 'move'
  if (x - box.left < HANDLE) return 'starts'
  return box.right - x < HANDLE ? 'ends' : 'move'
}

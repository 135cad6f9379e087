import type { Span } from './plan.ts'

/** What the drawing shows of a day, and how large things are, in pixels. */
export type Frame = { from: number; until: number; dayWidth: number; rowHeight: number; days: number; rows: number }

/** A point of a drag comes to rest at these minutes. */
export const STEP = 15
/** The last minute of a day: hours end on the day on which they begin. */
export const LAST = 24 * 60 - 1

export const perMinute = ({ from, until, dayWidth }: Frame): number => dayWidth / (until - from)

/** Whole hours that hold every block, never less than from 7 to 21. */
export function hoursShown(spans: readonly Span[]): { from: number; until: number } {
  const from = Math.min(7 * 60, ...spans.map((s) => Math.floor(s.starts / 60) * 60))
  const until = Math.max(21 * 60, ...spans.map((s) => Math.ceil(s.ends / 60) * 60))
  return { from, until }
}

export type Place = { row: number; day: number; minute: number }

const within = (n: number, least: number, most: number): number => Math.max(least, Math.min(most, n))

/** Which row, day and minute a point of the drawing is at; outside, the nearest one. */
export function placeAt(frame: Frame, x: number, y: number): Place {
  const day = within(Math.floor(x / frame.dayWidth), 0, frame.days - 1)
  const minute = frame.from + (x - day * frame.dayWidth) / perMinute(frame)
  return {
    row: within(Math.floor(y / frame.rowHeight), 0, frame.rows - 1),
    day,
    minute: within(minute, frame.from, frame.until),
  }
}

const floored = (minute: number): number => Math.max(0, Math.floor(minute / STEP) * STEP)
const snapped = (minute: number): number => Math.round(minute / STEP) * STEP

export type Grip = 'new' | 'move' | 'starts' | 'ends'
/** What is being dragged: by which part, where it was taken, and the hours it had. */
export type Drag = { grip: Grip; at: Place; span: Span }
export type Dropped = Span & { row: number; day: number }

/**
 * Where hours would be if they were let go here. New hours grow from where one pressed, either way; an end follows the
 * pointer and stays a step from the other; a whole block keeps its length and stays within a day.
 */
export function dropAt(frame: Frame, drag: Drag, to: Place): Dropped {
  const { at, span } = drag
  if (drag.grip === 'move') {
    const length = span.ends - span.starts
    const grabbed = at.minute - span.starts
    const latest = floored(LAST - length)
    const starts = within(snapped(to.minute - grabbed), 0, latest)
    return { row: to.row, day: to.day, starts, ends: starts + length }
  }
  // A day away is past its edge.
  const minute = to.day < at.day ? frame.from : to.day > at.day ? frame.until : to.minute
  const here = snapped(minute)
  const { row, day } = at
  if (drag.grip === 'starts') return { row, day, starts: within(here, 0, floored(span.ends - STEP)), ends: span.ends }
  if (drag.grip === 'ends')
    return { row, day, starts: span.starts, ends: within(here, Math.min(span.starts + STEP, LAST), LAST) }
  const began = floored(at.minute)
  return here >= began
    ? { row, day, starts: began, ends: within(here, Math.min(began + STEP, LAST), LAST) }
    : { row, day, starts: here, ends: Math.min(began + STEP, LAST) }
}

/** Rows to draw: those in the window and some around it. */
export function rowsInView(
  { rows, rowHeight }: Pick<Frame, 'rows' | 'rowHeight'>,
  top: number,
  height: number,
  around = 4,
): { first: number; last: number } {
  const first = within(Math.floor(top / rowHeight) - around, 0, Math.max(0, rows - 1))
  return { first, last: within(Math.ceil((top + height) / rowHeight) + around, first, rows - 1) }
}

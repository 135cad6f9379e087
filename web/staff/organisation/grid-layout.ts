import type { GridColumn } from '../../../contracts/schedules.ts'
import { timeWords } from '../../ui/index.ts'

/** Minutes in one line of the drawing; every time begins and ends on one. */
export const TICK = 5

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** The whole hours around all times of the day, as minutes from midnight; undefined when there are none. */
export type Frame = { from: number; until: number }

export function frameOf(columns: readonly GridColumn[], zone: string): Frame | undefined {
  const slots = columns.flatMap((column) => column.slots)
  if (slots.length === 0) return undefined
  const starts = slots.map((slot) => minutesOf(timeWords(slot.startsAt, zone)))
  const ends = slots.map((slot) => endOf(slot, zone))
  return { from: Math.floor(Math.min(...starts) / 60) * 60, until: Math.ceil(Math.max(...ends) / 60) * 60 }
}

/** A time that ends at midnight ends at 24:00 and not at 0:00. */
function endOf(slot: { startsAt: string; endsAt: string }, zone: string): number {
  const end = minutesOf(timeWords(slot.endsAt, zone))
  return end > minutesOf(timeWords(slot.startsAt, zone)) ? end : end + 24 * 60
}

/** The lines of the drawing that a time takes, counted from 1 as CSS does. */
export function linesOf(slot: { startsAt: string; endsAt: string }, zone: string, frame: Frame): [number, number] {
  const line = (minutes: number) => Math.round((minutes - frame.from) / TICK) + 1
  const start = line(minutesOf(timeWords(slot.startsAt, zone)))
  return [start, Math.max(start + 1, line(endOf(slot, zone)))]
}

/** Full hours of the frame with their line. */
export function hoursOf(frame: Frame): { words: string; line: number }[] {
  const hours: { words: string; line: number }[] = []
  for (let minute = frame.from; minute < frame.until; minute += 60)
    hours.push({ words: `${String(minute / 60).padStart(2, '0')}:00`, line: (minute - frame.from) / TICK + 1 })
  return hours
}

export type Box = { left: number; top: number; right: number; bottom: number }
export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'

const middle = (box: Box) => ({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 })

/**
 * The nearest of the boxes that lies in a direction, seen from one of them; −1 when there is none. What is off to the
 * side counts twice, so that one goes straight where one can. Works for a drawing of columns and for lines of a phone.
 */
export function nearestIn(direction: Direction, from: Box, boxes: readonly Box[]): number {
  const start = middle(from)
  let [best, least] = [-1, Number.POSITIVE_INFINITY]
  boxes.forEach((box, index) => {
    const end = middle(box)
    const [dx, dy] = [end.x - start.x, end.y - start.y]
    const [ahead, aside] =
      direction === 'ArrowLeft'
        ? [-dx, dy]
        : direction === 'ArrowRight'
          ? [dx, dy]
          : direction === 'ArrowUp'
            ? [-dy, dx]
            : [dy, dx]
    if (ahead <= 1) return
    const distance = ahead + 2 * Math.abs(aside)
    if (distance < least) [best, least] = [index, distance]
  })
  return best
}

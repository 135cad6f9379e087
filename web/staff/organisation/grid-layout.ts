import type { GridColumn } from '../../../contracts/schedules.ts'
import { timeWords } from '../../ui/index.ts'

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/**
 * The whole hours around all times of the day, as minutes from midnight, and the length of the shortest time: it decides
 * how tall a minute is drawn.
 */
export type Frame = { from: number; until: number; shortest: number }

export function frameOf(columns: readonly GridColumn[], zone: string): Frame | undefined {
  const places = columns.flatMap((column) => column.slots).map((slot) => minutesIn(slot, zone))
  if (places.length === 0) return undefined
  return {
    from: Math.floor(Math.min(...places.map((p) => p.start)) / 60) * 60,
    until: Math.ceil(Math.max(...places.map((p) => p.start + p.length)) / 60) * 60,
    shortest: Math.min(...places.map((p) => p.length)),
  }
}

type Times = { startsAt: string; endsAt: string }

/** When a time begins, in minutes from midnight by the clocks of the place, and how long it is. */
function minutesIn({ startsAt, endsAt }: Times, zone: string): { start: number; length: number } {
  const length = Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / 60_000)
  return { start: minutesOf(timeWords(startsAt, zone)), length }
}

/** Where a time stands in the drawing: minutes from its top, and its length in minutes. */
export function placeOf(slot: Times, zone: string, frame: Frame): { from: number; length: number } {
  const { start, length } = minutesIn(slot, zone)
  return { from: start - frame.from, length }
}

/** Full hours of the frame, with minutes from its top. */
export function hoursOf(frame: Frame): { words: string; from: number }[] {
  const hours: { words: string; from: number }[] = []
  for (let minute = frame.from; minute < frame.until; minute += 60)
    hours.push({ words: `${String(minute / 60).padStart(2, '0')}:00`, from: minute - frame.from })
  return hours
}

/** Pixels for a minute: a quarter of an hour is a line of text, and the shortest time can still be pressed (24 px). */
export const minuteHeight = ({ shortest }: Frame): number => Math.max(2.4, 26 / shortest)

type Box = { left: number; top: number; right: number; bottom: number }
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

import type { Block } from './plan.ts'

/**
 * Where one is in the grid: a row, a day (-1: the doctor's name), and when the hours begin that one is at; null where the
 * day has none or one is at the name.
 */
export type Cursor = { row: number; day: number; starts: number | null }

/** How many rows and days there are, and what stands on a day. */
export type Field = { rows: number; days: number; blocksAt: (row: number, day: number) => readonly Block[] }

const within = (n: number, least: number, most: number): number => Math.max(least, Math.min(most, n))

/** A place that is there: hours that have gone give way to the nearest on that day. */
export function settled(field: Field, { row, day, starts }: Cursor): Cursor {
  const place = { row: within(row, 0, Math.max(0, field.rows - 1)), day: within(day, -1, field.days - 1) }
  const blocks = place.day < 0 ? [] : field.blocksAt(place.row, place.day)
  const near = blocks.toSorted((a, b) => Math.abs(a.starts - (starts ?? 0)) - Math.abs(b.starts - (starts ?? 0)))[0]
  return { ...place, starts: near?.starts ?? null }
}

/** The next place along the row: the hours of a day one after another, an empty day once. */
function along(field: Field, at: Cursor, by: 1 | -1): Cursor {
  const { row, day, starts } = at
  const here = day < 0 ? [] : field.blocksAt(row, day)
  const next = here[here.findIndex((b) => b.starts === starts) + by]
  if (starts !== null && next) return { ...at, starts: next.starts }
  const there = day + by
  if (there < -1 || there >= field.days) return at
  const blocks = there < 0 ? [] : field.blocksAt(row, there)
  return { row, day: there, starts: (by > 0 ? blocks[0] : blocks.at(-1))?.starts ?? null }
}

const PAGE = 10

/** Where a key leads; undefined for a key that leads nowhere. */
export function stepped(field: Field, at: Cursor, key: string): Cursor | undefined {
  const down = (by: number) => settled(field, { ...at, row: at.row + by })
  if (key === 'ArrowRight') return along(field, at, 1)
  if (key === 'ArrowLeft') return along(field, at, -1)
  if (key === 'ArrowDown') return down(1)
  if (key === 'ArrowUp') return down(-1)
  if (key === 'PageDown') return down(PAGE)
  if (key === 'PageUp') return down(-PAGE)
  if (key === 'Home') return { ...at, day: -1, starts: null }
  if (key === 'End') return settled(field, { ...at, day: field.days - 1, starts: null })
  return undefined
}

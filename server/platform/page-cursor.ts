import { Invalid } from '../../contracts/problems.ts'
import { isId } from '../../contracts/values.ts'
import { Problem } from './problem.ts'

/** Where a page ends in a list ordered by time and id: the next page continues below it (keyset paging). */
export type PageCursor = { at: Date; id: string }

/** A page's end as an opaque text for the address. */
export const writeCursor = (row: PageCursor): string => `${row.at.toISOString()}_${row.id}`

/** Reads a cursor back; throws Problem(Invalid) when it is not one of ours. */
export function readCursor(text: string | undefined): PageCursor | undefined {
  if (text === undefined) return undefined
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)_(.{36})$/.exec(text)
  const at = match ? new Date(match[1]!) : undefined
  if (!match || !at || Number.isNaN(at.getTime()) || !isId(match[2]!))
    throw new Problem(Invalid, { fields: [{ path: 'before', message: 'Неверная метка страницы' }] })
  return { at, id: match[2]! }
}

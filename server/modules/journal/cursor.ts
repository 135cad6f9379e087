import { Invalid } from '../../../contracts/problems.ts'
import { Problem } from '../../platform/problem.ts'
import type { Cursor } from './store.ts'

/** A page's end as an opaque text for the address: time and id of its last row. */
export const writeCursor = (row: { at: Date; id: string }): string => `${row.at.toISOString()}_${row.id}`

/** Reads a cursor back; throws Problem(Invalid) when it is not one of ours. */
export function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)_([0-9a-f-]{36})$/.exec(text)
  const at = match ? new Date(match[1]!) : undefined
  if (!match || !at || Number.isNaN(at.getTime())) throw new Problem(Invalid, { fields: [{ path: 'before', message: 'Неверная метка страницы' }] })
  return { at, id: match[2]! }
}

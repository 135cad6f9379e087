import { isPlainDate } from '../../contracts/formats.ts'
import type { CalendarDay } from '../modules/schedules/index.ts'

/**
 * Reads a production calendar: JSON, a list of `{ day, kind, like, name }`, or CSV with the columns day;kind;like;name (a
 * heading line is optional). `kind` is holiday, short or working; `like` is the weekday (1 = Monday) whose hours a
 * working weekend has. Throws an Error that names the line.
 */
export function readCalendar(text: string): CalendarDay[] {
  const rows = text.trimStart().startsWith('[') ? readJson(text) : readCsv(text)
  const days = rows.map((row, i) => dayOf(row, i + 1))
  const twice = days.find((d, i) => days.findIndex((other) => other.day === d.day) < i)
  if (twice) throw new Error(`${twice.day} stands twice`)
  return days
}

type Row = Record<string, unknown>

function readJson(text: string): Row[] {
  const rows: unknown = JSON.parse(text)
  if (!Array.isArray(rows) || rows.some((row) => typeof row !== 'object' || row === null))
    throw new Error('a list of days is expected')
  return rows as Row[]
}

function readCsv(text: string): Row[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
  const rows = lines.map((line) => {
    const [day, kind, like, ...name] = line.split(';')
    return {
      day: day?.trim(),
      kind: kind?.trim(),
      like: like?.trim() ? Number(like) : null,
      name: name.join(';').trim(),
    }
  })
  return rows[0]?.day === 'day' ? rows.slice(1) : rows
}

function dayOf({ day, kind, like = null, name = '' }: Row, line: number): CalendarDay {
  const refuse = (what: string) => new Error(`line ${line}: ${what}`)
  if (typeof day !== 'string' || !isPlainDate(day)) throw refuse(`«${String(day)}» is not a day`)
  if (kind !== 'holiday' && kind !== 'short' && kind !== 'working') throw refuse(`«${String(kind)}» is not a kind`)
  if (typeof name !== 'string') throw refuse('the name is not a text')
  if (kind === 'working' && !(Number.isInteger(like) && Number(like) >= 1 && Number(like) <= 7))
    throw refuse('a working weekend needs `like`: the weekday whose hours it has')
  return { day, kind, like: kind === 'working' ? Number(like) : null, name }
}

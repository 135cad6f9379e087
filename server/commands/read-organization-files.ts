import { CsvError, parse } from 'csv-parse/sync'
import { isPlainDate, isSnils } from '../../contracts/formats.ts'
import type { FileProblem, OrganizationFiles } from '../modules/organizations/index.ts'
import { isTimeZone } from '../platform/time.ts'

/** Throws an Error with what is wrong with the cell; undefined stands for an empty one. */
type Read<T> = (cell: string | undefined) => T
type Columns = Record<string, Read<unknown>>
type Row<C extends Columns> = { [K in keyof C]: ReturnType<C[K]> } & { line: number }

const text: Read<string> = (cell) => {
  if (cell === undefined) throw new Error('не заполнено')
  return cell
}
const optional: Read<string | null> = (cell) => cell ?? null
const matching =
  (form: RegExp, what: string): Read<string> =>
  (cell) => {
    if (!form.test(text(cell))) throw new Error(`«${text(cell)}» – не ${what}`)
    return text(cell)
  }
const number =
  (from: number, to: number): Read<number | null> =>
  (cell) => {
    if (cell === undefined) return null
    const value = Number(cell.replace(',', '.'))
    if (!(value >= from && value <= to)) throw new Error(`«${cell}» – не число от ${from} до ${to}`)
    return value
  }
const whole =
  (from: number, to: number): Read<number | null> =>
  (cell) => {
    const value = number(from, to)(cell)
    if (value !== null && !Number.isInteger(value)) throw new Error(`«${cell}» – не целое число`)
    return value
  }
const oneOf =
  <const T extends string>(...values: T[]): Read<T> =>
  (cell) => {
    const value = values.find((one) => one === cell)
    if (value === undefined) throw new Error(`«${cell ?? ''}» – нужно одно из: ${values.join(', ')}`)
    return value
  }
const day: Read<string> = (cell) => {
  if (!isPlainDate(text(cell))) throw new Error(`«${text(cell)}» – не дата (пишется 2026-03-01)`)
  return text(cell)
}
const zone: Read<string> = (cell) => {
  const name = text(cell)
  if (!isTimeZone(name)) throw new Error(`«${name}» – не часовой пояс (например, Europe/Moscow)`)
  return name
}
const snils: Read<string> = (cell) => {
  const digits = text(cell).replace(/[\s-]/g, '')
  // A СНИЛС is personal data and the message may be kept in a log: it names the line, never the number.
  if (!isSnils(digits)) throw new Error('СНИЛС не проходит проверку: в номере опечатка')
  return digits
}
const oid = matching(/^[0-2](\.(0|[1-9]\d*))+$/, 'OID')

// What each file holds; docs/operations describes it for people.
const files = {
  organizations: {
    oid,
    name: text,
    short_name: text,
    kind: oneOf(
      'polyclinic',
      'children-polyclinic',
      'hospital',
      'dental',
      'women-health',
      'dispensary',
      'rural-clinic',
    ),
    address: text,
    latitude: number(-90, 90),
    longitude: number(-180, 180),
    phone: optional,
    inn: matching(/^\d{10}$/, 'ИНН организации (10 цифр)'),
    ogrn: matching(/^\d{13}$/, 'ОГРН (13 цифр)'),
    license: optional,
    time_zone: zone,
    change_deadline_minutes: whole(0, 43_200),
  },
  departments: { organization_oid: oid, oid, name: text, address: optional },
  rooms: { department_oid: oid, number: text, floor: whole(-5, 200) },
  staff: {
    snils,
    last_name: text,
    first_name: text,
    middle_name: optional,
    sex: oneOf('male', 'female'),
    birth_date: day,
    department_oid: oid,
    position_code: text,
    specialty_code: optional,
    since: day,
    until: (cell) => (cell === undefined ? null : day(cell)),
  },
} satisfies Record<string, Columns>

export type FileName = keyof typeof files
/** Names of the files without their ending, in the order in which they refer to each other. */
export const fileNames = Object.keys(files) as FileName[]

/** UTF-8, or windows-1251 as spreadsheets of a Russian Windows write it. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1251').decode(bytes)
  }
}

/**
 * Reads organizations.csv, departments.csv, rooms.csv and staff.csv: `;` between columns, names of columns in the first
 * line, an empty cell for what is not known. A file that is not given is an empty one. Every mistake is told, not the first.
 */
export function readOrganizationFiles(given: Partial<Record<FileName, Uint8Array>>): {
  files: OrganizationFiles
  problems: FileProblem[]
} {
  const problems: FileProblem[] = []
  const read = <C extends Columns>(name: FileName, columns: C): Row<C>[] =>
    given[name] ? rowsOf(name, decoded(given[name]), columns, problems) : []
  return {
    files: {
      organizations: read('organizations', files.organizations),
      departments: read('departments', files.departments),
      rooms: read('rooms', files.rooms),
      staff: read('staff', files.staff),
    },
    problems,
  }
}

function rowsOf<C extends Columns>(name: FileName, source: string, columns: C, problems: FileProblem[]): Row<C>[] {
  const refuse = (line: number, what: string): void => void problems.push({ file: `${name}.csv`, line, text: what })
  const records = linesOf(source, refuse)
  if (!records) return []
  const headings = records.shift()?.cells ?? []
  const missing = Object.keys(columns).filter((column) => !headings.includes(column))
  if (missing.length > 0) {
    refuse(1, `в первой строке не хватает столбцов: ${missing.join(', ')}`)
    return []
  }
  return records.map(({ cells, line }) => {
    const row: Record<string, unknown> = { line }
    for (const [column, cell] of Object.entries(columns))
      try {
        row[column] = cell(cells[headings.indexOf(column)] || undefined)
      } catch (error) {
        refuse(line, `${column}: ${(error as Error).message}`)
      }
    return row as Row<C>
  })
}

function linesOf(
  source: string,
  refuse: (line: number, what: string) => void,
): { cells: string[]; line: number }[] | undefined {
  const options = { bom: true, delimiter: ';', trim: true, skip_empty_lines: true, info: true } as const
  try {
    const records = parse(source, options) as unknown as { record: string[]; info: { lines: number } }[]
    return records.map(({ record, info }) => ({ cells: record, line: info.lines }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    refuse(Number(error['lines'] ?? 1), error.message)
    return undefined
  }
}

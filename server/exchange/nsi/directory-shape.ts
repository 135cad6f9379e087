import * as T from 'typebox'
import { Compile } from 'typebox/compile'
import { directories } from '../../../contracts/terminology.ts'
import { isPlainDate } from '../../../contracts/values.ts'
import type { DirectoryRow } from '../../modules/terminology/index.ts'

/** A row of the НСИ: column → value; an empty column is absent. */
export type NsiRow = Readonly<Record<string, string>>

/** What of a passport an import needs; the rest is let through unread. */
export const Passport = T.Object({
  oid: T.String(),
  version: T.String({ minLength: 1 }),
  rowsCount: T.Integer({ minimum: 0 }),
  fullName: T.Optional(T.Union([T.String(), T.Null()])),
  shortName: T.Optional(T.Union([T.String(), T.Null()])),
  publishDate: T.Optional(T.Union([T.String(), T.Null()])),
  lastUpdate: T.Optional(T.Union([T.String(), T.Null()])),
  keys: T.Array(T.Object({ field: T.String(), type: T.String() })),
  fields: T.Optional(T.Array(T.Object({ field: T.String() }))),
})
export type Passport = T.Static<typeof Passport>

const passportValidator = Compile(Passport)
const oidPattern = /^[0-2](\.(0|[1-9]\d*))+$/

/** Something that is not shaped as the НСИ's directories are; the message is a sentence in Russian. */
export class UnknownShape extends Error {}

/** Takes a passport out of what came. Throws UnknownShape naming what is wrong with it. */
export function passportOf(value: unknown): Passport {
  if (!passportValidator.Check(value)) {
    const where = [...passportValidator.Errors(value)].map((error) => error.instancePath.slice(1)).find(Boolean)
    throw new UnknownShape(`паспорт справочника не такой, как в НСИ${where ? `: поле ${where}` : ''}`)
  }
  if (!oidPattern.test(value.oid)) throw new UnknownShape(`«${value.oid.slice(0, 60)}» — не OID`)
  return value
}

/** Which columns of a directory are what; `name` is put together of several where one is not enough. */
export type Columns = { key: string; code: string; name: readonly string[]; parent: string | undefined }

const НСИ = '1.2.643.5.1.13.13'

/**
 * Directories whose passport does not say what documents quote. Source: НСИ's list of columns to show for СЭМД, and,
 * for passports without a VALUE column, the directories themselves.
 */
const exceptions: Readonly<Record<string, { code?: string; name?: readonly string[] }>> = {
  [directories.icd10]: { code: 'MKB_CODE' },
  [directories.services]: { code: 'S_CODE' },
  [`${НСИ}.11.1077`]: { name: ['FULL_NAME'] },
  [`${НСИ}.11.1078`]: { name: ['TRADENAME', 'DRUGFORM', 'DOZA'] },
  [`${НСИ}.11.1080`]: { name: ['FULLNAME'] },
  [`${НСИ}.11.1358`]: { name: ['SHORTNAME'] },
  [`${НСИ}.11.1379`]: { code: 'CODE' },
  [`${НСИ}.11.1471`]: { name: ['FULLNAME'] },
  [`${НСИ}.99.2.197`]: { code: 'CODE' },
  [`${НСИ}.99.2.206`]: { name: ['SUBJECT'] },
  [`${НСИ}.99.2.368`]: { code: 'CODE_ROLE' },
  [`${НСИ}.99.2.611`]: { name: ['standard_inn', 'standard_form', 'standard_doze'] },
  [`${НСИ}.99.2.713`]: { name: ['NAME_FORM'] },
}

/**
 * Finds the columns of a directory by its passport. A passport without a VALUE column gives the column called a name,
 * or the only one beside the key. Throws UnknownShape when that finds nothing.
 */
export function columnsOf(oid: string, passport: Passport): Columns {
  const keyed = (type: string) => passport.keys.find((key) => key.type === type)?.field
  const exception = exceptions[oid]
  const key = keyed('PRIMARY')
  if (!key) throw new UnknownShape('в паспорте не названо ключевое поле (PRIMARY)')
  const value = keyed('VALUE')
  const name = exception?.name ?? [value ?? guessedName(key, passport)]
  return { key, code: exception?.code ?? key, name, parent: keyed('FOREIGN') }
}

function guessedName(key: string, passport: Passport): string {
  const columns = (passport.fields ?? []).map(({ field }) => field).filter((column) => column !== key)
  const named = columns.find((column) => /^(s_|full_?|short_?)?name/i.test(column))
  const found = named ?? (columns.length === 1 ? columns[0] : undefined)
  if (!found) throw new UnknownShape('непонятно, в каком поле название (VALUE)')
  return found
}

const isIcd10Rubric = (code: string): boolean => /^[A-Z]\d{2}(\.\d{1,2})?$/.test(code)

/** Whether a row may be chosen: it is in force, has a code of its own, and is no class or block of МКБ-10. */
function isSelectable(oid: string, code: string | undefined, row: NsiRow): boolean {
  const inForce = ['ACTUAL', 'Actual', 'REL'].every((column) => !['0', 'false'].includes(row[column] ?? ''))
  const obsolete = row['TESTSTATUS'] === 'Устаревший'
  return code !== undefined && inForce && !obsolete && (oid !== directories.icd10 || isIcd10Rubric(code))
}

const SYNONYMS = /^(syn|synonyms?|related|shortname|tn|groupname)$/i

const LONGEST_CODE = 200

/** A row of the НСИ as the terminology keeps it. Throws UnknownShape when the row has no key, or a text as one. */
export function rowOf(oid: string, columns: Columns, row: NsiRow): DirectoryRow {
  const key = row[columns.key]
  if (!key) throw new UnknownShape(`строка без ключа ${columns.key}`)
  const code = row[columns.code]?.trim() || undefined
  if (key.length > LONGEST_CODE || (code ?? '').length > LONGEST_CODE)
    throw new UnknownShape(`код длиннее ${LONGEST_CODE} знаков: «${(code ?? key).slice(0, 40)}…»`)
  const name = columns.name.flatMap((column) => (row[column] && row[column] !== '~' ? [row[column]] : [])).join(', ')
  const otherName = Object.entries(row).find(([column, value]) => /name/i.test(column) && value)?.[1]
  return {
    code: code ?? key,
    name: (name || otherName || code || key).replace(/\s+/g, ' ').trim(),
    key,
    parentKey: (columns.parent && row[columns.parent]) || null,
    isSelectable: isSelectable(oid, code, row),
    synonyms: Object.entries(row).flatMap(([column, value]) => (SYNONYMS.test(column) ? [value] : [])),
    fields: row,
  }
}

/** A cell as text that PostgreSQL can keep; absent when empty. */
function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD')
}

/** A row that came as an object of columns. Throws UnknownShape for anything else. */
export function rowFromObject(value: unknown): NsiRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UnknownShape('строка справочника — не набор полей')
  return rowFromCells(Object.entries(value))
}

/** A row out of pairs of column and value. */
export function rowFromCells(cells: Iterable<readonly [column: string, value: unknown]>): NsiRow {
  const row: Record<string, string> = {}
  for (const [column, value] of cells) {
    if (typeof value === 'object' && value !== null) throw new UnknownShape(`в поле ${column} не текст`)
    const text = textOf(value)
    if (text !== undefined) row[column] = text
  }
  return row
}

/** The day of «03.11.2023 12:48» or of an ISO instant, 'YYYY-MM-DD'; null for anything else. */
export function publishedAtOf(passport: Passport): string | null {
  const text = passport.publishDate ?? passport.lastUpdate ?? ''
  const m = /^(\d{2})\.(\d{2})\.(\d{4})/.exec(text)
  const day = m ? `${m[3]}-${m[2]}-${m[1]}` : text.slice(0, 10)
  return isPlainDate(day) ? day : null
}

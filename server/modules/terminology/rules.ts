import { alsoCalled } from './also-called.ts'

/** A row of a directory as a source gives it, in our words. `fields` are the source's columns as they came. */
export type DirectoryRow = {
  code: string
  name: string
  /** The source's own key of the row, by which other rows name it as their parent. */
  key: string
  parentKey: string | null
  /** Abolished rows and headings are kept, but nobody may choose them. */
  isSelectable: boolean
  synonyms: readonly string[]
  fields: Readonly<Record<string, string>>
}

/** A directory row with the source's other rows under the same code. */
export type CodedRow = Omit<DirectoryRow, 'fields'> & { sourceRows: readonly Readonly<Record<string, string>>[] }

/** A row of a source as it is kept: with everyday words for its code among the synonyms. */
export const codedRow = (oid: string, { fields, ...row }: DirectoryRow): CodedRow => ({
  ...row,
  synonyms: [...row.synonyms, ...alsoCalled(oid, row.code, row.name)],
  sourceRows: [fields],
})

/**
 * One row for a code that a source uses twice (804н keeps abolished services under reused codes): the one in force, or
 * the earlier read when both are. The other's fields stay behind it, so that nothing is lost.
 */
export const oneOfTwo = (first: CodedRow, second: CodedRow): CodedRow => {
  const [kept, other] = second.isSelectable && !first.isSelectable ? [second, first] : [first, second]
  return { ...kept, sourceRows: [...kept.sourceRows, ...other.sourceRows] }
}

/** Rows with every code once. */
export function rowsByCode(rows: readonly CodedRow[]): Map<string, CodedRow> {
  const byCode = new Map<string, CodedRow>()
  for (const row of rows) {
    const known = byCode.get(row.code)
    byCode.set(row.code, known ? oneOfTwo(known, row) : row)
  }
  return byCode
}

/** The version of the starter set: older than any that the НСИ has published. */
export const STARTER_VERSION = '0.starter'

const partsOf = (version: string): number[] =>
  version.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : -1))

/** Whether version `a` of a directory was published after `b`: parts compare as numbers, «12.14» is after «12.9». */
export function versionIsNewer(a: string, b: string): boolean {
  const [left, right] = [partsOf(a), partsOf(b)]
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i] ?? -1, right[i] ?? -1]
    if (x !== y) return x > y
  }
  return false
}

import { directories } from '../../../contracts/terminology.ts'
import type { Work } from '../../platform/work.ts'
import { conceptsByCodes } from '../terminology/index.ts'
import { hasPlainTitle, specialtyTitle } from './specialty-title.ts'
import type { StaffRow } from './store.ts'

/** A member of staff: a position that a person holds at an organisation. `id` is the position's (practitioner_role). */
export type StaffMember = StaffRow & {
  /** «Иванова Анна Сергеевна». */
  name: string
  /** «Иванова А. С.». */
  shortName: string
  /** The plain word for people: «Терапевт»; null when the position has no specialty. */
  specialtyTitle: string | null
  /** The position's name in the directory; its code when the directory is not loaded. */
  position: string
}

type PersonName = Pick<StaffRow, 'lastName' | 'firstName' | 'middleName'>

const fullName = (p: PersonName): string => [p.lastName, p.firstName, p.middleName].filter(Boolean).join(' ')

/** «Иванова Анна Сергеевна» → «Иванова А. С.». */
export const shortName = (p: PersonName): string =>
  [p.lastName, ...[p.firstName, p.middleName].flatMap((n) => (n ? [`${[...n][0]}.`] : []))].join(' ')

/**
 * Gives codes their words: positions from НСИ …11.1002, specialties from our plain words and only for the rest from
 * …11.1066. One packet to the database, none when nobody is asked for. A code that no directory knows stays a code.
 */
export async function describeStaff(work: Work, rows: readonly StaffRow[]): Promise<StaffMember[]> {
  if (rows.length === 0) return []
  const unknown = rows.flatMap(({ specialtyCode: code }) => (code === null || hasPlainTitle(code) ? [] : [code]))
  const [positions, specialties] = await Promise.all([
    conceptsByCodes(work, directories.positions, [...new Set(rows.map((row) => row.positionCode))]),
    unknown.length > 0 ? conceptsByCodes(work, directories.specialties, [...new Set(unknown)]) : undefined,
  ])
  return rows.map((row) => ({
    ...row,
    name: fullName(row),
    shortName: shortName(row),
    specialtyTitle:
      row.specialtyCode === null ? null : specialtyTitle(row.specialtyCode, specialties?.get(row.specialtyCode)?.name),
    position: positions.get(row.positionCode)?.name ?? row.positionCode,
  }))
}

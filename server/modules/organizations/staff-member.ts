import { directories } from '../../../contracts/terminology.ts'
import type { Work } from '../../platform/work.ts'
import { conceptsByCodes } from '../terminology/index.ts'
import { hasPlainTitle, specialtyTitle } from './specialty-title.ts'
import type { StaffRow } from './store.ts'

/** A member of staff by name, as people meet them. `id` is the position's (practitioner_role). */
export type StaffName = StaffRow & {
  /** «Иванова Анна Сергеевна». */
  name: string
  /** «Иванова А. С.». */
  shortName: string
  /** The plain word for people: «Терапевт»; null when the position has no specialty. */
  specialtyTitle: string | null
}

/** A member of staff: a position that a person holds at an organisation. */
export type StaffMember = StaffName & {
  /** The position's name in the directory; its code when the directory is not loaded. */
  position: string
}

type PersonName = Pick<StaffRow, 'lastName' | 'firstName' | 'middleName'>

const fullName = (p: PersonName): string => [p.lastName, p.firstName, p.middleName].filter(Boolean).join(' ')

/** «Иванова Анна Сергеевна» → «Иванова А. С.». */
export const shortName = (p: PersonName): string =>
  [p.lastName, ...[p.firstName, p.middleName].flatMap((n) => (n ? [`${[...n][0]}.`] : []))].join(' ')

/**
 * Gives specialties their words: ours, and only for the rest those of НСИ …11.1066. The database is asked for the rest
 * only. A code that no directory knows stays a code.
 */
export async function nameStaff(work: Work, rows: readonly StaffRow[]): Promise<StaffName[]> {
  const unknown = rows.flatMap(({ specialtyCode: code }) => (code === null || hasPlainTitle(code) ? [] : [code]))
  const specialties =
    unknown.length > 0 ? await conceptsByCodes(work, directories.specialties, [...new Set(unknown)]) : undefined
  return rows.map((row) => ({
    ...row,
    name: fullName(row),
    shortName: shortName(row),
    specialtyTitle:
      row.specialtyCode === null ? null : specialtyTitle(row.specialtyCode, specialties?.get(row.specialtyCode)?.name),
  }))
}

/** The same with positions named by НСИ …11.1002. One packet to the database, none when nobody is asked for. */
export async function describeStaff(work: Work, rows: readonly StaffRow[]): Promise<StaffMember[]> {
  if (rows.length === 0) return []
  const [named, positions] = await Promise.all([
    nameStaff(work, rows),
    conceptsByCodes(work, directories.positions, [...new Set(rows.map((row) => row.positionCode))]),
  ])
  return named.map((row) => ({ ...row, position: positions.get(row.positionCode)?.name ?? row.positionCode }))
}

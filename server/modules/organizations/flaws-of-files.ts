import { directories } from '../../../contracts/terminology.ts'
import type { Work } from '../../platform/work.ts'
import { selectableByCodes } from '../terminology/index.ts'
import { keyOfLine, type Line, type OrganizationFiles, type StaffLine } from './organization-files.ts'
import { departmentsByOid, organizationsByOid } from './store-import.ts'

/** A mistake in a file; `line` as an editor counts it. */
export type FileProblem = { file: string; line: number; text: string }

/** What is wrong with the files, every line of it: they contradict themselves, the register or the directories. */
export async function flawsOfFiles(work: Work, files: OrganizationFiles): Promise<FileProblem[]> {
  return [
    ...linesThatStandTwice(files),
    ...(await wrongReferences(work, files)),
    ...peopleThatCannotBe(files),
    ...(await unknownCodes(work, files)),
  ]
}

const refuse = (file: keyof OrganizationFiles, wrong: readonly Line[], text: string): FileProblem[] =>
  wrong.map(({ line }) => ({ file: `${file}.csv`, line, text }))

const linesThatStandTwice = (files: OrganizationFiles): FileProblem[] => [
  ...refuse(
    'organizations',
    twice(files.organizations, ({ oid }) => oid),
    'этот OID встречается дважды',
  ),
  ...refuse(
    'departments',
    twice(files.departments, ({ oid }) => oid),
    'этот OID встречается дважды',
  ),
  ...refuse(
    'rooms',
    twice(files.rooms, (r) => `${r.department_oid} ${r.number}`),
    'этот кабинет встречается дважды',
  ),
  ...refuse('staff', twice(files.staff, keyOfLine), 'эта должность этого человека встречается дважды'),
]

/** Lines that refer to what is neither registered nor in the files, or take a department elsewhere. */
async function wrongReferences(work: Work, files: OrganizationFiles): Promise<FileProblem[]> {
  const [knownOrganizations, knownDepartments] = await Promise.all([organizationsByOid(work), departmentsByOid(work)])
  const organizations = new Set([...knownOrganizations.keys(), ...files.organizations.map(({ oid }) => oid)])
  const departments = new Set([...knownDepartments.keys(), ...files.departments.map(({ oid }) => oid)])
  const homeless = files.departments.filter((d) => !organizations.has(d.organization_oid))
  const moved = files.departments.filter(
    (d) => (knownDepartments.get(d.oid)?.organizationOid ?? d.organization_oid) !== d.organization_oid,
  )
  const nowhere = <T extends Line & { department_oid: string }>(lines: readonly T[]): T[] =>
    lines.filter((line) => !departments.has(line.department_oid))
  return [
    ...refuse('departments', homeless, 'нет организации с таким organization_oid'),
    ...refuse(
      'departments',
      moved,
      'это подразделение другой организации, и его кабинеты и сотрудники остались бы там',
    ),
    ...refuse('rooms', nowhere(files.rooms), 'нет подразделения с таким department_oid'),
    ...refuse('staff', nowhere(files.staff), 'нет подразделения с таким department_oid'),
  ]
}

function peopleThatCannotBe({ staff }: OrganizationFiles): FileProblem[] {
  const people = new Map(staff.map((s) => [s.snils, s]))
  const isSamePerson = (a: StaffLine, b: StaffLine): boolean =>
    (['last_name', 'first_name', 'middle_name', 'sex', 'birth_date'] as const).every((field) => a[field] === b[field])
  const differ = staff.filter((s) => !isSamePerson(s, people.get(s.snils)!))
  const gone = staff.filter((s) => s.until !== null && s.until < s.since)
  return [
    ...refuse('staff', differ, 'в другой строке тот же СНИЛС, а имя, пол или дата рождения другие'),
    ...refuse('staff', gone, 'until раньше, чем since'),
  ]
}

function twice<T>(lines: readonly T[], keyOf: (line: T) => string): T[] {
  const seen = new Set<string>()
  return lines.filter((line) => seen.size === seen.add(keyOf(line)).size)
}

/** Codes of positions and specialties that the loaded directories do not offer. */
async function unknownCodes(work: Work, { staff }: OrganizationFiles): Promise<FileProblem[]> {
  const offered = async (oid: string, codes: readonly (string | null)[]) =>
    new Set((await selectableByCodes(work, oid, [...new Set(codes.filter((code) => code !== null))])).keys())
  const [positions, specialties] = await Promise.all([
    offered(
      directories.positions,
      staff.map((s) => s.position_code),
    ),
    offered(
      directories.specialties,
      staff.map((s) => s.specialty_code),
    ),
  ])
  const unknown = (line: number, field: string, code: string, oid: string): FileProblem => ({
    file: 'staff.csv',
    line,
    text: `${field}: кода «${code}» нет в загруженном справочнике ${oid} (rmis import nsi)`,
  })
  return staff.flatMap((s) => [
    ...(positions.has(s.position_code)
      ? []
      : [unknown(s.line, 'position_code', s.position_code, directories.positions)]),
    ...(s.specialty_code === null || specialties.has(s.specialty_code)
      ? []
      : [unknown(s.line, 'specialty_code', s.specialty_code, directories.specialties)]),
  ])
}

import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { WrongSetting } from '../config.ts'
import { FilesRefused, updateOrganizations, type FileProblem, type Updated } from '../modules/organizations/index.ts'
import { perform, system } from '../platform/perform.ts'
import type { Platform } from '../platform/platform.ts'
import { withPlatform } from './open-platform.ts'
import { fileNames, readOrganizationFiles, type FileName } from './read-organization-files.ts'

const usage = `rmis import organizations <folder>   organizations.csv, departments.csv, rooms.csv, staff.csv (those that are there)
`
const operation = { name: 'organizations.import', journal: 'change' } as const
const words: Record<keyof Updated, string> = {
  organizations: 'Организации',
  departments: 'Подразделения',
  rooms: 'Кабинеты',
  staff: 'Должности сотрудников',
}
/** More mistakes than this are counted and not told: somebody has to read them. */
const TOLD = 50

/**
 * `rmis import organizations`: organisations, departments, rooms and staff from a folder of CSV files (docs/operations). All
 * or nothing, may be repeated. Exit code: 0 done, 1 something in the files is wrong, 2 the command was not understood.
 */
export async function importOrganizationsCommand(args: readonly string[]): Promise<void> {
  const [folder, ...more] = args
  if (folder === undefined || folder.startsWith('-') || more.length > 0) {
    process.stderr.write(usage)
    process.exitCode = 2
    return
  }
  const given = await filesOf(folder)
  const outcome = await withPlatform((platform) => putFiles(platform, given))
  if ('problems' in outcome) {
    process.stderr.write(wordsOfProblems(outcome.problems))
    process.exitCode = 1
    return
  }
  for (const [what, { added, changed, same }] of Object.entries(outcome.updated))
    process.stdout.write(
      `${words[what as keyof Updated]}: добавлено ${added}, изменено ${changed}, без изменений ${same}\n`,
    )
}

/** Reads the files and brings the register to them; nothing is written when a line is wrong. */
export async function putFiles(
  platform: Platform,
  given: Partial<Record<FileName, Uint8Array>>,
): Promise<{ updated: Updated } | { problems: readonly FileProblem[] }> {
  const { files, problems } = readOrganizationFiles(given)
  if (problems.length > 0) return { problems }
  try {
    return { updated: await perform(platform, system, operation, (work) => updateOrganizations(work, files)) }
  } catch (error) {
    if (error instanceof FilesRefused) return { problems: error.problems }
    throw error
  }
}

async function filesOf(folder: string): Promise<Partial<Record<FileName, Uint8Array>>> {
  const given: Partial<Record<FileName, Uint8Array>> = {}
  for (const name of fileNames)
    try {
      given[name] = await readFile(path.join(folder, `${name}.csv`))
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOENT') throw new WrongSetting(`«${name}.csv» cannot be read`)
    }
  if (Object.keys(given).length === 0)
    throw new WrongSetting(`«${folder}» holds none of ${fileNames.map((name) => `${name}.csv`).join(', ')}`)
  return given
}

function wordsOfProblems(problems: readonly FileProblem[]): string {
  const told = problems.slice(0, TOLD).map(({ file, line, text }) => `${file}, строка ${line}: ${text}`)
  const more = problems.length > TOLD ? [`и ещё ${problems.length - TOLD}`] : []
  return [...told, ...more, 'Ничего не записано.', ''].join('\n')
}

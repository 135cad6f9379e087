import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Code } from '../codes.ts'

type Directory = { passport: { fullName: string }; rows: Record<string, string>[] }

const folder = path.resolve('../shared/data/nsi/dir')
const files = existsSync(folder) ? readdirSync(folder) : []
const read = new Map<string, Directory>()

/** Whether the directories of the НСИ are there to compare with. */
export const haveDirectories = files.length > 0

/** Of version 5.2 of «Источники оплаты медицинской помощи» the rows are not among the files. */
const withoutFile = '1.2.643.5.1.13.13.11.1039'
// By which column a directory is quoted in a CDA document, where it is not the primary key.
const codeColumns: Readonly<Record<string, string>> = {
  '1.2.643.5.1.13.13.11.1005': 'MKB_CODE',
  '1.2.643.5.1.13.13.11.1070': 'S_CODE',
}

/** Whether a coded value stands in its directory, in that version, under that name. */
export function standsInDirectory({ code, system, version, systemName, name }: Code): boolean {
  if (system === withoutFile) return version === '5.2'
  const directory = directoryOf(system, version)
  if (!directory || directory.passport.fullName !== systemName) return false
  const column = codeColumns[system]
  return directory.rows.some(
    (row) =>
      (column ? row[column] : (row['CODE'] ?? row['ID'] ?? row['RECID'])) === code && Object.values(row).includes(name),
  )
}

function directoryOf(system: string, version: string): Directory | undefined {
  const file = files.find((name) => name.startsWith(`${system}_${version}.json`))
  if (!file) return undefined
  const known = read.get(file)
  if (known) return known
  const bytes = readFileSync(path.join(folder, file))
  const directory = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as Directory
  read.set(file, directory)
  return directory
}

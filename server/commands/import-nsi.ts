import { stat } from 'node:fs/promises'
import { WrongSetting } from '../config.ts'
import { importFolder, importOnline, type ImportLine, type Progress } from '../exchange/nsi/index.ts'
import { withPlatform } from './open-platform.ts'

const usage = `rmis import nsi <folder>
rmis import nsi --online OID…
`

/**
 * `rmis import nsi`: loads directories from a folder of files or from the НСИ's REST service, showing progress and a
 * closing table. Exit code: 0 everything is in, 1 something could not be imported, 2 the command was not understood.
 */
export async function importNsiCommand(args: readonly string[]): Promise<void> {
  const [what, ...rest] = args
  const online = rest[0] === '--online'
  const oids = rest.slice(1)
  if (what !== 'nsi' || (online ? !areOids(oids) : rest.length !== 1 || rest[0]!.startsWith('-'))) {
    process.stderr.write(usage)
    process.exitCode = 2
    return
  }
  if (!online) await requireFolder(rest[0]!)
  const lines = await withPlatform((platform, config) => {
    if (!online) return importFolder(platform, rest[0]!, progress())
    const { url, userKey } = config.nsi
    if (!userKey) throw new WrongSetting('RMIS_NSI_USER_KEY is required: the key given to the system by НСИ')
    return importOnline(platform, { url, userKey }, oids, progress())
  })
  process.stdout.write(closingTable(lines))
  process.exitCode = lines.length === 0 || lines.some((line) => line.outcome === 'failed') ? 1 : 0
}

const areOids = (texts: readonly string[]): boolean => texts.length > 0 && texts.every((t) => /^[0-2](\.\d+)+$/.test(t))

async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined)
  if (!found?.isDirectory()) throw new WrongSetting(`«${folder}» is not a folder`)
}

/** On a terminal one line that changes; in a log one line for each directory. */
function progress(): Progress {
  let shown = 0
  return ({ number, of, name, loaded, total }) => {
    const line = `${number} из ${of}  ${clipped(name, 60)}  ${loaded} из ${total}`
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[2K${line}`)
    else if (loaded === total && number > shown) process.stdout.write(`${line}\n`)
    if (loaded === total) shown = number
  }
}

const clipped = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text

const outcomes: Readonly<Record<ImportLine['outcome'], string>> = {
  current: 'введён в действие',
  older: 'в архиве: есть новее',
  known: 'уже загружен',
  failed: 'не загружен',
}

/** The closing table: a line for each directory, those that failed last, and the sums. */
export function closingTable(lines: readonly ImportLine[]): string {
  const cells = lines
    .toSorted((a, b) => Number(a.outcome === 'failed') - Number(b.outcome === 'failed'))
    .map((line) => [
      line.oid,
      line.version,
      String(line.rows),
      line.reason ? `${outcomes[line.outcome]}: ${line.reason}` : outcomes[line.outcome],
      clipped(line.name, 70),
    ])
  const widths = [0, 1, 2, 3].map((i) => Math.max(0, ...cells.map((row) => row[i]!.length)))
  const table = cells.map((row) =>
    row
      .map((cell, i) => (i === 2 ? cell.padStart(widths[i]!) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
  const failed = lines.filter((line) => line.outcome === 'failed').length
  const rows = lines.reduce((sum, line) => sum + line.rows, 0)
  const summary = `Справочников: ${lines.length}, прочитано строк: ${rows}, не загружено справочников: ${failed}.`
  return `${process.stdout.isTTY ? '\r\x1b[2K' : ''}${[...table, '', summary].join('\n')}\n`
}

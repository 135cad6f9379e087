import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { DirectoryContent } from '../../modules/terminology/index.ts'
import { columnsOf, passportOf, publishedAtOf, rowFromObject, rowOf, UnknownShape } from './directory-shape.ts'

const unpack = promisify(gunzip)
/** A directory file is not larger than this, unpacked: the biggest of the НСИ is 30 MB. */
const LARGEST = 400 * 1024 * 1024
const BATCH = 2000

/** Files of a folder and its subfolders that may hold a directory, in order of names. INDEX.json is a list, not one of them. */
export async function directoryFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /\.json(\.gz)?$/i.test(entry.name) && entry.name !== 'INDEX.json')
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}

/** Reads a file of one directory, {passport, rows[]}, packed or not. Throws UnknownShape with what is wrong. */
export async function readDirectoryFile(file: string): Promise<DirectoryContent> {
  if ((await stat(file)).size > LARGEST) throw new UnknownShape('файл слишком велик для справочника')
  const bytes = await readFile(file)
  const name = path.basename(file)
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  return directoryOf(parse(await unpacked(name, bytes)), name, `${name} sha256:${digest}`)
}

async function unpacked(name: string, bytes: Buffer): Promise<string> {
  if (!/\.gz$/i.test(name)) return bytes.toString('utf8')
  try {
    return (await unpack(bytes, { maxOutputLength: LARGEST })).toString('utf8')
  } catch {
    throw new UnknownShape('архив повреждён или слишком велик')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw new UnknownShape('это не JSON')
  }
}

/**
 * A parsed file as content to import. A directory has more than one OID in the НСИ, and documents quote the one it is
 * asked for by, so a file called <OID>_<version> is kept under that OID though its passport may name the other.
 */
export function directoryOf(value: unknown, fileName: string, source: string): DirectoryContent {
  const file = value as { passport?: unknown; rows?: unknown } | null
  if (typeof file !== 'object' || !file?.passport || !Array.isArray(file.rows))
    throw new UnknownShape('в файле нет паспорта и строк справочника (passport, rows)')
  const passport = passportOf(file.passport)
  const named = /^([0-2](?:\.\d+)+)_([^_]+)\.json(\.gz)?$/i.exec(fileName)
  const oid = named && named[2] === passport.version ? named[1]! : passport.oid
  const columns = columnsOf(oid, passport)
  const rows = file.rows.map((row) => rowOf(oid, columns, rowFromObject(row)))
  return {
    oid,
    version: passport.version,
    name: passport.fullName || passport.shortName || oid,
    publishedAt: publishedAtOf(passport),
    rowCount: passport.rowsCount,
    source,
    *rowsFrom(offset) {
      for (let i = offset; i < rows.length; i += BATCH) yield rows.slice(i, i + BATCH)
    },
  }
}

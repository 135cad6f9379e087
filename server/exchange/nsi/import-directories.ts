import path from 'node:path'
import {
  importDirectory,
  ImportRefused,
  refreshStatistics,
  type DirectoryContent,
} from '../../modules/terminology/index.ts'
import type { Platform } from '../../platform/platform.ts'
import { directoryFiles, readDirectoryFile } from './directory-file.ts'
import { UnknownShape } from './directory-shape.ts'
import { NsiUnavailable, type NsiSettings } from './nsi-service.ts'
import { onlineDirectory, VersionChanged } from './online-directory.ts'

/** One line of the closing table. `name` is the directory's, or the file's when it could not be read. */
export type ImportLine = {
  oid: string
  version: string
  name: string
  rows: number
  outcome: 'current' | 'older' | 'known' | 'failed'
  /** Why it failed, a sentence in Russian. */
  reason?: string
}

/** Told as an import goes: which of how many directories, its name, rows so far and in all. */
export type Progress = (step: { number: number; of: number; name: string; loaded: number; total: number }) => void

/** Imports every directory of a folder, one after another. What cannot be imported is a line, and the rest goes on. */
export async function importFolder(platform: Platform, folder: string, tell: Progress): Promise<ImportLine[]> {
  const files = await directoryFiles(folder)
  return each(platform, files, (file, say) => importOne(platform, () => readDirectoryFile(file), say), tell)
}

/**
 * Imports directories from the НСИ's REST service, one after another. A version that changes while it is read is left
 * half-loaded, never current, and the new one is read instead; the third change in a row is a failure.
 */
export async function importOnline(
  platform: Platform,
  settings: NsiSettings,
  oids: readonly string[],
  tell: Progress,
): Promise<ImportLine[]> {
  return each(platform, oids, (oid, say) => importNewest(platform, settings, oid, say), tell)
}

async function importNewest(platform: Platform, settings: NsiSettings, oid: string, say: Say): Promise<ImportLine> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await importOne(platform, () => onlineDirectory(settings, oid), say)
    } catch (error) {
      if (!(error instanceof VersionChanged) || attempt === 3) throw error
    }
  }
}

type Say = (name: string, loaded: number, total: number) => void

async function importOne(platform: Platform, read: () => Promise<DirectoryContent>, say: Say): Promise<ImportLine> {
  const content = await read()
  const { oid, version, name } = content
  const { rows, outcome } = await importDirectory(platform, content, (loaded, total) => say(name, loaded, total))
  return { oid, version, name, rows, outcome }
}

async function each(
  platform: Platform,
  items: readonly string[],
  run: (item: string, say: Say) => Promise<ImportLine>,
  tell: Progress,
): Promise<ImportLine[]> {
  const lines: ImportLine[] = []
  for (const [i, item] of items.entries()) {
    const say: Say = (name, loaded, total) => tell({ number: i + 1, of: items.length, name, loaded, total })
    lines.push(await run(item, say).catch((error: Error) => failure(platform, path.basename(item), error)))
  }
  await refreshStatistics(platform.db)
  return lines
}

/** What the outside can do wrong explains itself; a bug of ours is logged whole. Either way the rest goes on. */
function failure(platform: Platform, name: string, error: Error): ImportLine {
  const expected = [UnknownShape, ImportRefused, NsiUnavailable, VersionChanged].some((kind) => error instanceof kind)
  if (!expected) platform.log.error({ err: error, directory: name }, 'a directory could not be imported')
  const reason = expected ? error.message : `внутренняя ошибка: ${error.message.slice(0, 200)}`
  return { oid: '', version: '', name, rows: 0, outcome: 'failed', reason }
}

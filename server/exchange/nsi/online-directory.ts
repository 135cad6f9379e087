import type { DirectoryContent, DirectoryRow } from '../../modules/terminology/index.ts'
import { columnsOf, publishedAtOf, rowOf, UnknownShape, type Passport } from './directory-shape.ts'
import { fetchPage, fetchPassport, PAGE_ROWS, type NsiSettings } from './nsi-service.ts'

/** The НСИ has published another version while this one was being read. */
export class VersionChanged extends Error {}

/** The newest version of a directory as content to import, read page by page as it is needed. */
export async function onlineDirectory(settings: NsiSettings, oid: string): Promise<DirectoryContent> {
  const passport = await fetchPassport(settings, oid)
  return {
    oid,
    version: passport.version,
    name: passport.fullName || passport.shortName || oid,
    publishedAt: publishedAtOf(passport),
    rowCount: passport.rowsCount,
    source: new URL(settings.url).host,
    rowsFrom: (offset) => pagesFrom(settings, oid, passport, offset),
  }
}

async function* pagesFrom(
  settings: NsiSettings,
  oid: string,
  passport: Passport,
  offset: number,
): AsyncGenerator<DirectoryRow[]> {
  const { version, rowsCount } = passport
  const columns = columnsOf(oid, passport)
  for (let at = offset; at < rowsCount;) {
    const page = Math.floor(at / PAGE_ROWS)
    const { total, rows } = await fetchPage(settings, oid, version, page + 1)
    const expected = Math.min(PAGE_ROWS, rowsCount - page * PAGE_ROWS)
    if (total !== rowsCount || rows.length !== expected) {
      await requireSameVersion(settings, oid, version)
      throw new UnknownShape(
        `страница ${page + 1}: строк ${rows.length} из ${total}, ожидалось ${expected} из ${rowsCount}`,
      )
    }
    yield rows.slice(at - page * PAGE_ROWS).map((row) => rowOf(oid, columns, row))
    at = page * PAGE_ROWS + rows.length
  }
  // Pages are asked for by version, but a service that ignores it would have mixed two: look once more at the end.
  await requireSameVersion(settings, oid, version)
}

async function requireSameVersion(settings: NsiSettings, oid: string, version: string): Promise<void> {
  const now = await fetchPassport(settings, oid)
  if (now.version !== version) throw new VersionChanged(`в НСИ вышла версия ${now.version}`)
}

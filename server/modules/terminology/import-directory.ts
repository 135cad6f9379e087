import type { Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { perform, system } from '../../platform/perform.ts'
import type { Platform } from '../../platform/platform.ts'
import { commonCodes } from './starter/index.ts'
import { codedRow, oneOfTwo, rowsByCode, versionIsNewer, type DirectoryRow } from './rules.ts'
import * as store from './store-import.ts'

/** A version of a directory to import: its head, and its rows from any place on, in an order that does not change. */
export type DirectoryContent = store.DirectoryHead & {
  rowsFrom(offset: number): Iterable<readonly DirectoryRow[]> | AsyncIterable<readonly DirectoryRow[]>
}

/** What an import came to; `rows` are the source's rows read by this run. */
export type ImportOutcome = store.DirectoryRef & {
  rows: number
  /** current: people now choose from it; older: kept, a newer one is current; known: it was loaded before. */
  outcome: 'current' | 'older' | 'known'
}

/** An import that cannot be finished; the message is a sentence in Russian for the operator. */
export class ImportRefused extends Error {}

/**
 * Imports one version of a directory in batches, each its own transaction, and makes it current when it is whole and
 * newer than the current one. An interrupted import goes on where it stopped; a finished one changes nothing. Two
 * imports of one version from one source share the work: each batch queues on the row lock of terminology.directory
 * and is skipped when the other import has written it. Throws ImportRefused when the rows are not as many as the head
 * declares, or when an import from another source has taken the version over.
 */
export async function importDirectory(
  platform: Platform,
  content: DirectoryContent,
  tell: (loaded: number, total: number) => void = () => {},
): Promise<ImportOutcome> {
  const ref = { oid: content.oid, version: content.version }
  const { transact } = platform
  const start = await transact((tx) => begin(tx, content, platform.now()))
  if (start === 'known') return { ...ref, rows: 0, outcome: 'known' }
  let offset = start
  tell(offset, content.rowCount)
  for await (const batch of content.rowsFrom(start)) {
    const position = offset
    await transact((tx) => addBatch(tx, content, position, batch))
    offset += batch.length
    tell(offset, content.rowCount)
  }
  if (offset !== content.rowCount) throw new ImportRefused(`заявлено строк: ${content.rowCount}, получено: ${offset}`)
  const operation = { name: 'terminology.import-directory', journal: 'change' } as const
  const outcome = await perform(platform, system, operation, (work) => {
    work.note({ objectType: 'directory', objectId: `${ref.oid} ${ref.version}` })
    return finish(work.db, ref)
  })
  return { ...ref, rows: offset - start, outcome }
}

/** How many rows are in already; 'known' when all are. */
async function begin(tx: Kysely<DB>, head: store.DirectoryHead, now: Date): Promise<number | 'known'> {
  await store.insertDirectory(tx, head, now)
  const state = await store.lockDirectory(tx, head)
  if (state?.state === 'loaded') return 'known'
  if (state?.source === head.source && state.rowsDeclared === head.rowCount) return state.rowsLoaded
  await store.beginAgain(tx, head)
  return 0
}

/** Adds the part of a batch that is not in yet. */
async function addBatch(
  tx: Kysely<DB>,
  head: store.DirectoryHead,
  offset: number,
  batch: readonly DirectoryRow[],
): Promise<void> {
  const end = offset + batch.length
  if (end > head.rowCount) throw new ImportRefused(`строк больше, чем заявлено (${head.rowCount})`)
  const state = await store.lockDirectory(tx, head)
  if (!state || state.source !== head.source || state.rowsLoaded < offset)
    throw new ImportRefused('эту версию тем временем загружает другая команда, из другого источника')
  if (state.rowsLoaded >= end) return
  const rows = rowsByCode(batch.slice(state.rowsLoaded - offset).map((row) => codedRow(head.oid, row)))
  const known = await store.rowsKnown(tx, head, [...rows.keys()])
  const merged = [...rows.values()].map((row) => {
    const earlier = known.get(row.code)
    return earlier ? oneOfTwo(earlier, row) : row
  })
  await Promise.all([store.writeRows(tx, head, merged), store.setRowsLoaded(tx, head, end)])
}

/** Makes a version whole and, when it is the newest, current, in one transaction. Older half-loaded ones are dropped. */
export async function finish(tx: Kysely<DB>, ref: store.DirectoryRef): Promise<ImportOutcome['outcome']> {
  const versions = await store.lockVersions(tx, ref.oid)
  if (versions.find((v) => v.version === ref.version)?.state !== 'loading') return 'known'
  await store.setLoaded(tx, ref)
  const current = versions.find((v) => v.isCurrent)
  if (current && !versionIsNewer(ref.version, current.version)) return 'older'
  await store.setCurrent(tx, ref, commonCodes(ref.oid))
  const abandoned = versions.filter((v) => v.state === 'loading' && versionIsNewer(ref.version, v.version))
  if (abandoned.length > 0)
    await store.removeVersions(
      tx,
      ref.oid,
      abandoned.map((v) => v.version),
    )
  return 'current'
}

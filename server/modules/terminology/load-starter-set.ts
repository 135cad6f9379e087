import type { Kysely } from 'kysely'
import type { DB } from '../../platform/database/db.generated.ts'
import { finish } from './import-directory.ts'
import { codedRow, STARTER_VERSION } from './rules.ts'
import { starterDirectories } from './starter/index.ts'
import * as store from './store-import.ts'

/**
 * Loads the compact starter set where a directory has no current version; any version of the НСИ imported later takes
 * its place. Nodes that start together queue on the row lock of terminology.directory, and the later ones change nothing.
 */
export async function loadStarterSet(db: Kysely<DB>, now: Date): Promise<void> {
  for (const directory of starterDirectories) await db.transaction().execute((tx) => loadOne(tx, directory, now))
}

async function loadOne(tx: Kysely<DB>, starter: (typeof starterDirectories)[number], now: Date): Promise<void> {
  const { oid, name, rows } = starter
  const ref = { oid, version: STARTER_VERSION }
  const versions = await store.lockVersions(tx, oid)
  if (versions.some((version) => version.isCurrent)) return
  await store.insertDirectory(tx, { ...ref, name, publishedAt: null, rowCount: rows.length, source: 'starter' }, now)
  const state = await store.lockDirectory(tx, ref)
  if (state?.state !== 'loading') return
  await store.writeRows(
    tx,
    ref,
    rows.map(([code, title]) =>
      codedRow(oid, { code, name: title, key: code, parentKey: null, isSelectable: true, synonyms: [], fields: {} }),
    ),
  )
  await store.setRowsLoaded(tx, ref, rows.length)
  await finish(tx, ref)
}

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

type Migration = { name: string; text: string; checksum: string }

/** Any number nobody else uses: the advisory lock under which one node migrates while the others wait. */
const MIGRATION_LOCK = 727_001

/** Migrations as they lie in server/migrations, in order. The bundle keeps them beside itself in `migrations/`. */
function listMigrations(): Migration[] {
  const here = path.dirname(fileURLToPath(import.meta.url))
  const folder = [path.join(here, '../../migrations'), path.join(here, 'migrations')].find((f) => {
    try {
      return readdirSync(f).length > 0
    } catch {
      return false
    }
  })
  if (!folder) throw new Error('the folder of migrations is not beside the program')
  return readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(path.join(folder, name), 'utf8')
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') }
    })
}

/**
 * Brings the database to the newest migration, forward only, each in its own transaction; nodes that start together
 * queue on an advisory lock. Throws when an applied migration has changed since or is not known here, naming it.
 * Returns the names applied now.
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query('create schema if not exists platform')
    await client.query(
      'create table if not exists platform.migration (name text primary key, checksum text not null, applied_at timestamptz not null)',
    )
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from platform.migration',
    )
    const applied = new Map(rows.map((row) => [row.name, row.checksum]))
    const migrations = listMigrations()
    const strange = [...applied.keys()].filter((name) => !migrations.some((m) => m.name === name))
    if (strange.length > 0)
      throw new Error(`the database is newer than this program: it has ${strange.sort().join(', ')}`)
    const done: string[] = []
    for (const migration of migrations) {
      const known = applied.get(migration.name)
      if (known && known !== migration.checksum)
        throw new Error(`migration ${migration.name} was changed after it had been applied`)
      if (known) continue
      await client.query('begin')
      try {
        await client.query(migration.text)
        await client.query('insert into platform.migration values ($1, $2, $3)', [
          migration.name,
          migration.checksum,
          new Date(),
        ])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw new Error(`migration ${migration.name}: ${(error as Error).message}`, { cause: error })
      }
      done.push(migration.name)
    }
    return done
  } finally {
    await client.end()
  }
}
